import type { Identity, MentionChunk } from '../identity/types.ts';

/** Events by the journeys they belong to, as compressed rows. */
export interface JourneyGroups {
  /** The records that have a journey, by the first of their events. */
  readonly roots: Uint32Array;
  /** `events[eventStart[root]..eventStart[root + 1]]` are the ids of a root's events, ascending. */
  readonly eventStart: Uint32Array;
  readonly events: Uint32Array;
}

const MOST_EVENTS = 2 ** 32 - 1;

/** Collects which events belong to which journey: 8 bytes a pair while collecting, 4 afterwards. The only thing that grows with the events. */
export class JourneyPairs {
  #roots = new Uint32Array(1 << 16);
  #events = new Uint32Array(1 << 16);
  #count = 0;
  readonly #scratch = new Uint32Array(4096);
  /** Root record id + 1 → number of events. */
  readonly #sizes: Uint32Array;

  constructor(records: number) {
    this.#sizes = new Uint32Array(records + 2);
  }

  /** Collects the pairs of one batch, and tells of each. Root ids that are 0 are skipped. */
  addBatch(batch: MentionChunk, identity: Identity, tell?: (root: number, index: number) => void): void {
    if (batch.firstEvent + batch.count > MOST_EVENTS) throw new Error('a workspace holds at most 4,294,967,295 events');
    const scratch = this.#scratch;
    for (let i = 0; i < batch.count; i++) {
      const n = identity.journeysOf(batch, i, scratch);
      for (let k = 0; k < n; k++) {
        if (scratch[k] === 0) continue;
        this.#add(scratch[k]!, batch.firstEvent + i);
        tell?.(scratch[k]!, i);
      }
    }
  }

  /** Sorts the pairs by counting. Events were added in ascending order and stay so within a journey. */
  group(): JourneyGroups {
    const eventStart = new Uint32Array(new SharedArrayBuffer(this.#sizes.byteLength));
    for (let root = 1; root < this.#sizes.length; root++) eventStart[root] = eventStart[root - 1]! + this.#sizes[root]!;
    const events = new Uint32Array(new SharedArrayBuffer(4 * this.#count));
    const next = eventStart.slice();
    const roots: number[] = [];
    for (let i = 0; i < this.#count; i++) {
      const root = this.#roots[i]!;
      if (next[root] === eventStart[root]) roots.push(root);
      events[next[root]!++] = this.#events[i]!;
    }
    const shared = new Uint32Array(new SharedArrayBuffer(4 * roots.length));
    shared.set(roots);
    return { roots: shared, eventStart, events };
  }

  #add(root: number, event: number): void {
    if (this.#count === this.#roots.length) {
      this.#roots = doubled(this.#roots);
      this.#events = doubled(this.#events);
    }
    this.#roots[this.#count] = root;
    this.#events[this.#count] = event;
    this.#count++;
    this.#sizes[root + 1]!++;
  }
}

function doubled(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(column.length * 2);
  larger.set(column);
  return larger;
}
