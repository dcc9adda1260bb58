import type { Json } from '../../entry.ts';
import { MAX_DEPTH } from '../shared.ts';

/** An integer of 16 digits or more that stands where a value may stand. */
const LONG_INTEGER = /[\s:,[-]\d{16}/;
const INTEGER = /^-?\d+$/;

/** Whether a text may hold integers that a double cannot. One linear look. */
export function mayHoldLongIntegers(text: string): boolean {
  return LONG_INTEGER.test(text);
}

/**
 * `JSON.parse` that never loses digits: an integer beyond ±2^53 becomes a string with its digits.
 * @param longIntegers what `mayHoldLongIntegers` said of the text or of something around it.
 * @throws SyntaxError
 */
export function parseJson(text: string, longIntegers: boolean): Json {
  if (!longIntegers || !mayHoldLongIntegers(text)) return JSON.parse(text) as Json;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) as Json;
}

function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return context.source !== undefined && INTEGER.test(context.source) ? context.source : value;
}

/** Whether a JSON text nests deeper than `MAX_DEPTH`. Quick where there are few brackets. */
export function tooDeep(text: string): boolean {
  if (text.length < 2 * MAX_DEPTH || countOf(text, '{') + countOf(text, '[') <= MAX_DEPTH) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 34:
        i = endOfString(text, i);
        break;
      case 91:
      case 123:
        if (++depth > MAX_DEPTH) return true;
        break;
      case 93:
      case 125:
        depth--;
        break;
      default:
    }
  }
  return false;
}

function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return text.length;
}

/** Occurrences of a character, counted up to just above `MAX_DEPTH`. */
function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= MAX_DEPTH; at = text.indexOf(character, at + 1)) count++;
  return count;
}

/** V8's message without the part that repeats the text. */
export function syntaxReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const cut = message.search(/, ?"|, ?\.\.\."| in JSON| is not valid JSON| \(line/);
  return (cut > 0 ? message.slice(0, cut) : message).slice(0, 120).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}
