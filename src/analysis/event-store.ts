import type { Event } from '../model/event.ts';
import { columnBatch, columnBatchStarts } from '../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';
import type { Db } from '../workspace/open.ts';
import { eventAt, type Words } from './event-loader.ts';

/** Decoded batches kept: about 0.8 MB each, so some 300 MB however large the workspace is. */
const MOST_DECODED = 400;

/**
 * Any event by its id, read from the column batches. Decoded batches are kept, the longest unused is dropped; asked for journeys in the
 * order of their first events, neighbours use the same ones.
 */
export class EventStore {
  readonly #db: Db;
  readonly #words: Words;
  readonly #starts: Float64Array;
  readonly #decoded = new Map<number, ColumnBatch>();
  #last: ColumnBatch | undefined;

  constructor(db: Db, words: Words) {
    this.#db = db;
    this.#words = words;
    this.#starts = columnBatchStarts(db);
  }

  events(ids: readonly number[]): Event[] {
    return ids.map((id) => this.event(id));
  }

  event(id: number): Event {
    let batch = this.#last;
    if (batch === undefined || id < batch.firstEvent || id >= batch.firstEvent + batch.count) {
      batch = this.#batchOf(id);
      this.#last = batch;
    }
    return eventAt(batch, id - batch.firstEvent, this.#words);
  }

  #batchOf(id: number): ColumnBatch {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= id) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low]!;
    let batch = this.#decoded.get(start);
    // Maps keep the order of insertion: what is used moves to the end, what is dropped stands at the beginning.
    if (batch !== undefined) this.#decoded.delete(start);
    else {
      batch = columnBatch(this.#db, start);
      if (this.#decoded.size >= MOST_DECODED) this.#decoded.delete(this.#decoded.keys().next().value!);
    }
    this.#decoded.set(start, batch);
    return batch;
  }
}
