import { DAY, HOUR } from './calendar.ts';
import { berlinOffset } from './local-time.ts';

/** Offices in Berlin work from Monday to Friday between these hours of local time. No holidays: they would be weekends under another name. */
const OPENS = 8;
const CLOSES = 18;

const local = (at: number): number => at + berlinOffset(at);

/** The day of the week of a local day number; 0 is Sunday. 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

const isWorkday = (day: number): boolean => weekday(day) >= 1 && weekday(day) <= 5;

/** The instant of a local time of a local day. */
function instant(day: number, hour: number): number {
  const wall = day * DAY + hour * HOUR;
  return wall - berlinOffset(wall - HOUR);
}

export function isOfficeHour(at: number): boolean {
  const wall = local(at);
  const hour = Math.floor((wall % DAY) / HOUR);
  return isWorkday(Math.floor(wall / DAY)) && hour >= OPENS && hour < CLOSES;
}

/** When so many milliseconds of office time have passed after an instant. */
export function afterOfficeTime(at: number, work: number): number {
  let day = Math.floor(local(at) / DAY);
  let left = work;
  for (let from = at; ; day++, from = instant(day, OPENS)) {
    if (!isWorkday(day)) continue;
    const begins = Math.max(from, instant(day, OPENS));
    const room = instant(day, CLOSES) - begins;
    if (room <= 0) continue;
    if (left < room) return Math.round(begins + left);
    left -= room;
  }
}

/** The `nth` next (1 is the next) time that it is this hour in Berlin in the night or morning after a working day. */
export function nextNight(at: number, hour: number, nth = 1): number {
  let left = nth;
  for (let day = Math.floor(local(at) / DAY); ; day++) {
    if (isWorkday(day - 1) && instant(day, hour) > at && --left === 0) return instant(day, hour);
  }
}

/** The next time that it is this hour in Berlin on a working day. */
export function nextWorkday(at: number, hour: number): number {
  for (let day = Math.floor(local(at) / DAY); ; day++) {
    if (isWorkday(day) && instant(day, hour) > at) return instant(day, hour);
  }
}
