/** How often something that ended by itself is started again before it is left alone. */
export class RestartBudget {
  readonly #most: number;
  readonly #withinMs: number;
  #ends: number[] = [];

  constructor(most: number, withinMs: number) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  /** Notes an end at `now` (milliseconds on any clock); answers whether to start again. */
  spend(now: number): boolean {
    this.#ends = [...this.#ends.filter((end) => now - end < this.#withinMs), now];
    return this.#ends.length <= this.#most;
  }

  /** The user chose to try again. */
  reset(): void {
    this.#ends = [];
  }
}
