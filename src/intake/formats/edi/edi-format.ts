import type { Json } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { asBuffer } from '../shared.ts';
import type { Dialect } from './dialect.ts';
import { EdiReader } from './edi-reader.ts';
import { parseMessage } from './message-tree.ts';
import { SegmentScanner } from './segment-scanner.ts';
import { SegmentTrees } from './segment-tree.ts';
import { sameSeparators, type Separators, setsOf, setsToOptions } from './separators.ts';

/** Text before the first interchange that is put up with: headers of a mail or a transfer. */
const MOST_BEFORE = 4096;
/** Interchanges of the first part of a file whose separators are looked at. */
const MOST_STARTS = 256;

interface EdiDefinition {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  readonly dialect: Dialect;
  /** What a message is taken apart with whose source does not say. */
  readonly fallback: Separators;
}

/**
 * Makes a format of a dialect. An entry is one message, with its interchange and group as `context`. Options: `separators`, the sets found at the beginning,
 * for showing a message whose interchange is far away; reading takes each interchange's own.
 */
export function defineEdiFormat({ id, title, extensions, dialect, fallback }: EdiDefinition): Format {
  return {
    id,
    title,
    extensions,

    sniff(head: Head): Detection | undefined {
      const found = startsIn(head, dialect);
      if (found === undefined) return undefined;
      const { before, sets, shown } = found;
      const first = before.trim() === '';
      // Within a line of something else it is that something's payload.
      if (!first && (before.length > MOST_BEFORE || !/[\r\n]\s*$/.test(before))) return undefined;
      const reason = `${first ? 'begins' : 'after some text begins'} with an interchange header: ${shown}`;
      return { confidence: first ? 0.99 : 0.7, reason, options: setsToOptions(sets) };
    },

    async read(chunks, _options, sink) {
      const reader = new EdiReader(dialect, sink);
      for await (const chunk of chunks) reader.push(chunk);
      reader.end();
    },

    header() {
      return undefined;
    },

    parse(bytes, options): Json {
      return parseMessage(asBuffer(bytes), setsOf(options), fallback, dialect, new SegmentTrees());
    },
  };
}

function startsIn(head: Head, dialect: Dialect): { before: string; sets: readonly Separators[]; shown: string } | undefined {
  const bytes = asBuffer(head.bytes);
  const sets: Separators[] = [];
  let first = -1;
  for (let at = 0, count = 0; count < MOST_STARTS; count++) {
    const found = SegmentScanner.find(dialect, bytes, at, bytes.length, true);
    if (found.scanner === undefined) break;
    if (first < 0) first = found.at;
    const { separators } = found.scanner;
    if (!sets.some((set) => sameSeparators(set, separators))) sets.push(separators);
    at = found.header + 3;
  }
  if (first < 0) return undefined;
  const shown = bytes
    .toString('utf8', first, first + 60)
    .replace(/\s+/g, ' ')
    .trim();
  return { before: bytes.toString('utf8', 0, Math.min(first, MOST_BEFORE + 1)), sets, shown };
}
