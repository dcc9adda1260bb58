import { hashPair } from './hash.ts';

const LEAST = 256;
const FULLEST = 0.7;
const GROWTH = 1.5;

/** Dense numbers for cores, one set of them per type. Short numbers, which most cores are, need no string and a fourth of the memory. */
export class CoreIndex {
  size = 0;
  readonly #texts: Map<string, number>[] = [];
  readonly #numbers: NumberIndex[] = [];

  /** Makes room for so many types. */
  room(types: number): void {
    while (this.#texts.length < types) {
      this.#texts.push(new Map());
      this.#numbers.push(new NumberIndex());
    }
  }

  /** Lets go of the texts when all have their numbers. */
  forget(): void {
    this.#texts.length = 0;
    this.#numbers.length = 0;
  }

  /** A core that no other identifier has. */
  next(): number {
    return this.size++;
  }

  /** The number of a core of a type; the next one when it is new. */
  intern(type: number, text: string): number {
    const number = smallNumber(text);
    const known = number < 0 ? this.#texts[type]!.get(text) : this.#numbers[type]!.get(number, this.size);
    if (known === undefined) this.#texts[type]!.set(text, this.size);
    return known === undefined || known === this.size ? this.size++ : known;
  }
}

/** Numbers below 2³²−1 and what they stand for: open addressing with linear probing, 11 to 17 bytes a number. */
class NumberIndex {
  /** The number + 1 of each slot; 0 is a free one. */
  #keys = new Uint32Array(LEAST);
  #values = new Uint32Array(LEAST);
  #size = 0;

  /** What stands for the number, or `otherwise`, which stands for it from now on. */
  get(number: number, otherwise: number): number {
    const keys = this.#keys;
    const slot = slotOf(keys, number + 1);
    if (keys[slot] !== 0) return this.#values[slot]!;
    keys[slot] = number + 1;
    this.#values[slot] = otherwise;
    if (++this.#size > FULLEST * keys.length) this.#grow();
    return otherwise;
  }

  #grow(): void {
    const capacity = Math.ceil(GROWTH * this.#keys.length);
    const keys = new Uint32Array(capacity);
    const values = new Uint32Array(capacity);
    for (let from = 0; from < this.#keys.length; from++) {
      const key = this.#keys[from]!;
      if (key === 0) continue;
      const slot = slotOf(keys, key);
      keys[slot] = key;
      values[slot] = this.#values[from]!;
    }
    this.#keys = keys;
    this.#values = values;
  }
}

/** Where the key stands, or the free slot where it would. */
function slotOf(keys: Uint32Array, key: number): number {
  const end = keys.length;
  let slot = (hashPair(key, 0) * (end / 2 ** 32)) >>> 0;
  while (keys[slot] !== 0 && keys[slot] !== key) if (++slot === end) slot = 0;
  return slot;
}

/** The value of a text of at most nine digits without leading zeros, else -1. */
function smallNumber(text: string): number {
  if (text.length === 0 || text.length > 9 || (text.length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
