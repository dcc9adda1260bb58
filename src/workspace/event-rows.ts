import { columnBatches, dictionary } from './analysis-reader.ts';
import { BulkInsert } from './bulk-insert.ts';
import type { ColumnBatch } from './column-batch.ts';
import type { Db } from './open.ts';

/**
 * Rows of events exist for the user's own SQL alone: everything else reads columns. Written with every import they were a third of its
 * time and two thirds of the file, so they are made when a query first asks for them; later ones find them there.
 */

/** Whether a query of the user's reads events as rows: it names one of the views over them. A name too many only costs the filling. */
export function readsEventRows(sql: string): boolean {
  return /\bevent(?:s|_records|_fields)?\b/i.test(sql);
}

/** Events that have no row yet. */
export function missingEventRows(db: Db): number {
  return db.prepare('SELECT coalesce(sum(count), 0) FROM column_batch WHERE first_event > ?').pluck().get(lastRow(db)) as number;
}

/** Makes the rows that are missing, in one transaction. `progress` is told how many of how many; it may throw to stop. */
export function fillEventRows(db: Db, progress: (done: number, total: number) => void): void {
  const total = missingEventRows(db);
  if (total === 0) return;
  const texts = dictionary(db, 'text');
  db.transaction(() => {
    const rows = new BulkInsert(db, 'INTO event', 24);
    let done = 0;
    for (const batch of columnBatches(db, { after: lastRow(db) })) {
      for (let i = 0; i < batch.count; i++) addRow(rows, batch, i, texts);
      done += batch.count;
      progress(done, total);
    }
    rows.flush();
  })();
}

/** Ids ascend and a batch gets all of its rows at once. */
function lastRow(db: Db): number {
  return db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
}

function addRow(rows: BulkInsert, batch: ColumnBatch, i: number, texts: readonly string[]): void {
  rows.cells.push(
    batch.firstEvent + i,
    batch.source,
    batch.entry[i]!,
    batch.line[i]!,
    batch.offset[i]!,
    batch.length[i]!,
    numberOrNull(batch.time[i]!),
    numberOrNull(batch.end[i]!),
    batch.precision[i]!,
    batch.kind[i]!,
    batch.system[i]!,
    batch.flow[i]! || null,
    batch.step[i]!,
    batch.status[i]!,
    batch.statusRaw[i]! || null,
    batch.execution[i]! || null,
    batch.parentExecution[i]! || null,
    batch.span[i]! || null,
    batch.parentSpan[i]! || null,
    batch.attempt[i]! || null,
    batch.error[i]! || null,
    batch.fingerprint[i]!,
    mentionsJson(batch, i),
    attributesJson(batch, i, texts),
  );
  rows.written();
}

function mentionsJson(batch: ColumnBatch, i: number): string | null {
  const from = batch.idStart[i]!;
  const to = batch.idStart[i + 1]!;
  if (from === to) return null;
  let json = '[';
  for (let k = from; k < to; k++) json += `${k === from ? '' : ','}[${batch.identifier[k]},${batch.idPath[k]}]`;
  return `${json}]`;
}

function attributesJson(batch: ColumnBatch, i: number, texts: readonly string[]): string | null {
  const from = batch.attrStart[i]!;
  const to = batch.attrStart[i + 1]!;
  if (from === to) return null;
  let json = '[';
  for (let k = from; k < to; k++) {
    const number = batch.attrNumber[k]!;
    const value = Number.isFinite(number) ? number : JSON.stringify(texts[batch.attrText[k]!] ?? '');
    json += `${k === from ? '' : ','}[${batch.attrName[k]},${value}]`;
  }
  return `${json}]`;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
