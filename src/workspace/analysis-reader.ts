import type { Coverage } from '../model/journey.ts';
import { micros } from '../model/time.ts';
import { decodeColumns, type ColumnBatch } from './column-batch.ts';
import type { Db } from './open.ts';

/** All column batches in event order (behind event `after`), one decoded at a time. The connection is free between two of them. */
export function* columnBatches(db: Db, after = 0): Generator<ColumnBatch> {
  const starts = db.prepare('SELECT first_event FROM column_batch WHERE first_event > ? ORDER BY first_event').pluck();
  const body = db.prepare('SELECT source_id, body FROM column_batch WHERE first_event = ?').raw();
  for (const start of starts.all(after) as number[]) {
    const [source, bytes] = body.get(start) as [number, Uint8Array];
    yield decodeColumns(bytes, start, source);
  }
}

/** Events in the workspace, finished sources or not. */
export function eventCount(db: Db): number {
  return db.prepare('SELECT coalesce(sum(count), 0) FROM column_batch').pluck().get() as number;
}

/** Dictionary tables as arrays: `values[id]`. */
export function dictionary(db: Db, table: 'name' | 'text'): string[] {
  const values: string[] = [];
  for (const [id, value] of db.prepare(`SELECT id, value FROM ${table}`).raw().iterate() as IterableIterator<[number, string]>)
    values[id] = value;
  return values;
}

/** When each system was logged: the union over sources of the span in which they show it. */
export function coverageOf(db: Db): Coverage[] {
  const rows = db
    .prepare(
      `SELECT n.value AS system, min(s.from_us) AS from_us, max(s.to_us) AS to_us FROM source_system s
       JOIN name n ON n.id = s.system_id WHERE s.from_us IS NOT NULL GROUP BY s.system_id ORDER BY min(s.from_us), n.value`,
    )
    .all() as { system: string; from_us: number; to_us: number }[];
  return rows.map((row) => ({ system: row.system, from: micros(row.from_us), to: micros(row.to_us) }));
}

/**
 * A number per source that depends on what it is and not on when it was imported, so that ties in time are broken the same
 * way whatever the order of imports.
 */
export function sourceRanks(db: Db): Map<number, number> {
  const ids = db.prepare("SELECT id FROM source WHERE state = 'complete' ORDER BY name, sha256").pluck().all() as number[];
  return new Map(ids.map((id, rank) => [id, rank]));
}
