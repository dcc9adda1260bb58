import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { peek } from './byte-source.ts';
import { gunzipSource } from './inflate.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { stdinSource } from './stdin.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

const ignore = (): void => undefined;

describe('standard input', () => {
  const content = Array.from({ length: 300_000 }, (_, i) => `line ${i} ${Math.imul(i, 2654435761)}\n`).join('');

  it('can be looked at and then read from the start', async () => {
    const source = stdinSource(pieces(Buffer.from(content), 65_536));
    expect((await peek(source, 1000)).bytes.length).toBe(1000);
    expect(await read(source.read(ignore))).toBe(content);
  });

  it('can be looked at through a decoder, which reads ahead', async () => {
    const source = gunzipSource(stdinSource(pieces(gzipSync(content), 4096)), DEFAULT_LIMITS);
    expect((await peek(source, 1000)).bytes.length).toBe(1000);
    expect(await read(source.read(ignore))).toBe(content);
  });

  it('says so when more than is kept of it is to be read a second time', async () => {
    const source = stdinSource(pieces(Buffer.alloc(24 * 1024 * 1024, 'x'), 65_536));
    await read(source.read(ignore));
    await expect(read(source.read(ignore))).rejects.toThrow('standard input can be read only once');
  });
});
