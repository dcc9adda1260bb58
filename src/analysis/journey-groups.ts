import type { Identity } from '../identity/types.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';

/** Which events belong to which journey, as two parallel growing columns. 12 bytes a pair: the only thing that grows with the events. */
export class JourneyPairs {
  #roots = new Uint32Array(1 << 16);
  #events = new Float64Array(1 << 16);
  count = 0;
  /** Root record id → number of events. */
  readonly sizes: Uint32Array;

  constructor(records: number) {
    this.sizes = new Uint32Array(records + 1);
  }

  add(root: number, event: number): void {
    if (this.count === this.#roots.length) {
      const roots = new Uint32Array(this.count * 2);
      roots.set(this.#roots);
      this.#roots = roots;
      const events = new Float64Array(this.count * 2);
      events.set(this.#events);
      this.#events = events;
    }
    this.#roots[this.count] = root;
    this.#events[this.count] = event;
    this.count++;
    this.sizes[root] = this.sizes[root]! + 1;
  }

  /** Collects the pairs of one batch. Root ids that are 0 are skipped. */
  addBatch(batch: ColumnBatch, identity: Identity, scratch: Uint32Array): void {
    for (let i = 0; i < batch.count; i++) {
      const n = identity.journeysOf(batch, i, scratch);
      for (let k = 0; k < n; k++) if (scratch[k] !== 0) this.add(scratch[k]!, batch.firstEvent + i);
    }
  }

  /** Root record id → the ids of its events, ascending. Sorted once, by counting. */
  eventsByRoot(): (root: number) => number[] {
    const start = new Uint32Array(this.sizes.length + 1);
    for (let root = 0; root < this.sizes.length; root++) start[root + 1] = start[root]! + this.sizes[root]!;
    const sorted = new Float64Array(this.count);
    const fill = start.slice();
    for (let i = 0; i < this.count; i++) sorted[fill[this.#roots[i]!]!++] = this.#events[i]!;
    return (root) => Array.from(sorted.subarray(start[root], start[root + 1]));
  }

  /** The journeys there are, by the first of their events: neighbours in this order need the same column batches. */
  rootsByFirstEvent(): Uint32Array {
    const seen = new Uint8Array(this.sizes.length);
    const roots: number[] = [];
    for (let i = 0; i < this.count; i++) {
      const root = this.#roots[i]!;
      if (seen[root] === 1) continue;
      seen[root] = 1;
      roots.push(root);
    }
    return Uint32Array.from(roots);
  }
}
