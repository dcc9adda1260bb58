import { asBuffer } from './shared.ts';

/**
 * The last part of a stream, kept by chunks: a splitter that works byte by byte marks where an entry began and later takes
 * the entry's bytes out in one piece, however many chunks it spans. Every byte is copied at most once.
 */
export class ByteWindow {
  #chunks: Buffer[] = [];
  #start = 0;
  #end = 0;
  #known = 0;
  #found = false;
  #line = 1;
  #counted = 0;

  /** Stream offset after the last byte that was added. */
  get end(): number {
    return this.#end;
  }

  add(chunk: Uint8Array): Buffer {
    const bytes = asBuffer(chunk);
    this.#chunks.push(bytes);
    this.#end += bytes.length;
    return bytes;
  }

  /** Forgets the chunks that end before `offset`. */
  release(offset: number): void {
    while (this.#chunks.length > 0 && this.#start + this.#chunks[0]!.length <= offset) {
      this.#countLines(this.#start + this.#chunks[0]!.length);
      this.#start += this.#chunks[0]!.length;
      this.#chunks.shift();
    }
  }

  /** The bytes `[from, to)`; what was released is missing. A view when one chunk holds them all. */
  slice(from: number, to: number): Buffer {
    let at = this.#start;
    const pieces: Buffer[] = [];
    for (const chunk of this.#chunks) {
      const next = at + chunk.length;
      if (next > from && at < to) pieces.push(chunk.subarray(Math.max(0, from - at), Math.min(chunk.length, to - at)));
      at = next;
      if (at >= to) break;
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  /** 1-based line of `offset`. Offsets must be asked for in rising order and not lie before what was released. */
  lineAt(offset: number): number {
    this.#countLines(offset);
    return this.#line;
  }

  #countLines(until: number): void {
    while (this.#counted < until) {
      if (this.#known <= this.#counted) this.#lookAhead();
      if (this.#known >= until || (!this.#found && this.#known <= this.#counted)) {
        this.#counted = until;
      } else if (this.#found) {
        this.#line++;
        this.#counted = this.#known + 1;
      } else {
        this.#counted = this.#known;
      }
    }
  }

  /** Sets `#known` to the next line feed at or after what is counted, else to the end of what was added: so no byte is looked at twice. */
  #lookAhead(): void {
    let at = this.#start;
    for (const chunk of this.#chunks) {
      const next = at + chunk.length;
      if (next > this.#counted) {
        const index = feedAt(chunk, Math.max(0, this.#counted - at));
        if (index >= 0) {
          this.#known = at + index;
          this.#found = true;
          return;
        }
      }
      at = next;
    }
    this.#known = at;
    this.#found = false;
  }
}

/** Most lines are short: a call that leaves the engine would take longer than looking at them here. */
const SHORT_LINE = 64;

function feedAt(bytes: Buffer, from: number): number {
  const end = Math.min(bytes.length, from + SHORT_LINE);
  for (let i = from; i < end; i++) if (bytes[i] === 10) return i;
  return end < bytes.length ? bytes.indexOf(10, end) : -1;
}
