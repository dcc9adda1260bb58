import type { Finding } from '../../model/finding.ts';
import type { Db } from '../open.ts';

export interface FindingQuery {
  readonly kind: string | undefined;
  readonly subkind: string | undefined;
  /** 1 info, 2 warning, 3 critical: exactly. */
  readonly severity: number | undefined;
  readonly system: string | undefined;
  /** Journey ids; undefined for all. */
  readonly journeys: readonly number[] | undefined;
}

function where(query: FindingQuery): { readonly sql: string; readonly values: (string | number)[] } {
  const terms: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, value: string | number): void => {
    terms.push(sql);
    values.push(value);
  };
  if (query.kind !== undefined) add('f.kind = ?', query.kind);
  if (query.subkind !== undefined) add('f.subkind = ?', query.subkind);
  if (query.severity !== undefined) add('f.severity = ?', query.severity);
  if (query.system !== undefined) add('f.system_id = (SELECT id FROM name WHERE value = ?)', query.system);
  if (query.journeys !== undefined) add('f.journey_id IN (SELECT value FROM json_each(?))', JSON.stringify(query.journeys));
  return { sql: terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`, values };
}

/** Worst and surest first. */
export function findingPage(db: Db, query: FindingQuery, offset: number, limit: number): Finding[] {
  const { sql, values } = where(query);
  const bodies = db
    .prepare(`SELECT f.body FROM finding f ${sql} ORDER BY f.severity DESC, f.confidence DESC, f.id LIMIT ? OFFSET ?`)
    .pluck()
    .all(...values, limit, offset) as string[];
  return bodies.map((body) => JSON.parse(body) as Finding);
}

export function findingCount(db: Db, query: FindingQuery): number {
  const { sql, values } = where(query);
  return db
    .prepare(`SELECT count(*) FROM finding f ${sql}`)
    .pluck()
    .get(...values) as number;
}

export function findingSummary(db: Db): { kind: string; subkind: string; severity: number; count: number }[] {
  return db
    .prepare(
      'SELECT kind, subkind, severity, count(*) AS count FROM finding GROUP BY kind, subkind, severity ORDER BY kind, subkind, severity DESC',
    )
    .all() as ReturnType<typeof findingSummary>;
}
