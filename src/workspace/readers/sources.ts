import type { Db } from '../open.ts';

export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly profile: string;
  readonly system: string | null;
  readonly zone: string | null;
  readonly events: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly imported_at: string;
  readonly from_us: number | null;
  readonly to_us: number | null;
  /** JSON array of system names. */
  readonly systems: string;
}

export function sourceRows(db: Db): SourceRow[] {
  return db
    .prepare(
      `SELECT s.id, s.name, s.path, s.format, s.profile, s.system, s.zone, s.events, s.rejected, s.duplicates, s.bytes, s.sha256, s.imported_at, s.from_us, s.to_us,
       (SELECT coalesce(json_group_array(n.value), '[]') FROM source_system y JOIN name n ON n.id = y.system_id WHERE y.source_id = s.id) AS systems
       FROM source s WHERE s.state = 'complete' ORDER BY s.name, s.id`,
    )
    .all() as SourceRow[];
}

export interface RejectionRow {
  readonly source: string;
  readonly source_id: number | null;
  readonly line: number | null;
  readonly offset: number | null;
  readonly length: number | null;
  readonly code: string;
  readonly reason: string;
  readonly excerpt: string;
}

/** Refused files first (only without a source filter), then rejected entries by source and place. */
export function rejectionRows(db: Db, source: number | undefined, offset: number, limit: number): { rows: RejectionRow[]; total: number } {
  const entries = `SELECT s.name AS source, r.source_id, r.line, r.offset, r.length, r.code, r.reason, r.excerpt, 1 AS part, r.source_id AS a, r.id AS b
    FROM rejected r JOIN source s ON s.id = r.source_id`;
  const refused = `SELECT path AS source, NULL AS source_id, NULL AS line, NULL AS offset, NULL AS length, code, reason, '' AS excerpt, 0 AS part, 0 AS a, id AS b FROM refused`;
  const all = source === undefined ? `${refused} UNION ALL ${entries}` : `${entries} WHERE r.source_id = ?`;
  const values = source === undefined ? [] : [source];
  const rows = db.prepare(`SELECT * FROM (${all}) ORDER BY part, a, b LIMIT ? OFFSET ?`).all(...values, limit, offset) as RejectionRow[];
  const total = db
    .prepare(`SELECT count(*) FROM (${all})`)
    .pluck()
    .get(...values) as number;
  return { rows, total };
}

/** Sources whose plain or compressed size is `bytes`: candidates for being the same content. */
export function knownContents(
  db: Db,
): { readonly name: string; readonly sha256: string; readonly bytes: number; readonly disk_bytes: number | null }[] {
  return db.prepare("SELECT name, sha256, bytes, disk_bytes FROM source WHERE state = 'complete'").all() as ReturnType<
    typeof knownContents
  >;
}
