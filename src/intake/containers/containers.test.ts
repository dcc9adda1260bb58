import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../model/errors.ts';
import { discover, isRefusal } from './index.ts';
import { tar, zip } from './testing.ts';
import type { ContainerLimits, Part, Refusal } from './types.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-containers-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function find(paths: readonly string[], limits?: Partial<ContainerLimits>): Promise<(Part | Refusal)[]> {
  const found: (Part | Refusal)[] = [];
  for await (const item of discover(paths, { limits })) found.push(item);
  return found;
}

async function textOf(part: Part | Refusal | undefined): Promise<string> {
  if (part === undefined || isRefusal(part)) throw new Error(part?.reason ?? 'nothing was found');
  const pieces: Uint8Array[] = [];
  for await (const chunk of part.open()) pieces.push(chunk);
  return Buffer.concat(pieces).toString();
}

async function only(path: string, limits?: Partial<ContainerLimits>): Promise<Part | Refusal> {
  const found = await find([path], limits);
  expect(found).toHaveLength(1);
  return found[0]!;
}

async function reasonOf(path: string, limits?: Partial<ContainerLimits>): Promise<Refusal> {
  const found = await only(path, limits);
  if (!isRefusal(found)) throw new Error('was accepted');
  return found;
}

describe('files and folders', () => {
  it('gives a file by its name, as often as it is opened', async () => {
    const part = await only(await put('orders.csv', 'a,b\n1,2\n'));
    expect(part).toMatchObject({ name: 'orders.csv', member: undefined, diskBytes: 8, encoding: 'utf-8' });
    expect([await textOf(part), await textOf(part)]).toEqual(['a,b\n1,2\n', 'a,b\n1,2\n']);
  });

  it('walks a folder in order, without hidden files, and follows links once', async () => {
    await put('logs/b.log', 'b');
    await put('logs/a.log', 'a');
    await put('logs/.hidden', 'x');
    await put('logs/sub/c.log', 'c');
    await symlink(join(folder, 'logs'), join(folder, 'logs', 'sub', 'loop'));
    const found = await find([join(folder, 'logs')]);
    expect(found.map((part) => (isRefusal(part) ? part.reason : part.name))).toEqual(['logs/a.log', 'logs/b.log', 'logs/sub/c.log']);
  });

  it('says in one sentence what cannot be read', async () => {
    expect((await reasonOf(await put('zero.csv', ''))).reason).toBe('zero.csv is empty');
    expect((await reasonOf(join(folder, 'gone.csv'))).reason).toMatch(/gone\.csv does not exist/);
    expect((await reasonOf(await put('x.bin', Buffer.from([1, 2, 0, 3, 255, 0, 0, 9])))).reason).toBe(
      'x.bin is a binary file of an unknown kind',
    );
    expect((await reasonOf(await put('x.json', 'SQLite format 3\0aaaa'))).reason).toMatch(/SQLite database/);
    expect((await reasonOf(await put('x.log', '%PDF-1.7 ...'))).reason).toMatch(/PDF/);
    await mkdir(join(folder, 'nothing'));
    expect((await reasonOf(join(folder, 'nothing'))).reason).toMatch(/folder without files/);
  });

  it.skipIf(process.getuid?.() === 0)('says that a folder may not be read', async () => {
    await put('closed/a.log', 'a');
    await chmod(join(folder, 'closed'), 0);
    const found = await find([join(folder, 'closed')]);
    await chmod(join(folder, 'closed'), 0o700);
    expect(found[0]).toMatchObject({ code: 'file-unreadable' });
  });

  it('says when a file went away between finding and reading', async () => {
    const path = await put('a.log', 'a');
    const part = await only(path);
    await rm(path);
    await expect(textOf(part)).rejects.toThrow(/does not exist or was removed/);
    await expect(textOf(part)).rejects.toBeInstanceOf(UserError);
  });

  it('tells the bytes of the content and of the disk', async () => {
    const content = 'x,y\n'.repeat(10_000);
    const part = await only(await put('a.csv.gz', gzipSync(content)));
    if (isRefusal(part)) throw new Error(part.reason);
    let inside = 0;
    let disk = 0;
    for await (const chunk of part.open({ onContent: (bytes) => (inside += bytes.length), onDisk: (bytes) => (disk = bytes) }))
      expect(chunk.length).toBeGreaterThan(0);
    expect([inside, disk]).toEqual([content.length, part.diskBytes]);
  });

  it('closes the file when a reader stops early', async () => {
    const part = await only(await put('a.csv.gz', gzipSync('x,y\n'.repeat(1_000_000))));
    if (isRefusal(part)) throw new Error(part.reason);
    for await (const chunk of part.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await textOf(part)).length).toBe(4_000_000);
  });
});

describe('compressed files', () => {
  it('reads gzip of several members and zstd of several frames', async () => {
    const parts = ['one\n', 'two\n', 'three\n'];
    expect(await textOf(await only(await put('a.gz', Buffer.concat(parts.map((part) => gzipSync(part))))))).toBe('one\ntwo\nthree\n');
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
    const frames = Buffer.concat([
      skippable,
      ...parts.map((part) => zstdCompressSync(part)),
      zstdCompressSync(Buffer.alloc(700_000, 'abc\n')),
    ]);
    expect(await textOf(await only(await put('a.zst', frames)))).toBe(`one\ntwo\nthree\n${'abc\n'.repeat(175_000)}`);
  });

  it('gives what is there of a cut file and then says so', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i} ${Math.imul(i, 2654435761)}\n`).join('');
    for (const [name, bytes] of [
      ['a.gz', gzipSync(lines)],
      ['a.zst', zstdCompressSync(lines)],
    ] as const) {
      const part = await only(await put(name, bytes.subarray(0, bytes.length - 1000)));
      if (isRefusal(part)) throw new Error(part.reason);
      let read = 0;
      await expect(async () => {
        for await (const chunk of part.open()) read += chunk.length;
      }).rejects.toThrow(/cut off|damaged/);
      expect(read).toBeGreaterThan(500_000);
    }
  });

  it('stops a bomb while it is unpacked', async () => {
    const bomb = await put('bomb.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a')));
    await expect(textOf(await only(bomb, { maxRatio: 100 }))).rejects.toMatchObject({ code: 'archive-unsafe' });
    await expect(textOf(await only(bomb, { maxMemberBytes: 1_000_000 }))).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('limits how deep archives stand in each other', async () => {
    let bytes: Uint8Array = Buffer.from('a,b\n');
    for (let i = 0; i < 6; i++) bytes = gzipSync(bytes);
    expect((await reasonOf(await put('deep.gz', bytes))).code).toBe('limit-exceeded');
  });
});

describe('archives', () => {
  it('reads the members of a zip by content, whatever they are called', async () => {
    const found = await find([
      await put('export.dat', zip({ 'logs/orders.zip': 'a,b\n1,2\n', '../evil.csv': 'c\n', '__MACOSX/x': 'y', 'dir/': '' })),
    ]);
    expect(found.map((part) => (isRefusal(part) ? part.reason : part.name))).toEqual([
      'export.dat › logs/orders.zip',
      'export.dat › ../evil.csv',
    ]);
    expect(found[0]).toMatchObject({ member: 'logs/orders.zip' });
    expect(await textOf(found[0])).toBe('a,b\n1,2\n');
    expect(await textOf(found[1])).toBe('c\n');
  });

  it('reads archives in archives', async () => {
    const inner = zip({ 'a.csv.gz': gzipSync('deep\n') });
    const found = await find([
      await put('outer.zip', zip({ 'inner.zip': inner, 'log.tar.gz': gzipSync(tar({ 'x/a.log': 'one', 'x/b.log': 'two' })) })),
    ]);
    expect(found.map((part) => (isRefusal(part) ? part.reason : part.name))).toEqual([
      'outer.zip › inner.zip › a.csv.gz',
      'outer.zip › log.tar.gz › x/a.log',
      'outer.zip › log.tar.gz › x/b.log',
    ]);
    expect(await Promise.all(found.map(textOf))).toEqual(['deep\n', 'one', 'two']);
  });

  it('refuses what it cannot open with a sentence', async () => {
    expect((await reasonOf(await put('locked.zip', zip({ 'a.csv': 'x' }, { encrypted: true })))).reason).toMatch(/encrypted/);
    expect((await reasonOf(await put('cut.zip', zip({ 'a.csv': 'x'.repeat(500) }).subarray(0, 60)))).reason).toMatch(/damaged zip archive/);
    expect((await reasonOf(await put('book.xlsx', zip({ '[Content_Types].xml': '<x/>', 'a.xml': '<x/>' })))).reason).toMatch(
      /Office document/,
    );
    expect((await reasonOf(await put('many.zip', zip({ a: '1', b: '2', c: '3' })), { maxMembers: 2 })).code).toBe('limit-exceeded');
    expect((await reasonOf(await put('none.zip', zip({})))).reason).toMatch(/without files/);
  });

  it('notices damage inside a member', async () => {
    const bytes = zip({ 'a.csv': Array.from({ length: 40_000 }, (_, i) => `${i},${Math.imul(i, 2654435761)}\n`).join('') });
    bytes.fill(0, 200_000, 200_400);
    await expect(textOf(await only(await put('bad.zip', bytes)))).rejects.toBeInstanceOf(UserError);
  });
});
