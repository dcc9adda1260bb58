import type { EntrySink, Json } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { type LineSink, readLines } from '../lines.ts';
import { listOption, rejection, textOption } from '../shared.ts';
import { isLogfmt, parseTextEntry } from './text-line.ts';
import { findTime, TIME_KINDS, type TimeKind } from './text-time.ts';

/** Most bytes of one line, and of one entry with all its continuation lines. */
const MAX_TEXT_ENTRY_BYTES = 1024 * 1024;

/**
 * Text logs: an entry begins with a line that has a time at its beginning, or is a logfmt line; lines without one (stack traces) belong to the entry
 * before them. Options: `times` the kinds of time that begin an entry, `style` `logfmt` or `lines`.
 */
export const text: Format = {
  id: 'text',
  title: 'Text log',
  extensions: ['log', 'txt', 'out'],

  sniff(head: Head): Detection | undefined {
    // W3C logs have their times in columns that only their header explains.
    if (/^#(?:Fields|Version|Software|Date):/m.test(head.text.slice(0, 2048))) return undefined;
    const lines = head.text.split('\n', 400).filter((line) => line.trim() !== '');
    if (lines.length > 1 && !head.complete) lines.pop();
    const logfmt = lines.filter(isLogfmt).length;
    if (logfmt > 0 && logfmt >= lines.length * 0.5) {
      return {
        confidence: 0.88,
        reason: `${logfmt} of ${lines.length} lines are key=value pairs with a time`,
        options: { style: 'logfmt', times: [] },
      };
    }
    const counts = new Map<TimeKind, number>();
    let firstAt = -1;
    for (const [i, line] of lines.entries()) {
      const spot = findTime(line, TIME_KINDS);
      if (spot === undefined) continue;
      if (firstAt < 0) firstAt = i;
      counts.set(spot.kind, (counts.get(spot.kind) ?? 0) + 1);
    }
    const starts = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (firstAt < 0 || firstAt > 30 || starts < lines.length * 0.02) return undefined;
    const times = [...counts].filter(([, count]) => count >= starts * 0.1).map(([kind]) => kind);
    const tabs = lines.filter((line) => /^\S{19,35}\t[A-Z]{4,8}\t[^\t]*\t[^\t]*\t/.test(line)).length;
    const share = starts / lines.length;
    return {
      confidence: tabs > starts * 0.8 ? 0.93 : share >= 0.8 ? 0.82 : 0.6 + share * 0.2,
      reason: `${starts} of ${lines.length} lines begin with a time`,
      options: { style: 'lines', times },
    };
  },

  async read(chunks, options, sink) {
    const reader = new TextReader(options, sink);
    await readLines(chunks, reader, MAX_TEXT_ENTRY_BYTES);
    reader.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return parseTextEntry(new TextDecoder().decode(bytes));
  },
};

interface Block {
  readonly lines: string[];
  readonly offset: number;
  readonly line: number;
  /** Offset after the last line, without its line end. */
  to: number;
}

/** Joins lines into entries. */
class TextReader implements LineSink {
  readonly #sink: EntrySink;
  readonly #logfmt: boolean;
  readonly #times: readonly TimeKind[];
  #entry: Block | undefined;
  /** Lines that belong to no entry. */
  #stray: Block | undefined;
  #strayReason = '';

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#logfmt = textOption(options, 'style') === 'logfmt';
    const named = listOption(options, 'times');
    const times = TIME_KINDS.filter((kind) => named.includes(kind));
    this.#times = times.length > 0 ? times : TIME_KINDS;
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean): void {
    const content = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    const to = offset + end - start;
    if (this.#begins(content)) {
      this.#flush();
      this.#entry = { lines: [content], offset, line, to };
      return;
    }
    const blank = content.trim() === '';
    if (this.#entry !== undefined && to - this.#entry.offset <= MAX_TEXT_ENTRY_BYTES) {
      if (blank && this.#entry.lines.length === 1) return;
      this.#entry.lines.push(content);
      if (!blank) this.#entry.to = to;
      return;
    }
    if (blank) return;
    if (this.#stray === undefined) {
      this.#strayReason =
        this.#entry === undefined ? 'text before the first line with a time' : 'the lines after this entry make it longer than 1 MB';
      this.#flushEntry();
      this.#stray = { lines: [content.slice(0, 400)], offset, line, to };
    } else {
      this.#stray.to = to;
    }
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#flush();
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', 'the line is longer than 1 MB', beginning));
  }

  /** To be called after the last line. */
  end(): void {
    this.#flush();
  }

  #begins(content: string): boolean {
    return this.#logfmt ? /^[A-Za-z_@][\w.@/-]{0,63}=/.test(content) : findTime(content, this.#times) !== undefined;
  }

  #flush(): void {
    this.#flushEntry();
    const stray = this.#stray;
    this.#stray = undefined;
    if (stray === undefined) return;
    const place = { offset: stray.offset, length: stray.to - stray.offset, line: stray.line };
    const code = this.#strayReason.startsWith('text') ? 'malformed' : 'too-long';
    this.#sink.reject(rejection(place, code, this.#strayReason, Buffer.from(stray.lines[0]!)));
  }

  #flushEntry(): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry === undefined) return;
    while (entry.lines.length > 1 && entry.lines.at(-1)!.trim() === '') entry.lines.pop();
    const value = parseTextEntry(entry.lines.join('\n'));
    this.#sink.entry({
      kind: 'tree',
      place: { offset: entry.offset, length: entry.to - entry.offset, line: entry.line },
      value,
      context: undefined,
    });
  }
}
