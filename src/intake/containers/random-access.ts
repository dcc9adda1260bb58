import { open } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';
import { type ByteSource, fileError } from './byte-source.ts';
import { readIntoMemory } from './in-memory.ts';

/** Bytes that can be read at any place. */
export interface RandomAccess {
  readonly size: number;
  /** Exactly those bytes. @throws UserError when they are not there. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Most bytes that are asked for at once. */
const MOST_BYTES = 512 * 1024 ** 2;

/**
 * A way to open a source for reading at any place: a file on disk, else all of it in memory.
 * @param what it is, as the end of `… is `: `a zip archive`.
 * @throws UserError
 */
export async function randomAccessOf(source: ByteSource, onDisk: boolean, what: string): Promise<() => Promise<RandomAccess>> {
  if (onDisk) return () => openFile(source, what);
  const bytes = await readIntoMemory(source, what);
  return () =>
    Promise.resolve({
      size: bytes.length,
      read: async (offset: number, length: number) => {
        check(source, what, bytes.length, offset, length);
        return bytes.subarray(offset, offset + length);
      },
      close: () => Promise.resolve(),
    });
}

async function openFile(source: ByteSource, what: string): Promise<RandomAccess> {
  try {
    const file = await open(source.path, 'r');
    const { size } = await file.stat();
    return {
      size,
      async read(offset, length) {
        check(source, what, size, offset, length);
        const buffer = Buffer.allocUnsafeSlow(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await file.read(buffer, done, length - done, offset + done);
          if (bytesRead === 0) throw new UserError('file-unreadable', `${source.path} became shorter while it was read`, source.path);
          done += bytesRead;
        }
        return buffer;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw fileError(source.path, error);
  }
}

function check(source: ByteSource, what: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && length <= MOST_BYTES && offset + length <= size) return;
  throw new UserError('file-unreadable', `${source.name} is ${what} that is damaged: it points outside of itself`, source.path);
}
