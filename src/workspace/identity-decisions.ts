import type { DecisionOutcome, IdentityDecision, IdentityWish } from '../model/identity-decision.ts';
import type { Db } from './open.ts';
import { meta } from './readers/meta.ts';

/** Where analysis keeps what became of the decisions. */
export const DECIDED = 'identity_decided';

/** A decision as the last analysis applied it, with its words. */
export interface DecidedText extends DecisionOutcome {
  readonly text: string;
}

type Row = Pick<IdentityDecision, 'id' | 'kind' | 'note' | 'at'> & {
  readonly relation: IdentityDecision['relation'] | null;
  readonly aType: string;
  readonly aValue: string;
  readonly bType: string;
  readonly bValue: string;
};

/** All that was said of who is who, the earliest first. */
export function identityDecisions(db: Db): IdentityDecision[] {
  const rows = db
    .prepare(
      `SELECT id, kind, relation, a_type AS aType, a_value AS aValue, b_type AS bType, b_value AS bValue, note, decided_at AS at
       FROM identity_decision ORDER BY id`,
    )
    .all() as Row[];
  return rows.map(({ id, kind, relation, aType, aValue, bType, bValue, note, at }) => ({
    id,
    kind,
    relation: relation ?? undefined,
    a: { type: aType, value: aValue },
    b: { type: bType, value: bValue },
    note,
    at,
  }));
}

/** What became of the decisions in the last analysis. */
export function decidedTexts(db: Db): readonly DecidedText[] {
  return meta<readonly DecidedText[]>(db, DECIDED) ?? [];
}

/** Keeps what was said. What was derived is old from now on. */
export function addIdentityDecision(db: Db, { kind, relation, a, b, note }: IdentityWish, at: string): void {
  db.transaction(() => {
    db.prepare(
      'INSERT INTO identity_decision (kind, relation, a_type, a_value, b_type, b_value, note, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(kind, relation ?? null, a.type, a.value, b.type, b.value, note, at);
    markDirty(db);
  })();
}

/** Takes back what was said, as if it had never been. */
export function removeIdentityDecision(db: Db, id: number): void {
  db.transaction(() => {
    if (db.prepare('DELETE FROM identity_decision WHERE id = ?').run(id).changes > 0) markDirty(db);
  })();
}

function markDirty(db: Db): void {
  db.prepare("INSERT INTO meta (key, value) VALUES ('dirty', '1') ON CONFLICT (key) DO UPDATE SET value = '1'").run();
}
