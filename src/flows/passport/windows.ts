import { Temporal } from 'temporal-polyfill';

/** Which days and hours count, and on whose clock. */
export interface Calendar {
  /** IANA name, or `UTC`. */
  readonly zone: string;
  /** Days of the week on which business is done; 1 is Monday. */
  readonly days: readonly number[];
  /** Days on which it is not: `2026-12-25`. */
  readonly holidays: readonly string[];
  /** Opening hours in minutes after midnight; undefined: all day. */
  readonly hours: { readonly from: number; readonly to: number } | undefined;
}

/** By when something must have happened, counted from a moment. Plain JSON. */
export type Window = { /** As it was written. */ readonly text: string } & (
  | { readonly kind: 'within'; /** Microseconds, whatever the clocks do. */ readonly amount: number }
  /** Until the end of the n-th business day after the day of the moment. */
  | { readonly kind: 'business-days'; readonly days: number; readonly calendar: Calendar }
  /** Microseconds in which business is done. */
  | { readonly kind: 'business-hours'; readonly amount: number; readonly calendar: Calendar }
  /** Until the next time that clocks show this, minutes after midnight; on any day, or on business days. */
  | { readonly kind: 'before'; readonly minute: number; readonly business: boolean; readonly calendar: Calendar }
);

/** The moment (µs) after which it is too late for what began at `since` (µs). */
export type Deadline = (since: number) => number;

const MICROS_PER_HOUR = 3_600_000_000;
const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
/** No calendar has so many days off in a row: whoever looks farther looks for ever. */
const MOST_DAYS = 3660;

const compiled = new WeakMap<Window, Deadline>();

/** Makes a window ready for many questions. Zones and calendars are asked about once for each day that occurs. */
export function deadlineOf(window: Window): Deadline {
  let known = compiled.get(window);
  if (known === undefined) compiled.set(window, (known = compile(window)));
  return known;
}

function compile(window: Window): Deadline {
  switch (window.kind) {
    case 'within':
      return (since) => since + window.amount;
    case 'before':
      return nextTime(window.minute, window.business, window.calendar);
    case 'business-days':
      return endOfBusinessDay(window.days, window.calendar);
    case 'business-hours':
      return workingTime(window.amount, window.calendar);
  }
}

/** The next moment behind `since` at which the clock has passed the minute for good. */
function nextTime(minute: number, business: boolean, calendar: Calendar): Deadline {
  const isDay = business ? businessDays(calendar) : (): boolean => true;
  // Deadlines that may answer for the moments of one UTC day, ascending; the last lies behind all of them.
  const known = new Map<number, readonly number[]>();
  return (since) => {
    const day = Math.floor(since / MICROS_PER_DAY);
    let times = known.get(day);
    if (times === undefined) known.set(day, (times = timesFrom(day, minute, isDay, calendar.zone)));
    return times.find((time) => time > since) ?? Number.POSITIVE_INFINITY;
  };
}

function timesFrom(day: number, minute: number, isDay: (date: Temporal.PlainDate) => boolean, zone: string): number[] {
  const end = (day + 1) * MICROS_PER_DAY;
  const times: number[] = [];
  let date = localDate(day * MICROS_PER_DAY, zone);
  for (let i = 0; i < MOST_DAYS; i++, date = date.add({ days: 1 })) {
    if (!isDay(date)) continue;
    const time = passes(date, minute, zone);
    times.push(time);
    if (time > end) break;
  }
  return times;
}

function endOfBusinessDay(days: number, calendar: Calendar): Deadline {
  const isDay = businessDays(calendar);
  const known = new Map<string, number>();
  return (since) => {
    const from = localDate(since, calendar.zone);
    const key = from.toString();
    let end = known.get(key);
    if (end === undefined) known.set(key, (end = endAfter(from, days, isDay, calendar.zone)));
    return end;
  };
}

function endAfter(from: Temporal.PlainDate, days: number, isDay: (date: Temporal.PlainDate) => boolean, zone: string): number {
  let left = days;
  let date = from;
  for (let i = 0; i < MOST_DAYS && left > 0; i++) {
    date = date.add({ days: 1 });
    if (isDay(date)) left--;
  }
  return left > 0 ? Number.POSITIVE_INFINITY : startOfDay(date.add({ days: 1 }), zone);
}

function workingTime(amount: number, calendar: Calendar): Deadline {
  const isDay = businessDays(calendar);
  const { from = 0, to = 24 * 60 } = calendar.hours ?? {};
  const spans = new Map<string, { readonly from: number; readonly to: number } | undefined>();
  const spanOf = (date: Temporal.PlainDate): { readonly from: number; readonly to: number } | undefined => {
    const key = date.toString();
    if (!spans.has(key)) {
      const open = isDay(date) ? { from: passes(date, from, calendar.zone), to: passes(date, to, calendar.zone) } : undefined;
      spans.set(key, open);
    }
    return spans.get(key);
  };
  return (since) => {
    let left = amount;
    let date = localDate(since, calendar.zone);
    for (let i = 0; i < MOST_DAYS; i++, date = date.add({ days: 1 })) {
      const span = spanOf(date);
      if (span === undefined) continue;
      const begin = Math.max(since, span.from);
      if (begin + left <= span.to) return begin + left;
      left -= Math.max(0, span.to - begin);
    }
    return Number.POSITIVE_INFINITY;
  };
}

/** Whether business is done on a day. */
function businessDays({ days, holidays }: Calendar): (date: Temporal.PlainDate) => boolean {
  const off = new Set(holidays);
  return (date) => days.includes(date.dayOfWeek) && !off.has(date.toString());
}

/**
 * The moment from which on clocks in a zone have passed a minute of a day (24:00 is the end of the day). Where clocks go back and show it twice it
 * is the second time, because until then they may still show less; where they jump over it, it is the jump.
 */
function passes(date: Temporal.PlainDate, minute: number, zone: string): number {
  if (minute === 24 * 60) return startOfDay(date.add({ days: 1 }), zone);
  const local = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const isGap = earlier.epochMilliseconds !== later.epochMilliseconds && !earlier.toPlainDateTime().equals(local);
  const found = isGap ? (earlier.getTimeZoneTransition('next') ?? later) : later;
  return found.epochMilliseconds * 1000;
}

function startOfDay(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime({ timeZone: zone }).epochMilliseconds * 1000;
}

function localDate(time: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(time / 1000))
    .toZonedDateTimeISO(zone)
    .toPlainDate();
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether there is such a day: `2026-12-25`. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  try {
    Temporal.PlainDate.from(day);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
