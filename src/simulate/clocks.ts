/** How a system's clock runs: what it shows is the true time plus `offsetMs`, and `driftPpm` microseconds more for each second since the start. */
export interface Skew {
  readonly system: string;
  readonly offsetMs: number;
  /** Parts per million; 0 for a constant offset. A quartz clock that nobody sets drifts by 10 to 100. */
  readonly driftPpm: number;
}

/** The clocks of a company's systems. */
export class Clocks {
  readonly #start: number;
  readonly #skews: ReadonlyMap<string, Skew>;

  constructor(start: number, skews: readonly Skew[]) {
    this.#start = start;
    this.#skews = new Map(skews.map((skew) => [skew.system, skew]));
  }

  /** Whether no clock is wrong. */
  get right(): boolean {
    return this.#skews.size === 0;
  }

  /** How far a system's clock is ahead at a true time, in whole milliseconds. */
  ahead(system: string, at: number): number {
    const skew = this.#skews.get(system);
    return skew === undefined ? 0 : Math.round(skew.offsetMs + ((at - this.#start) / 1e6) * skew.driftPpm);
  }

  /** What a system's clock shows at a true time. */
  shows(system: string, at: number): number {
    return at + this.ahead(system, at);
  }
}
