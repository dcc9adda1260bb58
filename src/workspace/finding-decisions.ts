import { FINDING_STATUSES, type Finding, type FindingStatus } from '../model/finding.ts';
import type { RecordRef } from '../model/record.ts';
import type { Db } from './open.ts';

/** What somebody said of a finding. */
export interface Decision {
  /** Id that the finding had. */
  readonly finding: string;
  readonly status: FindingStatus;
  readonly note: string;
  /** ISO time. */
  readonly at: string;
  /** The finding as it was then. */
  readonly body: Finding;
}

/** From this status on a finding is settled: not counted any more. */
export const SETTLED: number = FINDING_STATUSES.indexOf('resolved');

/** All that was said, the earliest first. */
export function decisions(db: Db): Decision[] {
  const rows = db
    .prepare('SELECT finding_id AS finding, status, note, decided_at AS at, body FROM finding_decision ORDER BY decided_at, finding_id')
    .all() as (Omit<Decision, 'body'> & { readonly body: string })[];
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as Finding }));
}

/** Keeps what was said; it replaces what was said of the same finding before. */
export function putDecision(db: Db, { finding, status, note, at, body }: Decision): void {
  db.prepare(
    `INSERT INTO finding_decision (finding_id, status, note, decided_at, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (finding_id) DO UPDATE
     SET status = excluded.status, note = excluded.note, decided_at = excluded.decided_at, body = excluded.body`,
  ).run(finding, status, note, at, JSON.stringify(body));
}

/** As if nothing had been said. */
export function dropDecision(db: Db, finding: string): void {
  db.prepare('DELETE FROM finding_decision WHERE finding_id = ?').run(finding);
}

/** How a finding stands, and where that comes from. */
export interface Standing {
  readonly finding: string;
  readonly status: FindingStatus;
  /** The decision: its own, that of a record that is now part of its record, or the one that taught a threshold. */
  readonly decision: string;
  readonly taught: boolean;
}

/** Replaces how all findings stand. What is not listed is open. Journeys count what is not settled, so those concerned are counted again. */
export function putStandings(db: Db, standings: readonly Standing[]): void {
  const touched = new Set(
    db.prepare('SELECT DISTINCT journey_id FROM finding WHERE decision_id IS NOT NULL').pluck().all() as (number | null)[],
  );
  db.prepare('UPDATE finding SET status = 0, decision_id = NULL, taught = 0 WHERE decision_id IS NOT NULL').run();
  const put = db.prepare('UPDATE finding SET status = ?, decision_id = ?, taught = ? WHERE id = ? RETURNING journey_id').pluck();
  for (const { finding, status, decision, taught } of standings)
    touched.add(put.get(FINDING_STATUSES.indexOf(status), decision, taught ? 1 : 0, finding) as number | null);
  const count = db.prepare(
    `UPDATE journey SET (findings, severity) =
       (SELECT count(*), coalesce(max(severity), 0) FROM finding f WHERE f.journey_id = journey.id AND f.status < ${SETTLED}) WHERE id = ?`,
  );
  for (const journey of touched) if (journey !== null && journey !== undefined) count.run(journey);
}

/** Findings of one kind at one step, as they are stored. */
export function findingsAt(db: Db, kind: string, subkind: string, step: string | undefined): Finding[] {
  const bodies = db
    .prepare('SELECT f.body FROM finding f WHERE f.kind = ? AND f.subkind = ? AND f.step_id IS (SELECT id FROM name WHERE value = ?)')
    .pluck()
    .all(kind, subkind, step ?? null) as string[];
  return bodies.map((body) => JSON.parse(body) as Finding);
}

/** A finding as it is stored; undefined when the data has none of that id. */
export function findingById(db: Db, id: string): Finding | undefined {
  const body = db.prepare('SELECT body FROM finding WHERE id = ?').pluck().get(id) as string | undefined;
  return body === undefined ? undefined : (JSON.parse(body) as Finding);
}

/** The decision by which a finding stands, where that was about itself; undefined when nothing was said of it. */
export function standsBy(db: Db, id: string): string | undefined {
  return (db.prepare('SELECT decision_id FROM finding WHERE id = ? AND taught = 0').pluck().get(id) as string | null) ?? undefined;
}

/** Whether it is silenced by a threshold that another false alarm raised. */
export function isTaught(db: Db, id: string): boolean {
  return db.prepare('SELECT taught FROM finding WHERE id = ?').pluck().get(id) === 1;
}

/** The record that a spelling of a type names now; undefined when there is none. */
export function recordNamed(db: Db, { type, key }: RecordRef): RecordRef | undefined {
  return db
    .prepare(
      `SELECT t.value AS type, r.key FROM identifier i LEFT JOIN alias a ON a.identifier_id = i.id JOIN record r ON r.id = coalesce(a.record_id, i.id)
       JOIN name t ON t.id = r.type_id WHERE i.value = ? AND i.type_id = (SELECT id FROM name WHERE value = ?)`,
    )
    .get(key, type) as RecordRef | undefined;
}

/** How often something was said: part of the revision that callers see. */
export function decisionCount(db: Db): number {
  return Number(db.prepare("SELECT value FROM meta WHERE key = 'decisions'").pluck().get() ?? 0);
}

export function countDecision(db: Db): void {
  db.prepare("INSERT INTO meta (key, value) VALUES ('decisions', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1").run();
}
