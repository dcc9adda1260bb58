import { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import { compileValue } from './infer/compile-values.ts';
import { createOpener, rootOf } from './infer/paths.ts';
import { compileRecords, isXmlFormat } from './infer/record-path.ts';
import type { FieldMapping, Mapper, Mapping, SourceContext } from './mapper.ts';
import { inferTimeShape, isTimeShape } from './time/index.ts';
import { parsePattern, PatternError } from './time/pattern.ts';

/**
 * Fills in what a mapping leaves open about its times: the form of those that a profile names without one (from the first values), and the
 * day that times without a year are not after (from the name of the file, else the present).
 */
export function completeTimes(mapping: Mapping, entries: readonly Entry[], source: SourceContext): Mapping {
  const complete = (field: FieldMapping): FieldMapping => {
    if (field.role !== 'time' && field.role !== 'end-time') return field;
    const format = field.format ?? formOf(field, mapping, entries, source);
    if (format === undefined) return field;
    const newest = field.read?.newest ?? (isYearless(format) ? (dayInName(source.name) ?? today()) : undefined);
    if (format === field.format && newest === field.read?.newest) return field;
    return { ...field, format, ...(newest === undefined ? {} : { read: { ...field.read, newest } }) };
  };
  if (mapping.base !== undefined) return mapping.added === undefined ? mapping : { ...mapping, added: mapping.added.map(complete) };
  const fields = mapping.fields.map(complete);
  return fields.every((field, i) => field === mapping.fields[i]) ? mapping : { ...mapping, fields };
}

function formOf(field: FieldMapping, mapping: Mapping, entries: readonly Entry[], source: SourceContext): string | undefined {
  const open = createOpener();
  const { reader, parents } = compileRecords(source, mapping, open);
  const get = compileValue(field, { header: source.header, open, xml: isXmlFormat(source.formatId), parents });
  const values: (string | number)[] = [];
  for (const entry of entries) {
    const take: Parameters<NonNullable<typeof reader>>[1] = (root, context) => {
      const value = get(root, context);
      if (typeof value === 'string' || typeof value === 'number') values.push(value);
    };
    if (reader !== undefined) reader(entry, take);
    else take(rootOf(entry), entry.kind === 'tree' ? entry.context : undefined);
  }
  return inferTimeShape(values)?.shape;
}

function isYearless(format: string): boolean {
  if (isTimeShape(format)) return format === 'syslog';
  if (format.startsWith('edi-')) return false;
  try {
    return !parsePattern(format).hasYear;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** The last day in a name: `syslog-20310310`, `app.2031-03-10.log`. A rotated log ends on the day it is named after. */
function dayInName(name: string): string | undefined {
  const found = [...name.matchAll(/(?<!\d)((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/g)].at(-1);
  return found === undefined ? undefined : `${found[1]}-${found[3]}-${found[4]}`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The times of entries as a mapping reads them, in their order; NaN for events without one. */
export function timesOf(entries: readonly Entry[], mapper: Mapper): readonly number[] {
  const draft = new Draft();
  const times: number[] = [];
  const emit = (): void => void times.push(draft.time);
  for (const entry of entries) {
    draft.reset();
    mapper(entry, draft, emit);
  }
  return times;
}

/** Fewer steps back than this prove nothing. */
const FEWEST_STEPS = 3;

/** Whether times come newest first: they go back often and hardly ever forward. */
export function isNewestFirst(times: readonly number[]): boolean {
  let last = Number.NaN;
  let back = 0;
  let forward = 0;
  for (const time of times) {
    if (time < last) back++;
    else if (time > last) forward++;
    if (!Number.isNaN(time)) last = time;
  }
  return back >= FEWEST_STEPS && forward * 20 <= back;
}
