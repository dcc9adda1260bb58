import { UserError } from '../model/errors.ts';
import { HOUR, MINUTE, SECOND } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { Skew } from './clocks.ts';
import type { LogPart } from './coverage.ts';

/** What is missing of a system's log. */
export interface GivenCoverage {
  readonly system: string;
  /** How long after the start of the data it begins, in milliseconds. */
  readonly startsAfter?: number;
  /** How long before the end of the data it ends, in milliseconds. */
  readonly endsBefore?: number;
  readonly absent?: boolean;
}

/** The same as times of a window; undefined when nothing was said. */
export function givenParts(given: readonly GivenCoverage[] | undefined, window: Calendar): readonly LogPart[] | undefined {
  return given?.map(({ system, startsAfter = 0, endsBefore = 0, absent = false }) => ({
    system,
    from: window.start + startsAfter,
    until: absent ? window.start : Math.max(window.start, window.end - endsBefore),
  }));
}

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: 24 * HOUR };

/** `90s`, `-2m`, `5h` in milliseconds; undefined when it is none. */
function duration(text: string): number | undefined {
  const match = /^([+-]?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * UNITS[match[2]!]!;
}

/** A duration as the command line says it. Throws `UserError`. */
export function durationGiven(text: string, flag: string): number {
  const time = duration(text);
  if (time === undefined || time < 0) throw new UserError('invalid-input', `${flag} takes a duration such as 90s, 5m or 3h, not "${text}"`);
  return time;
}

/** A clock as the command line says it: `erp=+90s` is ahead, `wms=-2m,50ppm` is behind and gains 50 microseconds a second. Throws `UserError`. */
export function skewGiven(text: string): Skew {
  const match = /^([^=]+)=([^,]+)(?:,([+-]?\d+(?:\.\d+)?)ppm)?$/.exec(text);
  const offsetMs = match === null ? undefined : duration(match[2]!);
  if (match === null || offsetMs === undefined) {
    throw new UserError('invalid-input', `--skew takes SYSTEM=OFFSET[,DRIFTppm] such as erp=+90s or wms=-2m,50ppm, not "${text}"`);
  }
  return { system: match[1]!, offsetMs, driftPpm: Number(match[3] ?? 0) };
}

/** A part of a log as the command line says it: `crm=ends:5h` (before the end of the data), `erp=starts:12h`, `wms=absent`. Throws `UserError`. */
export function coverageGiven(text: string): GivenCoverage {
  const match = /^([^=]+)=(?:(starts|ends):(.+)|absent)$/.exec(text);
  if (match !== null && match[2] === undefined) return { system: match[1]!, absent: true };
  const time = match === null ? undefined : duration(match[3]!);
  if (match === null || time === undefined || time < 0) {
    throw new UserError('invalid-input', `--partial takes SYSTEM=ends:5h, SYSTEM=starts:12h or SYSTEM=absent, not "${text}"`);
  }
  return match[2] === 'starts' ? { system: match[1]!, startsAfter: time } : { system: match[1]!, endsBefore: time };
}
