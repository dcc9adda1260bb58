import { formatDuration } from '../../../src/model/time.ts';

/** Where times are shown: in UTC (the default, what the data is compared in) or in the zone of this machine. */
export type Zone = 'utc' | 'local';

const GROUPED = new Intl.NumberFormat('en-GB');

/** `1,204,113`. */
export function formatCount(value: number): string {
  return GROUPED.format(value);
}

/** `1 order`, `2,040 orders`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Milliseconds for people: `412 ms`, `2 h 58 m`; a dash where there is none. */
export function formatMs(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : formatDuration(ms * 1000);
}

/** `0 B`, `812 B`, `4.2 MB`: decimal units, one digit below ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** A rate in short: `840/s`, `212 k/s`, `1.4 M/s`. */
export function formatRate(perSecond: number): string {
  if (perSecond < 999.5) return `${Math.round(perSecond)}/s`;
  if (perSecond < 999_500) return `${short(perSecond / 1000)} k/s`;
  return `${short(perSecond / 1_000_000)} M/s`;
}

function short(value: number): string {
  return value < 9.95 ? value.toFixed(1) : Math.round(value).toString();
}

/** 0..1 as `97 %`; never `100 %` unless it is exactly 1, never `0 %` unless it is exactly 0. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return '99 %';
  if (percent === 0 && share > 0) return '1 %';
  return `${percent} %`;
}

/** Confidence with two digits: `0.98`. */
export function formatConfidence(confidence: number): string {
  return confidence.toFixed(2);
}

interface Parts {
  readonly date: string;
  readonly time: string;
  /** Fraction digits as the source wrote them, without the dot; empty where there are none. */
  readonly fraction: string;
}

/**
 * Splits ISO-8601 UTC text for display in a zone. The fraction is taken from the text, so microseconds survive.
 * Undefined for text that is no time.
 */
export function timeParts(iso: string, zone: Zone): Parts | undefined {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return undefined;
  const at = new Date(ms);
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (zone === 'utc') {
    return {
      date: `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`,
      time: `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`,
      fraction,
    };
  }
  return {
    date: `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
    time: `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`,
    fraction,
  };
}

export type TimeStyle = 'full' | 'seconds' | 'time' | 'date';

/** `2026-05-04 09:12:04.180` (full), without fraction (seconds), only the time, only the date; a dash where there is none. */
export function formatTime(iso: string | null | undefined, zone: Zone, style: TimeStyle = 'seconds'): string {
  if (iso === null || iso === undefined) return '–';
  const parts = timeParts(iso, zone);
  if (parts === undefined) return iso;
  const fraction = parts.fraction === '' ? '' : `.${parts.fraction}`;
  switch (style) {
    case 'full':
      return `${parts.date} ${parts.time}${fraction}`;
    case 'seconds':
      return `${parts.date} ${parts.time}`;
    case 'time':
      return `${parts.time}${fraction}`;
    case 'date':
      return parts.date;
  }
}

/**
 * `UTC`, or this machine's zone: its name (`Europe/Berlin`) for a list of times, whose offsets differ over the year, its offset
 * (`UTC+02:00`) for one time.
 */
export function zoneLabel(zone: Zone, at?: Date): string {
  if (zone === 'utc') return 'UTC';
  if (at === undefined) return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const minutes = Math.abs(at.getTimezoneOffset());
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `UTC${at.getTimezoneOffset() > 0 ? '−' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** A span of time: same day shown once (`2026-05-04 09:12:04 → 12:31:47`). */
export function formatSpan(from: string | null | undefined, to: string | null | undefined, zone: Zone): string {
  if (from === null || from === undefined) return formatTime(to, zone);
  if (to === null || to === undefined) return `${formatTime(from, zone)} →`;
  const a = timeParts(from, zone);
  const b = timeParts(to, zone);
  if (a === undefined || b === undefined || a.date !== b.date) return `${formatTime(from, zone)} → ${formatTime(to, zone)}`;
  return `${a.date} ${a.time} → ${b.time}`;
}

/** `order` → `Order`, `missing-step` → `Missing step`. */
export function humanise(word: string): string {
  const spaced = word.replaceAll('-', ' ').replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
