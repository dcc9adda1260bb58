import type { JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

const MOST_FIELDS = 64;
const MOST_KEY = 64;

/**
 * Collects `key=value` and `key="quoted value"` from a text into `fields`; the first of a repeated key counts. A key stands at the beginning or
 * after a blank, bracket or comma; a value ends at a blank, comma, semicolon or closing bracket. One pass.
 */
export function harvestFields(text: string, fields: JsonObject): void {
  let count = 0;
  let from = 0;
  for (let equals = text.indexOf('='); equals >= 0 && count < MOST_FIELDS; equals = text.indexOf('=', Math.max(from, equals + 1))) {
    const start = keyStart(text, equals, from);
    if (start === equals) continue;
    const key = text.slice(start, equals);
    const [value, to] = valueAt(text, equals + 1, isQuery(text.charCodeAt(start - 1)));
    from = to;
    if (value === '' && text[equals + 1] !== '"') continue;
    if (!Object.hasOwn(fields, key)) {
      setMember(fields, key, value);
      count++;
    }
  }
}

/** Where the key before an equals sign begins; `equals` itself when there is no key. */
function keyStart(text: string, equals: number, least: number): number {
  let i = equals;
  while (i > least && equals - i < MOST_KEY && isKeyCode(text.charCodeAt(i - 1))) i--;
  if (i === equals || !isKeyBegin(text.charCodeAt(i))) return equals;
  if (i > 0 && !isBoundary(text.charCodeAt(i - 1))) return equals;
  return i;
}

function valueAt(text: string, at: number, query: boolean): [value: string, to: number] {
  const quote = text.charCodeAt(at);
  if (quote === 34 || quote === 39) {
    for (let i = at + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 92) i++;
      else if (code === quote) return [unescape(text.slice(at + 1, i)), i + 1];
    }
  }
  let i = at;
  while (i < text.length && !isValueEnd(text.charCodeAt(i)) && !(query && text.charCodeAt(i) === 38)) i++;
  return [text.slice(at, i), i];
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/gs, (_all, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character === 'r' ? '\r' : character,
  );
}

function isKeyBegin(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 64;
}

function isKeyCode(code: number): boolean {
  return isKeyBegin(code) || (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 47;
}

/** `?` and `&`: the key stands in the query of a URL. */
function isQuery(code: number): boolean {
  return code === 63 || code === 38;
}

/** Blank, tab, line feed, `?`, `&`, `[`, `{`, `(`, `,`, `;`, `|`, `<`, quotes. */
function isBoundary(code: number): boolean {
  return (
    code <= 32 ||
    isQuery(code) ||
    code === 91 ||
    code === 123 ||
    code === 40 ||
    code === 44 ||
    code === 59 ||
    code === 124 ||
    code === 60 ||
    code === 34 ||
    code === 39
  );
}

/** Blank, `,`, `;`, `]`, `}`, `)`, `|`, `"`. */
function isValueEnd(code: number): boolean {
  return code <= 32 || code === 44 || code === 59 || code === 93 || code === 125 || code === 41 || code === 124 || code === 34;
}
