import { zstdDecompressSync } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import type { Db } from '../open.ts';

/** A source's decoded text from its beginning, block by block. The connection is free between two of them. */
export function* storedText(db: Db, source: number): Generator<Uint8Array> {
  const content = contentOf(db)(source);
  const next = db.prepare('SELECT offset, length, body FROM block WHERE content_id = ? AND offset >= ? ORDER BY offset LIMIT 1');
  for (let at = 0; ;) {
    const block = next.get(content, at) as { offset: number; length: number; body: Uint8Array } | undefined;
    if (block === undefined) return;
    yield zstdDecompressSync(block.body);
    at = block.offset + block.length;
  }
}

/** Reads places of sources one after the other. The block that was read last is kept: entries that follow each other share it. */
export class PlaceReader {
  readonly #select: Statement<[number, number], [number, Uint8Array]>;
  readonly #contentOf: (source: number) => number;
  #source = 0;
  #offset = 0;
  #block = new Uint8Array(0);

  constructor(db: Db) {
    this.#contentOf = contentOf(db);
    this.#select = db
      .prepare<[number, number], [number, Uint8Array]>(
        'SELECT offset, body FROM block WHERE content_id = ? AND offset <= ? ORDER BY offset DESC LIMIT 1',
      )
      .raw();
  }

  /** The bytes `offset … offset + length` of a source's decoded text, as a view where they stand in one block; shorter where the text ends. */
  bytes(source: number, offset: number, length: number): Uint8Array {
    const first = this.#from(source, offset).subarray(0, length);
    if (first.length === length) return first;
    const out = new Uint8Array(length);
    let done = 0;
    for (let part = first; part.length > 0; part = this.#from(source, offset + done).subarray(0, length - done)) {
      out.set(part, done);
      done += part.length;
    }
    return out.subarray(0, done);
  }

  /** What stands at a place, up to the end of its block; nothing behind the end of the text. */
  #from(source: number, offset: number): Uint8Array {
    if (source !== this.#source || offset < this.#offset || offset >= this.#offset + this.#block.length) {
      const row = this.#select.get(this.#contentOf(source), offset);
      if (row === undefined) return new Uint8Array(0);
      this.#source = source;
      this.#offset = row[0];
      this.#block = zstdDecompressSync(row[1]);
    }
    return this.#block.subarray(offset - this.#offset);
  }
}

/** The content that a source cites: several may cite one. A source that is gone cites none (0). */
function contentOf(db: Db): (source: number) => number {
  const select = db.prepare<[number], number>('SELECT content_id FROM source WHERE id = ?').pluck();
  return (source) => select.get(source) ?? 0;
}

/** The bytes `offset … offset + length` of a source's decoded text; shorter where the text ends. */
export function rawBytes(db: Db, source: number, offset: number, length: number): Uint8Array {
  return new PlaceReader(db).bytes(source, offset, length);
}
