import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { WireFinding, WireJourney } from '../../src/api/wire.ts';
import { company } from '../support/company.ts';
import { dump } from '../support/dump.ts';
import { bench, importPaths } from '../support/engine.ts';
import type { Skewed } from '../support/skewed-files.ts';
import { skewedLogs } from '../support/skewed.ts';

async function imported(...paths: readonly string[]): Promise<Client> {
  const { client } = await bench();
  for (const path of paths) await importPaths(client, [path]);
  return client;
}

async function clockFindings(client: Client): Promise<readonly WireFinding[]> {
  return (await client.findings.page({ filter: { kind: 'clock' }, limit: 100 })).rows;
}

const journeyOf = (client: Client): Promise<WireJourney> => client.journeys.get({ id: 'SO-10007' });
const orderOf = (journey: WireJourney): string[] => journey.steps.map(({ system }) => system);

describe('a clock that is off', () => {
  test('is found, corrected and told of, wherever its times are shown', async () => {
    const client = await imported(skewedLogs({ stock: -4000 }));
    const [finding, ...others] = await clockFindings(client);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'clock',
      subkind: 'skew',
      severity: 'warning',
      record: null,
      system: 'stock',
      title: 'The clock of stock is 4 s behind',
    });
    expect(Math.abs(finding!.offsetMs! + 4000)).toBeLessThan(100);
    expect(finding!.evidence.length).toBeGreaterThan(0);
    expect(new Set(finding!.evidence.map(({ system }) => system))).toEqual(new Set(['stock', 'gateway']));

    const journey = await journeyOf(client);
    expect(orderOf(journey)).toEqual(['gateway', 'stock', 'billing']);
    const [clock, ...clocks] = journey.clocks;
    expect(clocks).toEqual([]);
    expect(clock).toMatchObject({ system: 'stock', verdict: 'clock', driftMsPerDay: 0 });
    expect(Math.abs(clock!.offsetMs + 4000)).toBeLessThan(100);
    expect(clock!.interval.fromMs!).toBeLessThanOrEqual(-4000);
    expect(clock!.interval.toMs!).toBeGreaterThanOrEqual(-4000);
    expect(clock!.evidence.backwards).toBe(120);
    const [gateway, stock] = journey.steps;
    expect(gateway!.raw).toBeNull();
    expect(Date.parse(stock!.startedAt!) - Date.parse(stock!.raw!.startedAt!)).toBe(Math.round(-clock!.offsetMs));
    expect(stock!.attempts[0]!.raw!.at).toBe(stock!.raw!.startedAt);
    expect(stock!.durationMs).toBe(Date.parse(stock!.raw!.endedAt!) - Date.parse(stock!.raw!.startedAt!));
    expect(journey.hops.every((hop) => hop.latencyMs !== null && hop.latencyMs >= 0)).toBe(true);

    const notices = (await client.sources.list()).map(({ name, notices: told }) => [name.split('/').at(-1), told]);
    expect(notices).toEqual([
      ['billing.ndjson', []],
      ['gateway.ndjson', []],
      ['stock-0.ndjson', [clock!.text]],
    ]);
    // What is stored of an entry stays what the entry says.
    const detail = await client.events.get({ id: stock!.attempts[0]!.event });
    expect(detail.at).toBe(stock!.raw!.startedAt);
  });

  test('by whole hours is called a zone', async () => {
    const client = await imported(skewedLogs({ stock: 7_200_000 }));
    const [finding] = await clockFindings(client);
    expect(finding?.title).toBe('Times of stock are 2 h ahead: probably a zone that was read wrongly');
    const journey = await journeyOf(client);
    expect(journey.clocks).toMatchObject([{ verdict: 'zone', offsetMs: 7_200_000 }]);
    expect(orderOf(journey)).toEqual(['gateway', 'stock', 'billing']);
  });

  test('is not seen in a handful of calls, and none is seen where all are right', async () => {
    expect(await clockFindings(await imported(skewedLogs({ stock: -4000, calls: 25 })))).toEqual([]);
    const client = await imported(skewedLogs({}));
    expect(await clockFindings(client)).toEqual([]);
    expect(await journeyOf(client)).toMatchObject({ clocks: [] });
    expect(
      (await journeyOf(client)).steps.every(({ raw, attempts }) => raw === null && attempts.every((attempt) => attempt.raw === null)),
    ).toBe(true);
  });
});

describe('what changes nothing about a clock', () => {
  const said = async (options: Skewed): Promise<unknown> => {
    const client = await imported(skewedLogs(options));
    const [finding] = await clockFindings(client);
    const { clocks, steps } = await journeyOf(client);
    return { title: finding?.title, actual: finding?.actual, clocks, order: steps.map(({ system, durationMs }) => [system, durationMs]) };
  };

  test('a shift of all times, and a file that is split', async () => {
    const plain = await said({ stock: 3000 });
    expect(plain).toMatchObject({ title: 'The clock of stock is 3 s ahead' });
    expect(await said({ stock: 3000, shift: 86_400_000 * 40 + 12_345 })).toEqual(plain);
    expect(await said({ stock: 3000, files: 3 })).toEqual(plain);
  });

  test('another name of the system, but for the name', async () => {
    const plain = JSON.stringify(await said({ stock: 3000 }));
    expect(JSON.stringify(await said({ stock: 3000, name: 'zebra' }))).toBe(plain.replaceAll('stock', 'zebra'));
    expect(JSON.stringify(await said({ stock: 3000, name: 'alpha' }))).toBe(plain.replaceAll('stock', 'alpha'));
  });

  test('the order of imports, and events that have nothing to do with it', async () => {
    const folder = skewedLogs({ stock: 3000, files: 2 });
    const files = readdirSync(folder).map((file) => join(folder, file));
    const forth = await imported(...files);
    const back = await imported(...files.toReversed());
    expect((await clockFindings(forth)).map(({ id, title }) => ({ id, title }))).toHaveLength(1);
    expect(await dump(back)).toEqual(await dump(forth));

    const more = await imported(folder, await company(30));
    const [finding] = await clockFindings(forth);
    expect((await clockFindings(more)).map(({ id, title, actual }) => ({ id, title, actual }))).toEqual([
      { id: finding!.id, title: finding!.title, actual: finding!.actual },
    ]);
  });
});
