import type { ClockEvent, ClockJourney, ClockStep } from './rows.ts';

/** One event of a made-up journey by the true time, before a clock stamps it. Microseconds. */
export interface TrueEvent {
  readonly clock: number;
  readonly step: string;
  readonly time: number;
  readonly length?: number;
  readonly span?: number;
  readonly parentSpan?: number;
  readonly execution?: number;
  readonly parentExecution?: number;
}

/** How the clocks of a made-up company are off: microseconds ahead at a true time. */
export type Stamp = (clock: number, time: number) => number;

export const SECOND = 1_000_000;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A latency with a median in seconds and a spread of its logarithm, in microseconds. */
export function latency(random: () => number, median: number, sigma = 0.4): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(SECOND * median * Math.exp(sigma * normal));
}

/** Stamps journeys with clocks, and cuts times to a resolution. */
export function stamped(
  journeys: readonly (readonly TrueEvent[])[],
  stamp: Stamp,
  resolution = 1,
): { readonly journeys: readonly ClockJourney[]; readonly steps: readonly ClockStep[] } {
  const steps: ClockStep[] = [];
  const numbers = new Map<string, number>();
  const stepOf = (clock: number, name: string): number => {
    const key = `${clock} ${name}`;
    let step = numbers.get(key);
    if (step === undefined) {
      numbers.set(key, (step = steps.length));
      steps.push({ clock, name: key });
    }
    return step;
  };
  let id = 0;
  return {
    steps,
    journeys: journeys.map((events, journey) => ({
      type: 0,
      hash: Math.imul(journey + 1, 0x9e3779b1) >>> 0,
      events: events
        .map((event): ClockEvent => {
          const told = (time: number): number => Math.floor((time + stamp(event.clock, time)) / resolution) * resolution;
          const start = told(event.time);
          return {
            id: ++id,
            clock: event.clock,
            step: stepOf(event.clock, event.step),
            time: start,
            end: event.length === undefined ? NaN : told(event.time + event.length),
            resolution,
            execution: event.execution ?? 0,
            parentExecution: event.parentExecution ?? 0,
            span: event.span ?? 0,
            parentSpan: event.parentSpan ?? 0,
            isStart: event.length !== undefined,
          };
        })
        .toSorted((a, b) => a.time - b.time || a.id - b.id),
    })),
  };
}
