import { timeParts } from '../../ui/format.ts';
import type { Zone } from '../../ui/format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The steps a time axis may have, in milliseconds. */
const STEPS = [
  1000,
  5000,
  15_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
] as const;

export interface Tick {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** 0..1 along the axis. */
  readonly share: number;
  readonly label: string;
}

/** Where a time lies on an axis, 0..1, cut at its ends. An axis without length puts everything at its start. */
export function shareOf(at: number, from: number, to: number): number {
  if (to <= from) return 0;
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/**
 * At most `most` ticks at round times of the zone: the date at midnight and for steps of days, else hours and minutes (and
 * seconds below a minute).
 */
export function axisTicks(from: number, to: number, most: number, zone: Zone): readonly Tick[] {
  if (to <= from || most < 1) return [];
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? Math.ceil((to - from) / most / DAY) * DAY;
  // Round times of the zone, not of UTC: shift by its offset at the start of the axis.
  const shift = zone === 'utc' ? 0 : -new Date(from).getTimezoneOffset() * MINUTE;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step) {
    ticks.push({ at, share: shareOf(at, from, to), label: tickLabel(at, step, zone) });
  }
  return ticks;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function tickLabel(at: number, step: number, zone: Zone): string {
  const parts = timeParts(new Date(at).toISOString(), zone);
  if (parts === undefined) return '';
  if (step >= DAY || parts.time === '00:00:00') {
    const [year = '', month = '', day = ''] = parts.date.split('-');
    const text = `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`;
    return step >= 90 * DAY ? `${text} ${year}` : text;
  }
  return step < MINUTE ? parts.time : parts.time.slice(0, 5);
}
