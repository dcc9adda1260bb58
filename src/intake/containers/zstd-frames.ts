import { UserError } from '../../model/errors.ts';

/** Magic number of a frame, little endian (RFC 8878, 3.1.1). */
const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MOST_PIECE_BYTES = 256 * 1024;

/**
 * Splits a Zstandard stream into its frames (RFC 8878, section 3), without decoding: each frame is a stream of its own, which must be read to
 * its end before the next is asked for. Skippable frames are left out.
 */
export async function* zstdFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const reader = new ByteReader(chunks);
  try {
    for (;;) {
      const magic = await reader.take(4);
      if (magic.length === 0) return;
      const number = magic.length === 4 ? magic.readUInt32LE(0) : 0;
      if (number >>> 4 === SKIPPABLE_MAGIC >>> 4) {
        const size = await reader.take(4);
        if (size.length === 4) await reader.skip(size.readUInt32LE(0));
      } else if (number === FRAME_MAGIC) {
        yield frame(reader, magic);
      } else {
        throw new UserError('file-unreadable', 'something that is not zstd follows the compressed data');
      }
    }
  } finally {
    await reader.close();
  }
}

async function* frame(reader: ByteReader, magic: Buffer): AsyncGenerator<Uint8Array> {
  yield magic;
  const descriptor = await reader.take(1);
  yield descriptor;
  const flags = descriptor[0] ?? 0;
  const single = (flags & 0x20) !== 0;
  const contentSize = [single ? 1 : 0, 2, 4, 8][flags >>> 6]!;
  const dictionary = [0, 1, 2, 4][flags & 3]!;
  yield await reader.take((single ? 0 : 1) + dictionary + contentSize);
  for (;;) {
    const header = await reader.take(3);
    // Cut off here or below: the decoder notices and says so.
    if (header.length < 3) return;
    yield header;
    const block = header.readUIntLE(0, 3);
    let rest = ((block >>> 1) & 3) === 1 ? 1 : block >>> 3;
    while (rest > 0) {
      const piece = await reader.take(Math.min(rest, MOST_PIECE_BYTES));
      if (piece.length === 0) return;
      yield piece;
      rest -= piece.length;
    }
    if ((block & 1) === 1) break;
  }
  if ((flags & 4) !== 0) yield await reader.take(4);
}

/** Takes exact numbers of bytes out of a stream of chunks. */
class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** Fewer than `count` bytes only at the end. */
  async take(count: number): Promise<Buffer> {
    while (this.#rest.length < count) {
      const next = await this.#iterator.next();
      if (next.done === true) break;
      this.#rest = this.#rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#rest, next.value]);
    }
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  async skip(count: number): Promise<void> {
    for (let rest = count; rest > 0;) {
      const piece = await this.take(Math.min(rest, MOST_PIECE_BYTES));
      if (piece.length === 0) return;
      rest -= piece.length;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
