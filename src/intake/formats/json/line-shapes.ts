import type { Json } from '../../entry.ts';
import { ESCAPED, FALSE, NULL, NUMBER, slotMark, slotOf, TEXT, TRUE, type Spans, type SpanShape } from '../../spans.ts';

/** Shapes kept for one source; objects whose keys are data (ids as keys) do not fill the memory. */
const MAX_SHAPES = 512;
/** Bytes of keys and punctuation kept. */
const MAX_LITERALS = 512 * 1024;
/** Scalars of one line. */
const MAX_SLOTS = 256;
const MAX_DEPTH = 16;
/** Digits that a double holds for certain; longer integers need a reader that keeps them. */
const SAFE_DIGITS = 15;

/** What may follow a scalar: the bytes up to the next one, or to the end of the line. */
interface Edge {
  readonly literal: Uint8Array;
  /** What follows the scalar behind the literal; undefined when the line ends with it. */
  readonly next: Node | undefined;
  readonly shape: SpanShape | undefined;
}
type Node = Edge[];

/**
 * Reads JSON lines by their shape. A logger writes the same keys in the same order, so a line is an alternation of literals that were seen before
 * (`{"ts":"`, `","system":"` …) and of scalars, and finding the scalars is all there is to parsing it. The shapes are a tree of literals, learned from
 * lines that were parsed in the ordinary way. What a line has that no shape says (a new key, a list with elements, broken syntax, an integer beyond
 * a double) makes `read` give up, and the line is parsed.
 */
export class LineShapes {
  readonly spans: Spans = {
    bytes: Buffer.alloc(0),
    ascii: true,
    shape: { index: -1, slots: 0, probe: null },
    starts: new Int32Array(MAX_SLOTS),
    ends: new Int32Array(MAX_SLOTS),
    kinds: new Uint8Array(MAX_SLOTS),
    hashes: new Int32Array(MAX_SLOTS),
  };
  readonly #root: Node = [];
  #shapes = 0;
  #literals = 0;
  #read = 0;
  #givenUp = 0;

  /** Whether learning pays: most lines are read by a shape. */
  get learns(): boolean {
    return this.#shapes < MAX_SHAPES && this.#literals < MAX_LITERALS && this.#givenUp < 1000 + this.#read;
  }

  /**
   * Finds the scalars of the line `bytes[start, end)`; the result is in `spans`. False when no shape fits.
   * @param ascii whether no byte of the line is above 0x7F
   */
  read(bytes: Buffer, start: number, end: number, ascii: boolean): boolean {
    const { starts, ends, kinds, hashes } = this.spans;
    let node = this.#root;
    let at = start;
    let slot = 0;
    for (;;) {
      const edge = follow(node, bytes, at, end);
      if (edge === undefined) break;
      at += edge.literal.length;
      if (edge.next === undefined) {
        this.spans.bytes = bytes;
        this.spans.ascii = ascii;
        this.spans.shape = edge.shape!;
        this.#read++;
        return true;
      }
      node = edge.next;
      const first = bytes[at]!;
      if (first === QUOTE) {
        let hash = 0x811c9dc5 | 0;
        let kind = TEXT;
        const from = ++at;
        for (;;) {
          const byte = bytes[at]!;
          if (byte === QUOTE || at >= end) break;
          if (byte === BACKSLASH) {
            const length = escapeLength(bytes, at, end);
            if (length === 0) break;
            kind = ESCAPED;
            for (const stop = at + length; at < stop; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
            continue;
          }
          if (byte < 32) break;
          hash = Math.imul(hash ^ byte, 0x01000193);
          at++;
        }
        if (at >= end || bytes[at] !== QUOTE) break;
        starts[slot] = from;
        ends[slot] = at++;
        kinds[slot] = kind;
        hashes[slot++] = hash;
      } else {
        const stop = scalarEnd(bytes, at, end);
        if (stop === at) break;
        let hash = 0x811c9dc5 | 0;
        for (let i = at; i < stop; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
        starts[slot] = at;
        ends[slot] = stop;
        kinds[slot] = first === 110 ? NULL : first === 102 ? FALSE : first === 116 ? TRUE : NUMBER;
        hashes[slot++] = hash;
        at = stop;
      }
    }
    this.#givenUp++;
    return false;
  }

  /** Learns the shape of a line that is valid JSON. Lines with lists that have elements, with very many values or levels, and with a key twice have none. */
  learn(bytes: Buffer, start: number, end: number): void {
    const literals = cut(bytes, start, end);
    if (literals === undefined) return;
    const shape = shapeOf(literals, this.#shapes);
    if (shape === undefined) return;
    let node = this.#root;
    for (const [i, literal] of literals.entries()) {
      const last = i === literals.length - 1;
      let edge = node.find((one) => (one.next === undefined) === last && literal.equals(one.literal));
      if (edge === undefined) {
        edge = { literal: Uint8Array.from(literal), next: last ? undefined : [], shape: last ? shape : undefined };
        node.push(edge);
        this.#literals += literal.length;
        if (last) this.#shapes++;
      }
      if (edge.next === undefined) return;
      node = edge.next;
    }
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
/** By byte: the first of a string, a number, `true`, `false` and `null`. */
const BEGINS_SCALAR = new Uint8Array(256);
for (const char of '"-0123456789tfn') BEGINS_SCALAR[char.charCodeAt(0)] = 1;

/** The edge whose literal stands at `at`; one that ends the line must end it. What was found moves forward: neighbours are often alike. */
function follow(node: Node, bytes: Buffer, at: number, end: number): Edge | undefined {
  for (let i = 0; i < node.length; i++) {
    const edge = node[i]!;
    const { literal } = edge;
    const stop = at + literal.length;
    // One literal may be the beginning of another (`"a":` and `"a":{"b":`): behind it must come a scalar.
    if (edge.next === undefined ? stop !== end : stop >= end || BEGINS_SCALAR[bytes[stop]!] === 0) continue;
    let j = 0;
    while (j < literal.length && literal[j] === bytes[at + j]) j++;
    if (j < literal.length) continue;
    if (i > 0) {
      node[i] = node[i - 1]!;
      node[i - 1] = edge;
    }
    return edge;
  }
  return undefined;
}

/** Bytes of the escape sequence at `at`; 0 when it is none (RFC 8259, section 7). */
function escapeLength(bytes: Buffer, at: number, end: number): number {
  const second = bytes[at + 1]!;
  if (at + 1 >= end) return 0;
  if (second !== 117) return ESCAPES.includes(second) ? 2 : 0;
  if (at + 6 > end) return 0;
  for (let i = at + 2; i < at + 6; i++) if (!isHex(bytes[i]!)) return 0;
  return 6;
}

/** Of `"\\/bfnrt`. */
const ESCAPES: readonly number[] = [34, 92, 47, 98, 102, 110, 114, 116];

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** The end of the number, `true`, `false` or `null` at `at`; `at` when there is none, or an integer too long for a double. */
function scalarEnd(bytes: Buffer, at: number, end: number): number {
  const first = bytes[at]!;
  if (first === 116) return isWord(bytes, at, end, 'true') ? at + 4 : at;
  if (first === 102) return isWord(bytes, at, end, 'false') ? at + 5 : at;
  if (first === 110) return isWord(bytes, at, end, 'null') ? at + 4 : at;
  let i = first === 45 ? at + 1 : at;
  const digits = i;
  while (i < end && isDigit(bytes[i]!)) i++;
  const count = i - digits;
  if (count === 0 || (count > 1 && bytes[digits] === 48) || count > SAFE_DIGITS) return at;
  if (i < end && bytes[i] === 46) {
    const fraction = ++i;
    while (i < end && isDigit(bytes[i]!)) i++;
    if (i === fraction) return at;
  }
  if (i < end && (bytes[i] === 101 || bytes[i] === 69)) {
    i++;
    if (i < end && (bytes[i] === 43 || bytes[i] === 45)) i++;
    const exponent = i;
    while (i < end && isDigit(bytes[i]!)) i++;
    if (i === exponent) return at;
  }
  return i;
}

function isWord(bytes: Buffer, at: number, end: number, word: string): boolean {
  if (at + word.length > end) return false;
  for (let i = 1; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** Cuts an object into the literals around its scalars, one more than scalars; undefined when it has no shape. */
function cut(bytes: Buffer, start: number, end: number): Buffer[] | undefined {
  const literals: Buffer[] = [];
  let literal = start;
  let depth = 0;
  /** Whether the next string is a key. */
  let key = false;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      const stop = stringEnd(bytes, at, end);
      if (stop < 0) return undefined;
      if (!key) {
        literals.push(bytes.subarray(literal, at));
        literal = stop;
      }
      at = stop;
      continue;
    }
    if (byte === 123) {
      if (++depth > MAX_DEPTH) return undefined;
      key = true;
    } else if (byte === 125) depth--;
    else if (byte === 44) key = true;
    else if (byte === 58) key = false;
    else if (byte === 91) {
      let next = at + 1;
      while (next < end && isBlank(bytes[next]!)) next++;
      if (bytes[next] !== 93) return undefined;
      at = next;
    } else if (!isBlank(byte)) {
      const stop = scalarEnd(bytes, at, end);
      if (stop === at || depth === 0) return undefined;
      literals.push(bytes.subarray(literal, at));
      literal = stop;
      at = stop;
      continue;
    }
    at++;
  }
  literals.push(bytes.subarray(literal, end));
  return literals.length > MAX_SLOTS || depth !== 0 ? undefined : literals;
}

/** Behind the closing quote of the string that opens at `open`; -1 when there is none. */
function stringEnd(bytes: Buffer, open: number, end: number): number {
  for (let at = open + 1; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at + 1;
  }
  return -1;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

/** The shape between these literals; undefined where it cannot be told where a value stands: a key that is there twice, or one that objects have anyway. */
function shapeOf(literals: readonly Buffer[], index: number): SpanShape | undefined {
  const slots = literals.length - 1;
  let text = '';
  for (const [i, literal] of literals.entries()) text += literal.toString('utf8') + (i < slots ? JSON.stringify(slotMark(i)) : '');
  if (text.includes('__proto__')) return undefined;
  let probe: Json;
  try {
    probe = JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof probe !== 'object' || probe === null || Array.isArray(probe)) return undefined;
  return countMarks(probe) === slots ? { index, slots, probe } : undefined;
}

function countMarks(value: Json): number {
  if (typeof value !== 'object' || value === null) return slotOf(value) === undefined ? 0 : 1;
  let count = 0;
  for (const member of Object.values(value)) count += countMarks(member);
  return count;
}
