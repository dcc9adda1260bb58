import type { Precision } from '../../model/time.ts';
import { compileDayAndClock, dayAndClock } from './day-and-clock.ts';
import { EDI_FORMATS, ediPrecision, isEdiFormat, parseEdiTime } from './edi.ts';
import { compileTime, isTimeShape, precisionOf, TIME_SHAPES } from './index.ts';
import { compilePattern, patternPrecision } from './pattern-reader.ts';
import { parsePattern, PatternError } from './pattern.ts';
import { compileYear } from './reference-year.ts';
import type { Ambiguity } from './zone.ts';
import { compileZone } from './zone.ts';

/** Reads the times of one field. One per source: it keeps caches. */
export interface TimeReader {
  /** Microseconds since the epoch; NaN when the value does not fit. */
  parse(value: string | number): number;
  /** How finely a value that fits is written. */
  precision(value: string | number): Precision;
}

export interface TimeOptions {
  /** Zone of times without one. */
  readonly zone: string;
  readonly onAmbiguous?: ((kind: Ambiguity) => void) | undefined;
  /** Microseconds: times without a year are not after it. The present by default. */
  readonly newest?: number | undefined;
}

const EDI = /^edi-([A-Z0-9]{1,3})$/;

/** Why a text is no format of time: one sentence without a full stop, and the 0-based character where it goes wrong. Undefined when it is one. */
export function wrongTimeFormat(format: string): { readonly reason: string; readonly at: number } | undefined {
  if (isTimeShape(format) || dayAndClock(format) !== undefined) return undefined;
  const edi = EDI.exec(format)?.[1];
  if (edi !== undefined) {
    return isEdiFormat(edi) ? undefined : { reason: `there is no EDI date format ${edi}; there are ${EDI_FORMATS.join(', ')}`, at: 4 };
  }
  try {
    parsePattern(format);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const reason = `"${format}" is no form of time: ${error.message}. Use one of ${TIME_SHAPES.join(', ')}, edi-102 and the like, or a pattern such as dd.MM.yyyy HH:mm:ss`;
    return { reason, at: error.at };
  }
}

/**
 * Compiles a format (the id of a shape, two of a day and a time of day, `edi-` and a format code, or a pattern) to a reader. Throws RangeError for an unknown zone or a
 * format that `wrongTimeFormat` complains about.
 */
export function compileTimeReader(format: string, options: TimeOptions): TimeReader {
  const { zone, onAmbiguous, newest } = options;
  if (isTimeShape(format)) {
    return { parse: compileTime(format, zone, onAmbiguous, newest), precision: (value) => precisionOf(value, format) };
  }
  const apart = dayAndClock(format);
  if (apart !== undefined) return compileDayAndClock(apart, zone, onAmbiguous);
  const edi = EDI.exec(format)?.[1];
  if (edi !== undefined) {
    const resolve = compileZone(zone, onAmbiguous);
    const precision = ediPrecision(edi);
    return { parse: (value) => parseEdiTime(String(value).trim(), edi, resolve), precision: () => precision };
  }
  const pattern = readPattern(format);
  const yearOf = compileYear(newest ?? Date.now() * 1000);
  const parse = compilePattern(pattern, compileZone(zone, onAmbiguous), yearOf);
  return { parse: (value) => parse(String(value).trim()), precision: (value) => patternPrecision(pattern, String(value).trim()) };
}

function readPattern(format: string): ReturnType<typeof parsePattern> {
  try {
    return parsePattern(format);
  } catch (error) {
    if (error instanceof PatternError) throw new RangeError(`"${format}" is no form of time: ${error.message}`);
    throw error;
  }
}
