import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { DecisionKind } from '../../src/model/identity-decision.ts';
import { company, logFiles } from '../support/company.ts';
import { dump } from '../support/dump.ts';
import { bench, caught, finish, importPaths } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

interface Wish {
  readonly kind: DecisionKind;
  readonly relation?: 'owns' | 'relates';
  readonly a: { readonly type: string; readonly value: string };
  readonly b: { readonly type: string; readonly value: string };
}

/** Decides, and waits for the analysis. */
async function decide(client: Client, wish: Wish): Promise<void> {
  const { job } = await client.identity.decide(wish);
  expect(await finish(client, job)).toMatchObject({ state: 'done' });
}

const order = (n: number) => ({ type: 'order', value: `SO-${100_001 + n}` });
const inErp = (n: number) => ({ type: 'order', value: `0000${100_001 + n}` });

async function shipmentOf(client: Client, key: string): Promise<{ type: string; value: string }> {
  const found = (await client.journeys.get({ id: key })).related.find(({ type }) => type === 'shipment')!;
  return { type: 'shipment', value: found.key };
}

describe('what was decided by hand', () => {
  test('means the same whether files come before or after it, and in whatever order', async () => {
    const logs = logFiles(await company(14, 11));
    const whole = await bench();
    await importPaths(whole.client, logs);
    const shipment = await shipmentOf(whole.client, order(3).value);
    const wishes: readonly Wish[] = [
      { kind: 'merge', a: order(0), b: order(1) },
      { kind: 'split', a: order(2), b: inErp(2) },
      { kind: 'unlink', a: order(3), b: shipment },
      { kind: 'link', relation: 'owns', a: order(4), b: shipment },
    ];
    for (const wish of wishes) await decide(whole.client, wish);
    const decidedLast = await dump(whole.client);
    expect((await whole.client.identity.decisions()).map(({ state }) => state)).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(decidedLast.records.map(({ key }) => key)).not.toContain(order(1).value);

    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: logs.length, maxLength: logs.length }), async (deal) => {
        const { client } = await bench();
        // Only what is imported can be spoken about, so those files come first that name all of it.
        const named = logs.filter((file, i) => deal[i] || /shop|erp|wms/.test(file));
        await importPaths(client, named);
        for (const wish of wishes) await decide(client, wish);
        const rest = logs.filter((file) => !named.includes(file));
        if (rest.length > 0) await importPaths(client, rest);
        expect(await dump(client)).toEqual(decidedLast);
      }),
      { numRuns: 2, seed: 3, endOnFailure: true },
    );
  });

  test('is taken back without a trace, each by itself and the last one first', async () => {
    const { client } = await bench();
    await importPaths(client, [await company(14)]);
    const before = await dump(client);
    await decide(client, { kind: 'merge', a: order(0), b: order(1) });
    const merged = await dump(client);
    expect(merged).not.toEqual(before);
    await decide(client, { kind: 'split', a: order(2), b: inErp(2) });
    const [last] = await client.identity.decisions();
    const undone = await client.identity.undo();
    expect(undone.decision.id).toBe(last!.id);
    await finish(client, undone.job);
    expect(await dump(client)).toEqual(merged);
    await finish(client, (await client.identity.undo({ decision: undone.decision.id - 1 })).job);
    expect(await dump(client)).toEqual(before);
    expect(await client.identity.decisions()).toEqual([]);
  });

  test('outlives its sources, and waits for them', async () => {
    const { client } = await bench();
    const logs = await company(14);
    await importPaths(client, [logs]);
    await decide(client, { kind: 'merge', a: order(0), b: order(1) });
    const before = await dump(client);
    for (const { id } of await client.sources.list()) await finish(client, (await client.sources.remove({ source: id })).job);
    expect(await client.identity.decisions()).toMatchObject([
      { state: 'waiting', reason: expect.stringContaining(order(0).value) as string },
    ]);
    await importPaths(client, [logs]);
    expect(await client.identity.decisions()).toMatchObject([{ state: 'applied' }]);
    expect(await dump(client)).toEqual(before);
  });

  test('is told as the reason of what it changed', async () => {
    const { client } = await bench();
    const line = (minute: number, order: string, status: string, error?: string): string =>
      `${JSON.stringify({ timestamp: `2031-05-04T08:0${minute}:00Z`, system: 'desk', step: 'approve', order_id: order, status, error })}\n`;
    const text = [line(0, 'DSK-1', 'failed', 'no budget'), line(1, 'DSK-2', 'succeeded'), line(2, 'DSK-3', 'succeeded')].join('');
    await importPaths(client, [put(tempFolder(), 'desk.ndjson', text)]);
    expect((await client.findings.page({})).rows.map(({ kind }) => kind)).toEqual(['error']);
    await decide(client, { kind: 'merge', a: { type: 'order', value: 'DSK-1' }, b: { type: 'order', value: 'DSK-2' } });
    const [set] = await client.changes.list();
    expect(set).toMatchObject({ sources: [], removed: [], decided: ['order DSK-1 and order DSK-2 are one record'] });
    const { rows } = await client.changes.page({ id: set!.id, what: 'gone' });
    expect(rows.map(({ finding, why, reason }) => [finding?.kind, why, reason])).toEqual([
      ['error', 'decided', 'It was decided by hand who is who, so other entries belong to this journey.'],
    ]);
  });
});

describe('a shipment that two orders claim', () => {
  test('is a notice of both journeys with the entries of both, until somebody decides', async () => {
    const line = (fields: object): string => `${JSON.stringify({ system: 'wms', ...fields })}\n`;
    const at = (n: number, minute: number): string => new Date(Date.UTC(2031, 4, 4, 0, 10 * n + minute)).toISOString();
    const text = Array.from({ length: 80 }, (_, n) => [
      line({ timestamp: at(n, 0), step: 'create', order_id: `SO-${1000 + n}`, status: 'ok' }),
      line({ timestamp: at(n, 4), step: 'pack', order_id: `SO-${1000 + n}`, shipment_id: `SHP-${4000 + 7 * n}`, status: 'ok' }),
    ]).flat();
    text.push(line({ timestamp: at(90, 0), step: 'pack', order_id: 'SO-1005', shipment_id: 'SHP-4140', status: 'ok' }));
    const { client } = await bench();
    await importPaths(client, [put(tempFolder(), 'wms.ndjson', text.join(''))]);

    const { rows, total } = await client.identity.conflicts();
    expect(total).toBe(1);
    expect(rows[0]!.text).toBe(
      'shipment SHP-4140 is claimed by order SO-1005 and order SO-1020: 79 of 80 of type shipment go with one order',
    );
    expect(rows[0]!.claims.map(({ record, entries, evidence }) => [record.key, entries, evidence[0]!.line])).toEqual([
      ['SO-1005', 1, 161],
      ['SO-1020', 1, 42],
    ]);
    expect(rows[0]!.claims.filter(({ chosen }) => chosen)).toHaveLength(1);
    for (const id of ['SO-1005', 'SO-1020']) expect((await client.journeys.get({ id })).conflicts).toEqual(rows);
    expect((await client.journeys.get({ id: 'SO-1006' })).conflicts).toEqual([]);
    for (const conflict of ['any', 'claimed'] as const)
      expect(
        (await client.records.page({ filter: { text: `conflict:${conflict}` }, sort: 'key', descending: false })).rows.map(
          ({ key }) => key,
        ),
      ).toEqual(['SO-1005', 'SO-1020']);
    expect((await client.records.page({ filter: { conflict: 'reused' } })).total).toBe(0);

    await decide(client, { kind: 'unlink', a: { type: 'order', value: 'SO-1005' }, b: { type: 'shipment', value: 'SHP-4140' } });
    expect((await client.identity.conflicts()).total).toBe(0);
    expect((await client.journeys.get({ id: 'SO-1020' })).conflicts).toEqual([]);
  });
});

describe('what cannot be decided', () => {
  test('is refused in one sentence', async () => {
    const { client } = await bench();
    await importPaths(client, [await company(14)]);
    const customer = (await client.journeys.get({ id: order(0).value })).related.find(({ relation }) => relation === 'context')!;
    const refused = async (wish: Wish): Promise<string> => (await caught(client.identity.decide(wish))).message;
    expect(await refused({ kind: 'link', a: { type: customer.type, value: customer.key }, b: order(0) })).toContain('touches many records');
    expect(await refused({ kind: 'merge', a: order(0), b: { type: customer.type, value: customer.key } })).toContain('different types');
    expect(await refused({ kind: 'merge', a: order(0), b: order(0) })).toContain('name two');
    await decide(client, { kind: 'link', a: order(0), b: order(1) });
    expect(await refused({ kind: 'link', a: order(1), b: order(0) })).toContain('contradicts decision 1');
    expect(await refused({ kind: 'unlink', a: order(0), b: order(1) })).toContain('contradicts decision 1');
    expect(await refused({ kind: 'link', a: order(0), b: order(1) })).toContain('said before');
    expect(await client.identity.decisions()).toHaveLength(1);
  });
});
