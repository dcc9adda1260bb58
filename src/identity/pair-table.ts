/**
 * Counts pairs of dense ids (1 … 2³²−1 each) without an object or a string per pair: open addressing with linear probing over
 * typed arrays, at most 62 % full. Iterate with `size`, `left`, `right` …: pairs `0..size-1` stand in the order of their insertion.
 */
export class PairTable {
  #slots: Uint32Array;
  #mask: number;
  #size = 0;
  /** Left, right and count of each pair side by side: one look into memory finds all three. */
  #rows: Uint32Array;
  #evidence: Float64Array;

  constructor(expected = 1024) {
    let capacity = 1024;
    while (capacity * 0.62 < expected) capacity *= 2;
    this.#slots = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    const room = Math.ceil(capacity * 0.62) + 1;
    this.#rows = new Uint32Array(room * 3);
    this.#evidence = new Float64Array(room);
  }

  /**
   * Takes back the pairs that were added last, so that `size` are left. What was added to the count or the evidence of others stays.
   * Without gaps in what was added before, no way of probing is broken.
   */
  truncate(size: number): void {
    while (this.#size > size) {
      const pair = this.#size - 1;
      this.#slots[this.#slot(this.left(pair), this.right(pair))] = 0;
      this.#size = pair;
    }
  }

  /** Lets go of all pairs and their memory. */
  clear(): void {
    this.#slots = new Uint32Array(1024);
    this.#mask = 1023;
    this.#size = 0;
    this.#rows = new Uint32Array(3 * 640);
    this.#evidence = new Float64Array(640);
  }

  get size(): number {
    return this.#size;
  }
  left(pair: number): number {
    return this.#rows[pair * 3]!;
  }
  right(pair: number): number {
    return this.#rows[pair * 3 + 1]!;
  }
  count(pair: number): number {
    return this.#rows[pair * 3 + 2]!;
  }
  /** The smallest event id that was given for the pair. */
  evidence(pair: number): number {
    return this.#evidence[pair]!;
  }

  /** Adds `count` to the pair and keeps the smaller evidence. */
  add(left: number, right: number, count: number, evidence: number): void {
    const slot = this.#slot(left, right);
    const found = this.#slots[slot]! - 1;
    if (found >= 0) {
      this.#rows[found * 3 + 2]! += count;
      if (evidence < this.#evidence[found]!) this.#evidence[found] = evidence;
      return;
    }
    const pair = this.#size++;
    this.#rows[pair * 3] = left;
    this.#rows[pair * 3 + 1] = right;
    this.#rows[pair * 3 + 2] = count;
    this.#evidence[pair] = evidence;
    this.#slots[slot] = pair + 1;
    if (this.#size >= this.#evidence.length - 1) this.#grow();
  }

  /** Index of the pair, or -1. */
  find(left: number, right: number): number {
    return this.#slots[this.#slot(left, right)]! - 1;
  }

  /** Where the pair stands, or the free slot where it would. */
  #slot(left: number, right: number): number {
    const slots = this.#slots;
    const rows = this.#rows;
    let slot = hash(left, right) & this.#mask;
    for (;;) {
      const pair = slots[slot]! - 1;
      if (pair < 0 || (rows[pair * 3] === left && rows[pair * 3 + 1] === right)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const capacity = (this.#mask + 1) * 2;
    const room = Math.ceil(capacity * 0.62) + 1;
    const rows = new Uint32Array(room * 3);
    rows.set(this.#rows);
    this.#rows = rows;
    const evidence = new Float64Array(room);
    evidence.set(this.#evidence);
    this.#evidence = evidence;
    this.#slots = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    for (let pair = 0; pair < this.#size; pair++) {
      this.#slots[this.#slot(rows[pair * 3]!, rows[pair * 3 + 1]!)] = pair + 1;
    }
  }
}

/** Multiply-xor mix of both halves (the finaliser of MurmurHash3). */
function hash(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
