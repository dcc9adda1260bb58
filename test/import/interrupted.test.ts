import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate/index.ts';
import { openReader } from '../../src/workspace/open.ts';
import { startCli } from '../support/cli.ts';
import { company } from '../support/company.ts';
import { dump } from '../support/dump.ts';
import { bench, finish, importPaths } from '../support/engine.ts';
import { tempFolder } from '../support/temp.ts';

describe('an import that was killed', () => {
  let logs: string;
  beforeAll(async () => {
    logs = join(tempFolder(), 'big');
    await simulate({ out: logs, orders: 8500, seed: 9, format: 'ndjson' });
  });

  test('leaves a workspace that opens, and importing again ends as if nothing had happened', async () => {
    const home = tempFolder();
    const workspace = join(home, 'killed.waybill');
    const child = startCli(home, ['import', logs, '--workspace', workspace]);
    const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`)));
    // Killed as soon as a good part of the raw bytes is on the disk: in the middle of reading.
    await until(
      () => (statSync(`${workspace}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000,
      () => child.exitCode !== null,
    );
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');

    const db = openReader(workspace);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare("SELECT count(*) FROM source WHERE state = 'complete'").pluck().get()).toBe(0);
    db.close();

    const again = await bench({ workspace, readThreads: 0 });
    for (const job of again.engine.jobs.list()) await finish(again.client, job.job);
    expect((await again.client.workspace.info()).events).toBe(0);
    const summary = await importPaths(again.client, [logs]);
    expect(summary.events).toBeGreaterThan(90_000);

    const clean = await bench();
    const expected = await importPaths(clean.client, [logs]);
    const { seconds: _first, ...told } = summary;
    const { seconds: _second, ...expectedTold } = expected;
    expect(told).toEqual(expectedTold);
    for (const offset of [0, 2500]) {
      const page = { sort: 'key', descending: false, offset, limit: 500 } as const;
      expect(await again.client.records.page(page)).toEqual(await clean.client.records.page(page));
    }
    expect(await again.client.findings.summary()).toEqual(await clean.client.findings.summary());
  });
});

describe('an import that was cancelled', () => {
  test('keeps what was complete and takes back what was not', async () => {
    const small = await company(10);
    const big = join(tempFolder(), 'big');
    await simulate({ out: big, orders: 2500, seed: 2, format: 'ndjson' });
    const { engine, client } = await bench();
    const plan = await client.imports.plan({ files: [{ path: small }, { path: big }] });
    const { job } = await client.imports.start({ plan: plan.id });
    const [last] = plan.parts.slice(-1);
    let cancelled = false;
    for await (const progress of await client.jobs.watch({ job })) {
      if (!cancelled && progress.detail === last!.name && progress.entries > 1000) {
        cancelled = true;
        expect(await client.jobs.cancel({ job })).toEqual({ cancelled: true });
      }
    }
    expect(cancelled).toBe(true);
    expect(engine.jobs.get(job)).toMatchObject({ state: 'cancelled', summary: null, error: null });

    const names = (await client.sources.list()).map((source) => source.name);
    expect(names).not.toContain(last!.name);
    expect(names.length).toBe(plan.parts.length - 1);
    // What stayed is analysed, as if the rest had never been there.
    const alone = await bench();
    await importPaths(alone.client, [small]);
    expect(await dump(client)).toEqual(await dump(alone.client));
    // And it can be imported after all.
    const rest = await importPaths(client, [big]);
    expect(rest.events).toBeGreaterThan(20_000);
  });
});

/** Waits for a state of the file system. Throws when `over` says that it will not come any more. */
async function until(reached: () => boolean, over: () => boolean): Promise<void> {
  while (!reached()) {
    if (over()) throw new Error('the process ended before it could be killed');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
