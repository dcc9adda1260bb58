import type { Json, JsonObject } from '../../entry.ts';
import { isLineEnd, keepsLineEnds, type Separators } from './separators.ts';

/** Names of segments whose keys are remembered; a damaged file may make up any number of them. */
const REMEMBERED = 1_000;

/** Longest text that is taken from those seen before: codes, units, quantities. Longer ones seldom repeat. */
const SHORT = 12;
/** Characters from which on a message is large: to remember texts takes time, and smaller ones are soon gone. */
const LARGE = 1024 * 1024;
/** Texts that are remembered; a power of two. */
const SLOTS = 4096;

const NOTHING = 0;
const COMPONENT = 1;
const ELEMENT = 2;
const TERMINATOR = 3;
/** Repetitions, releases, line ends: an element that has one is taken apart in the long way. */
const SPECIAL = 4;

/** What each character up to 0x7F separates there; undefined where separators are none of these, or two are the same. */
function kindsOf({ element, component, terminator, repetition, release, tag }: Separators): Uint8Array | undefined {
  const all = [element, component, terminator, repetition, release].filter((character) => character !== '');
  if (tag !== '' || element === '' || terminator === '' || new Set(all).size < all.length) return undefined;
  if (all.some((character) => character.length !== 1 || character.charCodeAt(0) > 127 || isLineEnd(character))) return undefined;
  const kinds = new Uint8Array(128);
  for (const character of ['\n', '\r', repetition, release]) if (character !== '') kinds[character.charCodeAt(0)] = SPECIAL;
  if (component !== '') kinds[component.charCodeAt(0)] = COMPONENT;
  kinds[element.charCodeAt(0)] = ELEMENT;
  kinds[terminator.charCodeAt(0)] = TERMINATOR;
  return kinds;
}

/**
 * Turns the text of segments into trees that people can read:
 * `{ segment: 'BEG', BEG01: '00', BEG03: 'PO-77' }`. Elements are named by their position; empty ones are left out. An element of several components
 * is a list of texts, trailing empty ones left out; one that repeats is `{ repeated: [ … ] }`. One object per reader: it remembers names.
 */
export class SegmentTrees {
  readonly #keys = new Map<string, string[]>();
  readonly #texts: string[] = Array.from({ length: SLOTS }, () => '');
  #separators: Separators | undefined;
  #kinds: Uint8Array | undefined;
  /** Whether texts are remembered. */
  #remembers = false;

  /** All segments of a text whose last one may lack its terminator. */
  parse(text: string, separators: Separators): JsonObject[] {
    if (separators !== this.#separators) {
      this.#separators = separators;
      this.#kinds = kindsOf(separators);
    }
    this.#remembers = text.length >= LARGE;
    return this.#kinds === undefined ? this.#parseAny(text, separators) : this.#parsePlain(text, separators, this.#kinds);
  }

  /** With the separators that nearly all interchanges have: one pass over the characters. */
  #parsePlain(text: string, separators: Separators, kinds: Uint8Array): JsonObject[] {
    const segments: JsonObject[] = [];
    const release = separators.release === '' ? -1 : separators.release.charCodeAt(0);
    const component = separators.component === '' ? -1 : separators.component.charCodeAt(0);
    const end = text.length;
    for (let i = 0; i < end;) {
      while (i < end && isBlank(text.charCodeAt(i))) i++;
      const start = i;
      let from = i;
      let seen = NOTHING;
      let object: JsonObject | undefined;
      let keys: string[] = NO_KEYS;
      let id = '';
      let at = 0;
      for (;;) {
        const code = i < end ? text.charCodeAt(i) : -1;
        const kind = code < 0 ? TERMINATOR : code > 127 ? NOTHING : kinds[code]!;
        if (kind === NOTHING) {
          i++;
          continue;
        }
        if (kind === COMPONENT) {
          if (seen === NOTHING) seen = COMPONENT;
          i++;
          continue;
        }
        if (kind === SPECIAL) {
          seen = SPECIAL;
          i++;
          // What is released separates nothing; line ends between only wrap the line.
          if (code === release) {
            while (i < end && isLineFeed(text.charCodeAt(i))) i++;
            i++;
          }
          continue;
        }
        const to = Math.min(i, end);
        if (object === undefined) {
          if (kind === TERMINATOR && text.slice(start, to).trim() === '') break;
          id = this.#idOf(text, from, to, seen, separators);
          keys = this.#keysOf(id);
          object = { segment: id };
          segments.push(object);
        } else {
          if (to > from) {
            const value =
              seen === NOTHING
                ? this.#text(text, from, to)
                : seen === COMPONENT
                  ? this.#components(text, from, to, component)
                  : this.#element(withoutLineEnds(text.slice(from, to)), separators);
            if (value !== '') object[keys[at] ?? nextKey(keys, at, id)] = value;
          }
          at++;
        }
        i++;
        from = i;
        seen = NOTHING;
        if (kind === TERMINATOR) break;
      }
      if (object === undefined) i++;
    }
    return segments;
  }

  /** A tag may carry its place in the nesting (`LIN:1:2`, ISO 9735 explicit indication). */
  #idOf(text: string, from: number, to: number, seen: number, separators: Separators): string {
    if (seen === NOTHING) return this.#text(text, from, to).trim();
    const whole = withoutLineEnds(text.slice(from, to));
    const colon = separators.component === '' ? -1 : whole.indexOf(separators.component);
    return (colon < 0 ? whole : whole.slice(0, colon)).trim();
  }

  /** A stretch of the text. In a large message short ones are the same object each time, so that it does not hold every code and quantity anew. */
  #text(text: string, from: number, to: number): string {
    const length = to - from;
    if (!this.#remembers || length > SHORT) return text.slice(from, to);
    let hash = length;
    for (let i = from; i < to; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const known = this.#texts[slot]!;
    if (known.length === length) {
      let k = 0;
      while (k < length && known.charCodeAt(k) === text.charCodeAt(from + k)) k++;
      if (k === length) return known;
    }
    const fresh = text.slice(from, to);
    this.#texts[slot] = fresh;
    return fresh;
  }

  #components(text: string, from: number, to: number, separator: number): Json {
    let last = to;
    while (last > from && text.charCodeAt(last - 1) === separator) last--;
    const parts: string[] = [];
    let start = from;
    for (let i = from; i < last; i++) {
      if (text.charCodeAt(i) !== separator) continue;
      parts.push(this.#text(text, start, i));
      start = i + 1;
    }
    const rest = this.#text(text, start, last);
    if (parts.length === 0) return rest;
    parts.push(rest);
    return parts;
  }

  #parseAny(text: string, separators: Separators): JsonObject[] {
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
    const colon = component === '' ? -1 : first.indexOf(component);
    const id = (colon < 0 ? first : first.slice(0, colon)).trim();
    const object: JsonObject = { segment: id };
    const keys = this.#keysOf(id);
    for (let i = 0; i < parts.length; i++) {
      const value = this.#element(parts[i]!, separators);
      if (value !== '') object[keys[i] ?? nextKey(keys, i, id)] = value;
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

const NO_KEYS: string[] = [];

/** The name at an index, and before it those that were not needed so far. */
function nextKey(keys: string[], at: number, id: string): string {
  while (keys.length <= at) keys.push(`${id}${String(keys.length + 1).padStart(2, '0')}`);
  return keys[at]!;
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

/** What `trimStart` takes off, of ASCII. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isLineFeed(code: number): boolean {
  return code === 10 || code === 13;
}
