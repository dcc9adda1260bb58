import type { ClockForm } from '../time/clock.ts';
import { parseClock } from '../time/clock.ts';
import { compileTimeReader } from '../time/format.ts';
import { compileTime } from '../time/index.ts';
import type { TimeShape } from '../time/index.ts';
import { isEmptyTime } from '../time/plausible.ts';
import { NO_ZONE } from '../time/zone.ts';
import type { FieldProfile } from './field-profile.ts';
import { recordTypeOf } from './record-type.ts';

/**
 * Times of which the day stands in one field and the time of day in another: SAP's ERDAT and ERZET, `Created On` and `Created At`, `date` and `time`. Values
 * decide what is a day and what a time of day; names which two belong together.
 */
export interface JoinedTime {
  /** The two as one field; its path is the template. */
  readonly field: FieldProfile;
  readonly day: FieldProfile;
  readonly clock: FieldProfile;
  /** How the day alone is written. */
  readonly dayFormat: TimeShape;
}

const ENOUGH = 0.9;
const DAY = 86_400e6;
/** 2000-01-01 and 2100-01-01 as spreadsheets count days. */
const SERIAL_FROM = 36_526;
const SERIAL_TO = 73_051;

/** Endings (and beginnings) that say day or time of day, in the languages whose months are read, and SAP's. What is left of a name says of what. */
const DAY_WORD = /(?:date|datum|dat|dt|day|tag|on|fecha|data|dato|jour)$|^(?:date|datum|fecha)/;
const CLOCK_WORD = /(?:uhrzeit|uzeit|zeit|zet|time|tim|tms?|at|hora|ora|heure|tijd|hour|clock)$|^(?:time|uhrzeit|hora)/;
/** Names of a time of day that go with a field that is only called a date. */
const PLAIN = new Set(['', 'event', 'log', 'local', 'entry', 'start', 'begin']);
/** A day that is due, or was received, takes no time of day from a field that is only called a time. */
const OTHER_DAY = /due|expect|promis|request|plan|estimat|expir|valid|birth|deadline|cutoff|import|receiv/;

/** The pairs among the fields, in the order of their days. */
export function joinedTimes(fields: readonly FieldProfile[]): readonly JoinedTime[] {
  const days = fields.flatMap((field, at) => dayOf(field, at));
  const clocks = fields.flatMap((field, at) => clockOf(field, at));
  const joined: JoinedTime[] = [];
  const used = new Set<FieldProfile>();
  for (const day of days) {
    const clock = partnerOf(
      day,
      clocks.filter((one) => !used.has(one.field)),
      days,
    );
    const found = clock === undefined ? undefined : join(day, clock);
    if (found === undefined || clock === undefined) continue;
    used.add(clock.field);
    joined.push(found);
  }
  return joined;
}

interface Half<T> {
  readonly field: FieldProfile;
  /** Place among the fields. */
  readonly at: number;
  /** What the name says beside day or time of day: `created`. */
  readonly of: string;
  readonly form: T;
}

function dayOf(field: FieldProfile, at: number): readonly Half<TimeShape>[] {
  const name = field.name.join('');
  if (!canJoin(field)) return [];
  const of = name.replace(DAY_WORD, '');
  const named = of !== name;
  const shape = field.time?.shape;
  if (shape === undefined) {
    const serial =
      named && share(field.values, (value) => /^\d{5}$/.test(value) && Number(value) >= SERIAL_FROM && Number(value) < SERIAL_TO);
    return serial !== false && serial >= ENOUGH ? [{ field, at, of, form: 'excel' }] : [];
  }
  if (shape.startsWith('epoch') || shape === 'ticks' || shape === 'filetime' || shape === 'syslog') return [];
  if (shape === 'compact' && (!named || recordTypeOf(field.path) !== undefined)) return [];
  const parse = compileTime(shape, 'UTC');
  return share(field.values.filter(isSaid), (value) => parse(value) % DAY === 0) >= ENOUGH ? [{ field, at, of, form: shape }] : [];
}

function clockOf(field: FieldProfile, at: number): readonly Half<ClockForm>[] {
  const name = field.name.join('');
  const of = name.replace(CLOCK_WORD, '');
  if (!canJoin(field) || of === name) return [];
  const half = (form: ClockForm): readonly Half<ClockForm>[] => [{ field, at, of, form }];
  const digits = field.values.filter((value) => /^\d{1,6}$/.test(value));
  if (digits.length === field.values.length) {
    const longest = Math.max(...digits.map((value) => value.length));
    const form = longest > 4 ? 'HHmmss' : 'HHmm';
    // Zeros that a program took away are those of the hours before ten: most are as long as they should be, or one less.
    const full = share(digits, (value) => value.length >= longest - 1);
    return longest >= 3 && full >= 0.5 && digits.every((value) => parseClock(value, form) !== undefined) ? half(form) : [];
  }
  return share(field.values, (value) => parseClock(value, 'clock') !== undefined) >= ENOUGH ? half('clock') : [];
}

/** A template cannot name every path. */
function canJoin({ path, list, presence }: FieldProfile): boolean {
  return !list && presence >= 0.3 && !/[{}]/.test(path) && path.trim() === path;
}

/** The time of day that is of the same as the day; else one that is only called a time, where it stands beside the day or there is no other day. */
function partnerOf(
  day: Half<TimeShape>,
  clocks: readonly Half<ClockForm>[],
  days: readonly Half<TimeShape>[],
): Half<ClockForm> | undefined {
  const beside = clocks.filter(({ field }) => parentOf(field.path) === parentOf(day.field.path));
  const same = beside.find(({ of }) => of === day.of);
  if (same !== undefined) return same;
  if (day.of === '') return beside.find(({ of }) => PLAIN.has(of));
  if (OTHER_DAY.test(day.of)) return undefined;
  return beside.find(({ of, at }) => of === '' && (Math.abs(at - day.at) === 1 || days.length === 1));
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}

function join(day: Half<TimeShape>, clock: Half<ClockForm>): JoinedTime | undefined {
  const template = `{${day.field.path}} {${clock.field.path}}`;
  const format = `${day.form}+${clock.form}`;
  const column = day.field.column.map((value, i) => {
    const time = clock.field.column[i];
    return value === undefined || value === '' || time === undefined || time === '' ? undefined : `${value} ${time}`;
  });
  const values = column.filter((value) => value !== undefined);
  const said = column.filter((value, i) => value !== undefined && isSaid(day.field.column[i] ?? ''));
  const { parse } = compileTimeReader(format, { zone: 'UTC' });
  const fits = share(said, (value) => !Number.isNaN(parse(value ?? '')));
  if (values.length === 0 || fits < ENOUGH) return undefined;
  // What bare digits leave open, the other field tells.
  const certainty = day.field.time === undefined || day.form === 'compact' ? 0.9 : day.field.time.confidence;
  const zoned = share(values, (_value, i) => parseClock(clock.field.values[i] ?? '', clock.form)?.offset !== NO_ZONE);
  const distinct = new Map<string, number>();
  for (const value of values) distinct.set(value, (distinct.get(value) ?? 0) + 1);
  const why = day.field.time === undefined ? 'days as spreadsheets count them' : day.field.time.reason;
  const field: FieldProfile = {
    ...day.field,
    path: template,
    // `date` and `time` are when it happened; `invoice_date` and `invoice_time` still the day of the invoice.
    name: PLAIN.has(day.of) ? [...day.field.name, ...clock.field.name] : day.field.name,
    words: PLAIN.has(day.of) ? [...day.field.words, ...clock.field.words] : day.field.words,
    presence: values.length / Math.max(1, column.length),
    values,
    distinct,
    column,
    meanLength: day.field.meanLength + 1 + clock.field.meanLength,
    maxLength: day.field.maxLength + 1 + clock.field.maxLength,
    time: {
      shape: day.form,
      confidence: fits * certainty,
      reason: `"${day.field.path}" has the day (${why}) and "${clock.field.path}" the time of day`,
      zoneless: zoned < 0.5,
      dayFirst: day.field.time?.dayFirst,
    },
    joined: { format, template },
    samples: [...distinct.keys()].slice(0, 3),
  };
  return { field, day: day.field, clock: clock.field, dayFormat: day.form };
}

/** Whether a value is there, and not one that exporters write for none. */
function isSaid(value: string): boolean {
  return value !== '' && !isEmptyTime(value);
}

function share<T>(values: readonly T[], fits: (value: T, index: number) => boolean): number {
  return values.length === 0 ? 0 : values.filter(fits).length / values.length;
}
