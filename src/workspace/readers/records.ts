import type { CompletenessState } from '../../model/completeness.ts';
import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { RelatedRecord } from '../../model/journey.ts';
import type { TypeRelation } from '../../identity/types.ts';
import { SETTLED } from '../finding-decisions.ts';
import type { Db } from '../open.ts';
import { prepared } from '../prepared.ts';
import { meta } from './meta.ts';

export type RecordSortKey = 'started' | 'ended' | 'duration' | 'key' | 'status' | 'steps' | 'findings' | 'severity' | 'completeness';

/** Columns that stand behind each sort; each has an index that ends in the id, so that a page is read in order. */
const SORT_COLUMNS: Record<RecordSortKey, readonly string[]> = {
  started: ['from_us'],
  ended: ['to_us'],
  duration: ['duration_us'],
  key: ['key'],
  status: ['status', 'from_us'],
  steps: ['steps'],
  findings: ['findings'],
  severity: ['severity', 'findings'],
  completeness: ['completeness'],
};

export interface RecordQuery {
  readonly text: string;
  readonly type: string | undefined;
  readonly status: string | undefined;
  readonly system: string | undefined;
  readonly finding: string | undefined;
  /** 1 info, 2 warning, 3 critical: at least. */
  readonly severity: number | undefined;
  readonly completeness: CompletenessState | undefined;
  /** `claimed`, `reused`, or `any`. */
  readonly conflict: string | undefined;
}

export interface JourneyRow {
  readonly id: number;
  readonly type: string;
  readonly key: string;
  readonly status: string;
  readonly from_us: number | null;
  readonly to_us: number | null;
  readonly duration_us: number | null;
  readonly systems: string;
  readonly steps: number;
  readonly attempts: number;
  readonly events: number;
  readonly findings: number;
  readonly severity: number;
  /** JSON array, see migration 005. */
  readonly completeness_counts: string | null;
  /** Title of its worst finding. */
  readonly worst: string | null;
}

const JOURNEY_COLUMNS = `j.id, t.value AS type, j.key, j.status, j.from_us, j.to_us, j.duration_us, s.systems, j.steps, j.attempts, j.events, j.findings, j.severity, j.completeness_counts,
  (SELECT f.body ->> '$.title' FROM finding f WHERE f.journey_id = j.id AND f.status < ${SETTLED} ORDER BY f.severity DESC, f.confidence DESC, f.id LIMIT 1) AS worst`;
const JOURNEY_JOINS = 'CROSS JOIN name t ON t.id = j.type_id CROSS JOIN system_set s ON s.id = j.system_set_id';

/**
 * Stands before the terms of a scan over `identifier i`: asks every 1,024 rows whether the query is still wanted. It must come first, since
 * what stands after a term that is false is never reached, and a scan that finds nothing is the one that takes longest.
 */
const CAN_BE_STOPPED = '((i.id & 1023) OR alive())';

const COMPLETENESS_TERMS: Record<CompletenessState, string> = {
  complete: 'j.completeness = 1',
  lacking: 'j.completeness < 1',
  unknown: 'j.completeness IS NULL',
};

/** Builds the WHERE clause of a records query; values are bound, never pasted. */
function where(query: RecordQuery): { readonly sql: string; readonly values: (string | number)[] } {
  const terms: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]): void => {
    terms.push(sql);
    values.push(...bound);
  };
  if (query.type !== undefined) add('j.type_id = (SELECT id FROM name WHERE value = ?)', query.type);
  if (query.status !== undefined) add('j.status = ?', query.status);
  if (query.severity !== undefined) add('j.severity >= ?', query.severity);
  if (query.completeness !== undefined) add(COMPLETENESS_TERMS[query.completeness]);
  if (query.system !== undefined) {
    add('j.system_set_id IN (SELECT s2.id FROM system_set s2, json_each(s2.systems) e WHERE e.value = ?)', query.system);
  }
  if (query.finding !== undefined)
    add(`j.id IN (SELECT f.journey_id FROM finding f WHERE f.kind = ? AND f.status < ${SETTLED})`, query.finding);
  if (query.conflict === 'any') add('j.id IN (SELECT journey_id FROM conflict_journey)');
  else if (query.conflict !== undefined)
    add(
      'j.id IN (SELECT cj.journey_id FROM identity_conflict c JOIN conflict_journey cj ON cj.conflict_id = c.id WHERE c.kind = ?)',
      query.conflict,
    );
  if (query.text !== '') {
    add(
      `j.id IN (SELECT r.journey_id FROM identifier i LEFT JOIN alias a ON a.identifier_id = i.id JOIN record r ON r.id = coalesce(a.record_id, i.id) WHERE ${CAN_BE_STOPPED} AND i.value LIKE ? ESCAPE '\\')`,
      `%${escapeLike(query.text)}%`,
    );
  }
  return { sql: terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`, values };
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/**
 * A page of journeys. Which ones is read from the index of the sort alone: joined first, the rows before a far page took a hundred times as long
 * as the page (0.25 s at row 80,000). CROSS JOIN keeps the order in which they are written.
 */
export function journeyPage(
  db: Db,
  query: RecordQuery,
  sort: RecordSortKey,
  descending: boolean,
  offset: number,
  limit: number,
): JourneyRow[] {
  const { sql, values } = where(query);
  const direction = descending ? 'DESC' : 'ASC';
  // What is not known comes last either way.
  const order = [...SORT_COLUMNS[sort], 'id']
    .map((column) => `j.${column} ${direction}${column === 'completeness' ? ' NULLS LAST' : ''}`)
    .join(', ');
  return db
    .prepare(
      `SELECT ${JOURNEY_COLUMNS} FROM (SELECT j.id FROM journey j ${sql} ORDER BY ${order} LIMIT ? OFFSET ?) page
       CROSS JOIN journey j ON j.id = page.id ${JOURNEY_JOINS} ORDER BY ${order}`,
    )
    .all(...values, limit, offset) as JourneyRow[];
}

export function journeyCount(db: Db, query: RecordQuery): number {
  const { sql, values } = where(query);
  return db
    .prepare(`SELECT count(*) FROM journey j ${sql}`)
    .pluck()
    .get(...values) as number;
}

/** Other spellings of a record, without its key. Executions and traces lead to it as well, but are no names of it. */
export function aliasesOf(db: Db, record: number, key: string): string[] {
  return db
    .prepare(
      `SELECT DISTINCT i.value FROM alias a JOIN identifier i ON i.id = a.identifier_id JOIN name t ON t.id = i.type_id JOIN record r ON r.id = a.record_id
       WHERE a.record_id = ? AND i.value <> ? AND (r.technical = 1 OR t.value NOT IN (${[...TECHNICAL_TYPES].map((type) => `'${type}'`).join(', ')})) ORDER BY i.value`,
    )
    .pluck()
    .all(record, key) as string[];
}

export interface RecordRow {
  readonly id: number;
  readonly type: string;
  readonly key: string;
  readonly technical: number;
  readonly journey_id: number;
  readonly matched: string;
}

const RECORD_COLUMNS = 'r.id, t.value AS type, r.key, r.technical, r.journey_id, i.value AS matched';
const RECORD_JOINS =
  'LEFT JOIN alias a ON a.identifier_id = i.id JOIN record r ON r.id = coalesce(a.record_id, i.id) JOIN name t ON t.id = r.type_id';
// Journeys first, business before technical, then the type's name: the same choice every time.
const RECORD_ORDER = 'ORDER BY r.journey_id <> r.id, r.journey_id = 0, r.technical, r.events DESC, t.value, i.value';

/** The records that an exact identifier names, best first. Falls back to another case of the same text. */
export function recordsByIdentifier(db: Db, id: string, type: string | undefined): RecordRow[] {
  const typeTerm = type === undefined ? '' : 'AND t.value = ?';
  const values = type === undefined ? [id] : [id, type];
  const select = (term: string): RecordRow[] =>
    db
      .prepare(`SELECT ${RECORD_COLUMNS} FROM identifier i ${RECORD_JOINS} WHERE ${term} ${typeTerm} ${RECORD_ORDER} LIMIT 50`)
      .all(...values) as RecordRow[];
  const exact = select('i.value = ?');
  return exact.length > 0 ? exact : select(`${CAN_BE_STOPPED} AND i.value = ? COLLATE NOCASE`);
}

/** Identifiers that begin with the text, then those that contain it (three characters and more). */
export function searchIdentifiers(db: Db, text: string, limit: number): RecordRow[] {
  const found = new Map<number, RecordRow>();
  const take = (rows: readonly RecordRow[]): void => {
    for (const row of rows) if (!found.has(row.id) && found.size < limit) found.set(row.id, row);
  };
  take(recordsByIdentifier(db, text, undefined));
  if (found.size < limit) {
    const prefix = db.prepare(
      `SELECT ${RECORD_COLUMNS} FROM identifier i ${RECORD_JOINS} WHERE i.value >= ? AND i.value < ? ${RECORD_ORDER} LIMIT ?`,
    );
    take(prefix.all(text, `${text}\u{10FFFF}`, limit) as RecordRow[]);
  }
  if (found.size < limit && text.length >= 3) {
    const part = db.prepare(
      `SELECT ${RECORD_COLUMNS} FROM (SELECT * FROM identifier i WHERE ${CAN_BE_STOPPED} AND i.value LIKE ? ESCAPE '\\' LIMIT 1000) i ${RECORD_JOINS} ${RECORD_ORDER} LIMIT ?`,
    );
    take(part.all(`%${escapeLike(text)}%`, limit) as RecordRow[]);
  }
  return [...found.values()];
}

export function recordById(db: Db, id: number): RecordRow | undefined {
  return prepared(
    db,
    'SELECT r.id, t.value AS type, r.key, r.technical, r.journey_id, r.key AS matched FROM record r JOIN name t ON t.id = r.type_id WHERE r.id = ?',
  ).get(id) as RecordRow | undefined;
}

/** Status and worst severity of a journey, for a search hit. */
export function journeySummary(db: Db, id: number): { status: string; severity: number } | undefined {
  return db.prepare('SELECT status, severity FROM journey WHERE id = ?').get(id) as { status: string; severity: number } | undefined;
}

/** Records linked with a record, as analysis describes them (`src/analysis/related.ts` is the same for the bulk pass). */
export function relatedRecords(db: Db, record: number, limit: number): RelatedRecord[] {
  const relations = meta<readonly TypeRelation[]>(db, 'relations') ?? [];
  const rows = prepared(
    db,
    `SELECT l.is_parent, l.relation, l.entries, l.event_id AS event, r.key, r.journey_id, t.value AS type FROM (
         SELECT child_id AS other, 1 AS is_parent, relation, entries, event_id FROM link WHERE parent_id = :record
         UNION ALL SELECT parent_id, 0, relation, entries, event_id FROM link WHERE child_id = :record LIMIT :limit
       ) l JOIN record r ON r.id = l.other JOIN name t ON t.id = r.type_id ORDER BY t.value, r.key`,
  ).all({ record, limit }) as {
    is_parent: number;
    relation: number;
    entries: number;
    event: number;
    key: string;
    journey_id: number;
    type: string;
  }[];
  return rows.map((row) => ({
    record: { type: row.type, key: row.key },
    relation: row.journey_id === 0 ? 'context' : relationFrom(relations[row.relation]?.owner, row.is_parent === 1),
    events: row.event === 0 ? [] : [row.event],
    confidence: relations[row.relation]?.decision === undefined ? (row.entries + 1) / (row.entries + 2) : 1,
  }));
}

function relationFrom(owner: string | undefined, isParent: boolean): RelatedRecord['relation'] {
  if (owner === undefined) return 'peer';
  return isParent ? 'child' : 'parent';
}
