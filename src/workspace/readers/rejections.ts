import type { Db } from '../open.ts';

export interface RejectionRow {
  /** Of a rejected entry; null for a file that was refused as a whole. */
  readonly id: number | null;
  readonly source: string;
  readonly source_id: number | null;
  readonly line: number | null;
  readonly offset: number | null;
  readonly length: number | null;
  readonly code: string;
  readonly reason: string;
  readonly excerpt: string;
}

export interface RejectionFilter {
  readonly source?: number | undefined;
  readonly code?: string | undefined;
}

const FROM_ENTRIES = "FROM rejected r JOIN source s ON s.id = r.source_id AND s.state = 'complete'";
const ENTRIES = `SELECT r.id, s.name AS source, r.source_id, r.line, r.offset, r.length, r.code, r.reason, r.excerpt ${FROM_ENTRIES}`;
const REFUSED = `SELECT NULL AS id, path AS source, NULL AS source_id, NULL AS line, NULL AS offset, NULL AS length, code, reason, '' AS excerpt FROM refused`;

/** Refused files first (only without a source filter), then rejected entries by source and place. */
export function rejectionRows(
  db: Db,
  filter: RejectionFilter,
  offset: number,
  limit: number,
): { readonly rows: RejectionRow[]; readonly total: number } {
  const refusedFiles = filter.source === undefined ? count(db, 'FROM refused', terms({ code: filter.code })) : 0;
  const entries = count(db, FROM_ENTRIES, terms(filter, 'r.'));
  const rows: RejectionRow[] = [];
  if (offset < refusedFiles) {
    const { where, values } = terms({ code: filter.code });
    rows.push(...(db.prepare(`${REFUSED} ${where} ORDER BY id LIMIT ? OFFSET ?`).all(...values, limit, offset) as RejectionRow[]));
  }
  if (rows.length < limit) {
    const { where, values } = terms(filter, 'r.');
    const skip = Math.max(0, offset - refusedFiles);
    const statement = db.prepare(`${ENTRIES} ${where} ORDER BY r.source_id, r.id LIMIT ? OFFSET ?`);
    rows.push(...(statement.all(...values, limit - rows.length, skip) as RejectionRow[]));
  }
  return { rows, total: refusedFiles + entries };
}

interface Terms {
  readonly where: string;
  readonly values: readonly (number | string)[];
}

function terms({ source, code }: RejectionFilter, alias = ''): Terms {
  const parts: string[] = [];
  const values: (number | string)[] = [];
  if (source !== undefined) {
    parts.push(`${alias}source_id = ?`);
    values.push(source);
  }
  if (code !== undefined) {
    parts.push(`${alias}code = ?`);
    values.push(code);
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

function count(db: Db, from: string, { where, values }: Terms): number {
  return db
    .prepare(`SELECT count(*) ${from} ${where}`)
    .pluck()
    .get(...values) as number;
}

export interface RejectionGroupRow {
  readonly source: string;
  readonly source_id: number | null;
  readonly code: string;
  readonly count: number;
  /** Why the first of them was rejected. */
  readonly reason: string;
}

/** How many were rejected by source and code: refused files first, then the sources by name, each with its most frequent code first. */
export function rejectionGroups(db: Db, source: number | undefined): RejectionGroupRow[] {
  const entries = `SELECT s.name AS source, g.source_id, g.code, g.count, r.reason FROM
      (SELECT source_id, code, count(*) AS count, min(id) AS first FROM rejected ${source === undefined ? '' : 'WHERE source_id = ?'} GROUP BY source_id, code) g
    JOIN source s ON s.id = g.source_id AND s.state = 'complete' JOIN rejected r ON r.id = g.first
    ORDER BY s.name, s.id, g.count DESC, g.code`;
  if (source !== undefined) return db.prepare(entries).all(source) as RejectionGroupRow[];
  const refused = `SELECT '' AS source, NULL AS source_id, code, count(*) AS count, reason FROM refused GROUP BY code ORDER BY count(*) DESC, code`;
  return [...(db.prepare(refused).all() as RejectionGroupRow[]), ...(db.prepare(entries).all() as RejectionGroupRow[])];
}

/** One rejected entry, with the size of the text that it stands in. */
export function rejection(db: Db, id: number): (RejectionRow & { readonly id: number; readonly bytes: number }) | undefined {
  return db
    .prepare(
      `SELECT r.id, s.name AS source, r.source_id, r.line, r.offset, r.length, r.code, r.reason, r.excerpt, s.bytes
       FROM rejected r JOIN source s ON s.id = r.source_id WHERE r.id = ? AND s.state = 'complete'`,
    )
    .get(id) as (RejectionRow & { readonly id: number; readonly bytes: number }) | undefined;
}

/** Places of the entries of a source that were cut well and not understood: only these can another mapping read. */
export function misunderstoodPlaces(db: Db, source: number): Set<number> {
  const rows = db.prepare("SELECT offset FROM rejected WHERE source_id = ? AND code = 'no-time-no-order'").pluck().all(source);
  return new Set(rows as number[]);
}
