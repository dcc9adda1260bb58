import { MICROS_PER_SECOND } from '../../model/time.ts';
import { daysFromCivil } from './civil.ts';

const DAY = 86_400;
/** Beyond this, a step back within a year is no disorder but the turn of the year. */
const HALF_YEAR_DAYS = 183;

/** The year of a number of days since 1970. */
function yearOf(days: number): number {
  return new Date(days * DAY * 1000).getUTCFullYear();
}

/**
 * Finds the year of dates that carry none, in the order of the source: such a log was written before `newest` (microseconds; the day of
 * the import, or the date in the file's name), so its first date is the last such day not more than a day after it. From there a date
 * half a year before the one before it belongs to the next year, one half a year after it to the year before. Source: RFC 3164, 4.1.2 has no year.
 *
 * @returns a function from days (of the leap year 2000) to days since 1970.
 */
export function compileYear(newest: number): (days: number) => number {
  const limit = Math.floor(newest / MICROS_PER_SECOND / DAY) + 1;
  let last = Number.NaN;
  return (days) => {
    if (Number.isNaN(days)) return days;
    const date = new Date(days * DAY * 1000);
    const month = date.getUTCMonth() + 1;
    const day = date.getUTCDate();
    const inYear = (year: number): number => daysFromCivil(year, month, day);
    if (Number.isNaN(last)) {
      // 29 February is in one year of four, at the turn of a century in one of eight.
      let year = yearOf(limit);
      for (let back = 0; back < 9 && !(inYear(year) <= limit); back++) year--;
      last = inYear(year);
      return last;
    }
    let year = yearOf(last);
    const same = inYear(year);
    if (last - same > HALF_YEAR_DAYS) year++;
    else if (same - last > HALF_YEAR_DAYS) year--;
    const found = inYear(year);
    if (!Number.isNaN(found)) last = found;
    return found;
  };
}
