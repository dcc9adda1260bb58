import type { Clocks } from './clocks.ts';
import type { SimEntry } from './company.ts';

/** Two steps have an order if at most this share of the cases have them the other way round. */
const REVERSED_SHARE = 0.02;

/** Two steps of different systems, one directly after the other. */
interface Hop {
  readonly from: string;
  readonly to: string;
  cases: number;
  /** System → in how many of them the second seems to come first because of that system's clock alone. */
  readonly backwards: Map<string, number>;
}

/**
 * What wrong clocks turn round: whether anybody could know from the logs that a clock is wrong. A clock that is ahead where its system comes last makes waits
 * seem longer, and no effect come before its cause.
 */
export class BackwardHops<E extends SimEntry> {
  readonly #clocks: Clocks;
  readonly #stepOf: (event: E) => string;
  readonly #hops = new Map<string, Hop>();

  constructor(clocks: Clocks, stepOf: (event: E) => string) {
    this.#clocks = clocks;
    this.#stepOf = stepOf;
  }

  /** The entries of one case; of each step the first counts. */
  observe(events: readonly E[]): void {
    if (this.#clocks.right) return;
    const first = new Map<string, E>();
    for (const event of events.toSorted((a, b) => a.at - b.at)) {
      const step = `${event.system} ${this.#stepOf(event)}`;
      if (!first.has(step)) first.set(step, event);
    }
    const steps = [...first];
    for (const [i, [to, effect]] of steps.entries()) {
      const [from, cause] = steps[i - 1] ?? [];
      if (from === undefined || cause === undefined || cause.system === effect.system || cause.at === effect.at) continue;
      const key = `${from} > ${to}`;
      let hop = this.#hops.get(key);
      if (hop === undefined) this.#hops.set(key, (hop = { from, to, cases: 0, backwards: new Map() }));
      hop.cases++;
      const wait = effect.at - cause.at;
      this.#count(hop, cause.system, wait - this.#clocks.ahead(cause.system, cause.at));
      this.#count(hop, effect.system, wait + this.#clocks.ahead(effect.system, effect.at));
    }
  }

  #count({ backwards }: Hop, system: string, shown: number): void {
    if (shown < 0) backwards.set(system, (backwards.get(system) ?? 0) + 1);
  }

  /** System → in how many cases, at most, hops of one kind whose order is known run backwards because of its clock. */
  most(): { readonly [system: string]: number } {
    const most: { [system: string]: number } = {};
    for (const { from, to, cases, backwards } of this.#hops.values()) {
      if ((this.#hops.get(`${to} > ${from}`)?.cases ?? 0) > REVERSED_SHARE * cases) continue;
      for (const [system, count] of backwards) most[system] = Math.max(most[system] ?? 0, count);
    }
    return most;
  }
}
