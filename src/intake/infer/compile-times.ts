import type { Draft } from '../draft.ts';
import type { Json, JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import type { TimeParser, TimeShape } from '../time/index.ts';
import { compileTime, isTimeShape, precisionOf } from '../time/index.ts';
import { isDurationFormat, parseDuration } from './duration.ts';
import type { Getter, Root } from './paths.ts';

type Reader = (root: Root, context: JsonObject | undefined, draft: Draft) => string | undefined;

interface TimeField {
  readonly path: string;
  readonly get: Getter;
  readonly shape: TimeShape;
  readonly parse: TimeParser;
}

/**
 * Reads time and end. Several time fields are tried in order. Where the source has a time and this entry's cannot be read, the result is the reason;
 * a source without any time is not refused: its entries keep their order.
 */
export function compileTimes(
  times: readonly FieldMapping[],
  ends: readonly FieldMapping[],
  zone: string,
  getter: (field: FieldMapping) => Getter,
): Reader {
  const starts = times.map((field) => timeField(field, zone, getter));
  const [end] = ends.map((field) => timeField(field, zone, getter));
  return (root, context, draft) => {
    for (const { get, shape, parse } of starts) {
      const value = get(root, context);
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const time = parse(value);
      if (Number.isNaN(time)) continue;
      draft.time = time;
      draft.precision = precisionOf(value, shape);
      break;
    }
    if (end !== undefined) {
      const value = end.get(root, context);
      const time = typeof value === 'string' || typeof value === 'number' ? end.parse(value) : Number.NaN;
      if (time >= draft.time) draft.end = time;
    }
    if (starts.length > 0 && Number.isNaN(draft.time)) return complaint(starts, root, context);
    return undefined;
  };
}

function timeField(field: FieldMapping, zone: string, getter: (field: FieldMapping) => Getter): TimeField {
  const shape = isTimeShape(field.format) ? field.format : 'iso';
  return { path: field.path, get: getter(field), shape, parse: compileTime(shape, zone) };
}

function complaint(fields: readonly TimeField[], root: Root, context: JsonObject | undefined): string {
  const [field] = fields;
  if (field === undefined) return '';
  const value = field.get(root, context);
  if (value === undefined || value === null || value === '') return `there is no time: "${field.path}" is empty`;
  return `"${field.path}" is no time of the form ${field.shape}: ${excerpt(value)}`;
}

function excerpt(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** Reads a duration into the end. Negative durations are ignored. */
export function compileDuration(field: FieldMapping | undefined, getter: (field: FieldMapping) => Getter): Reader | undefined {
  if (field === undefined) return undefined;
  const get = getter(field);
  const format = isDurationFormat(field.format) ? field.format : 'ms';
  return (root, context, draft) => {
    const value = get(root, context);
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    const duration = Math.round(parseDuration(value, format));
    if (duration >= 0) draft.end = draft.time + duration;
    return undefined;
  };
}
