import { UserError } from '../../model/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { MAX_NESTED_ARCHIVE_BYTES } from './limits.ts';

/**
 * All bytes of a source that must be read from more than one place and is no file of its own: an archive or a table inside another archive, or
 * from stdin.
 * @param what it is, as the end of `… is `: `a workbook`.
 * @throws UserError `limit-exceeded`
 */
export async function readIntoMemory(source: ByteSource, what: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of source.read(() => undefined)) {
    total += chunk.length;
    if (total > MAX_NESTED_ARCHIVE_BYTES) {
      throw new UserError(
        'limit-exceeded',
        `${source.name} is ${what} inside an archive of more than ${MAX_NESTED_ARCHIVE_BYTES} bytes: unpack it first`,
        source.path,
      );
    }
    pieces.push(chunk);
  }
  return Buffer.concat(pieces);
}
