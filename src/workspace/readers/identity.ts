import type { AliasRule, TypeRelation } from '../../identity/types.ts';
import type { SpelledIdentifier } from '../../model/identity-decision.ts';
import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { Db } from '../open.ts';
import { meta } from './meta.ts';

/** The identifiers of one spelling, of any type. */
export function identifiersSpelled(
  db: Db,
  value: string,
  type: string | undefined,
): (SpelledIdentifier & { readonly technical: boolean })[] {
  const rows = db
    .prepare('SELECT t.value AS type, i.value FROM identifier i JOIN name t ON t.id = i.type_id WHERE i.value = ? ORDER BY t.value')
    .all(value) as SpelledIdentifier[];
  return rows
    .filter((row) => type === undefined || row.type === type)
    .map((row) => ({ type: row.type, value: row.value, technical: TECHNICAL_TYPES.has(row.type) }));
}

/** Whether an identifier stands for a record that only gives context: of a type that is a hub, and part of no other record's journey. */
export function isHub(db: Db, { type, value }: SpelledIdentifier): boolean {
  const hubs = meta<readonly { readonly type: string }[]>(db, 'hubs') ?? [];
  if (!hubs.some((hub) => hub.type === type)) return false;
  const journey = db
    .prepare(
      `SELECT r.journey_id FROM identifier i JOIN name t ON t.id = i.type_id LEFT JOIN alias a ON a.identifier_id = i.id
       JOIN record r ON r.id = coalesce(a.record_id, i.id) WHERE i.value = ? AND t.value = ?`,
    )
    .pluck()
    .get(value, type) as number | undefined;
  return journey === 0;
}

/** One spelling of a record; the key has no rule. */
export interface SpellingRow extends SpelledIdentifier {
  readonly id: number;
  readonly rule: AliasRule | undefined;
}

/** All spellings of a record, its key first. Executions and traces that are part of it are no names of it. */
export function spellingsOf(db: Db, record: number): SpellingRow[] {
  const rules = meta<readonly AliasRule[]>(db, 'rules') ?? [];
  const rows = db
    .prepare(
      `SELECT i.id, t.value AS type, i.value, a.rule FROM
         (SELECT :record AS id, NULL AS rule UNION ALL SELECT identifier_id, rule FROM alias WHERE record_id = :record) a
       JOIN identifier i ON i.id = a.id JOIN name t ON t.id = i.type_id JOIN record r ON r.id = :record
       WHERE r.technical = 1 OR t.value NOT IN (${[...TECHNICAL_TYPES].map((type) => `'${type}'`).join(', ')}) ORDER BY a.rule IS NOT NULL, i.value`,
    )
    .all({ record }) as { readonly id: number; readonly type: string; readonly value: string; readonly rule: number | null }[];
  return rows.map(({ rule, ...row }) => ({ ...row, rule: rule === null ? undefined : rules[rule] }));
}

/** A link of a record, seen from it. */
export interface RecordLinkRow {
  readonly type: string;
  readonly key: string;
  readonly relation: 'child' | 'parent' | 'peer' | 'context';
  readonly described: TypeRelation | undefined;
  readonly entries: number;
  /** 0 where no entry shows it. */
  readonly event: number;
}

/** The links of a record with what is known of their types, those first that were made by hand. */
export function linksOf(db: Db, record: number, limit: number): RecordLinkRow[] {
  const relations = meta<readonly TypeRelation[]>(db, 'relations') ?? [];
  const firstByHand = relations.findIndex(({ decision }) => decision !== undefined);
  const rows = db
    .prepare(
      `SELECT l.is_parent, l.relation, l.entries, l.event_id AS event, r.key, r.journey_id, t.value AS type FROM (
         SELECT * FROM (
           SELECT child_id AS other, 1 AS is_parent, relation, entries, event_id FROM link WHERE parent_id = :record
           UNION ALL SELECT parent_id, 0, relation, entries, event_id FROM link WHERE child_id = :record
         ) ORDER BY relation < :hand, other LIMIT :limit
       ) l JOIN record r ON r.id = l.other JOIN name t ON t.id = r.type_id ORDER BY l.relation < :hand, t.value, r.key`,
    )
    .all({ record, limit, hand: firstByHand < 0 ? 0 : firstByHand }) as {
    readonly is_parent: number;
    readonly relation: number;
    readonly entries: number;
    readonly event: number;
    readonly key: string;
    readonly journey_id: number;
    readonly type: string;
  }[];
  return rows.map(({ type, key, entries, event, ...row }) => {
    const described = relations[row.relation];
    const owned = described?.owner === undefined ? 'peer' : row.is_parent === 1 ? 'child' : 'parent';
    return { type, key, entries, event, described, relation: row.journey_id === 0 ? 'context' : owned };
  });
}
