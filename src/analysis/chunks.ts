/** Chunks that one thread may be ahead of what is written: some 60,000 journeys, or 20 MB of rows. */
const MOST_AHEAD = 256;
/** Milliseconds after which a thread that waits looks whether it is still wanted. */
const LOOK = 100;

/**
 * Deals the chunks of journeys to the threads that judge, over shared memory: whoever is free takes the next one. A thread that is far ahead
 * of the one that writes waits for it.
 */
export class Chunks {
  readonly count: number;
  /** The next chunk that nobody has taken, and how many were written. */
  readonly shared: Int32Array<SharedArrayBuffer>;

  constructor(count: number, shared: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(8))) {
    this.count = count;
    this.shared = shared;
  }

  /** The next chunk, taken; undefined when none is left. */
  take(): number | undefined {
    const chunk = Atomics.add(this.shared, 0, 1);
    return chunk < this.count ? chunk : undefined;
  }

  /** Says that all chunks before `count` were written. */
  written(count: number): void {
    Atomics.store(this.shared, 1, count);
    Atomics.notify(this.shared, 1);
  }

  /** Waits until the chunk is not too far ahead of those that were written. `check` throws when it is not wanted any more. */
  waitFor(chunk: number, check: () => void): void {
    for (let written = Atomics.load(this.shared, 1); chunk - written > MOST_AHEAD; written = Atomics.load(this.shared, 1)) {
      Atomics.wait(this.shared, 1, written, LOOK);
      check();
    }
  }
}
