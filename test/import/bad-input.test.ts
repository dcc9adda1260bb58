import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bench, finish, importPaths } from '../support/engine.ts';
import { cli } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';
import { zip } from '../support/zip.ts';

const HEADER = 'timestamp,system,step,status,order_id\n';
const row = (n: number, minute = n): string =>
  `2031-05-04T10:${String(minute % 60).padStart(2, '0')}:00Z,erp,create order,ok,SO-${1000 + n}\n`;
const rows = (n: number): string => HEADER + Array.from({ length: n }, (_, i) => row(i)).join('');
const ndjsonLine = (n: number): string =>
  JSON.stringify({
    timestamp: `2031-05-04T11:${String(n % 60).padStart(2, '0')}:00Z`,
    system: 'wms',
    step: 'pick',
    status: 'ok',
    order_id: `SO-${1000 + n}`,
  });
const ndjson = (n: number): string => Array.from({ length: n }, (_, i) => `${ndjsonLine(i)}\n`).join('');

/** One sentence: no line break, no stack, the name in it. */
function expectSentence(reason: string, name: string): void {
  expect(reason).toContain(name);
  expect(reason).not.toMatch(/\n|\bat .*\.ts:\d+/);
  expect(reason.length).toBeGreaterThan(name.length + 5);
}

describe('what is damaged is told, and the rest is imported', () => {
  test('a JSON array that ends in the middle of an element', async () => {
    const folder = tempFolder();
    const whole = JSON.stringify(Array.from({ length: 12 }, (_, i) => JSON.parse(ndjsonLine(i)) as unknown));
    put(folder, 'events.json', whole.slice(0, -40));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources).toHaveLength(1);
    expect(summary.sources[0]).toMatchObject({ format: 'json', events: 11, rejected: 1 });
    const { rows: rejects } = await client.sources.rejects({});
    expect(rejects).toHaveLength(1);
    expect(rejects[0]!.code).toBe('truncated');
    expectSentence(rejects[0]!.reason, 'events.json, line 1');
  });

  test('a CSV row with too many cells', async () => {
    const folder = tempFolder();
    put(folder, 'orders.csv', `${rows(8)}2031-05-04T10:30:00Z,erp,create order,ok,SO-1,too,many\n${row(9)}`);
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources[0]).toMatchObject({ format: 'csv', events: 9, rejected: 1 });
    const { rows: rejects } = await client.sources.rejects({});
    expect(rejects[0]).toMatchObject({ code: 'too-many-cells', line: 10 });
    expectSentence(rejects[0]!.reason, 'orders.csv, line 10');
  });

  test('a UTF-8 file with one line of windows-1252', async () => {
    const folder = tempFolder();
    const lines = Buffer.concat([
      Buffer.from(rows(6)),
      Buffer.from('2031-05-04T10:31:00Z,erp,Pr\xfcfung,ok,SO-77\n', 'latin1'),
      Buffer.from('2031-05-04T10:32:00Z,erp,Prüfung,ok,SO-78\n'),
    ]);
    put(folder, 'mixed.csv', lines);
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources[0]!.events + summary.sources[0]!.rejected).toBe(8);
    // The good lines are read whatever becomes of the odd one.
    expect((await client.journeys.get({ id: 'SO-78' })).record.key).toBe('SO-78');
    expect((await client.journeys.get({ id: 'SO-1000' })).record.key).toBe('SO-1000');
  });

  test('a UTF-16 file is read like any other', async () => {
    const folder = tempFolder();
    put(
      folder,
      'wide.csv',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(rows(5).replaceAll('create order', 'Prüfung'), 'utf16le')]),
    );
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources[0]).toMatchObject({ format: 'csv', events: 5, rejected: 0 });
    const journey = await client.journeys.get({ id: 'SO-1002' });
    expect(journey.steps[0]!.step).toContain('Prüfung');
    const detail = await client.events.get({ id: journey.steps[0]!.attempts[0]!.event });
    expect(detail.raw.text).toContain('SO-1002');
  });
});

describe('what cannot be read is refused in one sentence, and the rest is imported', () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(300, 7)]);
  const cases: readonly { readonly what: string; readonly name: string; readonly content: Uint8Array; readonly code: string }[] = [
    { what: 'an empty file', name: 'empty.log', content: Buffer.alloc(0), code: 'file-empty' },
    { what: 'a picture', name: 'picture.json', content: png, code: 'format-unknown' },
    {
      what: 'random bytes',
      name: 'noise.csv',
      content: Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919 + 13 * (i >> 3)) & 255)),
      code: 'format-unknown',
    },
    { what: 'prose', name: 'letter.txt', content: Buffer.from('Dear all,\n\nthank you for your time.\n\nYours\n'), code: 'format-unknown' },
    { what: 'a damaged gzip', name: 'cut.csv.gz', content: gzipSync(rows(5000)).subarray(0, 400), code: 'file-unreadable' },
    {
      what: 'a damaged zip',
      name: 'cut.zip',
      content: zip([{ name: 'a.csv', content: rows(50) }]).subarray(0, 120),
      code: 'file-unreadable',
    },
    { what: 'a bomb', name: 'bomb.csv.zst', content: zstdCompressSync(Buffer.alloc(64 * 1024 ** 2, 'a,b,c\n')), code: 'archive-unsafe' },
  ];

  test.each(cases)('$what', async ({ name, content, code }) => {
    const folder = tempFolder();
    put(folder, name, content);
    put(folder, 'good.csv', rows(10));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.refused).toHaveLength(1);
    expectSentence(summary.refused[0]!.reason, name);
    expect(summary.sources.map((source) => [source.name.split('/').at(-1), source.events])).toEqual([['good.csv', 10]]);
    // It stays on record, with its code, and no half of it stays in the data.
    const { rows: rejects } = await client.sources.rejects({});
    expect(rejects.map((reject) => reject.code)).toEqual([code]);
    expect((await client.workspace.info()).events).toBe(10);
  });

  test('a path that is not there', async () => {
    const folder = tempFolder();
    put(folder, 'good.csv', rows(3));
    const { client } = await bench();
    const summary = await importPaths(client, [join(folder, 'gone.csv'), join(folder, 'good.csv')]);
    expectSentence(summary.refused[0]!.reason, 'gone.csv');
    expect(summary.events).toBe(3);
  });

  test('a file that goes away between plan and start', async () => {
    const folder = tempFolder();
    const lost = put(folder, 'lost.csv', rows(4));
    put(folder, 'good.csv', rows(3));
    const { client } = await bench();
    const plan = await client.imports.plan({ files: [{ path: folder }] });
    expect(plan.parts.map((part) => part.outcome)).toEqual(['ready', 'ready']);
    rmSync(lost);
    const { job } = await client.imports.start({ plan: plan.id });
    const end = await finish(client, job);
    expect(end.state).toBe('done');
    expect(end.summary!.refused).toHaveLength(1);
    expectSentence(end.summary!.refused[0]!.reason, 'lost.csv');
    expect(end.summary!.events).toBe(3);
    expect(await client.sources.list()).toHaveLength(1);
  });

  test('a folder without rights', async (context) => {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      console.log('skipped: folder rights do not bind this user');
      context.skip('folder rights do not bind this user');
    }
    const folder = tempFolder();
    put(folder, 'secret/a.csv', rows(2));
    put(folder, 'good.csv', rows(3));
    chmodSync(join(folder, 'secret'), 0o000);
    try {
      const { client } = await bench();
      const summary = await importPaths(client, [folder]);
      expectSentence(summary.refused[0]!.reason, 'secret');
      expect(summary.events).toBe(3);
    } finally {
      chmodSync(join(folder, 'secret'), 0o700);
    }
  });

  test('a device instead of a file', async (context) => {
    if (process.platform === 'win32') context.skip('there are no device files here');
    const { client } = await bench();
    const plan = await client.imports.plan({ files: [{ path: '/proc/self/mem' }] });
    if (plan.parts.length === 0) context.skip('this system has no unreadable special file');
    expect(plan.parts[0]!.outcome).toBe('refused');
    expectSentence(plan.parts[0]!.reason, 'mem');
  });
});

describe('archives', () => {
  test('an archive in an archive is read to its members', async () => {
    const folder = tempFolder();
    const inner = zip([{ name: 'wms/inner.ndjson', content: ndjson(7) }]);
    put(
      folder,
      'outer.zip',
      zip([
        { name: 'orders.csv', content: rows(5) },
        { name: 'more/inner.zip', content: inner },
      ]),
    );
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.refused).toEqual([]);
    expect(summary.sources.map((source) => [source.name.split(' › ').at(-1), source.events])).toEqual([
      ['orders.csv', 5],
      ['wms/inner.ndjson', 7],
    ]);
  });

  test('archives nested without end are given up on', async () => {
    const folder = tempFolder();
    let archive: Uint8Array = zip([{ name: 'deep.csv', content: rows(5) }]);
    for (let level = 0; level < 6; level++) archive = zip([{ name: `level-${level}.zip`, content: archive }]);
    put(folder, 'russian-doll.zip', archive);
    put(folder, 'good.csv', rows(3));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.events).toBe(3);
    expect(summary.refused).toHaveLength(1);
    expectSentence(summary.refused[0]!.reason, 'russian-doll.zip');
    expect(summary.refused[0]!.reason).toContain('levels deep');
  });

  test('what was rejected counts the same wherever it is told: files that were refused, and entries', async () => {
    const folder = tempFolder();
    put(folder, 'picture.bin', new Uint8Array(1000).fill(1));
    put(folder, 'other.bin', new Uint8Array(1000).fill(2));
    put(folder, 'ragged.csv', `${rows(6)}one,two\n`);
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    const entries = summary.sources.reduce((n, source) => n + source.rejected, 0);
    expect([summary.refused.length, entries]).toEqual([2, 1]);
    const groups = await client.rejects.groups({});
    expect(groups.reduce((n, group) => n + group.count, 0)).toBe(3);
    expect((await client.workspace.info()).rejected).toBe(3);
    expect((await client.sources.rejects({})).total).toBe(3);
  });

  test('a zip that expands a thousandfold into one endless line ends, and is told', async () => {
    const folder = tempFolder();
    put(folder, 'endless.zip', zip([{ name: 'endless.ndjson', content: `${ndjson(3)}{"order_id":"${'x'.repeat(48 * 1024 ** 2)}` }]));
    put(folder, 'good.csv', rows(3));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    const told = summary.refused.length + summary.sources.reduce((n, source) => n + source.rejected, 0);
    expect(told).toBeGreaterThanOrEqual(1);
    expect(summary.sources.find((source) => source.name.endsWith('good.csv'))!.events).toBe(3);
    const { rows: rejects } = await client.sources.rejects({});
    for (const reject of rejects) {
      expectSentence(reject.reason, 'endless');
      expect(reject.excerpt.length).toBeLessThanOrEqual(400);
    }
  });
});

describe('exit codes', () => {
  test('0 done, 3 with --strict and rejected entries, 1 when nothing could be read, 2 for wrong usage', async () => {
    const home = tempFolder();
    const damaged = put(home, 'damaged.csv', `${rows(8)}x,y,z,1,2,3,4,5,6\n`);
    const empty = put(home, 'empty.csv', '');
    const lenient = await cli(home, 'import', damaged, '--workspace', join(home, 'a.waybill'));
    expect([lenient.code, lenient.err]).toEqual([0, '']);
    const strict = await cli(home, 'import', damaged, '--strict', '--workspace', join(home, 'b.waybill'));
    expect(strict.code).toBe(3);
    const nothing = await cli(home, 'import', empty, '--workspace', join(home, 'c.waybill'));
    expect(nothing.code).toBe(1);
    expect(nothing.out + nothing.err).toContain('empty.csv is empty');
    expect((await cli(home, 'import')).code).toBe(2);
    expect((await cli(home, 'import', damaged, '--nonsense')).code).toBe(2);
    expect((await cli(home, 'import', damaged, '--profile', 'no-such-profile', '--workspace', join(home, 'd.waybill'))).code).not.toBe(0);
    writeFileSync(join(home, 'd.waybill'), 'this is no workspace, but a text of some length');
    const foreign = await cli(home, 'import', damaged, '--workspace', join(home, 'd.waybill'));
    expect(foreign.code).toBe(1);
    expect(foreign.err).toContain('d.waybill is not a Waybill workspace');
  });
});
