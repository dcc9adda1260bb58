import type { EpochShape } from './shapes.ts';
import { EPOCH_UNIT } from './shapes.ts';

/** Below each of these, in its unit, a number lies before 5138-11-16 when read in it, and before 1973 when read in the next finer one. */
const SECONDS_END = 1e11;
const MILLISECONDS_END = 1e14;
const MICROSECONDS_END = 1e17;

/** The unit in which a count since 1970 falls between 1973 and 5138: magnitudes of the four units do not overlap there. */
export function unitOf(value: number): EpochShape {
  const size = Math.abs(value);
  if (size < SECONDS_END) return 'epoch-s';
  if (size < MILLISECONDS_END) return 'epoch-ms';
  return size < MICROSECONDS_END ? 'epoch-us' : 'epoch-ns';
}

/** Counts since 1970 of which each may have another unit, told by its magnitude, to microseconds; NaN when it is not a number. */
export function compileMixedEpoch(): (value: string | number) => number {
  const units = {
    'epoch-s': compileEpoch('epoch-s'),
    'epoch-ms': compileEpoch('epoch-ms'),
    'epoch-us': compileEpoch('epoch-us'),
    'epoch-ns': compileEpoch('epoch-ns'),
  } as const;
  return (value) => units[unitOf(Number(value))](value);
}

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
