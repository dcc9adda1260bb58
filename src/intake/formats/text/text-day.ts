import { ClockDays, dayNumber, headingDay } from './text-clock.ts';
import { isoTime } from './text-iso.ts';
import { CLOCK, findAnyStart } from './text-shape.ts';

const DATE_IN_NAME = /(?:^|\D)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:\D|$)/;

/** The day that a text names, such as a file's name without its folder: `messages-20310304` → `2031-03-04`. */
export function dayIn(text: string): string | undefined {
  const match = DATE_IN_NAME.exec(text);
  const day = match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`;
  return dayNumber(day) === undefined ? undefined : day;
}

export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** What tells the day of lines that begin with a time of day, as the end of a sentence. */
export interface ToldDay {
  readonly day: string | undefined;
  readonly reason: string;
}

/**
 * The day of the first line: told by a line with a date above or among them, else by the file's name. When it was changed or copied says nothing. Undefined
 * when nothing tells it: the lines keep their order and have no time.
 */
export function tellDay(lines: readonly string[], name: string): ToldDay {
  const byLine = dayByLines(lines);
  if (byLine !== undefined) return { day: byLine, reason: `a line with a date tells the day, ${byLine} at first` };
  const byName = dayIn(fileName(name));
  if (byName !== undefined) return { day: byName, reason: `the file’s name tells the day, ${byName} at first` };
  return { day: undefined, reason: 'nothing tells the day, so they are only in order' };
}

const ANY_DAY = '2000-01-01';

function dayByLines(lines: readonly string[]): string | undefined {
  const days = new ClockDays(ANY_DAY);
  const base = dayNumber(ANY_DAY)!;
  let first = true;
  for (const line of lines) {
    const start = findAnyStart(line);
    if (start?.kind === 'clock') {
      // Clocks that may have been put back: what comes later says nothing about the first line.
      if (days.number(CLOCK.exec(line)![0].replace(/^[[(]/, '')) === undefined) return undefined;
      first = false;
      continue;
    }
    const told = start?.spot === undefined ? headingDay(line, first) : isoTime(line, start.spot, undefined);
    const day = dayNumber(told?.slice(0, 10));
    if (told === undefined || day === undefined) continue;
    // A heading without a time begins a day; which one ended before it, it does not say.
    const since = first ? base : days.number(told.slice(11));
    return since === undefined ? undefined : new Date((day - (since - base)) * 86_400_000).toISOString().slice(0, 10);
  }
  return undefined;
}
