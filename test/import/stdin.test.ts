import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { simulate } from '../../src/simulate/index.ts';
import type { WireImportSummary } from '../../src/api/wire.ts';
import { runCli } from '../support/cli.ts';
import { logFiles } from '../support/company.ts';
import { bench, importPaths } from '../support/engine.ts';
import { tempFolder } from '../support/temp.ts';

test('standard input says the same as the file, packed or not, and is known the second time', async () => {
  const out = join(tempFolder(), 'one');
  // More than what is kept of the beginning for a second look.
  await simulate({ out, orders: 2000, seed: 4, format: 'ndjson' });
  const [file] = logFiles(out);
  const text = readFileSync(file!);
  expect(text.length).toBeGreaterThan(5 * 1024 * 1024);
  const { client } = await bench();
  const expected = await importPaths(client, [file!]);

  const home = tempFolder();
  const workspace = join(home, 'piped.waybill');
  const piped = await runCli(home, ['import', '-', '--json', '--workspace', workspace], text);
  expect(piped.err).toBe('');
  expect(piped.code).toBe(0);
  const summary = JSON.parse(piped.out) as WireImportSummary;
  expect(summary.sources).toMatchObject([
    { name: 'stdin', events: expected.events, rejected: 0, sha256: expected.sources[0]!.sha256, outcome: 'imported' },
  ]);
  expect([summary.records, summary.journeys, summary.findings]).toEqual([expected.records, expected.journeys, expected.findings]);

  const packed = await runCli(home, ['import', '-', '--json', '--workspace', workspace], gzipSync(text));
  expect(packed.code).toBe(0);
  expect((JSON.parse(packed.out) as WireImportSummary).sources).toMatchObject([{ outcome: 'known', events: 0 }]);
});

test('empty standard input is told', async () => {
  const home = tempFolder();
  const result = await runCli(home, ['import', '-', '--workspace', join(home, 'w.waybill')]);
  expect(result.code).toBe(1);
  expect(result.out + result.err).toContain('stdin is empty');
});
