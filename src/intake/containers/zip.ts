import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { UserError } from '../../model/errors.ts';
import { type ByteSource, fileError } from './byte-source.ts';
import { damage } from './inflate.ts';
import { guarded, MAX_NESTED_ARCHIVE_BYTES } from './limits.ts';
import type { ContainerLimits } from './types.ts';

// Names are decoded here, leniently: they are shown and never used as paths, so `../x` is a strange name and not a danger.
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;

/** The members of a zip archive, in the order of its directory, without folders. @throws UserError when the directory cannot be read. */
export async function* zipMembers(archive: ByteSource, limits: ContainerLimits, onDisk: boolean): AsyncGenerator<ByteSource> {
  const reopen = onDisk ? (): Promise<ZipFile> => openPromise(archive.path, OPTIONS) : await inMemory(archive);
  let zip: ZipFile;
  try {
    zip = await reopen();
  } catch (error) {
    throw zipError(error, archive);
  }
  try {
    if (zip.entryCount > limits.maxMembers) {
      throw new UserError(
        'limit-exceeded',
        `${archive.name} has ${zip.entryCount} members, the most is ${limits.maxMembers}`,
        archive.path,
      );
    }
    for await (const entry of zip.eachEntry()) {
      const name = memberName(entry);
      if (name.endsWith('/') || isHidden(name)) continue;
      yield member(archive, name, entry, reopen, limits);
    }
  } catch (error) {
    throw zipError(error, archive);
  } finally {
    zip.close();
  }
}

function member(archive: ByteSource, name: string, entry: Entry, reopen: () => Promise<ZipFile>, limits: ContainerLimits): ByteSource {
  const source: ByteSource = {
    name: `${archive.name} › ${name}`,
    path: archive.path,
    member: archive.member === undefined ? name : `${archive.member} › ${name}`,
    diskBytes: entry.compressedSize,
    async *read(onDisk) {
      if (entry.isEncrypted()) throw new UserError('file-unreadable', `${source.name} is encrypted: unpack it first`, archive.path);
      if (!entry.canDecodeFileData()) {
        throw new UserError(
          'file-unreadable',
          `${source.name} is compressed in a way that is not supported (method ${entry.compressionMethod})`,
          archive.path,
        );
      }
      const zip = await reopen().catch((error: unknown) => {
        throw zipError(error, archive);
      });
      try {
        const stream = await zip.openReadStreamPromise(entry);
        const perByte = entry.uncompressedSize > 0 ? entry.compressedSize / entry.uncompressedSize : 0;
        for await (const chunk of guarded(stream, () => entry.compressedSize, limits, source.name)) {
          onDisk(chunk.length * perByte);
          yield chunk;
        }
      } catch (error) {
        throw damage(zipError(error, archive), source.name, 'zip');
      } finally {
        zip.close();
      }
    },
  };
  return source;
}

/** An archive inside another one, or from stdin: the directory stands at the end, so all of it is needed. */
async function inMemory(archive: ByteSource): Promise<() => Promise<ZipFile>> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of archive.read(() => undefined)) {
    total += chunk.length;
    if (total > MAX_NESTED_ARCHIVE_BYTES) {
      throw new UserError(
        'limit-exceeded',
        `${archive.name} is an archive inside an archive of more than ${MAX_NESTED_ARCHIVE_BYTES} bytes: unpack it first`,
        archive.path,
      );
    }
    pieces.push(chunk);
  }
  const bytes = Buffer.concat(pieces);
  return () => fromBufferPromise(bytes, OPTIONS);
}

function memberName(entry: Entry): string {
  // With decodeStrings off the raw bytes are what the entry has.
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  return name.replaceAll('\\', '/');
}

/** What macOS and editors leave in archives. */
function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..') || name.startsWith('__MACOSX/');
}

function zipError(error: unknown, archive: ByteSource): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if ((error as NodeJS.ErrnoException).code !== undefined) return fileError(archive.path, error);
  return new UserError('file-unreadable', `${archive.name} is a damaged zip archive (${error.message})`, archive.path);
}
