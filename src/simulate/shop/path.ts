import { HOUR, MINUTE } from '../calendar.ts';
import type { Struck } from '../company.ts';
import type { Injection } from '../faults.ts';
import type { Random } from '../random.ts';
import { SHIP_WINDOW } from './promised.ts';
import { DURATIONS, HOPS } from './timings.ts';
import type { DurationName, HopName } from './timings.ts';
import type { BoomiDetail, Channel, Outcome, SimEvent } from './event.ts';
import type { Order } from './order.ts';
import { load } from './rhythm.ts';

/** What an event says beyond its place and time. */
export interface Said {
  readonly outcome?: Outcome;
  readonly durationMs?: number;
  readonly attempt?: number;
  readonly execution?: string;
  readonly reference?: string;
  readonly amountCents?: number;
  readonly state?: string;
  readonly state2?: string;
  readonly message?: string;
  readonly boomi?: BoomiDetail;
}

/** Where an order's life is being written: its events, its generator, and the one fault it may carry. */
export class Path {
  readonly events: SimEvent[] = [];
  readonly order: Order;
  readonly random: Random;
  readonly injection: Injection | undefined;
  struck: Struck | undefined;
  /** Additional identifiers the fault gave rise to, such as a second payment. */
  readonly extraReferences: string[] = [];

  constructor(order: Order, random: Random, injection: Injection | undefined) {
    this.order = order;
    this.random = random;
    this.injection = injection;
  }

  /** Whether the order carries this fault, at this place when one is named. */
  has(fault: Injection['fault'], place?: Injection['place']): boolean {
    return this.injection !== undefined && this.injection.fault === fault && (place === undefined || this.injection.place === place);
  }

  /** Notes what was done. The first note wins: it names the cause, later ones would name consequences. */
  strike(system: string, step: string, at: number, note: string): void {
    this.struck ??= { system, step, at, note };
  }

  /** Start of the step that follows something which ended at `after`. */
  hop(name: HopName, after: number, system: string, step: string): number {
    const { median, sigma, rhythm } = HOPS[name];
    const usual = this.random.logNormal(median, sigma) * (1 + rhythm * load(after));
    if (this.has('delay/window', name) && step === name && this.struck === undefined) {
      const late = this.random.int(SHIP_WINDOW + HOUR, SHIP_WINDOW + 5 * HOUR);
      this.strike(
        system,
        step,
        after + late,
        `began ${Math.round(late / MINUTE)} min after the step before it; declared are ${SHIP_WINDOW / HOUR} h`,
      );
      return after + late;
    }
    if (!this.has('delay/hop', name)) return Math.round(after + usual);
    const late = median * (1 + rhythm * load(after)) * this.injection!.factor;
    this.strike(
      system,
      step,
      Math.round(after + late),
      `started ${Math.round(late)} ms after the step before it, usually about ${median} ms`,
    );
    return Math.round(after + late);
  }

  /** How long a step takes, in whole milliseconds. */
  duration(name: DurationName, at: number, system: string, step: string): number {
    const { median, sigma, rhythm } = DURATIONS[name];
    const usual = this.random.logNormal(median, sigma) * (1 + rhythm * load(at));
    if (!this.has('delay/step', name)) return Math.max(1, Math.round(usual));
    const slow = Math.round(median * (1 + rhythm * load(at)) * this.injection!.factor);
    this.strike(system, step, at, `took ${slow} ms, usually about ${median} ms`);
    return slow;
  }

  write(channel: Channel, at: number, system: string, flow: string, step: string, said: Said = {}): void {
    this.events.push({
      channel,
      at,
      system,
      flow,
      step,
      outcome: said.outcome ?? 'ok',
      order: this.order,
      durationMs: said.durationMs ?? 0,
      attempt: said.attempt ?? 0,
      execution: said.execution ?? '',
      reference: said.reference ?? '',
      amountCents: said.amountCents ?? this.order.amountCents,
      state: said.state ?? '',
      state2: said.state2 ?? '',
      message: said.message ?? '',
      boomi: said.boomi,
    });
  }
}
