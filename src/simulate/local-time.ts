import { DAY, HOUR, MINUTE } from './calendar.ts';

/**
 * The spellings of a time that the company's systems use. Epoch milliseconds in, text out. Written by hand: a run of ten
 * million events spends most of its time here otherwise.
 */

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
const three = (n: number): string => (n < 10 ? `00${n}` : n < 100 ? `0${n}` : `${n}`);

/** `2026-03-02` of a UTC instant. Civil-from-days (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function dateText(at: number): string {
  const z = Math.floor(at / DAY) + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)}`;
}

function clock(at: number): string {
  const inDay = at - Math.floor(at / DAY) * DAY;
  const seconds = Math.floor(inDay / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const milliseconds = (at: number): string => three(at - Math.floor(at / 1000) * 1000);

/** `2026-03-02T09:15:02.431Z` */
export function isoMs(at: number): string {
  return `${dateText(at)}T${clock(at)}.${milliseconds(at)}Z`;
}

/** `2026-03-02T09:15:02Z`, as Boomi writes: whole seconds, cut off. */
export function isoSeconds(at: number): string {
  return `${dateText(at)}T${clock(at)}Z`;
}

/** Whether Berlin has summer time: from the last Sunday of March to the last Sunday of October, 01:00 UTC (Directive 2000/84/EC). */
export function berlinOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const summer = lastSunday(year, 2) + HOUR;
  const winter = lastSunday(year, 9) + HOUR;
  return at >= summer && at < winter ? 2 * HOUR : HOUR;
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0);
  return last - new Date(last).getUTCDay() * DAY;
}

/** `2026-03-02T10:15:02.431+01:00`, Berlin wall time. */
export function berlinIso(at: number): string {
  const offset = berlinOffset(at);
  const local = at + offset;
  return `${dateText(local)}T${clock(local)}.${milliseconds(local)}+0${offset / HOUR}:00`;
}

/** India has one zone and no summer time. */
export const KOLKATA_OFFSET = 5 * HOUR + 30 * MINUTE;

/** `2026-03-02 14:45:02,431+0530`: log4j's `%d{yyyy-MM-dd HH:mm:ss,SSSZ}` on a server in Pune. */
export function log4jKolkata(at: number): string {
  const local = at + KOLKATA_OFFSET;
  return `${dateText(local)} ${clock(local)},${milliseconds(local)}+0530`;
}

/** `2026-03-02T14:45:02+05:30` */
export function isoKolkata(at: number): string {
  const local = at + KOLKATA_OFFSET;
  return `${dateText(local)}T${clock(local)}+05:30`;
}

/** `2026-03-02 10:15:02.431 +0100`: logback's `%d{yyyy-MM-dd HH:mm:ss.SSS Z}` on a server in Berlin. */
export function logbackBerlin(at: number): string {
  const offset = berlinOffset(at);
  const local = at + offset;
  return `${dateText(local)} ${clock(local)}.${milliseconds(local)} +0${offset / HOUR}00`;
}

/** `02.03.2026 10:15:02`, Berlin wall time as German tables write it: nothing tells the zone. */
export function germanLocal(at: number): string {
  const local = at + berlinOffset(at);
  const [year, month, day] = dateText(local).split('-');
  return `${day}.${month}.${year} ${clock(local)}`;
}
