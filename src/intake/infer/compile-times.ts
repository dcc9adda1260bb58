import type { Draft } from '../draft.ts';
import type { Json, JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import type { Notices } from '../notices.ts';
import { IMPLAUSIBLE } from '../odd-times.ts';
import { compileTimeReader } from '../time/format.ts';
import type { TimeReader } from '../time/format.ts';
import { isEmptyTime } from '../time/plausible.ts';
import { isDurationFormat, parseDuration } from './duration.ts';
import type { Getter, Root } from './paths.ts';

type Reader = (root: Root, context: JsonObject | undefined, draft: Draft) => string | undefined;

interface TimeField {
  readonly path: string;
  readonly get: Getter;
  readonly format: string;
  readonly read: TimeReader;
}

/**
 * Reads time and end. Several time fields are tried in order. Where the source has a time and this entry's cannot be read, the result is the reason;
 * a source without any time is not refused: its entries keep their order. So does an entry with a date that stands for none (`9999-12-31`).
 */
export function compileTimes(
  times: readonly FieldMapping[],
  ends: readonly FieldMapping[],
  zone: string,
  getter: (field: FieldMapping) => Getter,
  notices: Notices | undefined,
): Reader {
  const starts = times.map((field) => timeField(field, zone, getter, notices));
  const [end] = ends.map((field) => timeField(field, zone, getter, notices));
  return (root, context, draft) => {
    let empty: string | number | undefined;
    for (const { get, read } of starts) {
      const value = get(root, context);
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const time = read.parse(value);
      if (Number.isNaN(time)) {
        if (empty === undefined && value !== '' && isEmptyTime(value)) empty = value;
        continue;
      }
      draft.time = time;
      draft.precision = read.precision(value);
      break;
    }
    if (end !== undefined) {
      const value = end.get(root, context);
      const time = typeof value === 'string' || typeof value === 'number' ? end.read.parse(value) : Number.NaN;
      if (time >= draft.time) draft.end = time;
    }
    if (!Number.isNaN(draft.time)) return undefined;
    // A line of a console whose day nothing tells keeps its place in the order.
    if (isUndated(root)) {
      notices?.undatedTime();
      return undefined;
    }
    if (starts.length === 0) return undefined;
    if (empty === undefined) return complaint(starts, root, context);
    draft.attribute(IMPLAUSIBLE, String(empty), Number.NaN);
    notices?.implausibleTime();
    return undefined;
  };
}

/** Whether an entry of a text log tells a time of day (`fields.clock`) that no day could be found for. */
function isUndated(root: Root): boolean {
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return false;
  const { time, fields } = root as JsonObject;
  return (
    time === undefined && typeof fields === 'object' && fields !== null && !Array.isArray(fields) && typeof fields['clock'] === 'string'
  );
}

function timeField(field: FieldMapping, zone: string, getter: (field: FieldMapping) => Getter, notices: Notices | undefined): TimeField {
  const format = field.format ?? 'iso';
  const newest = field.read?.newest === undefined ? undefined : Date.parse(`${field.read.newest}T23:59:59Z`) * 1000;
  const read = compileTimeReader(format, { zone: field.read?.zone ?? zone, onAmbiguous: notices?.onAmbiguous, newest });
  return { path: field.path, get: getter(field), format, read };
}

function complaint(fields: readonly TimeField[], root: Root, context: JsonObject | undefined): string {
  const [field] = fields;
  if (field === undefined) return '';
  const value = field.get(root, context);
  if (value === undefined || value === null || value === '') return `there is no time: "${field.path}" is empty`;
  return `"${field.path}" is no time of the form ${field.format}: ${excerpt(value)}`;
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
