import type { InternedText } from './batch.ts';
import { hash52 } from './hash.ts';
import { scalarAt, type Spans } from './spans.ts';

export type Scalar = string | number | boolean | null;

/** A key that was found in a free text. */
export interface FoundKey {
  readonly type: Cell;
  readonly value: Cell;
}

/** One value of one field with all that its field finds out about it, so that this is found out once and not for every entry that has the value. */
export class Cell implements InternedText {
  readonly raw: Scalar;
  /** Trimmed; empty for nothing and for words that mean nothing. */
  readonly text: string;
  readonly hash: number;
  batch: object | undefined = undefined;
  index = 0;
  pair = 0;
  /** What the value is as a number: a duration in microseconds, an amount, an attempt. NaN: none. */
  number = Number.NaN;
  /** A status, as its code. */
  status = 0;
  /** A mark of the field's own: a level that says nothing, a text that tells of an error, a value that is written like a key. */
  marked = false;
  /** Whether it is a status word that no vocabulary lists. */
  unlisted = false;
  /** Another text made of the value: of a message its template. */
  derived: Cell | undefined = undefined;
  found: readonly FoundKey[] | undefined = undefined;

  constructor(text: string, raw: Scalar = text) {
    this.raw = raw;
    this.text = text;
    this.hash = hash52(text);
  }
}

/** Values kept of a field, two to a place: at first, and at most. Most fields have few values, and most files are small. */
const FEWEST = 16;
const PLACES = 1024;
/** Longer values are read anew each time. */
const MAX_BYTES = 64;

const NO_HASHES = new Int32Array(0);
const NO_HEADS = new Uint16Array(0);
const NO_BYTES = new Uint8Array(0);

/**
 * The cells of one field, by the bytes of its values. A table that forgets: a value that is in use stays, one that was seen once makes room. It begins small, and
 * when as many values came as it has places it begins anew, four times as large, up to 0.1 MB and the cells.
 */
export class CellTable {
  readonly #make: (raw: Scalar) => Cell;
  #places = 0;
  /** Values taken in since the table has its size. */
  #made = 0;
  #cells: (Cell | undefined)[] = [];
  #hashes = NO_HASHES;
  /** Length and kind. */
  #heads = NO_HEADS;
  #bytes = NO_BYTES;

  constructor(make: (raw: Scalar) => Cell) {
    this.#make = make;
  }

  /** The cell of the value in a slot. */
  at(spans: Spans, slot: number): Cell {
    const start = spans.starts[slot]!;
    const length = spans.ends[slot]! - start;
    if (length > MAX_BYTES) return this.#make(scalarAt(spans, slot));
    if (this.#made >= this.#places && this.#places < PLACES) this.#grow();
    const hash = spans.hashes[slot]!;
    const head = (length << 3) | spans.kinds[slot]!;
    const place = (hash ^ (hash >>> 13)) & (this.#places - 1);
    if (this.#is(place, hash, head, spans.bytes, start, length)) return this.#cells[place]!;
    const other = place ^ 1;
    if (this.#is(other, hash, head, spans.bytes, start, length)) return this.#cells[other]!;
    const cell = this.#make(scalarAt(spans, slot));
    this.#made++;
    // The newer of the two makes room for the newest.
    this.#cells[other] = this.#cells[place];
    this.#hashes[other] = this.#hashes[place]!;
    this.#heads[other] = this.#heads[place]!;
    this.#bytes.copyWithin(other * MAX_BYTES, place * MAX_BYTES, place * MAX_BYTES + (this.#heads[place]! >>> 3));
    this.#cells[place] = cell;
    this.#hashes[place] = hash;
    this.#heads[place] = head;
    for (let i = 0, to = place * MAX_BYTES; i < length; i++) this.#bytes[to + i] = spans.bytes[start + i]!;
    return cell;
  }

  #grow(): void {
    const places = Math.max(FEWEST, 4 * this.#places);
    this.#places = places;
    this.#made = 0;
    this.#cells = Array.from({ length: places }, () => undefined);
    this.#hashes = new Int32Array(places);
    this.#heads = new Uint16Array(places);
    this.#bytes = new Uint8Array(places * MAX_BYTES);
  }

  #is(place: number, hash: number, head: number, bytes: Buffer, start: number, length: number): boolean {
    if (this.#hashes[place] !== hash || this.#heads[place] !== head || this.#cells[place] === undefined) return false;
    const from = place * MAX_BYTES;
    for (let i = 0; i < length; i++) if (this.#bytes[from + i] !== bytes[start + i]) return false;
    return true;
  }
}
