/**
 * Seeded randomness for the made-up company. `sfc32` (Chris Doty-Humphrey, PractRand) seeded through a 32-bit
 * splitmix: small, fast, and the same on every machine. One generator per order, so that an order's life does not depend on
 * how many numbers another one drew.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /** `seed` is the run's, `stream` tells its generators apart (an order number, a batch slot). Both are taken as 32-bit integers. */
  constructor(seed: number, stream: number) {
    let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul((stream | 0) + 0x7f4a7c15, 0x85ebca6b)) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#counter = 1;
    for (let i = 0; i < 8; i++) this.uint32();
  }

  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** Uniform integer, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.float() * (to - from + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.float() * items.length)]!;
  }

  /** Standard normal (Box and Muller 1958, the cosine half). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float());
  }

  /** Log-normal by its median; `sigma` is the spread of the logarithm. Cut at ±3.2 sigma, so that no healthy value looks injected. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * Math.max(-3.2, Math.min(3.2, this.normal())));
  }

  /** `length` lower-case hex digits, a multiple of 8. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += (this.uint32() + 0x1_0000_0000).toString(16).slice(1);
    return text;
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
