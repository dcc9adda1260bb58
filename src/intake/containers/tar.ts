import { UserError } from '../../model/errors.ts';
import { type ByteSource, memorySource, readFileRange } from './byte-source.ts';
import { MAX_NESTED_ARCHIVE_BYTES } from './limits.ts';
import { cString, parseTarHeader, paxRecords, TAR_BLOCK, type TarHeader } from './tar-header.ts';
import type { ContainerLimits, Refusal } from './types.ts';
import { UniqueNames } from './unique-names.ts';

/** Longest name or extended header. */
const MAX_EXTRA_BYTES = 1024 * 1024;

/** Members of a packed archive up to this size are kept in memory, as long as they are not too many together. */
const KEPT_MEMBER_BYTES = 256 * 1024;
const KEPT_BYTES = 64 * 1024 * 1024;

/**
 * The regular files of a tar archive (POSIX ustar, with pax and GNU long names; sparse files are refused). From a file of its own a member is
 * read at its place. In a packed archive it is read by going through the archive again up to its place, unless it is small and was kept; from
 * stdin all are kept in memory.
 */
export async function* tarMembers(
  archive: ByteSource,
  limits: ContainerLimits,
  access: 'file' | 'inner' | 'stream',
): AsyncGenerator<ByteSource | Refusal> {
  const names = new UniqueNames();
  let count = 0;
  let kept = 0;
  for await (const item of scan(archive)) {
    const { name, size, type } = item.header;
    if (name.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..')) continue;
    if (item.sparse) {
      const reason = `${archive.name} › ${name} is stored without its empty stretches (sparse): unpack the archive first`;
      yield { path: archive.path, code: 'file-unreadable', reason };
      continue;
    }
    if (type !== '0' && type !== '' && type !== '7') continue;
    if (++count > limits.maxMembers)
      throw new UserError('limit-exceeded', `${archive.name} has more than ${limits.maxMembers} members`, archive.path);
    const member = names.take(name);
    const outer: ByteSource = {
      ...archive,
      name: `${archive.name} › ${member}`,
      member: archive.member === undefined ? member : `${archive.member} › ${member}`,
      diskBytes: access === 'stream' ? undefined : size,
    };
    const { index, offset } = item;
    if (access === 'stream') yield memorySource(outer, await collect(item.content, outer));
    else if (access === 'file') yield { ...outer, read: (onDisk) => readFileRange(archive.path, offset, size, onDisk) };
    else if (size <= KEPT_MEMBER_BYTES && kept + size <= KEPT_BYTES) {
      kept += size;
      yield memorySource(outer, await collect(item.content, outer));
    } else yield { ...outer, read: (onDisk) => readMember(archive, index, onDisk) };
  }
}

async function* readMember(archive: ByteSource, index: number, onDisk: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const item of scan(archive)) {
    if (item.index !== index) continue;
    for await (const chunk of item.content) {
      onDisk(chunk.length);
      yield chunk;
    }
    return;
  }
}

interface Item {
  readonly index: number;
  readonly header: TarHeader;
  readonly sparse: boolean;
  /** Where its content begins. */
  readonly offset: number;
  /** To be read, or left, before the next item is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

async function* scan(archive: ByteSource): AsyncGenerator<Item> {
  const reader = new Blocks(archive);
  try {
    let longName = '';
    let records: ReadonlyMap<string, string> = new Map();
    for (let index = 0; ; index++) {
      const block = await reader.block();
      if (block === undefined || block.every((byte) => byte === 0)) return;
      const plain = parseTarHeader(block, archive);
      if (plain.type === 'L' || plain.type === 'K' || plain.type === 'x') {
        if (plain.size > MAX_EXTRA_BYTES)
          throw new UserError('archive-unsafe', `${archive.name} has a name of ${plain.size} bytes`, archive.path);
        const extra = await reader.exactly(plain.size);
        await reader.skip(padding(plain.size));
        if (plain.type === 'L') longName = cString(extra);
        else if (plain.type === 'x') records = paxRecords(extra);
        continue;
      }
      const header = extended(plain, longName, records);
      const sparse = plain.type === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.'));
      longName = '';
      records = new Map();
      const end = reader.position + header.size;
      yield { index, header, sparse, offset: reader.position, content: reader.upTo(end) };
      await reader.skip(end - reader.position + padding(header.size));
    }
  } finally {
    await reader.close();
  }
}

/** What an extended header before it says goes before the header itself: long names, and sizes beyond 8 GB. */
function extended(header: TarHeader, longName: string, records: ReadonlyMap<string, string>): TarHeader {
  const size = Number(records.get('size') ?? header.size);
  return {
    name: records.get('GNU.sparse.name') ?? records.get('path') ?? (longName === '' ? header.name : longName),
    size: Number.isSafeInteger(size) && size >= 0 ? size : header.size,
    type: header.type,
  };
}

function padding(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

/** Takes exact numbers of bytes out of an archive. */
class Blocks {
  readonly #archive: ByteSource;
  readonly #iterator: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  position = 0;

  constructor(archive: ByteSource) {
    this.#archive = archive;
    this.#iterator = archive.read(() => undefined)[Symbol.asyncIterator]();
  }

  /** The next header; undefined at the end. */
  async block(): Promise<Buffer | undefined> {
    const first = await this.#next(TAR_BLOCK);
    if (first.length === 0) return undefined;
    return first.length === TAR_BLOCK ? Buffer.from(first) : Buffer.concat([first, await this.exactly(TAR_BLOCK - first.length)]);
  }

  async exactly(count: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (let left = count; left > 0;) {
      const piece = await this.#some(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  async *upTo(end: number): AsyncGenerator<Uint8Array> {
    while (this.position < end) yield await this.#some(end - this.position);
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.#some(left)).length;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #some(most: number): Promise<Uint8Array> {
    const piece = await this.#next(most);
    if (piece.length > 0) return piece;
    const { name, path } = this.#archive;
    throw new UserError('file-unreadable', `${name} is a tar archive that was cut off: its end is missing`, path);
  }

  async #next(most: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) {
      const result = await this.#iterator.next();
      if (result.done === true) return new Uint8Array(0);
      this.#rest = result.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    this.position += piece.length;
    return piece;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>, source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > MAX_NESTED_ARCHIVE_BYTES)
      throw new UserError('limit-exceeded', `${source.name} is too large to be read from standard input inside a tar`, source.path);
    pieces.push(chunk);
  }
  return Buffer.concat(pieces);
}
