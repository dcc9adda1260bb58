import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { RandomAccess } from './random-access.ts';

const WINDOW_BYTES = 64 * 1024;
const STREAM_BYTES = 256 * 1024;

/**
 * What yauzl reads an archive through. Its own readers hand a damaged place on to the operating system, whose complaint is then thrown where
 * nobody can catch it; here it comes back as an error. Small reads (the directory) are served from a window.
 */
export class ZipReader extends RandomAccessReader {
  readonly #access: RandomAccess;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(access: RandomAccess) {
    super();
    this.#access = access;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    void this.#serve(buffer, offset, length, position, callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#stretch(start, end), { objectMode: false });
  }

  /** The file is closed by who opened it: streams that are left early are not told to yauzl. */
  override close(callback: (error: Error | null) => void): void {
    setImmediate(callback, null);
  }

  async #serve(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): Promise<void> {
    let failure: Error | null = null;
    try {
      buffer.set(await this.#bytes(position, length), offset);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    try {
      callback(failure);
    } catch (error) {
      this.emit('error', error);
    }
  }

  async #bytes(position: number, length: number): Promise<Uint8Array> {
    const from = position - this.#start;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    const most = Math.min(WINDOW_BYTES, this.#access.size - position);
    if (length > most || !(most > 0)) return this.#access.read(position, length);
    this.#window = await this.#access.read(position, most);
    this.#start = position;
    return this.#window.subarray(0, length);
  }

  async *#stretch(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end;) {
      const bytes = await this.#access.read(at, Math.min(STREAM_BYTES, end - at));
      at += bytes.length;
      yield bytes;
    }
  }
}
