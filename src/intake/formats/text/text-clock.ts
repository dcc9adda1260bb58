import { daysFromCivil } from '../../time/civil.ts';

const DAY = 86_400;
/** Lines of several threads may stand in the wrong order by so much. */
const JITTER = 60;
/** A clock that goes back by less may have been put back by an hour, by more it has passed midnight. */
const PUT_BACK = 3 * 3600;

/**
 * Counts the days of lines that tell the time of day only, from a day that something else tells: the file's name, a heading, a line with a date. A clock that goes back has
 * passed midnight. Where it goes back by a minute to three hours, as it does when clocks are changed, nothing tells which of both it was: no day is told then, until
 * something tells it again. Days on which nothing was written are not seen.
 */
export class ClockDays {
  #day: number | undefined;
  #last: number | undefined;

  /** @param day `2031-03-04`, the day of the first line, if it is known. */
  constructor(day: string | undefined) {
    this.#day = dayNumber(day);
  }

  /** Something tells the day: `2031-03-04`, or a whole time that begins so. */
  dated(text: string): void {
    const day = dayNumber(text.slice(0, 10));
    if (day === undefined) return;
    this.#day = day;
    this.#last = secondsOf(text.slice(11));
  }

  /** The day of a line that begins with this time of day, as `2031-03-04`; undefined where none is told. */
  dayOf(clock: string): string | undefined {
    const day = this.number(clock);
    return day === undefined ? undefined : new Date(day * DAY * 1000).toISOString().slice(0, 10);
  }

  /** The same, in days since 1970. */
  number(clock: string): number | undefined {
    const seconds = secondsOf(clock);
    if (seconds === undefined) return undefined;
    const back = this.#last === undefined ? 0 : this.#last - seconds;
    // Shortly after midnight, a line of shortly before it.
    if (back < JITTER - DAY) return this.#day === undefined ? undefined : this.#day - 1;
    if (back <= JITTER) {
      this.#last = Math.max(this.#last ?? 0, seconds);
      return this.#day;
    }
    this.#last = seconds;
    if (this.#day !== undefined) this.#day = back < PUT_BACK ? undefined : this.#day + 1;
    return this.#day;
  }
}

/** Days since 1970; undefined when the text is no day. */
export function dayNumber(text: string | undefined): number | undefined {
  const match = text === undefined ? null : /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text);
  const day = match === null ? Number.NaN : daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return Number.isNaN(day) ? undefined : day;
}

function secondsOf(clock: string): number | undefined {
  const match = /^(\d{2}):(\d{2}):(\d{2})/.exec(clock);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return seconds < DAY ? seconds : undefined;
}

const DATE = String.raw`(\d{4}-\d{2}-\d{2})(?:[T ,]{1,2}(\d{2}:\d{2}:\d{2})[\w.,:+ -]{0,20})?`;
const MARKS = String.raw`[-=*#_<>|~+\s[\]().:]`;
/** `--- 2031-03-05 ---`, `*** Day changed to 2031-03-05`. */
const RULED = new RegExp(`^[-=*#_~+<>|]{2}${MARKS}{0,80}(?:[A-Za-z][A-Za-z ,':-]{0,40} )?${DATE}${MARKS}{0,80}$`);
/** `Log started at 2031-03-04 09:00:00`: before the first line anything that ends with a date is a heading. */
const ENDING = new RegExp(`^.{0,120}?${DATE}${MARKS}{0,80}$`);

/**
 * The day that a heading among the lines tells, with its time if it has one: a date between rules, or, before the first line, at the end of any text. A line of a message
 * that happens to end with a date is none.
 */
export function headingDay(line: string, first: boolean): string | undefined {
  if (line.length > 240) return undefined;
  const match = RULED.exec(line) ?? (first ? ENDING.exec(line) : null);
  if (match === null || dayNumber(match[1]) === undefined) return undefined;
  return match[2] === undefined ? match[1] : `${match[1]} ${match[2]}`;
}
