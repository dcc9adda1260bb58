import type { Random } from './random.ts';

/** Milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The run's window. Times are epoch milliseconds; nothing after `end` was logged anywhere. */
export interface Calendar {
  readonly start: number;
  readonly end: number;
  readonly days: number;
}

/** How many cases a company expects to begin in the hour that starts at `at`, in arbitrary units. */
export type Weight = (at: number) => number;

/** A window long enough for the cases at so many a day, between the two bounds: what is in flight at one time stays bounded. */
export function calendar(start: number, cases: number, perDay: number, fewestDays: number, mostDays: number): Calendar {
  const days = Math.max(fewestDays, Math.min(mostDays, Math.ceil(cases / perDay)));
  return { start, end: start + days * DAY, days };
}

/** The share of all cases that begins before `until`. */
export function shareBefore(window: Calendar, until: number, weight: Weight): number {
  let before = 0;
  let total = 0;
  for (let hour = window.start; hour < window.end; hour += HOUR) {
    total += weight(hour);
    before += weight(hour) * Math.max(0, Math.min(1, (until - hour) / HOUR));
  }
  return before / total;
}

/** Arrival times in ascending order: one case in each of `cases` equal slices of the window's cumulative business. */
export function* arrivals(window: Calendar, cases: number, random: Random, weight: Weight): Generator<number, void, undefined> {
  let total = 0;
  for (let hour = window.start; hour < window.end; hour += HOUR) total += weight(hour);
  let hour = window.start;
  let passed = 0;
  for (let i = 0; i < cases; i++) {
    const target = ((i + random.float()) / cases) * total;
    while (passed + weight(hour) < target && hour + HOUR < window.end) {
      passed += weight(hour);
      hour += HOUR;
    }
    const inside = Math.max(0, Math.min(0.999_999, (target - passed) / weight(hour)));
    yield Math.floor(hour + inside * HOUR);
  }
}
