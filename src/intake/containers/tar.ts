import { UserError } from '../../model/errors.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { MAX_NESTED_ARCHIVE_BYTES } from './limits.ts';
import type { ContainerLimits } from './types.ts';

const BLOCK = 512;

interface TarHeader {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/**
 * The regular files of a tar archive (POSIX ustar, with pax and GNU long names). A member is read by going through the archive again up to
 * its place, since most tars are compressed; from stdin members are kept in memory.
 */
export async function* tarMembers(archive: ByteSource, limits: ContainerLimits, once: boolean): AsyncGenerator<ByteSource> {
  let count = 0;
  for await (const item of scan(archive)) {
    if (item.header.type !== '0' && item.header.type !== '') continue;
    const { name } = item.header;
    if (name.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..')) continue;
    if (++count > limits.maxMembers)
      throw new UserError('limit-exceeded', `${archive.name} has more than ${limits.maxMembers} members`, archive.path);
    const outer: ByteSource = {
      ...archive,
      name: `${archive.name} › ${name}`,
      member: archive.member === undefined ? name : `${archive.member} › ${name}`,
      diskBytes: once ? undefined : item.header.size,
    };
    const { index } = item;
    yield once
      ? memorySource(outer, await collect(item.content, outer))
      : { ...outer, read: (onDisk) => readMember(archive, index, onDisk) };
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
  /** To be read, or left, before the next item is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

async function* scan(archive: ByteSource): AsyncGenerator<Item> {
  const iterator = archive.read(() => undefined)[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  const next = async (most: number): Promise<Uint8Array> => {
    if (rest.length === 0) {
      const result = await iterator.next();
      if (result.done === true) return new Uint8Array(0);
      rest = result.value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
  const exactly = async (count: number): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for (let left = count; left > 0;) {
      const piece = await next(left);
      if (piece.length === 0)
        throw new UserError('file-unreadable', `${archive.name} is a tar archive that was cut off: its end is missing`, archive.path);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  };
  try {
    let longName = '';
    for (let index = 0; ; index++) {
      const first = await next(BLOCK);
      if (first.length === 0) return;
      const block = first.length === BLOCK ? Buffer.from(first) : Buffer.concat([first, await exactly(BLOCK - first.length)]);
      if (block.every((byte) => byte === 0)) return;
      const header = parseHeader(block, archive);
      const padding = (BLOCK - (header.size % BLOCK)) % BLOCK;
      if (header.type === 'L' || header.type === 'x') {
        if (header.size > 1024 * 1024)
          throw new UserError('archive-unsafe', `${archive.name} has a name of ${header.size} bytes`, archive.path);
        const extra = (await exactly(header.size)).toString();
        await exactly(padding);
        longName = header.type === 'L' ? extra.replace(/\0.*$/s, '') : (paxPath(extra) ?? longName);
        continue;
      }
      let left = header.size;
      async function* content(): AsyncGenerator<Uint8Array> {
        while (left > 0) {
          const piece = await next(left);
          if (piece.length === 0)
            throw new UserError('file-unreadable', `${archive.name} is a tar archive that was cut off: its end is missing`, archive.path);
          left -= piece.length;
          yield piece;
        }
      }
      yield { index, header: longName === '' ? header : { ...header, name: longName }, content: content() };
      longName = '';
      while (left > 0) left -= (await exactly(Math.min(left, 1024 * 1024))).length;
      if (padding > 0) await exactly(padding);
    }
  } finally {
    await iterator.return?.();
  }
}

function parseHeader(block: Buffer, archive: ByteSource): TarHeader {
  const text = (from: number, to: number): string => block.toString('utf8', from, to).replace(/\0.*$/s, '');
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!;
  const large = block[124] === 0x80;
  const size = large ? Number(block.readBigUInt64BE(128)) : Number.parseInt(text(124, 136).trim() || '0', 8);
  if (Number.parseInt(text(148, 156).trim(), 8) !== sum || !Number.isSafeInteger(size) || size < 0) {
    throw new UserError('file-unreadable', `${archive.name} is a damaged tar archive`, archive.path);
  }
  const prefix = text(257, 262) === 'ustar' && block[262] === 0 ? text(345, 500) : '';
  return { name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, size, type: text(156, 157) };
}

function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d{1,10} path=([^\n]*)\n/.exec(records)?.[1];
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
