import type { SkewedClock } from '../../model/clock.ts';
import type { Attempt } from '../../model/journey.ts';
import type { Micros } from '../../model/time.ts';
import type { ToldEvent } from '../../workspace/readers/events.ts';

/** The times of a journey as its sources tell them, where clocks were corrected. */
export class RawTimes {
  readonly #events: ReadonlyMap<number, ToldEvent>;

  constructor(told: readonly ToldEvent[]) {
    this.#events = new Map(told.filter(({ event, told: { time } }) => event.time !== time).map((each) => [each.event.id, each]));
  }

  /** Whether a time of the attempt was corrected. */
  isCorrected({ events }: Attempt): boolean {
    return events.some((event) => this.#events.has(event));
  }

  /** A time of an attempt as its source tells it. */
  of(time: Micros | undefined, { events }: Attempt): Micros | undefined {
    if (time === undefined) return undefined;
    for (const id of events) {
      const known = this.#events.get(id);
      if (known?.event.time === time) return known.told.time;
      if (known?.event.end === time) return known.told.end;
    }
    return time;
  }
}

/** The clocks that are off and stamped events of a journey. */
export function clocksIn(told: readonly ToldEvent[], clocks: readonly SkewedClock[]): readonly SkewedClock[] {
  return clocks.filter(({ system, sources }) => told.some(({ event, source }) => event.system === system && sources.includes(source)));
}
