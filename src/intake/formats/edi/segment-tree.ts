import type { Json, JsonObject } from '../../entry.ts';
import { keepsLineEnds, type Separators } from './separators.ts';

/** Names of segments whose keys are remembered; a damaged file may make up any number of them. */
const REMEMBERED = 1_000;

/**
 * Turns the text of segments into trees that people can read:
 * `{ segment: 'BEG', BEG01: '00', BEG03: 'PO-77' }`. Elements are named by their position; empty ones are left out. An element of several components
 * is a list of texts, trailing empty ones left out; one that repeats is `{ repeated: [ … ] }`. One object per reader: it remembers names.
 */
export class SegmentTrees {
  readonly #keys = new Map<string, string[]>();

  /** All segments of a text whose last one may lack its terminator. */
  parse(text: string, separators: Separators): JsonObject[] {
    const { terminator, release } = separators;
    const plain = keepsLineEnds(separators) ? text : withoutLineEnds(text);
    const segments: JsonObject[] = [];
    for (const piece of split(plain, terminator, release)) {
      const trimmed = piece.trim();
      if (trimmed !== '') segments.push(this.#segment(keepsLineEnds(separators) ? piece.trimStart() : trimLeft(piece), separators));
    }
    return segments;
  }

  #segment(text: string, separators: Separators): JsonObject {
    const { element, component, release, tag } = separators;
    let head = '';
    let rest = text;
    if (tag !== '') {
      const at = text.indexOf(tag);
      head = at < 0 ? text : text.slice(0, at);
      rest = at < 0 ? '' : text.slice(at + 1);
    }
    const parts = split(rest, element, release);
    const first = tag === '' ? parts.shift()! : head;
    // A tag may carry its place in the nesting (`LIN:1:2`, ISO 9735 explicit indication).
    const colon = component === '' ? -1 : first.indexOf(component);
    const id = (colon < 0 ? first : first.slice(0, colon)).trim();
    const object: JsonObject = { segment: id };
    const keys = this.#keysOf(id);
    for (let i = 0; i < parts.length; i++) {
      const value = this.#element(parts[i]!, separators);
      if (value !== '') object[keys[i] ?? nextKey(keys, id)] = value;
      else if (keys.length <= i) nextKey(keys, id);
    }
    return object;
  }

  #element(text: string, separators: Separators): Json {
    const { repetition, release } = separators;
    if (repetition === '' || !text.includes(repetition)) return components(text, separators);
    const repeated = split(text, repetition, release);
    if (repeated.length === 1) return components(repeated[0]!, separators);
    return { repeated: repeated.map((one) => components(one, separators)) };
  }

  /** Names of a segment's elements: `BEG01`, `BEG02` …; grown as they are needed. */
  #keysOf(id: string): string[] {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const keys: string[] = [];
    if (this.#keys.size < REMEMBERED) this.#keys.set(id, keys);
    return keys;
  }
}

function nextKey(keys: string[], id: string): string {
  const key = `${id}${String(keys.length + 1).padStart(2, '0')}`;
  keys.push(key);
  return key;
}

function components(text: string, { component, release }: Separators): Json {
  if (component === '' || !text.includes(component)) return unescaped(text, release);
  const parts = split(text, component, release);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts.length === 1 ? unescaped(parts[0]!, release) : parts.map((part) => unescaped(part, release));
}

/** Splits at a separator that is not released. Releases stay in the pieces. */
function split(text: string, separator: string, release: string): string[] {
  if (separator === '') return [text];
  if (release === '' || !text.includes(release)) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
    let releases = 0;
    while (at - releases > from && text[at - releases - 1] === release) releases++;
    if (releases % 2 === 1) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

function unescaped(text: string, release: string): string {
  if (release === '' || !text.includes(release)) return text;
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === release && i + 1 < text.length) i++;
    plain += text[i]!;
  }
  return plain;
}

/** Line ends in an interchange that does not use them only wrap it: hard at 80 characters, or after each segment. */
export function withoutLineEnds(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
}

/** Blanks before a segment's name belong to the layout; those at its end may be padding of an element. */
function trimLeft(text: string): string {
  return text.charCodeAt(0) <= 32 ? text.trimStart() : text;
}
