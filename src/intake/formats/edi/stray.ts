import type { EntrySink } from '../../entry.ts';
import type { ByteWindow } from '../byte-window.ts';
import { rejection } from '../shared.ts';

const EXCERPT_BYTES = 1024;

/** Collects what stands where nothing should, so that a stretch of it is one rejection however it was cut. */
export class Stray {
  readonly #window: ByteWindow;
  readonly #sink: EntrySink;
  #from = -1;
  #to = -1;
  #line = 1;
  #reason = '';
  #beginning: Buffer = Buffer.alloc(0);

  constructor(window: ByteWindow, sink: EntrySink) {
    this.#window = window;
    this.#sink = sink;
  }

  /** `bytes[from, to)`, which stands `base` bytes into the stream. Blanks alone are nothing. */
  add(bytes: Buffer, from: number, to: number, base: number, reason: string): void {
    let first = from;
    while (first < to && isBlank(bytes[first]!)) first++;
    if (first === to && this.#from < 0) return;
    if (this.#from >= 0 && reason !== this.#reason) this.flush();
    if (this.#from < 0) {
      if (first === to) return;
      this.#from = base + first;
      this.#line = this.#window.lineAt(this.#from);
      this.#reason = reason;
      this.#beginning = Buffer.from(bytes.subarray(first, Math.min(to, first + EXCERPT_BYTES)));
    } else if (this.#beginning.length < EXCERPT_BYTES) {
      const more = bytes.subarray(from, Math.min(to, from + EXCERPT_BYTES - this.#beginning.length));
      this.#beginning = Buffer.concat([this.#beginning, more]);
    }
    let end = to;
    while (end > from && isBlank(bytes[end - 1]!)) end--;
    if (end > from) this.#to = base + end;
  }

  /** Tells what was collected. */
  flush(): void {
    if (this.#from < 0) return;
    const length = this.#to - this.#from;
    const place = { offset: this.#from, length, line: this.#line };
    this.#from = -1;
    this.#sink.reject(rejection(place, 'malformed', this.#reason, this.#beginning.subarray(0, length)));
  }
}

function isBlank(byte: number): boolean {
  return byte <= 32 || byte === 127;
}
