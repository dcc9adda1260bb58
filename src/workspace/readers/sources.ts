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
  readonly updated: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly imported_at: string;
  readonly from_us: number | null;
  readonly to_us: number | null;
  /** JSON array of system names. */
  readonly systems: string;
  readonly encoding: string;
  /** JSON of `NoticeCounts`. */
  readonly notices: string | null;
  /** The document that it is the sidecar of. */
  readonly sidecar_of: string | null;
  /** JSON of `Carrier`; null for a log. */
  readonly carrier: string | null;
  /** JSON of `CarriedBy`. */
  readonly carried: string | null;
  /** Other sources with the same content, which is stored once: JSON array of names. */
  readonly copies: string;
}

export function sourceRows(db: Db): SourceRow[] {
  return db
    .prepare(
      `SELECT s.id, s.name, s.path, s.format, s.profile, s.system, s.zone, s.events, s.rejected, s.duplicates, s.updated, s.bytes, s.sha256, s.imported_at, s.from_us, s.to_us, s.encoding, s.notices,
       (SELECT coalesce(json_group_array(n.value), '[]') FROM source_system y JOIN name n ON n.id = y.system_id WHERE y.source_id = s.id) AS systems,
       s.carrier, (SELECT d.name FROM sidecar c JOIN source d ON d.id = c.document_id WHERE c.source_id = s.id) AS sidecar_of,
       (SELECT how FROM carried c WHERE c.source_id = s.id) AS carried,
       (SELECT coalesce(json_group_array(t.name), '[]') FROM source t WHERE t.content_id = s.content_id AND t.id <> s.id AND t.state = 'complete') AS copies
       FROM source s WHERE s.state = 'complete' ORDER BY s.name, s.id`,
    )
    .all() as SourceRow[];
}

/** Sources whose plain or compressed size is `bytes`: candidates for being the same content. */
export function knownContents(db: Db): {
  readonly id: number;
  readonly rejected: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly disk_bytes: number | null;
  readonly encoding: string;
  /** JSON of `Carrier`; null for a log. */
  readonly carrier: string | null;
}[] {
  return db
    .prepare("SELECT id, rejected, name, sha256, bytes, disk_bytes, encoding, carrier FROM source WHERE state = 'complete'")
    .all() as ReturnType<typeof knownContents>;
}

/** A source as it has to be known to read its stored text again. */
export interface StoredSource {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly member: string | null;
  readonly format: string;
  /** JSON. */
  readonly options: string;
  readonly mapping: string;
  readonly patterns: string;
  readonly encoding: string;
  readonly disk_bytes: number | null;
  /** Of the decoded text. */
  readonly bytes: number;
  readonly sha256: string;
  readonly rejected: number;
  readonly imported_at: string;
  /** JSON of `Carrier`; null for a log. */
  readonly carrier: string | null;
}

export function storedSource(db: Db, id: number): StoredSource | undefined {
  return db
    .prepare(
      `SELECT id, name, path, member, format, options, mapping, patterns, encoding, disk_bytes, bytes, sha256, rejected, imported_at, carrier
       FROM source WHERE id = ? AND state = 'complete'`,
    )
    .get(id) as StoredSource | undefined;
}
