import type { Identity } from '../identity/types.ts';
import { BulkInsert } from './bulk-insert.ts';
import type { Db } from './open.ts';

/** A record that several claim, or a number that stands for several; records by id. */
export interface ConflictRow {
  readonly id: number;
  readonly kind: 'claimed' | 'reused';
  readonly record: number;
  readonly reason: string;
  readonly claims: readonly { readonly record: number; readonly entries: number; readonly event: number }[];
}

/** Writes the conflicts of an identity, and which journeys they concern. */
export function writeConflicts(db: Db, { conflicts, records, rootOf }: Pick<Identity, 'conflicts' | 'records' | 'rootOf'>): void {
  const { keeper } = records;
  const rows = new BulkInsert(db, 'INTO identity_conflict', 5);
  const journeys = new BulkInsert(db, 'OR IGNORE INTO conflict_journey', 2);
  conflicts.forEach(({ kind, record, reason, claims }, at) => {
    const told = claims.map((claim) => [keeper[claim.record]!, claim.entries, claim.evidence]);
    rows.cells.push(at + 1, kind, keeper[record]!, reason, JSON.stringify(told));
    rows.written();
    for (const one of [record, ...claims.map((claim) => claim.record)]) {
      const root = rootOf[one]!;
      if (root === 0) continue;
      journeys.cells.push(keeper[root]!, at + 1);
      journeys.written();
    }
  });
  rows.flush();
  journeys.flush();
}

const COLUMNS = 'c.id, c.kind, c.record_id AS record, c.reason, c.claims';

/** A page of all conflicts, by the name of the record. */
export function conflictPage(db: Db, offset: number, limit: number): ConflictRow[] {
  return rowsOf(db.prepare(`SELECT ${COLUMNS} FROM identity_conflict c ORDER BY c.id LIMIT ? OFFSET ?`).all(limit, offset));
}

export function conflictCount(db: Db): number {
  return db.prepare('SELECT count(*) FROM identity_conflict').pluck().get() as number;
}

/** Conflicts that concern a journey, at most `limit`. */
export function conflictsOf(db: Db, journey: number, limit: number): ConflictRow[] {
  return rowsOf(
    db
      .prepare(
        `SELECT ${COLUMNS} FROM conflict_journey j JOIN identity_conflict c ON c.id = j.conflict_id WHERE j.journey_id = ? ORDER BY c.id LIMIT ?`,
      )
      .all(journey, limit),
  );
}

function rowsOf(rows: readonly unknown[]): ConflictRow[] {
  return (rows as (Omit<ConflictRow, 'claims'> & { readonly claims: string })[]).map((row) => ({
    ...row,
    claims: (JSON.parse(row.claims) as [number, number, number][]).map(([record, entries, event]) => ({ record, entries, event })),
  }));
}
