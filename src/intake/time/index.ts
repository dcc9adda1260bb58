import type { Micros, Precision } from '../../model/time.ts';
import { micros } from '../../model/time.ts';
import { compileEpoch, compileMixedEpoch } from './epoch.ts';
import { compileIso } from './iso.ts';
import { precisionOf } from './precision.ts';
import { compileYear } from './reference-year.ts';
import { compileExcel, compileTicks } from './serial.ts';
import type { TimeShape } from './shapes.ts';
import { compileTextShape } from './text-shapes.ts';
import type { Ambiguity } from './zone.ts';
import { compileZone } from './zone.ts';

export type { TimeInference } from './infer-shape.ts';
export { inferTimeShape } from './infer-shape.ts';
export { precisionOf } from './precision.ts';
export type { TimeShape } from './shapes.ts';
export { isEpoch, isTimeShape, TIME_SHAPES } from './shapes.ts';
export type { Ambiguity } from './zone.ts';
export { isZone } from './zone.ts';

/** Microseconds since the epoch, or NaN when the value does not have the compiled shape. */
export type TimeParser = (value: string | number) => number;

/**
 * Compiles a shape and the zone of times without one to a fast parser. A parser keeps caches: one per source, not shared.
 * `onAmbiguous` is told of each local time that the zone has twice or never; `newest` (microseconds) is when times without a year end,
 * the present by default. Throws RangeError for an unknown zone.
 */
export function compileTime(shape: TimeShape, zone: string, onAmbiguous?: (kind: Ambiguity) => void, newest?: number): TimeParser {
  switch (shape) {
    case 'epoch-s':
    case 'epoch-ms':
    case 'epoch-us':
    case 'epoch-ns':
      return compileEpoch(shape);
    case 'epoch':
      return compileMixedEpoch();
    case 'excel':
      return compileExcel(compileZone(zone, onAmbiguous));
    case 'ticks':
    case 'filetime':
      return compileTicks(shape);
    case 'iso': {
      const parse = compileIso(compileZone(zone, onAmbiguous));
      return (value) => (typeof value === 'string' ? parse(trimmed(value)) : Number.NaN);
    }
    case 'compact':
    case 'odata':
    case 'clf':
    case 'rfc2822':
    case 'ctime':
    case 'month-name':
    case 'day-first':
    case 'month-first':
    case 'iso-week':
    case 'iso-ordinal':
    case 'syslog': {
      const yearOf = shape === 'syslog' ? compileYear(newest ?? Date.now() * 1000) : undefined;
      const parse = compileTextShape(shape, compileZone(zone, onAmbiguous), yearOf);
      return (value) => parse(typeof value === 'string' ? trimmed(value) : String(value));
    }
  }
}

function trimmed(text: string): string {
  return text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32 ? text.trim() : text;
}

/** Reads one time of a known shape; undefined when it does not have that shape. For single values: an import compiles instead. */
export function parseTime(
  value: string | number,
  shape: TimeShape,
  zone: string,
): { readonly time: Micros; readonly precision: Precision; readonly ambiguity: Ambiguity | undefined } | undefined {
  const seen: Ambiguity[] = [];
  const time = compileTime(shape, zone, (kind) => seen.push(kind))(value);
  if (Number.isNaN(time)) return undefined;
  return { time: micros(time), precision: precisionOf(value, shape), ambiguity: seen[0] };
}
