import { zstdDecompressSync } from 'node:zlib';
import type { Db } from '../open.ts';

/** The bytes `offset … offset + length` of a source's decoded text, put together from its blocks. */
export function rawBytes(db: Db, source: number, offset: number, length: number): Uint8Array {
  const first = db.prepare('SELECT max(offset) FROM block WHERE source_id = ? AND offset <= ?').pluck().get(source, offset) as
    | number
    | null;
  if (first === null || length === 0) return new Uint8Array(0);
  const out = new Uint8Array(length);
  const blocks = db.prepare('SELECT offset, body FROM block WHERE source_id = ? AND offset >= ? AND offset < ? ORDER BY offset');
  for (const block of blocks.all(source, first, offset + length) as { offset: number; body: Uint8Array }[]) {
    const plain = zstdDecompressSync(block.body);
    const from = Math.max(offset, block.offset);
    const to = Math.min(offset + length, block.offset + plain.length);
    if (to > from) out.set(plain.subarray(from - block.offset, to - block.offset), from - offset);
  }
  return out;
}
