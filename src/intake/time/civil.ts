/**
 * Calendar arithmetic on the proleptic Gregorian calendar without `Date`.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil).
 */

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days since 1970-01-01; NaN when there is no such day. `month` and `day` start at 1. */
export function daysFromCivil(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return MONTH_LENGTHS[month - 1] ?? 0;
}

/** Seconds within a day; NaN when out of range. 24:00:00 is the end of the day, second 60 (a leap second) runs into the next minute. */
export function secondsOfDay(hour: number, minute: number, second: number): number {
  if (hour > 24 || minute > 59 || second > 60) return Number.NaN;
  if (hour === 24 && (minute !== 0 || second !== 0)) return Number.NaN;
  return hour * 3600 + minute * 60 + second;
}

/** Days since 1970-01-01 of a day within an ISO 8601 week (`weekday` 1 is Monday); NaN when the year has no such week. */
export function daysFromWeek(year: number, week: number, weekday: number): number {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return Number.NaN;
  const monday = mondayOfFirstWeek(year) + (week - 1) * 7;
  return monday < mondayOfFirstWeek(year + 1) ? monday + weekday - 1 : Number.NaN;
}

/** The week with the year's first Thursday is its first: that of 4 January. */
function mondayOfFirstWeek(year: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  return fourth - ((((fourth + 3) % 7) + 7) % 7);
}

/** Days since 1970-01-01 of the n-th day of a year, counted from 1; NaN when the year has no such day. */
export function daysFromOrdinal(year: number, ordinal: number): number {
  const first = daysFromCivil(year, 1, 1);
  const length = daysFromCivil(year + 1, 1, 1) - first;
  return ordinal >= 1 && ordinal <= length ? first + ordinal - 1 : Number.NaN;
}
