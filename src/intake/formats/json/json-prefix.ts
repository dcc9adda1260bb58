import type { Json } from '../../entry.ts';
import { parseJson } from './json-value.ts';
import { MAX_DEPTH } from '../shared.ts';

/** The first document of a text that may be cut anywhere, as far as it could be read. */
export interface Prefix {
  readonly value: Json;
  /** How many of the last containers, counted from the outside, are not closed in the text. 0: the document is complete. */
  readonly open: number;
  /** Characters of the document. */
  readonly length: number;
}

/**
 * Reads the first JSON document of a text; where the text ends inside it, what is complete is kept and the open lists and objects are closed.
 * Undefined when it is not JSON as far as one can see.
 */
export function parsePrefix(text: string): Prefix | undefined {
  const scan = scanDocument(text);
  if (scan === undefined) return undefined;
  if (scan.end > 0) return attempt(text.slice(scan.start, scan.end), 0, scan.end - scan.start);
  // After the last safe place nothing was opened or closed: what is open now was open there.
  const last = scan.cuts.at(-1);
  return last === undefined ? undefined : cut(text, scan.start, last);
}

/** As much of a damaged document as stands before the damage. */
export function parseSoundPrefix(text: string): Prefix | undefined {
  const scan = scanDocument(text);
  if (scan === undefined) return undefined;
  // A beginning of something sound is sound: the last cut that parses is found by halving.
  let low = 0;
  let high = scan.cuts.length - 1;
  let best: Prefix | undefined;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const prefix = cut(text, scan.start, scan.cuts[middle]!);
    if (prefix === undefined) {
      high = middle - 1;
    } else {
      best = prefix;
      low = middle + 1;
    }
  }
  return best;
}

/** A place where a document may be cut: after an opening or closing bracket, or before a comma. `closers` close what is open there. */
interface Cut {
  readonly at: number;
  readonly closers: string;
}

const RECORD_SEPARATOR = '\u001e';

/** Where a document may begin: after blanks, byte order marks and record separators (RFC 7464). */
export function beginningOf(text: string): number {
  let at = 0;
  while (at < text.length && (text[at] === RECORD_SEPARATOR || text[at]!.trim() === '')) at++;
  return at;
}

interface Scan {
  readonly start: number;
  /** After the document; 0 when the text ends inside it. */
  readonly end: number;
  readonly cuts: readonly Cut[];
}

function scanDocument(text: string): Scan | undefined {
  const start = beginningOf(text);
  if (!/^(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]]|$))/.test(text.slice(start, start + 4096))) return undefined;
  const cuts: Cut[] = [];
  // Innermost first, as they are written.
  let closers = '';
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i]!;
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
      continue;
    }
    switch (character) {
      case '"':
        inString = true;
        break;
      case '{':
      case '[':
        closers = (character === '{' ? '}' : ']') + closers;
        cuts.push({ at: i + 1, closers });
        if (closers.length > MAX_DEPTH) return { start, end: 0, cuts };
        break;
      case '}':
      case ']':
        closers = closers.slice(1);
        if (closers === '') return { start, end: i + 1, cuts };
        cuts.push({ at: i + 1, closers });
        break;
      case ',':
        cuts.push({ at: i, closers });
        break;
      default:
    }
  }
  return { start, end: 0, cuts };
}

function cut(text: string, start: number, { at, closers }: Cut): Prefix | undefined {
  return attempt(text.slice(start, at) + closers, closers.length, text.length - start);
}

function attempt(text: string, open: number, length: number): Prefix | undefined {
  try {
    return { value: parseJson(text, true), open, length };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
