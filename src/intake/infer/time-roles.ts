import { compileTimeReader } from '../time/format.ts';
import { isEpoch } from '../time/index.ts';
import type { ClaimDetails, Claims } from './claims.ts';
import { addField, claim, free } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';
import type { JoinedTime } from './joined-times.ts';
import { joinedTimes } from './joined-times.ts';
import { recordTypeOf } from './record-type.ts';

/** What a time field's name says it is the time of. */
export type TimeMeaning = 'event' | 'start' | 'end' | 'updated' | 'created' | 'dated' | 'ingest' | 'other';

const MEANINGS: readonly (readonly [TimeMeaning, string])[] = [
  [
    'other',
    'due expected promised requested planned estimated eta expiry expires expire valid until birth birthday scheduled deadline next cutoff required planed target',
  ],
  ['ingest', 'ingest ingested ingestion indexed imported exported loaded observed inserted receive received extracted snapshot'],
  ['updated', 'updated update modified modification changed change lastmodified aedat lastchanged geändert geaendert aktualisiert'],
  ['start', 'start started begin began from starttime starttimestamp'],
  ['end', 'end ended finish finished complete completed completion stop stopped to endtime'],
  ['created', 'created creation create placed submitted ordered added erdat bldat budat booked booking angelegt erstellt gebucht'],
  [
    'event',
    'timestamp ts time datetime eventtime occurred logged when instant t executed recorded happened timemillis zeitstempel zeit epoch unix asctime timeunixnano',
  ],
  ['dated', 'date datum day'],
];

/** How well each meaning serves as the time of an entry. */
const WEIGHT: Readonly<Record<TimeMeaning, number>> = {
  event: 1,
  start: 0.93,
  updated: 0.85,
  created: 0.75,
  dated: 0.7,
  end: 0.6,
  ingest: 0.45,
  other: 0.4,
};

/** Words that, next to bare digits, say these are a time. */
const EPOCH_WORDS: ReadonlySet<string> = new Set(
  'time timestamp ts date datetime at created updated on when epoch unix nano nanos millis ms start end occurred logged instant t start begin finish'.split(
    ' ',
  ),
);

export interface TimeChoice {
  readonly field: FieldProfile;
  readonly meaning: TimeMeaning;
  readonly end: FieldProfile | undefined;
  readonly zoneless: boolean;
}

/** What the name of a time field says. The words of the last path segment count, then those of the whole path. */
export function meaningOf(field: FieldProfile): TimeMeaning {
  for (const words of [field.name, field.words]) {
    for (const [meaning, list] of MEANINGS) {
      if (list.split(' ').some((word) => words.includes(word))) return meaning;
    }
  }
  return 'other';
}

/**
 * Claims the time, and the end where a second time never lies before the first. Values decide what can be a time; among several, the
 * name decides which one, then presence and depth.
 */
export function claimTimes(claims: Claims): TimeChoice | undefined {
  const open = free(claims);
  const joined = joinedTimes(open);
  const halves = new Set(joined.flatMap(({ day, clock }) => [day, clock]));
  const whole = open.filter((field) => !halves.has(field) && !field.list && field.presence >= 0.3 && isTimeLike(field));
  const candidates = [...whole, ...joined.map(({ field }) => field)];
  const scored = candidates.map((field) => ({ field, meaning: meaningOf(field), score: scoreOf(field) })).sort((a, b) => b.score - a.score);
  let top = scored[0];
  if (top === undefined) return undefined;
  // A pair of start and end describes the entry itself: it beats any single time.
  const start = scored.find((one) => one.meaning === 'start' && one.field.presence >= 0.9);
  const pairEnd =
    start && scored.find((one) => one.meaning === 'end' && related(start.field, one.field) && neverBefore(start.field, one.field));
  if (start !== undefined && (pairEnd !== undefined || top.meaning === 'event')) {
    const event = scored.find((one) => one.meaning === 'event' && one.field !== start.field);
    if (pairEnd !== undefined || (event !== undefined && neverBefore(start.field, event.field) && !sameTimes(start.field, event.field)))
      top = start;
  }
  const { field, meaning } = top;
  const names = field.joined !== undefined ? 'they name' : `"${field.path}" names`;
  const why = `${field.time?.reason ?? ''}, and ${names} the time of ${phrase(meaning)}`;
  claim(claims, field, 'time', Math.min(1, top.score), why, writing(field));
  const end = meaning === 'start' || meaning === 'event' || meaning === 'created' ? findEnd(field, meaning, scored) : undefined;
  if (end !== undefined) {
    claim(
      claims,
      end,
      'end-time',
      0.95 * (end.time?.confidence ?? 0),
      `${end.time?.reason ?? ''}, never before "${field.path}"`,
      writing(end),
    );
  }
  for (const one of joined) claimHalves(claims, one);
  for (const one of scored) {
    if (claims.taken.has(one.field.path) || one.field.joined !== undefined) continue;
    const same = sameTimes(field, one.field);
    claim(
      claims,
      one.field,
      'ignored',
      0.7,
      same ? `the same times as "${field.path}"` : `a time too, but "${field.path}" says better when the entry happened`,
      { format: one.field.time?.shape },
    );
  }
  return { field, meaning, end, zoneless: field.time?.zoneless ?? false };
}

function writing({ time, joined }: FieldProfile): ClaimDetails {
  return joined === undefined ? { format: time?.shape } : { format: joined.format, read: { template: joined.template } };
}

/** What stands in two fields is read as one, where it was taken: the day alone where an entry has no time of day. */
function claimHalves(claims: Claims, { field, day, clock, dayFormat }: JoinedTime): void {
  const taken = claims.taken.get(field.path);
  if (taken === undefined) {
    const why = `half of a time ("${day.path}" and "${clock.path}"), but another field says better when the entry happened`;
    for (const half of [day, clock]) claim(claims, half, 'ignored', 0.7, why);
    return;
  }
  addField(claims, field, day);
  if (taken.role === 'time')
    claim(claims, day, 'time', 0.7 * taken.confidence, `the day, where "${clock.path}" says no time of it`, { format: dayFormat });
  else claim(claims, day, 'ignored', 0.9, `read with "${clock.path}"`);
  claim(claims, clock, 'ignored', 0.9, `read with "${day.path}"`);
}

function phrase(meaning: TimeMeaning): string {
  switch (meaning) {
    case 'event':
      return 'the event';
    case 'start':
      return 'the start';
    case 'end':
      return 'the end';
    case 'updated':
      return 'the last change';
    case 'created':
      return 'creation';
    case 'dated':
      return 'the day';
    case 'ingest':
      return 'arrival';
    case 'other':
      return 'something; nothing better was found';
  }
}

/** Spelled-out dates are times whatever the name; bare digits need a name that says so, and none that says they are keys. */
function isTimeLike(field: FieldProfile): boolean {
  const time = field.time;
  if (time === undefined) return false;
  const bare = isEpoch(time.shape) || (time.shape === 'compact' && field.forms.digits > 0.5);
  if (!bare) return true;
  if (recordTypeOf(field.path) !== undefined) return false;
  const named = field.words.some((word) => EPOCH_WORDS.has(word) || MEANINGS.some(([, list]) => list.split(' ').includes(word)));
  return (
    named ||
    (time.shape !== 'epoch-s' &&
      time.shape !== 'compact' &&
      field.distinct.size > 0.5 * field.values.length &&
      field.values.length >= 5 &&
      field.depth === 0)
  );
}

function scoreOf(field: FieldProfile): number {
  const weight = WEIGHT[meaningOf(field)];
  const shape = field.time?.confidence ?? 0;
  const named = field.time !== undefined && isEpoch(field.time.shape) ? Math.min(1, shape + 0.15) : shape;
  const coarse = field.time?.shape === 'compact' && field.maxLength <= 8 ? 0.8 : 1;
  return weight * (0.4 + 0.6 * field.presence) * named * coarse - 0.04 * field.depth - (field.inText ? 0.1 : 0);
}

function findEnd(
  time: FieldProfile,
  meaning: TimeMeaning,
  scored: readonly { field: FieldProfile; meaning: TimeMeaning }[],
): FieldProfile | undefined {
  const fits = (one: { field: FieldProfile; meaning: TimeMeaning }): boolean =>
    one.field !== time && related(time, one.field) && neverBefore(time, one.field) && !sameTimes(time, one.field);
  const named = scored.find((one) => one.meaning === 'end' && fits(one));
  if (named !== undefined) return named.field;
  return meaning === 'start' ? scored.find((one) => one.meaning === 'event' && one.field.presence >= 0.9 && fits(one))?.field : undefined;
}

/** `start_time` and `end_time` stand side by side; the end of a nested part is not the entry's end. */
function related(a: FieldProfile, b: FieldProfile): boolean {
  return a.path.slice(0, a.path.lastIndexOf('.') + 1) === b.path.slice(0, b.path.lastIndexOf('.') + 1);
}

function timesOf(field: FieldProfile): number[] {
  if (field.time === undefined) return [];
  const { parse } = compileTimeReader(field.joined?.format ?? field.time.shape, { zone: 'UTC' });
  return field.column.map((value) => (value === undefined ? Number.NaN : parse(value)));
}

function neverBefore(first: FieldProfile, second: FieldProfile): boolean {
  const [a, b] = [timesOf(first), timesOf(second)];
  let both = 0;
  let before = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = (b[i] ?? Number.NaN) - (a[i] ?? Number.NaN);
    if (Number.isNaN(gap)) continue;
    both++;
    if (gap < 0) before++;
  }
  return both > 0 && before <= 0.02 * both;
}

function sameTimes(first: FieldProfile, second: FieldProfile): boolean {
  const [a, b] = [timesOf(first), timesOf(second)];
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs((b[i] ?? Number.NaN) - (a[i] ?? Number.NaN));
    if (Number.isNaN(gap)) continue;
    if (gap > 1000) return false;
    both++;
  }
  return both > 0;
}

/** Durations in microseconds between the two times, entry by entry; NaN where one is missing. */
export function spans(time: FieldProfile, end: FieldProfile): number[] {
  const [a, b] = [timesOf(time), timesOf(end)];
  return a.map((start, i) => (b[i] ?? Number.NaN) - start);
}
