import { FINDING_STATUSES, type Finding, type FindingStatus } from '../../model/finding.ts';
import { SETTLED } from '../finding-decisions.ts';
import type { Db } from '../open.ts';

export interface FindingQuery {
  readonly kind: string | undefined;
  readonly subkind: string | undefined;
  /** 1 info, 2 warning, 3 critical: exactly. */
  readonly severity: number | undefined;
  readonly system: string | undefined;
  /** Journey ids; undefined for all. */
  readonly journeys: readonly number[] | undefined;
  /** Ids; undefined for all. */
  readonly ids: readonly string[] | undefined;
  readonly status: FindingStatus | 'all' | undefined;
}

/** A finding with what was said of it. */
export interface SettledFinding {
  readonly finding: Finding;
  readonly said: Said;
}

/** How a finding stands, and the words that were said for it. */
export interface Said {
  readonly status: FindingStatus;
  readonly note: string | undefined;
  readonly at: string | undefined;
  /** The false alarm whose threshold silences it. */
  readonly taughtBy: string | undefined;
}

export const NOTHING_SAID: Said = Object.freeze({ status: 'open', note: undefined, at: undefined, taughtBy: undefined });

const UNSETTLED = `f.status < ${SETTLED}`;

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
  if (query.status === undefined) terms.push(UNSETTLED);
  else if (query.status !== 'all') add('f.status = ?', FINDING_STATUSES.indexOf(query.status));
  if (query.ids !== undefined) add('f.id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids));
  if (query.journeys !== undefined) add('f.journey_id IN (SELECT value FROM json_each(?))', JSON.stringify(query.journeys));
  return { sql: terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`, values };
}

interface SaidColumns {
  readonly status: number;
  readonly note: string | null;
  readonly decided_at: string | null;
  readonly taught_by: string | null;
}

const SAID = 'f.status, d.note, d.decided_at, CASE WHEN f.taught THEN f.decision_id END AS taught_by';
const SAID_JOIN = 'LEFT JOIN finding_decision d ON d.finding_id = f.decision_id';

function saidOf({ status, note, decided_at, taught_by }: SaidColumns): Said {
  return {
    status: FINDING_STATUSES[status] ?? 'open',
    note: note ?? undefined,
    at: decided_at ?? undefined,
    taughtBy: taught_by ?? undefined,
  };
}

/** Worst and surest first. */
export function findingPage(db: Db, query: FindingQuery, offset: number, limit: number): SettledFinding[] {
  const { sql, values } = where(query);
  const rows = db
    .prepare(`SELECT f.body, ${SAID} FROM finding f ${SAID_JOIN} ${sql} ORDER BY f.severity DESC, f.confidence DESC, f.id LIMIT ? OFFSET ?`)
    .all(...values, limit, offset) as (SaidColumns & { body: string })[];
  return rows.map((row) => ({ finding: JSON.parse(row.body) as Finding, said: saidOf(row) }));
}

/** What was said of the findings of one journey, by their ids; of the others nothing was. */
export function saidOfJourney(db: Db, journey: number): ReadonlyMap<string, Said> {
  const rows = db
    .prepare(`SELECT f.id, ${SAID} FROM finding f ${SAID_JOIN} WHERE f.journey_id = ? AND f.decision_id IS NOT NULL`)
    .all(journey) as (SaidColumns & { id: string })[];
  return new Map(rows.map((row) => [row.id, saidOf(row)]));
}

export function findingCount(db: Db, query: FindingQuery): number {
  const { sql, values } = where(query);
  return db
    .prepare(`SELECT count(*) FROM finding f ${sql}`)
    .pluck()
    .get(...values) as number;
}

/** How many findings each false alarm silences through the threshold that it raised. */
export function silencedCounts(db: Db): ReadonlyMap<string, number> {
  return new Map(
    db.prepare('SELECT decision_id, count(*) FROM finding f WHERE f.status > 0 AND f.taught = 1 GROUP BY decision_id').raw().all() as [
      string,
      number,
    ][],
  );
}

export function findingSummary(
  db: Db,
  status: FindingQuery['status'],
): { kind: string; subkind: string; severity: number; count: number }[] {
  const { sql, values } = where({ ...EVERY, status });
  return db
    .prepare(
      `SELECT kind, subkind, severity, count(*) AS count FROM finding f ${sql} GROUP BY kind, subkind, severity ORDER BY kind, subkind, severity DESC`,
    )
    .all(...values) as ReturnType<typeof findingSummary>;
}

const EVERY = { kind: undefined, subkind: undefined, severity: undefined, system: undefined, journeys: undefined, ids: undefined };
