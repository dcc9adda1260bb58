import { copyFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { company, logFiles } from '../support/company.ts';
import { dump } from '../support/dump.ts';
import { bench, importPaths } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

describe('the same content again', () => {
  test('the same folder, a renamed copy, and the same packed otherwise change nothing', async () => {
    const logs = await company(25);
    const { client } = await bench();
    const first = await importPaths(client, [logs]);
    expect(first.events).toBeGreaterThan(300);
    const before = await dump(client);
    const sources = (await client.sources.list()).map(({ id, name, sha256 }) => ({ id, name, sha256 }));

    const again = await importPaths(client, [logs]);
    expect(new Set(again.sources.map((source) => source.outcome))).toEqual(new Set(['known']));
    expect(again.events).toBe(0);

    const copies = tempFolder();
    for (const [i, file] of logFiles(logs).entries()) {
      const ending = basename(file).replace(/^[^.]*/, '');
      if (file.endsWith('.gz')) put(copies, `copy-${i}${ending.replace(/\.gz$/, '')}`, gunzipSync(readFileSync(file)));
      else if (i % 2 === 0) copyFileSync(file, join(copies, `copy-${i}${ending}`));
      else put(copies, `copy-${i}${ending}.gz`, gzipSync(readFileSync(file)));
    }
    const renamed = await importPaths(client, [copies]);
    expect(renamed.refused).toEqual([]);
    expect(new Set(renamed.sources.map((source) => source.outcome))).toEqual(new Set(['known']));
    expect(renamed.events).toBe(0);

    expect((await client.sources.list()).map(({ id, name, sha256 }) => ({ id, name, sha256 }))).toEqual(sources);
    expect(await dump(client)).toEqual(before);
  });

  test('two copies in one import count once', async () => {
    const folder = tempFolder();
    const text = `time,system,step,status,order\n${Array.from({ length: 9 }, (_, i) => `2031-05-04T10:0${i}:00Z,erp,book,ok,SO-${100 + i}\n`).join('')}`;
    put(folder, 'a.csv', text);
    put(folder, 'b.csv', text);
    put(folder, 'c.csv.gz', gzipSync(text));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources.map((source) => source.outcome).sort()).toEqual(['imported', 'known', 'known']);
    expect((await client.workspace.info()).events).toBe(9);
    expect(await client.sources.list()).toHaveLength(1);
  });
});

describe('the order of imports does not matter', () => {
  test('A then B says the same as B then A and as both at once, however the files are dealt', async () => {
    const logs = logFiles(await company(16, 11));
    const importAll = async (rounds: readonly (readonly string[])[]) => {
      const { client } = await bench();
      for (const round of rounds) if (round.length > 0) await importPaths(client, round);
      return dump(client);
    };
    const together = await importAll([logs]);
    expect(together.journeys.length).toBeGreaterThanOrEqual(16);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: logs.length, maxLength: logs.length }), async (deal) => {
        const a = logs.filter((_, i) => deal[i]);
        const b = logs.filter((_, i) => !deal[i]);
        const forth = await importAll([a, b]);
        expect(await importAll([b, a])).toEqual(forth);
        expect(forth).toEqual(together);
      }),
      { numRuns: 3, seed: 5, endOnFailure: true },
    );
  });
});
