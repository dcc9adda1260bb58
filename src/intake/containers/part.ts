import type { ByteSource } from './byte-source.ts';
import { decoded, givenEncoding, guessEncoding } from './encoding.ts';
import type { Encoding } from './encodings.ts';
import type { Part } from './types.ts';

/**
 * A stream of text for the formats.
 * @param head the first bytes of `source`.
 * @param given the encoding that the user named; undefined: what the bytes show.
 */
export function textPart(source: ByteSource, head: Uint8Array, given: Encoding | undefined): Part {
  const guess = given === undefined ? guessEncoding(head) : givenEncoding(given, head);
  let encoding: Encoding = guess.encoding;
  return {
    name: source.name,
    path: source.path,
    member: source.member,
    diskBytes: source.diskBytes,
    /** Known for certain only after a read when the first 64 KB are plain ASCII. */
    get encoding() {
      return encoding;
    },
    async *open(watch) {
      let consumed = 0;
      const onDisk = (bytes: number): void => {
        consumed += bytes;
        watch?.onDisk?.(Math.round(consumed));
      };
      yield* decoded(watched(source.read(onDisk), watch?.onContent), guess, (found) => {
        encoding = found;
      });
    },
  };
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  onContent: ((bytes: Uint8Array) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onContent?.(chunk);
    yield chunk;
  }
}
