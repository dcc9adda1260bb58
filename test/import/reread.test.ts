import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { WireSource } from '../../src/api/wire.ts';
import { simulate } from '../../src/simulate/index.ts';
import { openReader } from '../../src/workspace/open.ts';
import { company } from '../support/company.ts';
import { dump } from '../support/dump.ts';
import { bench, finish, importPaths } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';
import { zip } from '../support/zip.ts';

const row = (i: number, text = ''): string =>
  JSON.stringify({
    timestamp: `2031-05-04T08:${String(i).padStart(2, '0')}:00Z`,
    system: 'erp',
    step: 'book',
    order_id: `SO-10${i}`,
    text,
  });

/** Reads a source again as it was read before, and answers it as it is then. */
async function readAgain(client: Client, source: WireSource): Promise<WireSource> {
  const plan = await client.sources.plan({ source: source.id });
  const end = await finish(client, (await client.imports.start({ plan: plan.id })).job);
  if (end.state !== 'done') throw new Error(end.error?.message ?? end.state);
  return (await client.sources.list()).find(({ id }) => id === source.id)!;
}

describe('a source that is read again from the workspace', () => {
  test('is what it was, when nothing is said differently: every format of the company, without its files', async () => {
    const logs = await company(12);
    const { client } = await bench();
    await importPaths(client, [logs]);
    const before = await dump(client);
    const sources = await client.sources.list();
    rmSync(logs, { recursive: true });
    // One of each format and profile.
    const kinds = new Map(sources.map((source) => [`${source.format} ${source.profile}`, source]));
    expect(kinds.size).toBeGreaterThan(5);
    for (const source of kinds.values()) expect(await readAgain(client, source)).toEqual(source);
    expect(await dump(client)).toEqual(before);
  }, 120_000);

  test('keeps its bytes, its hash and its name, whatever container and encoding they came in', async () => {
    const folder = tempFolder();
    const text = Array.from({ length: 30 }, (_, i) => row(i, 'Größe')).join('\n');
    const files = [
      put(folder, 'wide.ndjson', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])),
      put(folder, 'latin.ndjson', Buffer.from(text.replaceAll('book', 'pick'), 'latin1')),
      put(folder, 'packed.zip', zip([{ name: 'in/side.ndjson', content: text.replaceAll('book', 'ship') }])),
    ];
    const { client, workspace } = await bench();
    await importPaths(client, files);
    const blocks = (): unknown => {
      const db = openReader(workspace);
      try {
        return db.prepare('SELECT content_id, offset, length FROM block ORDER BY 1, 2').all();
      } finally {
        db.close();
      }
    };
    const kept = blocks();
    for (const source of await client.sources.list()) expect(await readAgain(client, source)).toEqual(source);
    expect(blocks()).toEqual(kept);
    // The files are still known by their content.
    const plan = await client.imports.plan({ files: files.map((path) => ({ path })) });
    expect(plan.parts.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'known']);
  });

  test('finds keys in its text that other files of its import had taught', async () => {
    const folder = tempFolder();
    const orders = put(folder, 'orders.ndjson', Array.from({ length: 40 }, (_, i) => row(i + 10)).join('\n'));
    const log = put(
      folder,
      'app.log',
      Array.from({ length: 20 }, (_, i) => `2031-05-04 09:${10 + i}:00,000 INFO  [main] worker - sent SO-10${i + 10} to the printer`).join(
        '\n',
      ),
    );
    const { client } = await bench();
    await importPaths(client, [orders, log]);
    const before = await client.journeys.events({ id: 'SO-1015', type: 'order' });
    expect(before.rows.map(({ source }) => source)).toContain('app.log');
    const source = (await client.sources.list()).find(({ name }) => name === 'app.log')!;
    await readAgain(client, source);
    expect((await client.journeys.events({ id: 'SO-1015', type: 'order' })).total).toBe(before.total);
  });

  test('belongs to its workspace: a plan does not follow into another one', async () => {
    const { client, home } = await bench();
    await importPaths(client, [put(home, 'a.ndjson', row(1))]);
    const [source] = await client.sources.list();
    const plan = await client.sources.plan({ source: source!.id });
    await client.workspace.open({ file: { path: join(home, 'other.waybill') } });
    await importPaths(client, [put(home, 'b.ndjson', row(2))]);
    await expect(client.imports.start({ plan: plan.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('stays as it was when it is removed, or reading it is cancelled', async () => {
    const { client, engine, home } = await bench();
    await importPaths(client, [
      put(home, 'a.ndjson', Array.from({ length: 50 }, (_, i) => row(i)).join('\n')),
      put(home, 'b.ndjson', row(51)),
    ]);
    const [source, other] = await client.sources.list();
    const before = await dump(client);
    const plan = await client.sources.plan({ source: source!.id, options: { system: 'elsewhere' } });
    const { job } = await client.imports.start({ plan: plan.id });
    engine.jobs.pause(job);
    await client.jobs.cancel({ job });
    expect((await finish(client, job)).state).toBe('cancelled');
    expect(await client.sources.list()).toEqual([source, other]);
    expect(await dump(client)).toEqual(before);

    const late = await client.sources.plan({ source: other!.id });
    await finish(client, (await client.sources.remove({ source: other!.id })).job);
    const end = await finish(client, (await client.imports.start({ plan: late.id })).job);
    expect(end).toMatchObject({ state: 'failed', error: { code: 'not-found' } });
    expect((await client.sources.rejects({})).total).toBe(0);
    expect(await client.sources.list()).toEqual([source]);
  });
});

describe('a long import', () => {
  let logs: string;
  beforeAll(async () => {
    logs = join(tempFolder(), 'big');
    await simulate({ out: logs, orders: 3000, seed: 9, format: 'ndjson' });
  });

  test('stands still in the middle and then ends as if it had not', async () => {
    const clean = await bench();
    const expected = await importPaths(clean.client, [logs]);
    const held = await bench();
    const plan = await held.client.imports.plan({ files: [{ path: logs }] });
    const { job } = await held.client.imports.start({ plan: plan.id });
    const now = () => held.engine.jobs.get(job);
    while (now().entries === 0 && now().state === 'running') await wait(2);
    expect(held.engine.jobs.pause(job)).toBe(true);
    await wait(150);
    const { entries, bytes, totalBytes } = now();
    await wait(150);
    expect(now()).toMatchObject({ state: 'paused', entries, bytes, rate: 0 });
    expect(bytes).toBeLessThan(totalBytes!);
    held.engine.jobs.resume(job);
    const end = await finish(held.client, job);
    expect(end.state).toBe('done');
    const { seconds: _one, ...told } = end.summary!;
    const { seconds: _other, ...expectedTold } = expected;
    expect(told).toEqual(expectedTold);
  });
});

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
