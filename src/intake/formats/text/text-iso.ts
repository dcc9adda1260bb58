import { daysInMonth } from '../../time/civil.ts';
import type { TimeSpot } from './text-time.ts';

/** The year of a month and day that were written without one; undefined when no year is to be assumed. */
export type YearOf = ((month: number, day: number) => number) | undefined;

/**
 * Compiles the rule for times without a year: the latest year in which the day does not lie after `until` (`2031-03-05`). It looks at nothing but
 * the day, so that lines from before and after New Year's Eve come out right and a single line means the same as the whole file.
 */
export function compileYear(until: string | undefined): YearOf {
  const match = until === undefined ? null : /^(\d{4})-(\d{2})-(\d{2})$/.exec(until);
  if (match === null) return undefined;
  const last = { year: Number(match[1]), day: Number(match[2]) * 100 + Number(match[3]) };
  return (month, day) => {
    let year = month * 100 + day <= last.day ? last.year : last.year - 1;
    // The 29th of February: at most eight years lie between two of them.
    for (let i = 0; i < 8 && day > daysInMonth(year, month); i++) year--;
    return year;
  };
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const NAMED = /(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]{0,6}[ -](\d{4}) (.{1,40})$/;
const AMERICAN = /^([A-Z][a-z]{2})[a-z]{0,6} (\d{1,2}), (\d{4}),? (?:@ )?(\d{1,2})(:\d{2}:\d{2})(?:[.,](\d{1,9}))?(?: ([AP])M)?$/;
const CTIME = /^[A-Z][a-z]{2},? ([A-Z][a-z]{2}) ([ \d]?\d) (\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?) (?:([A-Z]{2,5}) )?(\d{4})$/;
const CLOCKED = /^(\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?)(.{0,10})$/;

/**
 * The time of a line as ISO text (`2031-03-04 09:15:02.431 +0100`), so that lines with different ways of writing it share one shape; the zone stays as it
 * was written. Dates such as `03/04/2031` stay as they are, for only all of them together tell day and month apart; so do times without a
 * year when none is to be assumed.
 */
export function isoTime(line: string, spot: TimeSpot, yearOf: YearOf): string {
  const { from, to } = spot;
  switch (spot.kind) {
    case 'iso':
      return line.charCodeAt(from + 10) === 44 ? line.slice(from, from + 10) + line.slice(from + 11, to) : line.slice(from, to);
    case 'slash':
    case 'dotted':
      return line.slice(from, to);
    case 'clf':
      return `${line.slice(from + 7, from + 11)}-${monthAt(line, from + 3)}-${line.slice(from, from + 2)} ${line.slice(from + 12, to)}`;
    case 'syslog':
      return yearless(line.slice(from, to), monthAt(line, from), dayAt(line, from + 4, to), yearOf);
    case 'klog':
      return yearless(line.slice(from, to), line.slice(from, from + 2), line.slice(from + 2, from + 4), yearOf);
    case 'compact':
      return compact(line.slice(from, to));
    case 'epoch':
      return epochToIso(line.slice(from, to));
    case 'named':
      return replaced(line.slice(from, to), NAMED, (m) => `${m[3]}-${monthAt(m[2]!, 0)}-${m[1]!.padStart(2, '0')} ${m[4]}`);
    case 'american':
      return replaced(line.slice(from, to), AMERICAN, american);
    case 'ctime':
      return replaced(
        line.slice(from, to),
        CTIME,
        (m) => `${m[5]}-${monthAt(m[1]!, 0)}-${m[2]!.trim().padStart(2, '0')} ${m[3]}${m[4] === undefined ? '' : ` ${m[4]}`}`,
      );
  }
}

function replaced(text: string, pattern: RegExp, build: (match: RegExpExecArray) => string): string {
  const match = pattern.exec(text);
  return match === null ? text : build(match);
}

/** `03` for the month whose English name stands at `at`. */
function monthAt(text: string, at: number): string {
  return String(MONTHS.indexOf(text.slice(at, at + 3)) / 3 + 1).padStart(2, '0');
}

/** The day of `Mar  4 09:15:02`, which is padded with a blank, or not padded. */
function dayAt(line: string, at: number, to: number): string {
  const end = line.indexOf(' ', at + 1);
  return line
    .slice(at, end < 0 ? to : end)
    .trim()
    .padStart(2, '0');
}

function yearless(text: string, month: string, day: string, yearOf: YearOf): string {
  if (yearOf === undefined) return text;
  const [, clock, zone] = CLOCKED.exec(text.slice(text.indexOf(':') - 2)) ?? [];
  return clock === undefined ? text : `${yearOf(Number(month), Number(day))}-${month}-${day} ${clock}${zone}`;
}

function compact(text: string): string {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return `${date}${text[8]}${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13)}`;
}

function american(match: RegExpExecArray): string {
  const [, month, day, year, hour, clock, fraction, half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  const rest = `${String(hours).padStart(2, '0')}${clock}${fraction === undefined ? '' : `.${fraction}`}`;
  return `${year}-${monthAt(month!, 0)}-${day!.padStart(2, '0')} ${rest}`;
}

/** Digits since 1970 as ISO text in UTC: 10 digits are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds. Other texts come back unchanged. */
export function epochToIso(text: string): string {
  const match = /^(\d{10})(?:(\d{3})(\d{3})?(\d{3})?|\.(\d{1,9}))?$/.exec(text);
  if (match === null) return text;
  const fraction = match[5] ?? `${match[2] ?? ''}${match[3] ?? ''}${match[4] ?? ''}`;
  const seconds = new Date(Number(match[1]) * 1000).toISOString().slice(0, 19);
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}
