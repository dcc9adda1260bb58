import { aheadAt } from '../model/clock.ts';
import type { Coverage } from '../model/journey.ts';
import { micros } from '../model/time.ts';
import type { Corrections } from './clocks.ts';
import { decodeColumns, type ColumnBatch } from './column-batch.ts';
import type { Db } from './open.ts';

/** What is known of a batch without decoding it: its source, and the earliest and latest time of an event; nulls when an event has none. */
export type BatchFilter = (source: number, from: number | null, to: number | null) => boolean;

/**
 * All column batches in event order (behind event `after`, and only those that are `wanted`), one decoded at a time. The connection is free
 * between two of them.
 */
export function* columnBatches(
  db: Db,
  { after = 0, wanted }: { readonly after?: number; readonly wanted?: BatchFilter } = {},
): Generator<ColumnBatch> {
  const heads = db
    .prepare('SELECT first_event, source_id, from_us, to_us FROM column_batch WHERE first_event > ? ORDER BY first_event')
    .raw();
  const body = db.prepare('SELECT body FROM column_batch WHERE first_event = ?').pluck();
  for (const [start, source, from, to] of heads.all(after) as [number, number, number | null, number | null][]) {
    if (wanted === undefined || wanted(source, from, to)) yield decodeColumns(body.get(start) as Uint8Array, start, source);
  }
}

/** Events in the workspace, finished sources or not. */
export function eventCount(db: Db): number {
  return db.prepare('SELECT coalesce(sum(count), 0) FROM column_batch').pluck().get() as number;
}

/** One more than the highest id of an event. */
export function eventEnd(db: Db): number {
  return (
    (db.prepare('SELECT first_event + count FROM column_batch ORDER BY first_event DESC LIMIT 1').pluck().get() as number | undefined) ?? 1
  );
}

/** Dictionary tables as arrays: `values[id]`. */
export function dictionary(db: Db, table: 'name' | 'text'): string[] {
  const values: string[] = [];
  for (const [id, value] of db.prepare(`SELECT id, value FROM ${table}`).raw().iterate() as IterableIterator<[number, string]>)
    values[id] = value;
  return values;
}

/** When each system was logged, by clocks that are right: the union over sources of the span in which they show it. */
export function coverageOf(db: Db, corrections: Corrections = NONE): Coverage[] {
  const names = db.prepare('SELECT value FROM name WHERE id = ?').pluck();
  const spans = new Map<number, { from: number; to: number }>();
  for (const { source, system, from, to } of systemSpans(db)) {
    if (from === undefined || to === undefined) continue;
    const offset = corrections.get(source)?.get(system);
    const own = offset === undefined ? { from, to } : { from: from - aheadAt(offset, from), to: to - aheadAt(offset, to) };
    const known = spans.get(system);
    spans.set(system, known === undefined ? own : { from: Math.min(known.from, own.from), to: Math.max(known.to, own.to) });
  }
  return [...spans]
    .map(([system, { from, to }]) => ({ system: names.get(system) as string, from: micros(from), to: micros(to) }))
    .toSorted((a, b) => a.from - b.from || (a.system < b.system ? -1 : 1));
}

const NONE: Corrections = new Map();

/** When one source shows one system, in microseconds; no times where none of what it tells of it has one. */
export interface SystemSpan {
  readonly source: number;
  readonly system: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Whether some of what it tells has no time. */
  readonly untimed: boolean;
}

/** What each source shows of each system, in a fixed order. */
export function systemSpans(db: Db): SystemSpan[] {
  const rows = db
    .prepare('SELECT source_id, system_id, from_us, to_us, untimed FROM source_system ORDER BY source_id, system_id')
    .raw()
    .all();
  return (rows as [number, number, number | null, number | null, number][]).map(([source, system, from, to, untimed]) => ({
    source,
    system,
    from: from ?? undefined,
    to: to ?? undefined,
    untimed: untimed > 0,
  }));
}

/** Source → the revision of the workspace that brought it. Sources that no analysis has seen yet are not in it. */
export function sourceRevisions(db: Db): Map<number, number> {
  return new Map(db.prepare('SELECT id, revision FROM source WHERE revision IS NOT NULL').raw().all() as [number, number][]);
}

/**
 * A number per source that depends on what it is and not on when it was imported, so that ties in time are broken the same
 * way whatever the order of imports.
 */
export function sourceRanks(db: Db): Map<number, number> {
  const ids = db.prepare("SELECT id FROM source WHERE state = 'complete' ORDER BY name, sha256").pluck().all() as number[];
  return new Map(ids.map((id, rank) => [id, rank]));
}
