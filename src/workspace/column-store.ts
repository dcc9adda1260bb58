import type { Statement } from 'better-sqlite3';
import { decodeColumns, type ColumnBatch } from './column-batch.ts';
import type { Db } from './open.ts';

/**
 * Decoded batches kept by default: a batch of 2,048 events takes about 0.25 MB, so some 24 MB however large the workspace is. Journeys
 * side by side come from few places of each source: 256 batches were decoded as often as 96.
 */
const MOST_DECODED = 96;

/**
 * The stored batch of any event. Decoded batches are kept, the longest unused is dropped; asked for journeys in the order of their
 * first events, neighbours use the same ones. Batches never change and ids are never given twice, so nothing kept grows old: a batch
 * whose source was removed is one that nothing points to any more.
 */
export class ColumnStore {
  readonly #select: Statement<[number], [number, number, number, Uint8Array]>;
  readonly #most: number;
  readonly #complete: (batch: ColumnBatch) => ColumnBatch;
  readonly #decoded = new Map<number, ColumnBatch>();
  #starts: number[] = [];
  #last: ColumnBatch | undefined;

  /** @param complete what is known of a batch beside what is stored of it */
  constructor(db: Db, complete: (batch: ColumnBatch) => ColumnBatch = asStored, most = MOST_DECODED) {
    this.#complete = complete;
    this.#select = db
      .prepare<[number], [number, number, number, Uint8Array]>(
        'SELECT first_event, source_id, count, body FROM column_batch WHERE first_event <= ? ORDER BY first_event DESC LIMIT 1',
      )
      .raw();
    this.#most = most;
  }

  /** The batch that holds an event; undefined when there is no such event. Its place in the batch is `id - batch.firstEvent`. */
  batchOf(id: number): ColumnBatch | undefined {
    if (this.#last !== undefined && holds(this.#last, id)) return this.#last;
    const batch = this.#kept(id) ?? this.#read(id);
    if (batch === undefined) return undefined;
    this.#last = batch;
    return batch;
  }

  /** Finds a decoded batch by a binary search over their first events, and marks it as used. */
  #kept(id: number): ColumnBatch | undefined {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= id) low = middle;
      else high = middle - 1;
    }
    const start = starts[low];
    const batch = start === undefined ? undefined : this.#decoded.get(start);
    if (batch === undefined || !holds(batch, id)) return undefined;
    // Maps keep the order of insertion: what is used moves to the end, what is dropped stands at the beginning.
    this.#decoded.delete(start!);
    this.#decoded.set(start!, batch);
    return batch;
  }

  #read(id: number): ColumnBatch | undefined {
    const row = this.#select.get(id);
    if (row === undefined || id >= row[0] + row[2]) return undefined;
    const batch = this.#complete(decodeColumns(row[3], row[0], row[1]));
    if (this.#decoded.size >= this.#most) this.#decoded.delete(this.#decoded.keys().next().value!);
    this.#decoded.set(batch.firstEvent, batch);
    this.#starts = [...this.#decoded.keys()].sort((a, b) => a - b);
    return batch;
  }
}

function holds(batch: ColumnBatch, id: number): boolean {
  return id >= batch.firstEvent && id < batch.firstEvent + batch.count;
}

function asStored(batch: ColumnBatch): ColumnBatch {
  return batch;
}
