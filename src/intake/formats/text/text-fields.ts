import type { JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

const MOST_FIELDS = 64;
const MOST_KEY = 64;

/**
 * Collects `key=value` and `key="quoted value"` from a text into `fields`, then `key: value` where the value is quoted or holds a digit; the first
 * of a repeated key counts. A key stands at the beginning or after a blank, bracket or comma; a value ends at a blank, comma, semicolon
 * or closing bracket. Linear.
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
  if (text.includes(':')) harvestColons(text, fields, count);
}

/** `orderId: SO-77`, `request: "POST /orders"`; without the blank only where the key says that it is one (`orderId:SO-77`). */
function harvestColons(text: string, fields: JsonObject, before: number): void {
  let count = before;
  let from = 0;
  for (let colon = text.indexOf(':'); colon >= 0 && count < MOST_FIELDS; colon = text.indexOf(':', Math.max(from, colon + 1))) {
    const spaced = text.charCodeAt(colon + 1) === 32;
    const start = keyStart(text, colon, from);
    if (colon - start < 2) continue;
    const key = text.slice(start, colon);
    if (spaced ? key.includes('/') : !KEY_NAME.test(key)) continue;
    const at = spaced ? colon + 2 : colon + 1;
    const quote = text.charCodeAt(at);
    const [value, to] = valueAt(text, at, false);
    if (value === '' || value.length > MOST_VALUE || !(quote === 34 || quote === 39 || /\d/.test(value))) continue;
    from = to;
    if (!Object.hasOwn(fields, key)) {
      setMember(fields, key, spaced && value.endsWith('.') ? value.slice(0, -1) : value);
      count++;
    }
  }
}

/** Names of keys, which a host (`db1:5432`) or a file (`A.java:12`) does not have. */
export const KEY_NAME = /(?:[a-z_]id|I[dD]|_no|Number|_?number|_key|Key|_ref|Ref|[uU]uid|UUID)$/;
const MOST_VALUE = 256;

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
    const end = closingQuote(text, at);
    if (end > 0) return [unescapeText(text.slice(at + 1, end)), end + 1];
  }
  let i = at;
  while (i < text.length && !isValueEnd(text.charCodeAt(i)) && !(query && text.charCodeAt(i) === 38)) i++;
  return [text.slice(at, i), i];
}

/** How far a quoted value may reach: without a limit, a text of opening quotes would be read again and again. */
const MOST_QUOTED = 16_384;

/** Where the quote that opens at `at` closes; -1 when it does not. A backslash protects the character after it. */
export function closingQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  const end = Math.min(text.length, at + MOST_QUOTED);
  for (let i = at + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === quote) return i;
  }
  return -1;
}

/** Resolves `\"`, `\\`, `\n`, `\t`, `\r` and `\u001b`; other characters lose their backslash. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_all, escaped: string) => {
    if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped === 'r' ? '\r' : escaped;
  });
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
