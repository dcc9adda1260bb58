/**
 * Time inside Waybill: integer microseconds since the Unix epoch, exact in a double until the year 2255.
 * The original text, its zone and its precision stay with the raw entry and the `Precision` code.
 */

declare const microsBrand: unique symbol;

/** Microseconds since 1970-01-01T00:00:00Z, a safe integer. */
export type Micros = number & { readonly [microsBrand]: true };

export const MICROS_PER_MS = 1_000;
export const MICROS_PER_SECOND = 1_000_000;

/** Brands a number as `Micros`. The caller vouches that it is a safe integer. */
export function micros(value: number): Micros {
  return value as Micros;
}

/** How finely the source wrote a time. The order is the wire and database code: never reorder, only append. */
export const PRECISIONS = ['day', 'minute', 'second', 'millisecond', 'microsecond', 'nanosecond'] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * ISO-8601 in UTC, with as many fraction digits as are needed (0, 3 or 6).
 * Example: `formatIso(micros(1_500_000))` is `1970-01-01T00:00:01.500Z`.
 */
export function formatIso(time: Micros): string {
  const ms = Math.floor(time / MICROS_PER_MS);
  const rest = time - ms * MICROS_PER_MS;
  const iso = new Date(ms).toISOString();
  if (rest !== 0) return `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
  return iso.endsWith('.000Z') ? `${iso.slice(0, -5)}Z` : iso;
}

/**
 * A duration for people, two units at most: `412 ms`, `7.4 s`, `4 m 10 s`, `2 h 58 m`, `3 d 4 h`.
 * Negative durations carry a minus sign.
 */
export function formatDuration(duration: number): string {
  if (duration < 0) return `−${formatDuration(-duration)}`;
  if (duration === 0) return '0 s';
  if (duration < MICROS_PER_MS) return `${Math.round(duration)} µs`;
  if (duration < MICROS_PER_SECOND) return `${Math.round(duration / MICROS_PER_MS)} ms`;
  if (duration < 10 * MICROS_PER_SECOND) return `${(Math.round(duration / 100_000) / 10).toString()} s`;
  const seconds = Math.round(duration / MICROS_PER_SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  const hours = Math.round(minutes / 60);
  return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function twoUnits(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
