import { UserError } from '../../model/errors.ts';
import type { ByteSource } from './byte-source.ts';

/** Most bytes that are kept for a second look: as many as a sample may take (`sample-entries.ts`), and what decoders read ahead of it. */
const KEPT_BYTES = 20 * 1024 * 1024;

/**
 * Standard input: one stream whose beginning is kept, so that it can be looked at and then read from the start. Once more than that has been
 * read it cannot be read again.
 */
export function stdinSource(input: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = input[Symbol.asyncIterator]();
  /** All chunks so far; those that were given out for good are undefined. */
  const chunks: (Uint8Array | undefined)[] = [];
  let total = 0;
  let done = false;
  let released = false;

  const fetch = async (): Promise<void> => {
    const next = await iterator.next();
    if (next.done === true) {
      done = true;
      return;
    }
    // A reader that was left early may still be waiting here: its chunk is kept for the next one.
    chunks.push(next.value);
    total += next.value.length;
  };

  return {
    name: 'stdin',
    path: '-',
    member: undefined,
    diskBytes: undefined,
    async *read(onDisk) {
      for (let i = 0; ; i++) {
        while (i >= chunks.length && !done) await fetch();
        if (i >= chunks.length) return;
        const chunk = chunks[i];
        if (chunk === undefined) throw new UserError('file-unreadable', 'standard input can be read only once', '-');
        if (total > KEPT_BYTES) {
          if (!released) chunks.fill(undefined, 0, i);
          released = true;
          chunks[i] = undefined;
        }
        onDisk(chunk.length);
        yield chunk;
      }
    },
  };
}
