import type { EpochShape } from './shapes.ts';
import { EPOCH_UNIT } from './shapes.ts';

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970, as a number or as digits in text (nanoseconds exceed what a double holds
 * exactly, so exporters write them as text), to microseconds. Finer digits are cut off; NaN when it is not a number.
 */
export function compileEpoch(shape: EpochShape): (value: string | number) => number {
  const unit = EPOCH_UNIT[shape];
  const scale = DIGITS[shape];
  return (value) => {
    if (typeof value === 'number') {
      const time = unit >= 1 ? Math.floor(value * unit + 1e-3) : Math.floor(value / 1000);
      return Number.isSafeInteger(time) ? time : Number.NaN;
    }
    const text = value.trim();
    const match = /^(-?\d{1,20})(?:[.,](\d{1,12}))?$/.exec(text);
    if (match === null) return exponent(text, unit);
    const whole = match[1] ?? '';
    const fraction = match[2] ?? '';
    const time = shift(whole, fraction, scale);
    return Number.isSafeInteger(time) ? time : Number.NaN;
  };
}

/** Decimal places from the unit to microseconds. */
const DIGITS = { 'epoch-s': 6, 'epoch-ms': 3, 'epoch-us': 0, 'epoch-ns': -3 } as const;

/** Moves the decimal point in the text, not in a double: `1674981742383150913` loses nothing but the digits that are cut. */
function shift(whole: string, fraction: string, places: number): number {
  if (places < 0) {
    const kept = whole.slice(0, places);
    return kept === '' || kept === '-' ? 0 : Number(kept);
  }
  return Number(whole + fraction.slice(0, places).padEnd(places, '0'));
}

/** `1.674981742383E9`, as spreadsheets and some exporters write large numbers. */
function exponent(text: string, unit: number): number {
  if (!/^-?\d(?:\.\d{1,17})?[eE]\+?\d{1,2}$/.test(text)) return Number.NaN;
  const time = Math.round(Number(text) * unit);
  return Number.isSafeInteger(time) ? time : Number.NaN;
}
