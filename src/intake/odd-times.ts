import { formatIso, micros } from '../model/time.ts';

/** The attribute that says what is written where a time should be. */
export const IMPLAUSIBLE = 'time.implausible';

/** Microseconds: an end this long after its start is no end but "never". */
export const LONGEST = 20 * 366 * 86_400e6;

/** A time that is taken away, for the attribute that keeps it. */
export function describeTime(time: number): string {
  return Math.abs(time) <= 8.64e18 ? formatIso(micros(time)) : String(time);
}
