import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A file being written: text is gathered by `add` without waiting, and `drain` waits for the disk. */
export class Sink {
  readonly #entry: Writable;
  readonly #done: Promise<void>;
  #text = '';
  #written = 0;

  private constructor(entry: Writable, done: Promise<void>) {
    this.#entry = entry;
    this.#done = done;
    // Awaited by `close`; a failure before that shows in the next `drain` and must not end the process here.
    done.catch(() => undefined);
  }

  /** Creates the file and its folder; a path that ends in `.gz` is compressed. Throws what the file system throws. */
  static async open(path: string): Promise<Sink> {
    await mkdir(dirname(path), { recursive: true });
    const file = createWriteStream(path);
    await once(file, 'open');
    if (!path.endsWith('.gz')) return new Sink(file, finished(file));
    const gzip = createGzip({ level: 6 });
    gzip.pipe(file);
    file.once('error', (error) => gzip.destroy(error));
    return new Sink(gzip, finished(file));
  }

  /** Characters given to it so far. */
  get written(): number {
    return this.#written;
  }

  add(text: string): void {
    this.#text += text;
    this.#written += text.length;
  }

  async drain(): Promise<void> {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    if (!this.#entry.write(text)) await once(this.#entry, 'drain');
  }

  async close(): Promise<void> {
    await this.drain();
    this.#entry.end();
    await this.#done;
  }
}
