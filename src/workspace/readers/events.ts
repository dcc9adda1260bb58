import { EVENT_KINDS, type Attribute, type Event } from '../../model/event.ts';
import { statusOf } from '../../model/status.ts';
import { micros } from '../../model/time.ts';
import type { Db } from '../open.ts';

const EVENT_COLUMNS = `e.id, e.source_id, e.entry, e.time_us, e.end_us, coalesce(sys.value, '') AS system, flo.value AS flow, coalesce(ste.value, '') AS step, e.status,
  raw.value AS status_raw, e.execution_id, e.parent_execution_id, e.span, e.parent_span, e.attempt, err.value AS error, e.fingerprint, e.kind, e.line, e.precision`;
// Entries that name no step (snapshots of a record) or no system have id 0 there, which stands for no name: they must not fall out of the join.
const EVENT_JOINS = `LEFT JOIN name sys ON sys.id = e.system_id LEFT JOIN name ste ON ste.id = e.step_id LEFT JOIN name flo ON flo.id = e.flow_id
  LEFT JOIN name raw ON raw.id = e.status_raw_id LEFT JOIN text err ON err.id = e.error_id`;

interface EventSqlRow {
  id: number;
  source_id: number;
  entry: number;
  time_us: number | null;
  end_us: number | null;
  system: string;
  flow: string | null;
  step: string;
  status: number;
  status_raw: string | null;
  execution_id: number | null;
  parent_execution_id: number | null;
  span: number | null;
  parent_span: number | null;
  attempt: number | null;
  error: string | null;
  fingerprint: number;
  kind: number;
  line: number;
  precision: number;
}

const OF_JOURNEY = 'json_each((SELECT event_ids FROM journey WHERE id = ?)) j JOIN event e ON e.id = j.value';

/** All events of one journey, in event order, as the pure stages see them. `sourceRank` breaks ties like analysis does. */
export function journeyEvents(db: Db, journey: number, sourceRank: ReadonlyMap<number, number>): Event[] {
  const rows = db
    .prepare(`SELECT ${EVENT_COLUMNS}, e.mentions, e.attributes FROM ${OF_JOURNEY} ${EVENT_JOINS} ORDER BY e.id`)
    .all(journey) as (EventSqlRow & PackedColumns)[];
  const mentions = rows.map((row) => packed(row.mentions));
  const recordOf = recordsOf(
    db,
    mentions.flatMap((list) => list.map(([identifier]) => identifier)),
  );
  const nameOf = namesOf(db);
  return rows.map((row, i) => ({
    id: row.id,
    source: sourceRank.get(row.source_id) ?? 0,
    entry: row.entry,
    time: row.time_us === null ? undefined : micros(row.time_us),
    end: row.end_us === null ? undefined : micros(row.end_us),
    system: row.system,
    flow: row.flow ?? undefined,
    step: row.step,
    status: statusOf(row.status),
    statusRaw: row.status_raw ?? undefined,
    execution: row.execution_id ?? undefined,
    parentExecution: row.parent_execution_id ?? undefined,
    span: row.span ?? undefined,
    parentSpan: row.parent_span ?? undefined,
    attempt: row.attempt ?? undefined,
    error: row.error ?? undefined,
    fingerprint: row.fingerprint,
    records: [...new Set(mentions[i]!.flatMap(([identifier]) => recordOf.get(identifier) ?? []))],
    attributes: attributesOf(row.attributes, nameOf),
    kind: EVENT_KINDS[row.kind] ?? 'step',
  }));
}

/** The lists that stand in the event row as JSON: `[[id, value], …]`. */
interface PackedColumns {
  readonly mentions: string | null;
  readonly attributes: string | null;
}

function packed(json: string | null): [number, number][] {
  return json === null ? [] : (JSON.parse(json) as [number, number][]);
}

function attributesOf(json: string | null, nameOf: (id: number) => string): Attribute[] {
  if (json === null) return [];
  return (JSON.parse(json) as [number, number | string][]).map(([name, value]) => ({
    name: nameOf(name),
    number: typeof value === 'number' ? value : undefined,
    text: typeof value === 'string' ? value : undefined,
  }));
}

/** Identifier id → record id. */
function recordsOf(db: Db, identifiers: readonly number[]): Map<number, number> {
  const rows = db
    .prepare('SELECT a.identifier_id, a.record_id FROM json_each(?) j JOIN alias a ON a.identifier_id = j.value')
    .raw()
    .all(JSON.stringify([...new Set(identifiers)])) as [number, number][];
  return new Map(rows);
}

function namesOf(db: Db): (id: number) => string {
  const select = db.prepare('SELECT value FROM name WHERE id = ?').pluck();
  const names = new Map<number, string>();
  return (id) => {
    let name = names.get(id);
    if (name === undefined) names.set(id, (name = (select.get(id) as string | undefined) ?? ''));
    return name;
  };
}

/** One event in a list. */
export interface EventListRow {
  readonly id: number;
  readonly time: number | undefined;
  readonly end: number | undefined;
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  readonly kind: number;
  readonly status: number;
  readonly statusRaw: string | undefined;
  readonly error: string | undefined;
  readonly source: string;
  readonly line: number;
}

/** A page of a journey's events in time order; entries without a time come where their source had them, at the end. */
export function journeyEventPage(db: Db, journey: number, offset: number, limit: number): EventListRow[] {
  const rows = db
    .prepare(
      `SELECT ${EVENT_COLUMNS}, s.name AS source FROM ${OF_JOURNEY} ${EVENT_JOINS} JOIN source s ON s.id = e.source_id
       ORDER BY e.time_us IS NULL, e.time_us, s.name, e.entry LIMIT ? OFFSET ?`,
    )
    .all(journey, limit, offset) as (EventSqlRow & { source: string })[];
  return rows.map(listRow);
}

export function journeyEventCount(db: Db, journey: number): number {
  return (db.prepare('SELECT events FROM journey WHERE id = ?').pluck().get(journey) as number | undefined) ?? 0;
}

function listRow(row: EventSqlRow & { source: string }): EventListRow {
  return {
    id: row.id,
    time: row.time_us ?? undefined,
    end: row.end_us ?? undefined,
    system: row.system,
    flow: row.flow ?? undefined,
    step: row.step,
    kind: row.kind,
    status: row.status,
    statusRaw: row.status_raw ?? undefined,
    error: row.error ?? undefined,
    source: row.source,
    line: row.line,
  };
}

/** Where an event came from, to show as evidence. */
export interface EvidenceRow {
  readonly event: number;
  readonly source: string;
  readonly line: number;
  readonly time: number | undefined;
  readonly system: string;
  readonly step: string;
}

/** Evidence rows by event id; ids that are gone are left out. */
export function evidenceRows(db: Db, events: readonly number[]): Map<number, EvidenceRow> {
  const rows = db
    .prepare(
      `SELECT e.id AS event, s.name AS source, e.line, e.time_us AS time, coalesce(sys.value, '') AS system, coalesce(ste.value, '') AS step FROM json_each(?) j
       JOIN event e ON e.id = j.value JOIN source s ON s.id = e.source_id LEFT JOIN name sys ON sys.id = e.system_id LEFT JOIN name ste ON ste.id = e.step_id`,
    )
    .all(JSON.stringify(events)) as { event: number; source: string; line: number; time: number | null; system: string; step: string }[];
  return new Map(rows.map((row) => [row.event, { ...row, time: row.time ?? undefined }]));
}

/** Everything stored about one event except its bytes. */
export interface EventDetailRow extends EventListRow {
  readonly sourceId: number;
  readonly precision: number;
  readonly attempt: number | undefined;
  readonly execution: string | undefined;
  readonly offset: number;
  readonly length: number;
  readonly format: string;
  readonly options: string;
  readonly profile: string;
  readonly zone: string | undefined;
  readonly sha256: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string; readonly path: string; readonly key: string }[];
  readonly attributes: readonly { readonly name: string; readonly number: number | undefined; readonly text: string | undefined }[];
}

export function eventDetail(db: Db, id: number): EventDetailRow | undefined {
  const row = db
    .prepare(
      `SELECT ${EVENT_COLUMNS}, s.name AS source, e.offset, e.length, e.mentions, e.attributes, s.format, s.options, s.profile, s.zone, s.sha256, exe.value AS execution
       FROM event e ${EVENT_JOINS} JOIN source s ON s.id = e.source_id LEFT JOIN identifier exe ON exe.id = e.execution_id WHERE e.id = ?`,
    )
    .get(id) as
    | (EventSqlRow &
        PackedColumns & {
          source: string;
          offset: number;
          length: number;
          format: string;
          options: string;
          profile: string;
          zone: string | null;
          sha256: string;
          execution: string | null;
        })
    | undefined;
  if (row === undefined) return undefined;
  const identifiers = db
    .prepare(
      `SELECT t.value AS type, i.value, coalesce(p.value, '') AS path, coalesce(r.key, i.value) AS key FROM json_each(?) m JOIN identifier i ON i.id = m.value ->> 0
       JOIN name t ON t.id = i.type_id LEFT JOIN name p ON p.id = m.value ->> 1 LEFT JOIN alias a ON a.identifier_id = i.id LEFT JOIN record r ON r.id = a.record_id
       ORDER BY t.value, i.value`,
    )
    .all(row.mentions ?? '[]') as { type: string; value: string; path: string; key: string }[];
  return {
    ...listRow(row),
    sourceId: row.source_id,
    precision: row.precision,
    attempt: row.attempt ?? undefined,
    execution: row.execution ?? undefined,
    offset: row.offset,
    length: row.length,
    format: row.format,
    options: row.options,
    profile: row.profile,
    zone: row.zone ?? undefined,
    sha256: row.sha256,
    identifiers,
    attributes: attributesOf(row.attributes, namesOf(db)),
  };
}
