import type { ColumnBatch } from '../../workspace/column-batch.ts';
import { EventKeys, RUN_STATE, runState, type BytesAt } from './event-keys.ts';
import { GroupTable } from './group-table.ts';
import type { Window, Windows } from './windows.ts';

/**
 * The events that another source may tell as well, as columns: 13 bytes each, and what the keys take. Those of one source stand in the order
 * of the source.
 */
export class Candidates {
  count = 0;
  event = new Uint32Array(4096);
  /** Equal tellings have one number. */
  telling = new Uint32Array(4096);
  /** Events of one run's step have one number; 0 for those of none. */
  run = new Uint32Array(4096);
  state = new Uint8Array(4096);
  tellings = 0;
  runs = 0;
  /** Source → where its events stand, from the first to behind the last of each stretch. */
  readonly stretches = new Map<number, (readonly [number, number])[]>();

  constructor(batches: Iterable<ColumnBatch>, windows: Windows, bytesAt: BytesAt) {
    const keys = new EventKeys(bytesAt);
    const tellings = new GroupTable();
    const runs = new GroupTable();
    for (const batch of batches) {
      const systems = windows.get(batch.source);
      if (systems !== undefined) this.#take(batch, systems, keys, tellings, runs);
    }
    this.tellings = tellings.size;
    this.runs = runs.size;
  }

  /** The source of each event. */
  sources(): Uint32Array {
    const sources = new Uint32Array(this.count);
    for (const [source, stretches] of this.stretches) for (const [from, to] of stretches) sources.fill(source, from, to);
    return sources;
  }

  #take(batch: ColumnBatch, systems: ReadonlyMap<number, Window>, keys: EventKeys, tellings: GroupTable, runs: GroupTable): void {
    const from = this.count;
    let system = -1;
    let window: Window | undefined;
    for (let i = 0; i < batch.count; i++) {
      if (batch.system[i] !== system) {
        system = batch.system[i]!;
        window = systems.get(system);
      }
      if (window === undefined) continue;
      const time = batch.time[i]!;
      // False for an event without a time: it may be any.
      if (time > window.head && time < window.tail) continue;
      if (!keys.telling(batch, i)) continue;
      if (this.count === this.event.length) this.#grow();
      const at = this.count++;
      this.event[at] = batch.firstEvent + i;
      this.telling[at] = tellings.groupOf(keys.a, keys.b);
      const state = runState(batch, i);
      if (state === RUN_STATE.none || !keys.run(batch, i)) continue;
      this.run[at] = runs.groupOf(keys.a, keys.b);
      this.state[at] = state;
    }
    if (this.count === from) return;
    const stretches = this.stretches.get(batch.source);
    if (stretches === undefined) this.stretches.set(batch.source, [[from, this.count]]);
    else stretches.push([from, this.count]);
  }

  #grow(): void {
    const room = 2 * this.event.length;
    const grown = <T extends Uint32Array | Uint8Array>(column: T, larger: T): T => {
      larger.set(column);
      return larger;
    };
    this.event = grown(this.event, new Uint32Array(room));
    this.telling = grown(this.telling, new Uint32Array(room));
    this.run = grown(this.run, new Uint32Array(room));
    this.state = grown(this.state, new Uint8Array(room));
  }
}
