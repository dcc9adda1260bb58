import { UserError } from '../../model/errors.ts';
import type { ByteSource } from './byte-source.ts';

/** The size of everything in a tar archive. */
export const TAR_BLOCK = 512;

export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** `0` or empty: a regular file; `7` one that was to be stored in one piece. */
  readonly type: string;
}

/** Reads one header block (POSIX.1-1988 ustar, GNU and old ones). @throws UserError when its checksum is wrong. */
export function parseTarHeader(block: Buffer, archive: ByteSource): TarHeader {
  const text = (from: number, to: number): string => cString(block.subarray(from, to));
  let sum = 8 * 32;
  for (let i = 0; i < TAR_BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!;
  const large = block[124] === 0x80;
  const size = large ? Number(block.readBigUInt64BE(128)) : Number.parseInt(text(124, 136).trim() || '0', 8);
  if (Number.parseInt(text(148, 156).trim(), 8) !== sum || !Number.isSafeInteger(size) || size < 0) {
    throw new UserError('file-unreadable', `${archive.name} is a damaged tar archive`, archive.path);
  }
  const prefix = text(257, 262) === 'ustar' && block[262] === 0 ? text(345, 500) : '';
  return { name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, size, type: text(156, 157) };
}

/** Text up to the first NUL. */
export function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.buffer, bytes.byteOffset, end < 0 ? bytes.length : end).toString();
}

/** The records `<length> <key>=<value>\n` of an extended header (POSIX.1-2001 pax); what is damaged ends them. */
export function paxRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < buffer.length;) {
    const space = buffer.indexOf(32, at);
    const length = space < 0 || space - at > 10 ? Number.NaN : Number(buffer.toString('latin1', at, space));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > buffer.length) break;
    const record = buffer.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
