import { modelAt } from './rhythm-parts.ts';
import { AGAIN } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import type { DurationModel, OpenHours } from './types.ts';

const MICROS_PER_HOUR = 3_600_000_000;
const HOURS_PER_DAY = 24;
const DAYS_PER_WEEK = 7;
const MICROS_PER_WEEK = DAYS_PER_WEEK * HOURS_PER_DAY * MICROS_PER_HOUR;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3;
/** A day or a row of hours is closed when chance alone would have brought this many: e⁻¹⁰ that none comes. */
const MIN_EXPECTED = 10;
/** … and at most this share of its number came: somebody always works late. */
const STRAY_SHARE = 0.05;
/** Of all there is at most this share outside. */
const OUTSIDE_SHARE = 0.01;
/** Shorter gaps than this (hours) are no closing time. */
const MIN_GAP = 3;
/** Open for more of the week than this is open. */
const MOSTLY_OPEN = 0.75;
/** A weekday is closed when it was seen closed this often. */
const MIN_WEEKS = 2;

/** When a step began, counted by the hour of the week (UTC, Monday first). */
class WeekCounts {
  readonly #counts = new Uint32Array(DAYS_PER_WEEK * HOURS_PER_DAY);

  /** @param time µs */
  add(time: number): void {
    this.#counts[hourOfWeek(time)]!++;
  }

  /**
   * The days and hours outside of which nothing begins: offices close, batches run at night. Whole days first, then hours of the days that are left, so
   * that a few dozen are enough. Undefined where it begins at any time, or too little is known.
   * @param weeks how often each day of the week lies in the data, at least
   */
  openHours(weeks: number): OpenHours | undefined {
    const days = Array.from({ length: DAYS_PER_WEEK }, (_, day) =>
      this.#counts.subarray(day * HOURS_PER_DAY, (day + 1) * HOURS_PER_DAY).reduce((sum, count) => sum + count, 0),
    );
    const total = days.reduce((sum, count) => sum + count, 0);
    const ofDay = total / DAYS_PER_WEEK;
    const isOpenDay = days.map((count) => weeks < MIN_WEEKS || ofDay < MIN_EXPECTED || count > STRAY_SHARE * ofDay);
    const hours = Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
      isOpenDay.reduce((sum, isOpen, day) => sum + (isOpen ? this.#counts[day * HOURS_PER_DAY + hour]! : 0), 0),
    );
    const isOpenHour = openOf(hours);
    const inside = hours.reduce((sum, count, hour) => sum + (isOpenHour[hour]! ? count : 0), 0);
    const share = (isOpenDay.filter(Boolean).length * isOpenHour.filter(Boolean).length) / this.#counts.length;
    if (total === 0 || share > MOSTLY_OPEN || total - inside > OUTSIDE_SHARE * total) return undefined;
    return { days: bits(isOpenDay), hours: bits(isOpenHour) };
  }
}

/** Hours of the day but those that lie in a row in which next to nothing begins. */
function openOf(hours: readonly number[]): boolean[] {
  const ofHour = hours.reduce((sum, count) => sum + count, 0) / HOURS_PER_DAY;
  const isQuiet = hours.map((count) => count <= STRAY_SHARE * ofHour);
  const isOpen = hours.map(() => true);
  const first = isQuiet.indexOf(false);
  if (first < 0) return isOpen;
  // Around midnight as well: from an hour that is not quiet once around the clock.
  let gap: number[] = [];
  for (let i = 1; i <= HOURS_PER_DAY; i++) {
    const hour = (first + i) % HOURS_PER_DAY;
    if (isQuiet[hour]!) {
      gap.push(hour);
      continue;
    }
    if (gap.length >= MIN_GAP && gap.length * ofHour >= MIN_EXPECTED) for (const closed of gap) isOpen[closed] = false;
    gap = [];
  }
  return isOpen;
}

/** The open hours of each step of a type, where it has any. */
export function learnOpenHours(rows: JourneyRows, stepCount: number): readonly (OpenHours | undefined)[] {
  const counts = Array.from({ length: stepCount }, () => new WeekCounts());
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.rows; row++) {
    const start = rows.start[row]!;
    if (Number.isNaN(start) || (rows.flags[row]! & AGAIN) !== 0) continue;
    if (start < first) first = start;
    if (start > last) last = start;
    counts[rows.step[row]!]!.add(start);
  }
  const weeks = Math.floor((last - first) / MICROS_PER_WEEK);
  return counts.map((count) => count.openHours(weeks));
}

/** How much of the time between two moments (µs) is open, in µs. */
export function openTime(open: OpenHours, from: number, to: number): number {
  return openSince(open, to) - openSince(open, from);
}

/** The first moment (µs) by which so much open time (µs) has passed, found to the second; at the latest `until`. */
export function afterOpenTime(open: OpenHours, from: number, length: number, until: number): number {
  let [low, high] = [from, until];
  while (high - low > 1_000_000) {
    const middle = (low + high) / 2;
    if (openTime(open, from, middle) < length) low = middle;
    else high = middle;
  }
  return high;
}

/** Open time since some Monday long ago. */
function openSince({ days, hours }: OpenHours, time: number): number {
  const hour = Math.floor(time / MICROS_PER_HOUR) + FIRST_WEEKDAY * HOURS_PER_DAY;
  const day = Math.floor(hour / HOURS_PER_DAY);
  const week = Math.floor(day / DAYS_PER_WEEK);
  const [weekday, hourOfDay] = [day - week * DAYS_PER_WEEK, hour - day * HOURS_PER_DAY];
  const daily = countBits(hours);
  const before = (week * countBits(days) + countBits(days & ((1 << weekday) - 1))) * daily;
  if ((days & (1 << weekday)) === 0) return before * MICROS_PER_HOUR;
  const today = countBits(hours & ((1 << hourOfDay) - 1)) * MICROS_PER_HOUR;
  const rest = (hours & (1 << hourOfDay)) === 0 ? 0 : time - Math.floor(time / MICROS_PER_HOUR) * MICROS_PER_HOUR;
  return before * MICROS_PER_HOUR + today + rest;
}

/** What a duration is to be judged by: how long it was by the clock that tells most, and what is usual by that clock; µs. */
export function measuredBy(
  model: DurationModel,
  from: number,
  to: number,
): { readonly usual: DurationModel; readonly duration: number; readonly open: OpenHours | undefined } {
  const { open } = model;
  if (open === undefined) return { usual: modelAt(model, from), duration: to - from, open };
  return { usual: open.model, duration: openTime(open.hours, from, to), open: open.hours };
}

const NAMES = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;

/** `Mondays to Fridays 07–17 UTC`. */
export function openHoursText({ days, hours }: OpenHours): string {
  const named = runsOf(days, DAYS_PER_WEEK).map(({ from, length }) => {
    const [first, last] = [NAMES[from]!, NAMES[(from + length - 1) % DAYS_PER_WEEK]!];
    return length === 1 ? first : `${first} to ${last}`;
  });
  const two = (hour: number): string => String(hour % HOURS_PER_DAY).padStart(2, '0');
  const spans = runsOf(hours, HOURS_PER_DAY).map(({ from, length }) => `${two(from)}–${two(from + length)}`);
  const when = days === (1 << DAYS_PER_WEEK) - 1 ? [] : [named.join(', ')];
  return [...when, ...(spans.length === 0 ? [] : [`${spans.join(', ')} UTC`])].join(' ');
}

/** Rows of set bits, around the end; none where all are set. */
function runsOf(set: number, size: number): { readonly from: number; length: number }[] {
  const isSet = (i: number): boolean => (set & (1 << (i % size))) !== 0;
  const runs: { readonly from: number; length: number }[] = [];
  for (let i = 0; i < size; i++) {
    if (!isSet(i) || isSet(i + size - 1)) continue;
    let length = 1;
    while (isSet(i + length)) length++;
    runs.push({ from: i, length });
  }
  return runs;
}

function hourOfWeek(time: number): number {
  const hour = Math.floor(time / MICROS_PER_HOUR) + FIRST_WEEKDAY * HOURS_PER_DAY;
  const size = DAYS_PER_WEEK * HOURS_PER_DAY;
  return ((hour % size) + size) % size;
}

function bits(flags: readonly boolean[]): number {
  return flags.reduce((sum, flag, i) => (flag ? sum | (1 << i) : sum), 0);
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
