import type { JsonObject } from '../../entry.ts';
import { inCharset } from './charset.ts';
import { type Delimiters, fieldValue, leaf } from './hl7-fields.ts';

/** HL7 table 0211: character sets of one byte, as far as they differ from what such text is decoded as. */
const CHARSETS: Readonly<Record<string, string>> = {
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/15': 'iso-8859-15',
};

/** Segments whose first field is the field separator itself. */
const HEADERS: ReadonlySet<string> = new Set(['MSH', 'FHS', 'BHS']);

/** Of a message so many segments are looked at. */
export const MOST_SEGMENTS = 40_000;
/** Names of segments whose keys are remembered; a damaged file may make up any number of them. */
const REMEMBERED = 1_000;

const COMPONENT = 1;
const FIELD = 2;
const LINE_END = 3;
/** Repetitions, subcomponents, escapes: a field that has one is taken apart in the long way. */
const SPECIAL = 4;

/** Whether a line begins a message, a batch or a file: the name, a separator, and encoding characters. */
export function isHeader(line: string): boolean {
  return /^(?:MSH|FHS|BHS)[^A-Za-z0-9\s]/.test(line);
}

/** A message, and where the segments begin that were not looked at: their place in the bytes, and how many. */
export interface Hl7Message {
  readonly value: JsonObject;
  readonly omitted: { readonly from: number; readonly segments: number } | undefined;
}

/** Turns HL7 v2 messages into trees. One object per reader: it remembers names. */
export class Hl7Trees {
  readonly #keys = new Map<string, string[]>();
  /** Encoding characters of the message before, as they stand in its header, and what each character does there. */
  #kindsFor = '';
  #kinds: Uint8Array | undefined;

  /**
   * The tree of one HL7 v2 message: `{ message: 'ORM^O01', control: 'M77', segments: [{ segment: 'MSH', 'MSH-1': '|', … }] }`. Fields are named as in the standard; empty
   * ones are left out. Components are lists, subcomponents lists within; a field that repeats is `{ repeated: [ … ] }`. Escape sequences are
   * resolved (`\F\`, `\X0D\`, `\.br\` …), those for fonts left out. A line that begins no segment belongs to the one before. Of a message of more
   * than 40,000 segments it has the first ones, and `omitted` says how many there are more.
   *
   * Throws when the bytes do not begin with a header.
   */
  message(bytes: Buffer): Hl7Message {
    const omitted = omittedOf(bytes);
    const text = bytes.toString('utf8', 0, omitted?.from ?? bytes.length);
    const raw = this.#segments(text);
    const charset = CHARSETS[leaf(raw[0]?.['MSH-18']).trim()];
    const decoded = charset === undefined ? text : inCharset(text, charset);
    const segments = decoded === text ? raw : this.#segments(decoded);
    const header = segments[0]!;
    const type = header['MSH-9'];
    const message = Array.isArray(type) ? type.slice(0, 2).map(leaf).join('^') : leaf(type);
    const value: JsonObject = { message, control: leaf(header['MSH-10']), segments };
    if (omitted !== undefined) value['omitted'] = omitted.segments;
    return { value, omitted };
  }

  /** One segment that begins a batch or a file. Throws as `message` does. */
  header(text: string): JsonObject {
    return this.#segments(text)[0]!;
  }

  #segments(text: string): JsonObject[] {
    const delimiters = delimitersOf(text);
    const { field, component, repetition, escape, subcomponent } = delimiters;
    const characters = field + component + repetition + escape + subcomponent;
    if (characters !== this.#kindsFor) {
      this.#kindsFor = characters;
      this.#kinds = kindsOf(delimiters);
    }
    const plain = this.#kinds === undefined ? undefined : this.#plain(text, delimiters, this.#kinds);
    return plain ?? linesOf(text, field).map((line) => this.#segment(line, delimiters));
  }

  /** One pass over the characters; undefined for a message that has lines which go on with another, or frames of the transport. */
  #plain(text: string, delimiters: Delimiters, kinds: Uint8Array): JsonObject[] | undefined {
    const segments: JsonObject[] = [];
    const end = text.length;
    for (let i = 0; i < end;) {
      const start = text.charCodeAt(i);
      if (start === 13 || start === 10) {
        i++;
        continue;
      }
      if (segments.length > 0 && !beginsAt(text, i, kinds)) return undefined;
      const id = text.slice(i, i + 3);
      const object: JsonObject = { segment: id };
      const keys = this.#keysOf(id);
      const header = HEADERS.has(id);
      if (header) object[keys[1] ?? nextKey(keys, 1, id)] = delimiters.field;
      // The number of the field, which the separator behind ends; a header is itself the first.
      let number = header ? 1 : 0;
      let from = i;
      let seen = 0;
      for (; ; i++) {
        const code = i < end ? text.charCodeAt(i) : 13;
        const kind = code > 127 ? 0 : kinds[code]!;
        if (kind === 0) continue;
        if (kind === COMPONENT || kind === SPECIAL) {
          seen = Math.max(seen, kind);
          continue;
        }
        if (code === 11 || code === 28) return undefined;
        if (i > from && number > (header ? 1 : 0)) {
          const value =
            (header && number === 2) || seen === 0
              ? text.slice(from, i)
              : seen === COMPONENT
                ? componentsOf(text, from, i, delimiters.component)
                : fieldValue(text.slice(from, i), delimiters);
          if (value !== '') object[keys[number] ?? nextKey(keys, number, id)] = value;
        } else if (header && number === 2) {
          object[keys[2] ?? nextKey(keys, 2, id)] = '';
        }
        if (kind === LINE_END) break;
        number++;
        from = i + 1;
        seen = 0;
      }
      if (header && number < 2) object[keys[2] ?? nextKey(keys, 2, id)] = '';
      segments.push(object);
    }
    return segments;
  }

  #segment(line: string, delimiters: Delimiters): JsonObject {
    const parts = line.split(delimiters.field);
    const id = parts[0]!;
    const object: JsonObject = { segment: id };
    const keys = this.#keysOf(id);
    const header = HEADERS.has(id);
    if (header) {
      object[keys[1] ?? nextKey(keys, 1, id)] = delimiters.field;
      object[keys[2] ?? nextKey(keys, 2, id)] = parts[1] ?? '';
    }
    for (let i = header ? 2 : 1; i < parts.length; i++) {
      const value = parts[i] === '' ? '' : fieldValue(parts[i]!, delimiters);
      const number = header ? i + 1 : i;
      if (value !== '') object[keys[number] ?? nextKey(keys, number, id)] = value;
    }
    return object;
  }

  /** Names of a segment's fields by their number: `OBX-1` at 1; grown as they are needed. */
  #keysOf(id: string): string[] {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const keys: string[] = [];
    if (this.#keys.size < REMEMBERED) this.#keys.set(id, keys);
    return keys;
  }
}

function nextKey(keys: string[], number: number, id: string): string {
  while (keys.length <= number) keys.push(`${id}-${keys.length}`);
  return keys[number]!;
}

/** What each character up to 0x7F does; undefined where delimiters are none of these, or two are the same. */
function kindsOf({ field, component, repetition, escape, subcomponent }: Delimiters): Uint8Array | undefined {
  const all = [field, component, repetition, escape, subcomponent].filter((character) => character !== '');
  if (new Set(all).size < all.length || all.some((character) => character < ' ' || character > '~')) return undefined;
  const kinds = new Uint8Array(128);
  // Vertical tab and file separator frame a message (MLLP).
  for (const code of [10, 11, 13, 28]) kinds[code] = LINE_END;
  for (const character of [repetition, escape, subcomponent]) if (character !== '') kinds[character.charCodeAt(0)] = SPECIAL;
  if (component !== '') kinds[component.charCodeAt(0)] = COMPONENT;
  kinds[field.charCodeAt(0)] = FIELD;
  return kinds;
}

/** Whether a segment begins at `at`: its name, then a separator or the end. */
function beginsAt(text: string, at: number, kinds: Uint8Array): boolean {
  for (let k = 0; k < 3; k++) {
    const code = text.charCodeAt(at + k);
    if (!((code >= 65 && code <= 90) || (k > 0 && code >= 48 && code <= 57))) return false;
  }
  const next = at + 3 < text.length ? text.charCodeAt(at + 3) : 13;
  return next === 13 || next === 10 || (next < 128 && kinds[next] === FIELD);
}

/** Components without subcomponents, trailing empty ones left out. */
function componentsOf(text: string, from: number, to: number, separator: string): string | string[] {
  let last = to;
  while (last > from && text[last - 1] === separator) last--;
  const parts = text.slice(from, last).split(separator);
  return parts.length === 1 ? parts[0]! : parts;
}

function delimitersOf(text: string): Delimiters {
  if (!isHeader(text)) throw new Error('it does not begin with MSH');
  const field = text[3]!;
  const encoding = /^[^\r\n]*/.exec(text.slice(4, 10))![0].split(field)[0]!;
  const [component = '', repetition = '', escape = '', subcomponent = ''] = encoding;
  return { field, component, repetition, escape, subcomponent };
}

function linesOf(text: string, field: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/[\r\n]/)) {
    // oxlint-disable-next-line no-control-regex
    const bare = /[\v\x1c]/.test(line) ? line.replace(/[\v\x1c]/g, '') : line;
    if (bare === '') continue;
    if (lines.length === 0 || beginsSegment(bare, field)) lines.push(bare);
    else lines[lines.length - 1] += `\n${bare}`;
  }
  return lines;
}

function beginsSegment(line: string, field: string): boolean {
  return /^[A-Z][A-Z0-9]{2}/.test(line) && (line.length === 3 || line[3] === field);
}

/** Where the segments begin that are too many; undefined when there are none. Lines that go on with a segment count as one. */
function omittedOf(bytes: Buffer): { from: number; segments: number } | undefined {
  // A segment has three characters and its end at least.
  if (bytes.length <= 4 * MOST_SEGMENTS) return undefined;
  let from = -1;
  let segments = 0;
  let open = false;
  for (let i = 0; i < bytes.length; i++) {
    const blank = bytes[i] === 13 || bytes[i] === 10;
    if (!blank && !open && ++segments === MOST_SEGMENTS + 1) from = i;
    open = !blank;
  }
  return from < 0 ? undefined : { from, segments: segments - MOST_SEGMENTS };
}
