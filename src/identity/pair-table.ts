import { hashPair } from './hash.ts';

/** Left, right, count and evidence of a pair, side by side: one look into memory finds all four. */
const ROW = 4;
/** Slots in use above which the table grows: a search that finds nothing looks at six slots then, on average. */
const FULLEST = 0.7;
/** Doubling would leave a quarter of the memory empty on average, and needs three times as much while it copies. */
const GROWTH = 1.5;
const LEAST = 1024;

/** What becomes of a pair that gets new names. */
type Placing = 'straight' | 'swapped' | 'dropped';

/**
 * Counts pairs of dense ids (1 … 2³²−1 each) without an object or a string per pair: open addressing with linear probing over
 * typed arrays. 16 bytes a pair, and 6 to 9 to find it. Iterate with `size`, `left`, `right` …: pairs `0..size-1` stand in the order of
 * their insertion. Evidence is the id of an event, below 2³².
 */
export class PairTable {
  #slots: Uint32Array;
  /** What a hash is multiplied by to become a slot. */
  #scale: number;
  #size = 0;
  #rows: Uint32Array;

  constructor(expected = 0) {
    const capacity = Math.max(LEAST, Math.ceil(expected / FULLEST));
    this.#slots = new Uint32Array(capacity);
    this.#scale = capacity / 2 ** 32;
    this.#rows = new Uint32Array(Math.max(LEAST, expected) * ROW);
  }

  get size(): number {
    return this.#size;
  }
  left(pair: number): number {
    return this.#rows[pair * ROW]!;
  }
  right(pair: number): number {
    return this.#rows[pair * ROW + 1]!;
  }
  count(pair: number): number {
    return this.#rows[pair * ROW + 2]!;
  }
  /** The smallest event id that was given for the pair. */
  evidence(pair: number): number {
    return this.#rows[pair * ROW + 3]!;
  }

  /** Adds `count` to the pair and keeps the smaller evidence. Returns its index. */
  add(left: number, right: number, count: number, evidence: number): number {
    const pair = this.#insert(left, right, count, evidence);
    if (this.#size > FULLEST * this.#slots.length) this.#spread(GROWTH * this.#slots.length);
    return pair;
  }

  /** Index of the pair, or -1. */
  find(left: number, right: number): number {
    return this.#slots[this.#slot(left, right)]! - 1;
  }

  /**
   * Of the pairs behind the first `size` keeps those of which `evidence` gives one, with that. What is found by a search
   * afterwards is undefined.
   * @param evidence the smallest event id that shows the pair
   */
  keepBehind(size: number, evidence: (pair: number) => number | undefined): void {
    const rows = this.#rows;
    let kept = size;
    for (let pair = size; pair < this.#size; pair++) {
      const event = evidence(pair);
      if (event === undefined) continue;
      rows.copyWithin(kept * ROW, pair * ROW, pair * ROW + ROW);
      rows[kept++ * ROW + 3] = event;
    }
    this.#size = kept;
  }

  /** Puts the pairs of another table behind those of this one, which holds none of them. What is found by a search afterwards is undefined. */
  append(other: PairTable): void {
    while (this.#rows.length < (this.#size + other.size) * ROW) this.#lengthen();
    this.#rows.set(other.#rows.subarray(0, other.size * ROW), this.#size * ROW);
    this.#size += other.size;
  }

  /**
   * Gives all ids new names, in place. Pairs that become one are added up.
   * @param names by old id
   * @param place how a pair stands in the table under its new names
   */
  rename(names: Uint32Array, place: (left: number, right: number) => Placing): void {
    const rows = this.#rows;
    const size = this.#size;
    this.#slots.fill(0);
    this.#size = 0;
    // What is written stands at or before what is read.
    for (let pair = 0; pair < size; pair++) {
      const at = pair * ROW;
      const left = names[rows[at]!]!;
      const right = names[rows[at + 1]!]!;
      const placing = place(left, right);
      if (placing === 'straight') this.#insert(left, right, rows[at + 2]!, rows[at + 3]!);
      else if (placing === 'swapped') this.#insert(right, left, rows[at + 2]!, rows[at + 3]!);
    }
  }

  /** Lets go of what pairs are found by: from here on the table is only read by index. */
  seal(): void {
    this.#slots = new Uint32Array(0);
    this.#rows = this.#rows.slice(0, this.#size * ROW);
  }

  /** Returns the index of the pair. There must be a free slot. */
  #insert(left: number, right: number, count: number, evidence: number): number {
    const slot = this.#slot(left, right);
    const found = this.#slots[slot]! - 1;
    if (found >= 0) {
      const at = found * ROW;
      this.#rows[at + 2]! += count;
      if (evidence < this.#rows[at + 3]!) this.#rows[at + 3] = evidence;
      return found;
    }
    const at = this.#size * ROW;
    if (at === this.#rows.length) this.#lengthen();
    const rows = this.#rows;
    rows[at] = left;
    rows[at + 1] = right;
    rows[at + 2] = count;
    rows[at + 3] = evidence;
    this.#slots[slot] = this.#size + 1;
    return this.#size++;
  }

  /** Where the pair stands, or the free slot where it would. */
  #slot(left: number, right: number): number {
    const slots = this.#slots;
    const rows = this.#rows;
    const end = slots.length;
    let slot = (hashPair(left, right) * this.#scale) >>> 0;
    for (;;) {
      const at = slots[slot]! * ROW - ROW;
      if (at < 0 || (rows[at] === left && rows[at + 1] === right)) return slot;
      if (++slot === end) slot = 0;
    }
  }

  #lengthen(): void {
    const rows = new Uint32Array(Math.ceil((GROWTH * this.#rows.length) / ROW) * ROW);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  /** Makes room for more, and finds every pair its new slot. */
  #spread(wanted: number): void {
    const capacity = Math.ceil(wanted);
    // Before the new ones are made, so that both do not exist at once.
    this.#slots = new Uint32Array(0);
    const slots = new Uint32Array(capacity);
    this.#scale = capacity / 2 ** 32;
    const rows = this.#rows;
    for (let pair = 0; pair < this.#size; pair++) {
      // All are different: the next free one is theirs.
      let slot = (hashPair(rows[pair * ROW]!, rows[pair * ROW + 1]!) * this.#scale) >>> 0;
      while (slots[slot] !== 0) if (++slot === capacity) slot = 0;
      slots[slot] = pair + 1;
    }
    this.#slots = slots;
  }
}
