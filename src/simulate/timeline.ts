/** Width of a bucket in milliseconds. */
const BUCKET = 10_000;

/**
 * Puts the events of overlapping orders into time order while only what is in flight is held: a calendar queue (Brown 1988).
 * Events are pushed at or after the time that was last flushed; equal times keep the order in which they came.
 */
export class Timeline<E extends { readonly at: number }> {
  readonly #buckets = new Map<number, E[]>();
  #next: number;
  #last: number;
  #held = 0;

  constructor(start: number) {
    this.#next = Math.floor(start / BUCKET);
    this.#last = this.#next;
  }

  /** Events held now. */
  get held(): number {
    return this.#held;
  }

  push(event: E): void {
    const index = Math.floor(event.at / BUCKET);
    if (index < this.#next) throw new Error(`event at ${event.at} comes after that time was flushed`);
    const bucket = this.#buckets.get(index);
    if (bucket === undefined) this.#buckets.set(index, [event]);
    else bucket.push(event);
    if (index > this.#last) this.#last = index;
    this.#held++;
  }

  /** Hands out everything in the whole buckets before `until`. */
  flush(until: number, out: (event: E) => void): void {
    const end = Math.min(Math.floor(until / BUCKET), this.#last + 1);
    for (; this.#next < end; this.#next++) {
      const bucket = this.#buckets.get(this.#next);
      if (bucket === undefined) continue;
      this.#buckets.delete(this.#next);
      this.#held -= bucket.length;
      bucket.sort((a, b) => a.at - b.at);
      for (const event of bucket) out(event);
    }
  }

  finish(out: (event: E) => void): void {
    this.flush((this.#last + 1) * BUCKET, out);
  }
}
