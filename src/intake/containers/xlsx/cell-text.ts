import type { NumberFormat } from './number-format.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the two calendars, in days from 1970-01-01. The first counts a 29 February 1900 that never was. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;
const LEAP_BUG_UNTIL = 60;
/** The last day that a workbook knows: 9999-12-31. */
const LAST_DAY = 2_958_466;

/** A number as it was meant: without the noise that doubles have beyond their 15th digit, dates as ISO text without a zone. */
export function numberText(raw: string, format: NumberFormat, from1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  switch (format.kind) {
    case 'number':
      return plainNumber(raw, value);
    case 'padded':
      return Number.isInteger(value) && value >= 0 ? plainNumber(raw, value).padStart(format.digits, '0') : plainNumber(raw, value);
    case 'duration':
      return value < 0 || value > LAST_DAY ? plainNumber(raw, value) : clock(Math.round(value * DAY_MS));
    case 'date':
      return value < 0 || value >= LAST_DAY ? plainNumber(raw, value) : dateText(value, format, from1904);
  }
}

function plainNumber(raw: string, value: number): string {
  // Others than Excel write integers with more digits than it can compute with.
  if (/^-?\d{1,18}$/.test(raw)) return raw;
  return String(Number(value.toPrecision(15)));
}

function dateText(serial: number, format: { readonly date: boolean; readonly time: boolean }, from1904: boolean): string {
  const total = Math.round(serial * DAY_MS);
  const ms = total % DAY_MS;
  if (!format.date && serial < 1) return clock(ms);
  const day = Math.floor(total / DAY_MS);
  const epoch = from1904 ? EPOCH_1904 : day < LEAP_BUG_UNTIL ? EPOCH_1900 + 1 : EPOCH_1900;
  const date = new Date((day + epoch) * DAY_MS).toISOString().slice(0, 10);
  return ms === 0 && !format.time ? date : `${date}T${clock(ms)}`;
}

/** Milliseconds as `09:15:02`, with a fraction where there is one. */
function clock(total: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const ms = total % 1000;
  const text = `${two(Math.floor(total / 3_600_000))}:${two(Math.floor(total / 60_000) % 60)}:${two(Math.floor(total / 1000) % 60)}`;
  return ms === 0 ? text : `${text}.${String(ms).padStart(3, '0')}`;
}

/** Undoes `_x000D_`, which stands for characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
