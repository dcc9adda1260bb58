import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { UserError } from '../../model/errors.ts';
import { type ByteSource, fileError } from './byte-source.ts';
import { damage } from './inflate.ts';
import { guarded } from './limits.ts';
import { type RandomAccess, randomAccessOf } from './random-access.ts';
import { UniqueNames } from './unique-names.ts';
import { ZipReader } from './zip-reader.ts';
import type { ContainerLimits } from './types.ts';

// Names are decoded here, leniently: they are shown and never used as paths, so `../x` is a strange name and not a danger.
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;

/** A file of a zip archive. */
export interface ZipMember {
  readonly name: string;
  readonly source: ByteSource;
  /** What macOS and editors leave in archives. */
  readonly hidden: boolean;
}

/**
 * The members of a zip archive, in the order of its directory, without folders. Sizes are checked when a member is read.
 * @throws UserError when the directory cannot be read or is too long.
 */
export async function zipMembers(archive: ByteSource, limits: ContainerLimits, onDisk: boolean): Promise<readonly ZipMember[]> {
  const access = await randomAccessOf(archive, onDisk, 'a zip archive');
  const reopen = (): Promise<OpenZip> => openZip(access);
  let opened: OpenZip | undefined;
  try {
    opened = await reopen();
    const { zip } = opened;
    if (zip.entryCount > limits.maxMembers) {
      throw new UserError(
        'limit-exceeded',
        `${archive.name} has ${zip.entryCount} members, the most is ${limits.maxMembers}`,
        archive.path,
      );
    }
    const members: ZipMember[] = [];
    const names = new UniqueNames();
    for await (const entry of zip.eachEntry()) {
      const name = memberName(entry);
      if (name.endsWith('/')) continue;
      members.push({ name, source: member(archive, names.take(name), entry, reopen, limits), hidden: isHidden(name) });
    }
    return members;
  } catch (error) {
    throw zipError(error, archive);
  } finally {
    await opened?.close();
  }
}

function member(archive: ByteSource, name: string, entry: Entry, reopen: () => Promise<OpenZip>, limits: ContainerLimits): ByteSource {
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
      const opened = await reopen().catch((error: unknown) => {
        throw zipError(error, archive);
      });
      try {
        const stream = await opened.zip.openReadStreamPromise(entry);
        const perByte = entry.uncompressedSize > 0 ? entry.compressedSize / entry.uncompressedSize : 0;
        for await (const chunk of guarded(stream, () => entry.compressedSize, limits, source.name)) {
          onDisk(chunk.length * perByte);
          yield chunk;
        }
      } catch (error) {
        throw damage(zipError(error, archive), source.name, 'zip');
      } finally {
        await opened.close();
      }
    },
  };
  return source;
}

interface OpenZip {
  readonly zip: ZipFile;
  close(): Promise<void>;
}

async function openZip(open: () => Promise<RandomAccess>): Promise<OpenZip> {
  const access = await open();
  try {
    const zip = await fromRandomAccessReaderPromise(new ZipReader(access), access.size, OPTIONS);
    return { zip, close: () => access.close() };
  } catch (error) {
    await access.close();
    throw error;
  }
}

function memberName(entry: Entry): string {
  // With decodeStrings off the raw bytes are what the entry has.
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  return name.replaceAll('\\', '/');
}

function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..') || name.startsWith('__MACOSX/');
}

function zipError(error: unknown, archive: ByteSource): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  // Complaints of the decoder are not the file system's.
  if (code?.startsWith('Z_') === true) return error;
  if (code !== undefined) return fileError(archive.path, error);
  return new UserError('file-unreadable', `${archive.name} is a damaged zip archive (${error.message})`, archive.path);
}
