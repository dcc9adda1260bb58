import { finish } from './iso.ts';
import type { ZoneResolver } from './zone.ts';

/** Days from 1899-12-30, the day 0 of spreadsheets, to 1970-01-01. Source: ECMA-376, part 1, 18.17.4.1 (1900 date system). */
const EXCEL_EPOCH_DAYS = 25_569;
/** The day after 9999-12-31, the last one a spreadsheet knows. */
const EXCEL_END = 2_958_466;

/**
 * Days since 1899-12-30, the fraction being the time of day (local, so it goes through the zone), to microseconds; NaN when it is none.
 * A double holds such a day to about a microsecond, spreadsheets show milliseconds: it is rounded to them.
 */
export function compileExcel(resolve: ZoneResolver): (value: string | number) => number {
  return (value) => {
    const days = typeof value === 'number' ? value : decimal(value);
    if (!(days >= 0 && days < EXCEL_END)) return Number.NaN;
    const ms = Math.round((days - EXCEL_EPOCH_DAYS) * 86_400_000);
    const seconds = Math.floor(ms / 1000);
    return finish(resolve(seconds), (ms - seconds * 1000) * 1000);
  };
}

function decimal(text: string): number {
  return /^\d{1,7}(?:[.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

/** Microseconds from the first day of each count to 1970-01-01. Source: .NET `DateTime.Ticks`; Windows `FILETIME`. */
const ORIGIN = { ticks: 62_135_596_800_000_000n, filetime: 11_644_473_600_000_000n } as const;

/** Counts of 100 ns, as digits (a double no longer holds them exactly), to microseconds; NaN when it is none. */
export function compileTicks(shape: keyof typeof ORIGIN): (value: string | number) => number {
  const origin = ORIGIN[shape];
  return (value) => {
    const text = String(value);
    if (!/^\d{1,19}$/.test(text)) return Number.NaN;
    const time = Number(BigInt(text) / 10n - origin);
    return Number.isSafeInteger(time) ? time : Number.NaN;
  };
}
