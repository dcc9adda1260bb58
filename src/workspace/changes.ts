import type { Finding } from '../model/finding.ts';
import type { JourneyStatus } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import type { Db } from './open.ts';

/** As many analyses as their changes are kept of. */
export const CHANGE_SETS = 10;

/**
 * Why something changed: entries came to the journey, entries of it are gone, somebody decided otherwise who is who, or none of these: what is usual, or
 * how far the data goes, did.
 */
export interface ChangeReason {
  readonly why: 'arrived' | 'gone' | 'decided' | 'usual';
  /** Names of the sources whose entries arrived. */
  readonly sources: readonly string[];
}

/** What one analysis changed, of one finding or one journey. */
export type Change =
  | { readonly what: 'new' | 'gone'; readonly finding: ChangedFinding; readonly reason: ChangeReason }
  | {
      readonly what: 'flipped';
      readonly record: RecordRef;
      readonly from: JourneyStatus;
      readonly to: JourneyStatus;
      readonly reason: ChangeReason;
    };

export interface ChangedFinding extends Pick<Finding, 'id' | 'kind' | 'subkind' | 'severity' | 'title' | 'system' | 'step'> {
  readonly record: RecordRef | undefined;
  /** Of one that was known and got worse: what it was before. */
  readonly before: Finding['severity'] | undefined;
}

/** How many changes there are, listed or not. */
export interface ChangeCounts {
  readonly new: { readonly info: number; readonly warning: number; readonly critical: number };
  readonly gone: { readonly info: number; readonly warning: number; readonly critical: number };
  /** Of the findings that are gone, those to whose journey entries arrived. */
  readonly late: number;
  /** Journeys by `from>to`. */
  readonly flipped: Readonly<Record<string, number>>;
}

export interface ChangeSet {
  /** Revision of the workspace that the analysis made. */
  readonly id: number;
  /** ISO time. */
  readonly at: string;
  /** Names of the sources that came, and of those that went. */
  readonly sources: readonly string[];
  readonly removed: readonly string[];
  /** What was said of who is who since the analysis before, as sentences. */
  readonly decided: readonly string[];
  readonly counts: ChangeCounts;
}

/** The latest first. */
export function changeSets(db: Db): ChangeSet[] {
  const rows = db.prepare('SELECT id, at, sources, removed, decided, counts FROM change_set ORDER BY id DESC').all() as {
    id: number;
    at: string;
    sources: string;
    removed: string;
    decided: string;
    counts: string;
  }[];
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    sources: JSON.parse(row.sources) as string[],
    removed: JSON.parse(row.removed) as string[],
    decided: JSON.parse(row.decided) as string[],
    counts: JSON.parse(row.counts) as ChangeCounts,
  }));
}

/** The changes that are listed of one analysis, of one sort: the worst first. */
export function changesOf(db: Db, set: number, what: Change['what'], offset: number, limit: number): Change[] {
  const bodies = db
    .prepare('SELECT body FROM change WHERE set_id = ? AND what = ? ORDER BY ordinal LIMIT ? OFFSET ?')
    .pluck()
    .all(set, what, limit, offset) as string[];
  return bodies.map((body) => JSON.parse(body) as Change);
}

/** Keeps what an analysis changed, and lets the oldest go. */
export function putChangeSet(db: Db, { id, at, sources, removed, decided, counts }: ChangeSet, changes: readonly Change[]): void {
  db.prepare('INSERT INTO change_set (id, at, sources, removed, decided, counts) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    at,
    JSON.stringify(sources),
    JSON.stringify(removed),
    JSON.stringify(decided),
    JSON.stringify(counts),
  );
  const put = db.prepare('INSERT INTO change (set_id, ordinal, what, body) VALUES (?, ?, ?, ?)');
  changes.forEach((change, ordinal) => put.run(id, ordinal, change.what, JSON.stringify(change)));
  const oldest = db.prepare('SELECT id FROM change_set ORDER BY id DESC LIMIT 1 OFFSET ?').pluck().get(CHANGE_SETS) as number | undefined;
  if (oldest === undefined) return;
  db.prepare('DELETE FROM change WHERE set_id <= ?').run(oldest);
  db.prepare('DELETE FROM change_set WHERE id <= ?').run(oldest);
}

/** Id, place in SEVERITIES counted from 1, and status of every finding. */
export function findingStates(db: Db): [id: string, severity: number, status: number][] {
  return db.prepare('SELECT id, severity, status FROM finding').raw().all() as [string, number, number][];
}

/** Id and status of every journey, by id. */
export function journeyStates(db: Db): [id: number, status: JourneyStatus][] {
  return db.prepare('SELECT id, status FROM journey ORDER BY id').raw().all() as [number, JourneyStatus][];
}

/** A finding with the journey it was found in. */
export function findingWithJourney(db: Db, id: string): { readonly finding: Finding; readonly journey: number | undefined } | undefined {
  const row = db.prepare('SELECT body, journey_id AS journey FROM finding WHERE id = ?').get(id) as
    | { body: string; journey: number | null }
    | undefined;
  return row === undefined ? undefined : { finding: JSON.parse(row.body) as Finding, journey: row.journey ?? undefined };
}

/** The record whose journey it is. */
export function journeyRecord(db: Db, journey: number): RecordRef | undefined {
  return db.prepare('SELECT t.value AS type, j.key FROM journey j JOIN name t ON t.id = j.type_id WHERE j.id = ?').get(journey) as
    | RecordRef
    | undefined;
}

/** Events of the journey that a record is part of now, ascending; nothing when there is no such record. */
export function journeyEvents(db: Db, record: number): number[] {
  const events = db
    .prepare(
      `SELECT j.event_ids FROM journey j WHERE j.id = ? UNION ALL
       SELECT j.event_ids FROM alias a JOIN record r ON r.id = a.record_id JOIN journey j ON j.id = r.journey_id WHERE a.identifier_id = ? UNION ALL
       SELECT j.event_ids FROM record r JOIN journey j ON j.id = r.journey_id WHERE r.id = ? LIMIT 1`,
    )
    .pluck()
    .get(record, record, record) as string | undefined;
  return events === undefined ? [] : (JSON.parse(events) as number[]);
}

/** The source that an event came with; undefined when it is gone. */
export function sourceOfEvent(db: Db, event: number): string | undefined {
  return db
    .prepare(
      `SELECT s.name FROM (SELECT source_id FROM column_batch WHERE first_event <= ? ORDER BY first_event DESC LIMIT 1) b
       JOIN source s ON s.id = b.source_id`,
    )
    .pluck()
    .get(event) as string | undefined;
}

/** The first event of the sources that no analysis has seen before; undefined when there is none. */
export function firstEventToCome(db: Db): number | undefined {
  const first = db
    .prepare('SELECT min(b.first_event) FROM source s JOIN column_batch b ON b.source_id = s.id WHERE s.revision IS NULL')
    .pluck()
    .get() as number | null;
  return first ?? undefined;
}

/** Id and name of every source that is complete. */
export function sourceNames(db: Db): Map<number, string> {
  return new Map(db.prepare("SELECT id, name FROM source WHERE state = 'complete' ORDER BY id").raw().all() as [number, string][]);
}

/** Names of the sources that no analysis has seen before. */
export function sourcesToCome(db: Db): string[] {
  return db.prepare("SELECT name FROM source WHERE state = 'complete' AND revision IS NULL ORDER BY id").pluck().all() as string[];
}
