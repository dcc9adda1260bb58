import { expect, test } from 'vitest';
import type { WireMapping } from '../../src/api/wire.ts';
import { bench, finish } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

/** Message processing logs of SAP Cloud Integration, one of them with a word that nobody knows. */
function logs(from: number): string {
  const results = ['KLEMMT', 'COMPLETED'].map((Status, i) => ({
    MessageGuid: `AG${from + i}`,
    CorrelationId: `c${from + i}`,
    IntegrationFlowName: 'OrdersOut',
    Status,
    LogStart: `/Date(${1_930_382_102_431 + (from + i) * 1000})/`,
    LogEnd: `/Date(${1_930_382_103_431 + (from + i) * 1000})/`,
  }));
  return JSON.stringify({ d: { results } });
}

test('what the user said of a platform’s status words shows at once, is remembered, read again, and saved as a profile', async () => {
  const { client } = await bench();
  const folder = tempFolder();
  const statusOf = async (): Promise<readonly unknown[]> =>
    (await client.sql.run({ sql: "SELECT source, status FROM events WHERE status_raw = 'KLEMMT' ORDER BY source" })).rows;

  const plan = await client.imports.plan({ files: [{ path: put(folder, 'mpl-1.json', logs(1)) }] });
  const [part] = plan.parts;
  expect(part).toMatchObject({ mapping: { profile: 'sap-cpi-mpl' }, unknownStatuses: [{ word: 'KLEMMT', count: 1 }] });
  const said: WireMapping = { ...part!.mapping!, statuses: { KLEMMT: 'failed' } };
  const tried = await client.imports.replan({ plan: plan.id, mappings: { [part!.id]: said } });
  expect(tried.parts[0]).toMatchObject({ preview: [{ status: 'failed' }, { status: 'succeeded' }], unknownStatuses: [] });
  const { yaml } = await client.imports.profile({ plan: plan.id, part: part!.id });
  expect(yaml).toContain('base: sap-cpi-mpl\nstatuses:\n  KLEMMT: failed\n');
  await finish(client, (await client.imports.start({ plan: plan.id })).job);
  expect(await statusOf()).toEqual([['mpl-1.json', 'failed']]);
  expect((await client.mappings.list()).map(({ corrections }) => corrections)).toEqual([['KLEMMT means failed']]);

  const next = await client.imports.plan({ files: [{ path: put(folder, 'mpl-2.json', logs(3)) }] });
  expect(next.parts[0]).toMatchObject({
    mapping: { statuses: { KLEMMT: 'failed' } },
    preview: [{ status: 'failed' }, { status: 'succeeded' }],
  });
  expect(next.parts[0]?.remembered).not.toBeNull();
  await finish(client, (await client.imports.start({ plan: next.id })).job);

  const [source] = await client.sources.list();
  const again = await client.sources.plan({ source: source!.id });
  const other: WireMapping = { ...again.parts[0]!.mapping!, statuses: { klemmt: 'waiting' } };
  await client.imports.replan({ plan: again.id, mappings: { [again.parts[0]!.id]: other } });
  await finish(client, (await client.imports.start({ plan: again.id })).job);
  expect(await statusOf()).toEqual([
    ['mpl-1.json', 'waiting'],
    ['mpl-2.json', 'failed'],
  ]);

  const byProfile = await client.sources.plan({ source: source!.id, options: { profileYaml: yaml, profileName: 'our.yaml' } });
  expect(byProfile.parts[0]).toMatchObject({ mapping: { base: 'sap-cpi-mpl' }, preview: [{ status: 'failed' }, { status: 'succeeded' }] });
});
