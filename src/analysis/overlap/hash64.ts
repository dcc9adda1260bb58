/**
 * A running 64-bit hash as two lanes of 32 bits: MurmurHash3's mixing of words and its finaliser, with different seeds and factors
 * (https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp). Not for security: for telling a few million things apart.
 */
export class Hash64 {
  a = 0;
  b = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);

  begin(seed: number): void {
    this.a = seed;
    this.b = ~seed;
  }

  word(value: number): void {
    let k = Math.imul(value, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    this.a ^= k;
    this.a = (Math.imul((this.a << 13) | (this.a >>> 19), 5) + 0xe6546b64) | 0;
    k = Math.imul(value ^ 0x5bd1e995, 0x239b961b);
    k = Math.imul((k << 17) | (k >>> 15), 0xab0e9789);
    this.b ^= k;
    this.b = (Math.imul((this.b << 19) | (this.b >>> 13), 5) + 0x561ccd1b) | 0;
  }

  /** A double by its bits; every NaN is the same. */
  double(value: number): void {
    this.#double[0] = Number.isNaN(value) ? Number.NaN : value;
    this.word(this.#halves[0]!);
    this.word(this.#halves[1]!);
  }

  bytes(bytes: Uint8Array): void {
    this.word(bytes.length);
    let i = 0;
    for (; i + 4 <= bytes.length; i += 4) this.word(bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
    let rest = 0;
    for (let shift = 0; i < bytes.length; i++, shift += 8) rest |= bytes[i]! << shift;
    this.word(rest);
  }

  end(): void {
    this.a = finished(this.a);
    this.b = finished(this.b);
  }
}

function finished(lane: number): number {
  let h = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
