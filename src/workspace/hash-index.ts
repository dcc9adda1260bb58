const LEAST = 1024;
/** Slots in use above which the table grows. */
const FULLEST = 0.75;
/** Doubling would leave a quarter of the memory empty on average, and needs three times as much while it copies. */
const GROWTH = 1.5;

/**
 * Numbers by a hash of 32 bits of what they stand for: open addressing with linear probing, 11 to 16 bytes a number. Several may have one
 * hash; which of them is meant, the caller must look up.
 */
export class HashIndex {
  #hashes = new Uint32Array(LEAST);
  /** 0 is a free slot. */
  #numbers = new Uint32Array(LEAST);
  #size = 0;

  /** The first number of the hash that `matches`; undefined when there is none. */
  find(hash: number, matches: (number: number) => boolean): number | undefined {
    const hashes = this.#hashes;
    const numbers = this.#numbers;
    for (let slot = this.#first(hash); numbers[slot] !== 0; slot = slot + 1 === numbers.length ? 0 : slot + 1) {
      if (hashes[slot] === hash && matches(numbers[slot]!)) return numbers[slot];
    }
    return undefined;
  }

  /** Adds a number (1 … 2³²−1), which must be new. */
  add(hash: number, number: number): void {
    if (++this.#size > FULLEST * this.#numbers.length) this.#grow();
    this.#put(hash, number);
  }

  #put(hash: number, number: number): void {
    const numbers = this.#numbers;
    let slot = this.#first(hash);
    while (numbers[slot] !== 0) if (++slot === numbers.length) slot = 0;
    this.#hashes[slot] = hash;
    numbers[slot] = number;
  }

  #first(hash: number): number {
    return (hash * (this.#numbers.length / 2 ** 32)) >>> 0;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const numbers = this.#numbers;
    const capacity = Math.ceil(GROWTH * numbers.length);
    this.#hashes = new Uint32Array(capacity);
    this.#numbers = new Uint32Array(capacity);
    for (let slot = 0; slot < numbers.length; slot++) if (numbers[slot] !== 0) this.#put(hashes[slot]!, numbers[slot]!);
  }
}

/** 32 bits of a hash of 52 and of a small number, with the final mix of MurmurHash3 so that neighbours spread over the whole range. */
export function mixHash(seed: number, hash: number): number {
  let h = (hash | 0) ^ Math.floor(hash / 0x4000000) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
