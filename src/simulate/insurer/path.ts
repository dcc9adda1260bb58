import { afterOfficeTime } from '../business-hours.ts';
import { DAY } from '../calendar.ts';
import type { Struck } from '../company.ts';
import type { Fault, Injection } from '../faults.ts';
import type { Random } from '../random.ts';
import type { Claim } from './claim.ts';
import type { Channel, ClaimEvent } from './event.ts';
import { DURATIONS, HOPS } from './timings.ts';
import type { DurationName, HopName } from './timings.ts';

type Said = Partial<
  Pick<ClaimEvent, 'outcome' | 'durationMs' | 'attempt' | 'number' | 'payment' | 'letter' | 'amountCents' | 'state' | 'message'>
>;

/** Where a claim's life is being written: its events, its generator, and the one fault it may carry. */
export class ClaimPath {
  readonly events: ClaimEvent[] = [];
  readonly claim: Claim;
  readonly random: Random;
  readonly #injection: Injection | undefined;
  struck: Struck | undefined;
  /** Identifiers that the fault gave rise to, such as a second claim. */
  readonly extra: string[] = [];

  constructor(claim: Claim, random: Random, injection: Injection | undefined) {
    this.claim = claim;
    this.random = random;
    this.#injection = injection;
  }

  /** Whether the claim carries this fault, at this place when one is named. */
  has(fault: Fault, place?: string): boolean {
    return this.#injection?.fault === fault && (place === undefined || this.#injection.place === place);
  }

  /** Notes what was done. The first note wins: it names the cause, later ones would name consequences. */
  strike(system: string, step: string, at: number, note: string): void {
    this.struck ??= { system, step, at, note };
  }

  /** Start of the step that follows something which ended at `after`. */
  hop(name: HopName, after: number, system: string, step: string): number {
    const { median, sigma, office } = HOPS[name];
    const usual = this.random.logNormal(median, sigma);
    const late = this.has('delay/hop', name);
    const time = late ? median * this.#injection!.factor : usual;
    const at = office ? afterOfficeTime(after, time) : Math.round(after + time);
    if (late) {
      const hours = office ? ' of office time' : '';
      this.strike(system, step, at, `started ${Math.round(time)} ms${hours} after the step before it, usually about ${median} ms`);
    }
    return at;
  }

  /** How long a step takes, in whole milliseconds. */
  duration(name: DurationName, at: number, system: string, step: string): number {
    const { median, sigma } = DURATIONS[name];
    const usual = this.random.logNormal(median, sigma);
    if (!this.has('delay/step', name)) return Math.max(1, Math.round(usual));
    const slow = Math.round(median * this.#injection!.factor);
    this.strike(system, step, at, `took ${slow} ms, usually about ${median} ms`);
    return slow;
  }

  write(channel: Channel, at: number, system: string, step: string, said: Said = {}): void {
    const { claim } = this;
    this.events.push({
      at,
      durationMs: said.durationMs ?? 0,
      system,
      channel,
      step,
      outcome: said.outcome ?? 'ok',
      claim,
      attempt: said.attempt ?? 0,
      number: said.number ?? claim.number,
      payment: said.payment ?? '',
      letter: said.letter ?? '',
      amountCents: said.amountCents ?? 0,
      state: said.state ?? '',
      message: said.message ?? '',
    });
  }

  /** The last change of each day, as a nightly export tells it. */
  export(channel: Channel, system: string, step: string, changes: readonly { readonly at: number; readonly said: Said }[]): void {
    const sorted = changes.toSorted((a, b) => a.at - b.at);
    sorted.forEach(({ at, said }, i) => {
      const next = sorted[i + 1];
      if (next === undefined || Math.floor(next.at / DAY) !== Math.floor(at / DAY)) this.write(channel, at, system, step, said);
    });
  }
}
