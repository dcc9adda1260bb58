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
  const start = text.search(/\S/);
  if (start < 0 || !/^(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]]|$))/.test(text.slice(start, start + 4096))) return undefined;
  const closers: string[] = [];
  let safe = -1;
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
        closers.push(character === '{' ? '}' : ']');
        safe = i + 1;
        if (closers.length > MAX_DEPTH) return cut(text, start, safe, closers);
        break;
      case '}':
      case ']':
        closers.pop();
        if (closers.length === 0) return attempt(text.slice(start, i + 1), 0, i + 1 - start);
        safe = i + 1;
        break;
      case ',':
        safe = i;
        break;
      default:
    }
  }
  // After the last safe place nothing was opened or closed: what is open now was open there.
  return safe < 0 ? undefined : cut(text, start, safe, closers);
}

function cut(text: string, start: number, end: number, closers: readonly string[]): Prefix | undefined {
  return attempt(text.slice(start, end) + closers.toReversed().join(''), closers.length, text.length - start);
}

function attempt(text: string, open: number, length: number): Prefix | undefined {
  try {
    return { value: parseJson(text, true), open, length };
  } catch {
    // Not JSON: that is the answer.
    return undefined;
  }
}
