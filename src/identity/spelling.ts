/**
 * How an identifier is written, taken apart: `gid://shop/Order/SO-0042` is the base `gid://shop/order/`, the prefix `so`, and the core `42`
 * padded to four digits. Everything is lower case. Nothing is decided here: whether two spellings meet is learned in `aliases.ts`.
 */
export interface Spelling {
  /** What stands before the last `/` or `:`, with it; empty when there is none, or when it varies with the record. */
  readonly base: string;
  /** Leading letters that are followed by a separator or by digits only. */
  readonly prefix: string;
  /** Separators as found: the ones after the prefix, a bar, the ones inside the core. */
  readonly style: string;
  /** Groups of letters and digits, joined by `-`; leading zeros removed from a purely numeric single group. */
  readonly core: string;
  /** The same without the `-`. */
  readonly squashed: string;
  /** Digits before the zeros were removed; 0 when the core is not one purely numeric group. */
  readonly digits: number;
  /** Whether there were leading zeros. */
  readonly padded: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A longer word in front is no prefix. */
const LONGEST_PREFIX = 16;
/** A path segment that names a record itself: the part after it is then no name of its own (`/orders/1042/lines/7`). */
const VARYING_SEGMENT = /(?:^|[/:])(?:\d+|[0-9a-f]*\d[0-9a-f]{7,})(?=[/:])/;

/** The year and number of a file (`26/0004711`, `2026/0815`): the slash is a separator like any other, and no path. */
const NUMBER_GROUPS = /^\d+(?:\/\d+)+$/;

/** Takes an identifier apart. Total: any text has a spelling; the core is never empty unless the text is. */
export function spellingOf(value: string): Spelling {
  const text = value.trim().toLowerCase();
  const end = lastAlphanumeric(text) + 1;
  if (end === 0) return plain(text);
  const cut = baseEnd(text, end);
  if (cut > 0 && NUMBER_GROUPS.test(text)) return tailSpelling('', text);
  const base = text.slice(0, cut);
  if (cut > 0 && VARYING_SEGMENT.test(base)) return plain(text);
  const tail = text.slice(cut, end);
  if (tail.length === 36 && UUID.test(tail))
    return { base, prefix: '', style: '|----', core: tail, squashed: tail.replaceAll('-', ''), digits: 0, padded: false };
  return tailSpelling(base, tail);
}

function tailSpelling(base: string, tail: string): Spelling {
  let prefix = '';
  let lead = '';
  let at = 0;
  // Leading separators (`#1042`) are style, then words that a separator ends (`sales-order-`), then letters right before digits (`so1042`).
  while (at < tail.length && !isAlphanumeric(tail.charCodeAt(at))) lead += tail[at++];
  for (;;) {
    let letters = at;
    while (letters < tail.length && isLetter(tail.charCodeAt(letters))) letters++;
    const word = tail.slice(at, letters);
    if (word === '' || word.length > LONGEST_PREFIX || (prefix !== '' && word.length < 3)) break;
    let after = letters;
    while (after < tail.length && !isAlphanumeric(tail.charCodeAt(after))) after++;
    const separated = after > letters;
    if (separated ? !hasDigit(tail, after) : word.length > 6 || !allDigits(tail, letters)) break;
    prefix += word;
    lead += tail.slice(letters, after);
    at = after;
    if (!separated) break;
  }
  const rest = tail.slice(at);
  if (isSingleGroup(rest)) {
    const style = `${lead}|`;
    if (!allDigits(rest, 0)) return { base, prefix, style, core: rest, squashed: rest, digits: 0, padded: false };
    const stripped = stripZeros(rest);
    return { base, prefix, style, core: stripped, squashed: stripped, digits: rest.length, padded: stripped.length < rest.length };
  }
  return severalGroups(base, prefix, lead, rest);
}

function severalGroups(base: string, prefix: string, lead: string, rest: string): Spelling {
  const groups: string[] = [];
  let inner = '';
  let from = 0;
  for (let i = 0; i <= rest.length; i++) {
    if (i < rest.length && isAlphanumeric(rest.charCodeAt(i))) continue;
    if (i > from) groups.push(rest.slice(from, i));
    if (i < rest.length) inner += rest[i];
    from = i + 1;
  }
  return { base, prefix, style: `${lead}|${inner}`, core: groups.join('-'), squashed: groups.join(''), digits: 0, padded: false };
}

/** Text that is taken as it is: nothing in it is a notation. */
export function plain(text: string): Spelling {
  return { base: '', prefix: '', style: 'text', core: text, squashed: text, digits: 0, padded: false };
}

/** Index after the last `/` or `:` that still has letters or digits behind it; 0 when there is none. */
function baseEnd(text: string, end: number): number {
  for (let i = end - 1; i >= 0; i--) {
    const c = text.charCodeAt(i);
    if (c === 47 || c === 58) return i + 1;
  }
  return 0;
}

function lastAlphanumeric(text: string): number {
  let i = text.length - 1;
  while (i >= 0 && !isAlphanumeric(text.charCodeAt(i))) i--;
  return i;
}

function stripZeros(digits: string): string {
  let i = 0;
  while (i < digits.length - 1 && digits.charCodeAt(i) === 48) i++;
  return i === 0 ? digits : digits.slice(i);
}

function allDigits(text: string, from: number): boolean {
  if (from >= text.length) return false;
  for (let i = from; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}

function isSingleGroup(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isAlphanumeric(text.charCodeAt(i))) return false;
  return true;
}

function hasDigit(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (isDigit(text.charCodeAt(i))) return true;
  return false;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isLetter(c: number): boolean {
  return c >= 97 && c <= 122;
}

/** Letters of other scripts count as such, so that they are not lost as separators. */
function isAlphanumeric(c: number): boolean {
  return isDigit(c) || isLetter(c) || c > 127;
}
