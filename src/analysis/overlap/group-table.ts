/**
 * Numbers distinct 64-bit keys 1, 2, 3 … in the order in which they come: open addressing with linear probing over typed arrays, at most
 * 62 % full. Some 15 to 25 bytes a key.
 */
export class GroupTable {
  #slots = new Uint32Array(1024);
  #keys = new Uint32Array(2048);
  #size = 0;

  /** How many distinct keys there are; also the number of the last one. */
  get size(): number {
    return this.#size;
  }

  /** The number of a key, given as two hashes of 32 bits. */
  groupOf(a: number, b: number): number {
    const slot = this.#slot(a, b);
    const known = this.#slots[slot]!;
    if (known !== 0) return known;
    const group = ++this.#size;
    if (2 * group + 1 >= this.#keys.length) {
      const keys = new Uint32Array(2 * this.#keys.length);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    this.#keys[2 * group] = a;
    this.#keys[2 * group + 1] = b;
    this.#slots[slot] = group;
    if (group > 0.62 * this.#slots.length) this.#grow();
    return group;
  }

  #slot(a: number, b: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    const mask = slots.length - 1;
    // The keys are hashes: one half of them is as good as another hash of both.
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const group = slots[slot]!;
      if (group === 0 || (keys[2 * group] === a >>> 0 && keys[2 * group + 1] === b >>> 0)) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let group = 1; group <= this.#size; group++) this.#slots[this.#slot(this.#keys[2 * group]!, this.#keys[2 * group + 1]!)] = group;
  }
}
