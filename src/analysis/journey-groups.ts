import type { Identity } from '../identity/types.ts';
import type { Event } from '../model/event.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';
import { eventAt, type Words } from './event-loader.ts';

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

  root(index: number): number {
    return this.#roots[index]!;
  }

  event(index: number): number {
    return this.#events[index]!;
  }
}

/** Root ids from `from` to below `to` whose journeys together have at most `budget` events (or one journey, if that is larger). */
export interface RootRange {
  readonly from: number;
  readonly to: number;
}

/** Cuts the roots into ranges that fit into memory as objects. */
export function rootRanges(sizes: Uint32Array, budget: number): RootRange[] {
  const ranges: RootRange[] = [];
  let from = 1;
  let events = 0;
  for (let root = 1; root < sizes.length; root++) {
    if (events > 0 && events + sizes[root]! > budget) {
      ranges.push({ from, to: root });
      from = root;
      events = 0;
    }
    events += sizes[root]!;
  }
  if (events > 0) ranges.push({ from, to: sizes.length });
  return ranges;
}

/** The events of every journey of a range, by root id minus `range.from`. One pass over the batches. */
export function groupEvents(pairs: JourneyPairs, range: RootRange, batches: Iterable<ColumnBatch>, words: Words): (Event[] | undefined)[] {
  const groups: (Event[] | undefined)[] = Array.from({ length: range.to - range.from }, () => undefined);
  let next = 0;
  for (const batch of batches) {
    const last = batch.firstEvent + batch.count - 1;
    // Pairs were collected in event order; an event may stand in several.
    while (next < pairs.count && pairs.event(next) <= last) {
      const root = pairs.root(next);
      if (root >= range.from && root < range.to) {
        const event = eventAt(batch, pairs.event(next) - batch.firstEvent, words);
        const group = groups[root - range.from];
        if (group === undefined) groups[root - range.from] = [event];
        else group.push(event);
      }
      next++;
    }
  }
  return groups;
}
