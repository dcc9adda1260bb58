import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../model/errors.ts';
import { discover, isRefusal } from './index.ts';
import { pax, tar, zip } from './testing.ts';
import type { ContainerLimits, Part, Refusal } from './types.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-archives-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function find(name: string, bytes: Uint8Array, limits?: Partial<ContainerLimits>): Promise<(Part | Refusal)[]> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const found: (Part | Refusal)[] = [];
  for await (const item of discover([path], { limits })) found.push(item);
  return found;
}

async function textOf(part: Part | Refusal | undefined): Promise<string> {
  if (part === undefined || isRefusal(part)) throw new Error(part?.reason ?? 'nothing was found');
  let text = '';
  for await (const chunk of part.open()) text += Buffer.from(chunk).toString();
  return text;
}

const shown = (found: readonly (Part | Refusal)[]): string[] => found.map((part) => (isRefusal(part) ? part.reason : part.name));

describe('zip', () => {
  it.each([
    ['with sizes behind the data', { descriptors: true }],
    ['with 64-bit sizes', { zip64: true }],
  ])('is read %s', async (_what, options) => {
    const found = await find('a.zip', zip({ 'a.csv': 'a,b\n1,2\n', 'b.csv': 'c,d\n3,4\n' }, options));
    expect(shown(found)).toEqual(['a.zip › a.csv', 'a.zip › b.csv']);
    expect(await Promise.all(found.map(textOf))).toEqual(['a,b\n1,2\n', 'c,d\n3,4\n']);
  });

  it('tells members of one name apart', async () => {
    const found = await find(
      'a.zip',
      zip([
        ['a.csv', 'one'],
        ['a.csv', 'two'],
        ['a.csv (2)', 'three'],
      ] as const),
    );
    expect(shown(found)).toEqual(['a.zip › a.csv', 'a.zip › a.csv (2)', 'a.zip › a.csv (2) (2)']);
    expect(await Promise.all(found.map(textOf))).toEqual(['one', 'two', 'three']);
  });

  it('refuses each encrypted member, and reads what stands beside archives in it', async () => {
    expect(shown(await find('a.zip', zip({ 'a.csv': 'x', 'b.csv': 'y' }, { encrypted: true })))).toEqual([
      'a.zip › a.csv is encrypted: unpack it first',
      'a.zip › b.csv is encrypted: unpack it first',
    ]);
  });

  it('stops a member that unpacks to more than it says', async () => {
    const bytes = zip({ 'a.csv': 'x'.repeat(10_000) });
    const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    bytes.writeUInt32LE(10, directory + 24);
    expect((await find('a.zip', bytes))[0]).toMatchObject({
      code: 'file-unreadable',
      reason: expect.stringMatching(/damaged zip/) as string,
    });
  });

  it('stops bombs and what is too large', async () => {
    const bomb = zip({ 'a.csv': Buffer.alloc(40 * 1024 * 1024, 'a') });
    const [part] = await find('a.zip', bomb, { maxRatio: 100 });
    await expect(textOf(part)).rejects.toMatchObject({ code: 'archive-unsafe' });
    const [large] = await find('b.zip', bomb, { maxMemberBytes: 1_000_000 });
    await expect(textOf(large)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});

describe('gzip', () => {
  it('is measured against the file on disk, however often it is packed', async () => {
    const once = gzipSync(Buffer.alloc(40 * 1024 * 1024, 'SO-1042,created\n'));
    const [plain] = await find('a.gz', once, { maxRatio: 2000 });
    expect((await textOf(plain)).length).toBe(40 * 1024 * 1024);
    for (const [name, bytes] of [
      ['b.gz', gzipSync(once)],
      ['b.zip', zip({ 'a.gz': once })],
    ] as const) {
      expect(bytes.length).toBeLessThan((40 * 1024 * 1024) / 2000);
      const [part] = await find(name, bytes, { maxRatio: 2000 });
      await expect(textOf(part)).rejects.toMatchObject({ code: 'archive-unsafe' });
    }
  });
});

describe('tar', () => {
  it('takes names and sizes from extended headers', async () => {
    const long = `${'folder/'.repeat(30)}orders.csv`;
    const bytes = tar([
      { name: 'PaxHeader', type: 'x', content: pax({ path: long, mtime: '1.5', size: '5' }) },
      { name: 'short', content: 'a,b\n1' },
      { name: '././@LongLink', type: 'L', content: `${long}2\0` },
      { name: 'short', content: 'two' },
      { name: 'g', type: 'g', content: pax({ comment: 'x' }) },
      { name: 'dir/', type: '5', content: '' },
      { name: 'link', type: '2', content: '' },
      { name: 'short', content: 'three', type: '7' },
      { name: 'short', content: 'four' },
    ]);
    for (const [name, packed] of [
      ['a.tar', bytes],
      ['a.tgz', gzipSync(bytes)],
    ] as const) {
      const found = await find(name, packed);
      expect(shown(found)).toEqual([`${name} › ${long}`, `${name} › ${long}2`, `${name} › short`, `${name} › short (2)`]);
      expect(await Promise.all(found.map(textOf))).toEqual(['a,b\n1', 'two', 'three', 'four']);
    }
  });

  it('refuses sparse files and reads the others', async () => {
    const found = await find(
      'a.tar',
      tar([
        { name: 'old', type: 'S', content: 'x' },
        { name: 'PaxHeader', type: 'x', content: pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'real.csv' }) },
        { name: 'GNUSparseFile.0/real.csv', content: 'x' },
        { name: 'b.csv', content: 'c,d\n' },
      ]),
    );
    expect(shown(found)).toEqual([
      'a.tar › old is stored without its empty stretches (sparse): unpack the archive first',
      'a.tar › real.csv is stored without its empty stretches (sparse): unpack the archive first',
      'a.tar › b.csv',
    ]);
  });

  it('is recognised without a mark, by its checksum', async () => {
    const found = await find('a.dat', tar([{ name: 'a.csv', content: 'a,b\n', old: true }]));
    expect(shown(found)).toEqual(['a.dat › a.csv']);
    expect(await textOf(found[0])).toBe('a,b\n');
  });

  it('gives large members of a packed archive again and again', async () => {
    const large = Array.from({ length: 40_000 }, (_, i) => `${i},${Math.imul(i, 2654435761)}\n`).join('');
    const found = await find('a.tar.zst', zstdCompressSync(tar({ 'a.csv': large, 'b.csv': 'small', 'c.csv': large })));
    expect(await textOf(found[2])).toBe(large);
    expect(await textOf(found[0])).toBe(large);
    expect(await textOf(found[1])).toBe('small');
  });

  it('limits the number of members', async () => {
    const found = await find('a.tar', tar({ a: '1', b: '2', c: '3' }), { maxMembers: 2 });
    expect(shown(found)).toEqual(['a.tar › a', 'a.tar › b', 'a.tar has more than 2 members']);
  });
});

describe('damage', () => {
  const text = Array.from({ length: 30 }, (_, i) => `SO-${i},${Math.imul(i, 2654435761)}\n`).join('');
  const members = { 'a.csv': text, 'x/b.csv': 'a,b\n1,2\n' };
  it.each([
    ['zip', zip(members)],
    ['zip64', zip(members, { zip64: true })],
    ['tar', tar(members)],
    ['gz of two members', Buffer.concat([gzipSync(text), gzipSync('more\n')])],
    ['zst', zstdCompressSync(text)],
    ['tar.gz in a zip', zip({ 'a.tgz': gzipSync(tar(members)) })],
  ])('of a %s is a sentence, wherever it is cut or changed', async (_what, bytes) => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), damage, async (length, changes) => {
        const copy = Buffer.from(changes.length === 0 ? bytes.subarray(0, length) : bytes);
        for (const [at, byte] of changes) copy[at] = byte;
        for (const part of await find('damaged', copy)) {
          if (isRefusal(part)) expect(part.reason).not.toBe('');
          else await textOf(part).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('an encoding that the user names', () => {
  it('goes before what the bytes show', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, Buffer.from([0x41, 0x2c, 0xb1, 0x0a]));
    for await (const part of discover([path], { encoding: 'iso-8859-2' })) {
      expect(await textOf(part)).toBe('A,ą\n');
      expect(part).toMatchObject({ encoding: 'iso-8859-2' });
    }
    expect((await readFile(path)).length).toBe(4);
  });
});
