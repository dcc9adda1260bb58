import { FINDING_STATUSES, type Finding } from '../../model/finding.ts';
import type { RecordRef } from '../../model/record.ts';
import type { Db } from '../open.ts';

/** What incidents are made from: everything that is no false alarm. */
export interface IncidentRow {
  readonly finding: Finding;
  readonly journey: number;
  /** Place in FINDING_STATUSES. */
  readonly status: number;
}

/** All findings of journeys but false alarms. */
export function incidentRows(db: Db): IncidentRow[] {
  const rows = db
    .prepare('SELECT f.journey_id, f.status, f.body FROM finding f WHERE f.status < ? AND f.journey_id IS NOT NULL')
    .raw()
    .all(FINDING_STATUSES.indexOf('false-alarm')) as [number, number, string][];
  return rows.map(([journey, status, body]) => ({ journey, status, finding: JSON.parse(body) as Finding }));
}

/** The record of each of some journeys, in their order. */
export function journeyRecords(db: Db, journeys: readonly number[]): RecordRef[] {
  const select = db.prepare<[number], RecordRef>(
    'SELECT t.value AS type, j.key FROM journey j JOIN name t ON t.id = j.type_id WHERE j.id = ?',
  );
  return journeys.flatMap((journey) => select.get(journey) ?? []);
}

/** When journeys began (µs), ascending. */
export function journeyStarts(db: Db): Float64Array {
  return Float64Array.from(db.prepare('SELECT from_us FROM journey WHERE from_us IS NOT NULL ORDER BY from_us').pluck().all() as number[]);
}

/** The ids of the events of a journey, ascending. */
export function eventsOfJourney(db: Db, journey: number): number[] {
  const events = db.prepare('SELECT event_ids FROM journey WHERE id = ?').pluck().get(journey) as string | undefined;
  return events === undefined ? [] : (JSON.parse(events) as number[]);
}

/** Journey and event ids of every journey. It can be stopped: it reads all of them. */
export function* allJourneyEvents(db: Db): Generator<readonly [journey: number, events: readonly number[]]> {
  const rows = db.prepare('SELECT id, event_ids FROM journey WHERE (id & 1023) OR alive()').raw();
  for (const [journey, events] of rows.iterate() as IterableIterator<[number, string]>) yield [journey, JSON.parse(events) as number[]];
}

/** Records that touch many others (a customer, a batch) and are linked with some of these journeys' records: with how many, the most first. */
export function hubsOf(db: Db, journeys: readonly number[]): { readonly type: string; readonly key: string; readonly records: number }[] {
  const counts = new Map<number, number>();
  const linked = db
    .prepare(
      `SELECT r.id FROM link l JOIN record r ON r.id = l.parent_id WHERE l.child_id = :record AND r.journey_id = 0 AND r.technical = 0
       UNION SELECT r.id FROM link l JOIN record r ON r.id = l.child_id WHERE l.parent_id = :record AND r.journey_id = 0 AND r.technical = 0`,
    )
    .pluck();
  for (const record of journeys) for (const hub of linked.all({ record }) as number[]) counts.set(hub, (counts.get(hub) ?? 0) + 1);
  const name = db.prepare<[number], RecordRef>(
    'SELECT t.value AS type, r.key FROM record r JOIN name t ON t.id = r.type_id WHERE r.id = ?',
  );
  const hubs = [...counts].flatMap(([hub, records]) => {
    const record = name.get(hub);
    return record === undefined ? [] : [{ ...record, records }];
  });
  return hubs.toSorted((a, b) => b.records - a.records || (`${a.type} ${a.key}` < `${b.type} ${b.key}` ? -1 : 1));
}

/** The hub that an identifier names; undefined when it names another record or none. */
export function hubLookup(db: Db): (identifier: number) => (RecordRef & { readonly id: number }) | undefined {
  const select = db.prepare<[number], RecordRef & { readonly id: number }>(
    `SELECT r.id, t.value AS type, r.key FROM identifier i LEFT JOIN alias a ON a.identifier_id = i.id JOIN record r ON r.id = coalesce(a.record_id, i.id)
     JOIN name t ON t.id = r.type_id WHERE i.id = ? AND r.journey_id = 0 AND r.technical = 0`,
  );
  const known = new Map<number, (RecordRef & { readonly id: number }) | undefined>();
  return (identifier) => {
    if (!known.has(identifier)) known.set(identifier, select.get(identifier));
    return known.get(identifier);
  };
}

/** Ids of a name and of a text; 0, which nothing has, where there is no such. */
export function nameId(db: Db, value: string | undefined): number {
  if (value === undefined) return 0;
  return (db.prepare('SELECT id FROM name WHERE value = ?').pluck().get(value) as number | undefined) ?? 0;
}

/** Words by their ids, looked up once each. */
export function wordLookup(db: Db, table: 'name' | 'text'): (id: number) => string {
  const select = db.prepare(`SELECT value FROM ${table} WHERE id = ?`).pluck();
  const known = new Map<number, string>();
  return (id) => {
    let value = known.get(id);
    if (value === undefined) known.set(id, (value = (select.get(id) as string | undefined) ?? ''));
    return value;
  };
}

/** Throws when the question is not wanted any more. */
export function stillWanted(db: Db): () => void {
  const ask = db.prepare('SELECT alive()');
  return () => void ask.get();
}
