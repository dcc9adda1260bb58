import { UserError } from '../../model/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { decoded, guessEncoding, type Encoding } from './encoding.ts';
import type { Part } from './types.ts';

/**
 * A stream of text for the formats.
 * @param head the first bytes of `source`.
 * @param once whether the source can be read only once (stdin).
 */
export function textPart(source: ByteSource, head: Uint8Array, once: boolean): Part {
  const guess = guessEncoding(head);
  let encoding: Encoding = guess.encoding;
  let opened = false;
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
      if (once && opened) throw new UserError('file-unreadable', 'standard input can be read only once', source.path);
      opened = true;
      const raw = watched(source.read(watch?.onDisk ?? (() => undefined)), watch?.onContent);
      yield* decoded(raw, guess, (found) => {
        encoding = found;
      });
    },
  };
}

async function* watched(chunks: AsyncIterable<Uint8Array>, onContent: ((bytes: Uint8Array) => void) | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onContent?.(chunk);
    yield chunk;
  }
}
