import { grown } from './families.ts';

/** Fields of one type beyond these share the last bit and tell nothing. */
export const MOST_FIELDS = 31;

/** In which fields each identifier stands: a bit for each field of its type. Sums only: the order in which they are told does not matter. */
export class Fields {
  /** Identifier id → bits of its fields. */
  bits = new Uint32Array(0);
  readonly #bitOf = new Map<number, number>();
  /** Fields that each type has so far. */
  readonly #count: number[] = [];
  /** The answer of the last time by field: nearly every field holds one type. */
  #lastType = new Int32Array(0);
  #lastBit = new Uint8Array(0);

  /** Makes room for identifiers up to this number. */
  makeRoom(room: number): void {
    this.bits = grown(this.bits, new Uint32Array(room));
  }

  /** Notes that an identifier of a type stands in a field. Answers the field's bit, from 0. */
  note(id: number, type: number, field: number): number {
    if (field >= this.#lastType.length) this.#grow(field);
    let bit = this.#lastBit[field]!;
    if (this.#lastType[field] !== type) {
      bit = this.#find(type, field);
      this.#lastType[field] = type;
      this.#lastBit[field] = bit;
    }
    this.bits[id]! |= 1 << bit;
    return bit;
  }

  #find(type: number, field: number): number {
    const key = type * 0x1_0000_0000 + field;
    const known = this.#bitOf.get(key);
    if (known !== undefined) return known;
    const bit = Math.min(MOST_FIELDS, this.#count[type] ?? 0);
    this.#count[type] = bit + 1;
    this.#bitOf.set(key, bit);
    return bit;
  }

  #grow(field: number): void {
    const known = this.#lastType.length;
    const room = Math.max(64, 2 * field);
    this.#lastType = grown(this.#lastType, new Int32Array(room)).fill(-1, known);
    this.#lastBit = grown(this.#lastBit, new Uint8Array(room));
  }
}
