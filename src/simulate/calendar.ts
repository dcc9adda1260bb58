import type { Random } from './random.ts';

/** Milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How busy the shop is in each hour of the day (UTC): quiet nights, a noon shoulder, an evening peak. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 14, 14, 12, 11, 11, 12, 14, 17, 20, 18, 12, 7, 4] as const;
/** Sunday first, as `getUTCDay` counts. */
const WEEKDAYS = [1.1, 1.15, 1, 1, 1, 1.05, 0.9] as const;
const BUSIEST = 20 * 1.15;

/** The run's window. Times are epoch milliseconds; nothing after `end` was logged anywhere. */
export interface Calendar {
  readonly start: number;
  readonly end: number;
  readonly days: number;
}

/** Between 3 and 60 days, about 1,500 orders a day until that is too long: what is in flight at one time stays bounded. */
export function calendar(start: number, orders: number): Calendar {
  const days = Math.max(3, Math.min(60, Math.ceil(orders / 1500)));
  return { start, end: start + days * DAY, days };
}

/** Orders expected in the hour that begins at `at`, in arbitrary units. */
function weight(at: number): number {
  const date = new Date(at);
  return HOURS[date.getUTCHours()]! * WEEKDAYS[date.getUTCDay()]!;
}

/** 0..1: how loaded the company is. Work takes longer when it is. */
export function load(at: number): number {
  return Math.min(1, weight(at) / BUSIEST);
}

/** The share of all orders that arrives before `until`. */
export function shareBefore(window: Calendar, until: number): number {
  let before = 0;
  let total = 0;
  for (let hour = window.start; hour < window.end; hour += HOUR) {
    total += weight(hour);
    before += weight(hour) * Math.max(0, Math.min(1, (until - hour) / HOUR));
  }
  return before / total;
}

/** Arrival times in ascending order: one order in each of `orders` equal slices of the window's cumulative business. */
export function* arrivals(window: Calendar, orders: number, random: Random): Generator<number, void, undefined> {
  let total = 0;
  for (let hour = window.start; hour < window.end; hour += HOUR) total += weight(hour);
  let hour = window.start;
  let passed = 0;
  for (let i = 0; i < orders; i++) {
    const target = ((i + random.float()) / orders) * total;
    while (passed + weight(hour) < target && hour + HOUR < window.end) {
      passed += weight(hour);
      hour += HOUR;
    }
    const inside = Math.max(0, Math.min(0.999_999, (target - passed) / weight(hour)));
    yield Math.floor(hour + inside * HOUR);
  }
}
