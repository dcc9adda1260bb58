import type { Precision } from '../../model/time.ts';
import type { Clock, ClockForm } from './clock.ts';
import { CLOCK_FORMS, parseClock } from './clock.ts';
import { compileTime } from './index.ts';
import { finish } from './iso.ts';
import type { TimeShape } from './shapes.ts';
import { isTimeShape } from './shapes.ts';
import type { Ambiguity } from './zone.ts';
import { compileZone, NO_ZONE } from './zone.ts';

/** A day and a time of day that stood in two fields, joined by a blank: `20310304 91502`. Written `compact+HHmmss`. */
interface DayAndClock {
  readonly day: TimeShape;
  readonly clock: ClockForm;
}

const DAY = 86_400_000_000;
/** Blanks within a day or a time of day (`4 Mar 2031`, `9:15 AM`), from the end. */
const MOST_BLANKS = 3;

/** The two forms that a format names; undefined for another kind of format. */
export function dayAndClock(format: string): DayAndClock | undefined {
  const plus = format.lastIndexOf('+');
  const [day, form] = [format.slice(0, Math.max(0, plus)), format.slice(plus + 1)];
  const clock = CLOCK_FORMS.find((one) => one === form);
  return clock !== undefined && isTimeShape(day) ? { day, clock } : undefined;
}

interface DayAndClockReader {
  parse(value: string | number): number;
  precision(value: string | number): Precision;
}

/**
 * Compiles the two forms to a reader of microseconds, NaN for what does not fit. The day is the one that is written, whatever its own zone and midnight;
 * the time of day goes through the zone, unless it names one. Throws RangeError for an unknown zone.
 */
export function compileDayAndClock({ day, clock }: DayAndClock, zone: string, onAmbiguous?: (kind: Ambiguity) => void): DayAndClockReader {
  const dayOf = compileTime(day, 'UTC');
  const resolve = compileZone(zone, onAmbiguous);
  let last: string | undefined;
  let known: { readonly days: number; readonly time: Clock } | undefined;
  // The precision is asked of the value that was parsed just before.
  const apart = (value: string | number): typeof known => {
    const text = String(value).trim();
    if (text !== last) known = split(text);
    last = text;
    return known;
  };
  const split = (text: string): typeof known => {
    let end = text.length;
    for (let blanks = 0; blanks < MOST_BLANKS; blanks++) {
      const blank = text.lastIndexOf(' ', end - 1);
      if (blank <= 0) return undefined;
      const time = parseClock(text.slice(blank + 1), clock);
      const start = time === undefined ? Number.NaN : dayOf(text.slice(0, blank));
      if (time !== undefined && !Number.isNaN(start)) return { days: Math.floor(start / DAY), time };
      end = blank;
    }
    return undefined;
  };
  return {
    parse(value) {
      const read = apart(value);
      if (read === undefined) return Number.NaN;
      const { micros, offset } = read.time;
      const seconds = read.days * 86_400 + Math.floor(micros / 1_000_000);
      return finish(offset === NO_ZONE ? resolve(seconds) : seconds - offset, micros % 1_000_000);
    },
    precision: (value) => apart(value)?.time.precision ?? 'second',
  };
}
