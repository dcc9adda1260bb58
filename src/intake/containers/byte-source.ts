import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';

/** Told how many bytes of the file on disk have been consumed, each time some are. */
export type DiskWatch = (bytes: number) => void;

/** Raw bytes that can be read from the beginning as often as wanted: a file, or something inside one. */
export interface ByteSource {
  /** For people: `export.zip › logs/orders.csv`. */
  readonly name: string;
  /** The file on disk as the user named it. */
  readonly path: string;
  /** Name inside the archive. */
  readonly member: string | undefined;
  /** Size on disk, if known. */
  readonly diskBytes: number | undefined;
  read(onDisk: DiskWatch): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 512 * 1024;

/** A file on disk. */
export function fileSource(path: string, name: string, diskBytes: number): ByteSource {
  return { name, path, member: undefined, diskBytes, read: (onDisk) => readFileChunks(path, onDisk) };
}

/** Bytes in memory, inside the file `outer`. */
export function memorySource(outer: ByteSource, bytes: Uint8Array): ByteSource {
  return {
    ...outer,
    async *read(onDisk) {
      onDisk(outer.diskBytes ?? bytes.length);
      yield bytes;
    },
  };
}

/** A stretch of a file on disk. @throws UserError when the file ends before it does. */
export async function* readFileRange(path: string, offset: number, length: number, onDisk: DiskWatch): AsyncGenerator<Uint8Array> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    for (let done = 0; done < length;) {
      const most = Math.min(CHUNK_BYTES, length - done);
      const buffer = Buffer.allocUnsafeSlow(most);
      const { bytesRead } = await file.read(buffer, 0, most, offset + done);
      if (bytesRead === 0) throw new UserError('file-unreadable', `${path} is cut off: its end is missing`, path);
      done += bytesRead;
      onDisk(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await file.close();
  }
}

async function* readFileChunks(path: string, onDisk: DiskWatch): AsyncGenerator<Uint8Array> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    const { size } = await file.stat();
    let total = 0;
    for (;;) {
      // A new buffer each time: readers keep views of what they have not finished.
      const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      total += bytesRead;
      onDisk(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
    // Growing is what logs do; shrinking means that what was read is not one file.
    if (total < size) throw new UserError('file-unreadable', `${path} became shorter while it was read (${total} of ${size} bytes)`, path);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await file.close();
  }
}

/** An error of the file system as one sentence. Other errors are returned as they are. */
export function fileError(path: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error : new UserError('file-unreadable', fileReason(path, code), path);
}

/** What a code of the file system means for `path`. */
export function fileReason(path: string, code: string): string {
  switch (code) {
    case 'ENOENT':
      return `${path} does not exist or was removed`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read by this user`;
    case 'EISDIR':
      return `${path} is a folder`;
    case 'EMFILE':
    case 'ENFILE':
      return `${path} could not be opened: too many files are open`;
    case 'ELOOP':
      return `${path} is a link that leads to itself`;
    default:
      return `${path} could not be read (${code})`;
  }
}

/** The first `count` bytes, or fewer if there are no more. */
export async function peek(source: ByteSource, count: number): Promise<{ readonly bytes: Uint8Array; readonly complete: boolean }> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of source.read(() => undefined)) {
    pieces.push(chunk);
    total += chunk.length;
    if (total > count) return { bytes: Buffer.concat(pieces).subarray(0, count), complete: false };
  }
  return { bytes: Buffer.concat(pieces), complete: true };
}
