import { copyFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { dump, withoutPlaces } from '../support/dump.ts';
import { bench, finish, importPaths } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';

const PROFILE = `
profile: test-runs
system: erp
zone: UTC
others: ignore
fields:
  - { path: at, role: time }
  - { path: until, role: end-time }
  - { path: step, role: step }
  - { path: status, role: status }
  - { path: order, role: identifier, type: order }
  - { path: run, role: execution }
  - { path: amount, role: attribute, type: amount }
`;

interface Row {
  readonly at: string;
  readonly until?: string;
  readonly step: string;
  readonly status: string;
  readonly order: string;
  readonly run?: string;
  readonly amount?: number;
  /** Not understood: the profile ignores it. */
  readonly node?: string;
}

const ndjson = (rows: readonly Row[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
const at = (second: number): string => new Date(Date.UTC(2031, 4, 4, 10) + second * 1000).toISOString().replace('.000', '');
/** Ten orders of four steps, one event each seven seconds. */
const ROWS: readonly Row[] = Array.from({ length: 40 }, (_, i) => ({
  at: at(7 * i + 0.5),
  step: ['receive', 'check', 'pick', 'ship'][i % 4]!,
  status: i === 21 ? 'failed' : 'succeeded',
  order: `SO-${100 + Math.floor(i / 4)}`,
  amount: i,
}));

async function sources(client: Client): Promise<unknown[]> {
  return (await client.sources.list()).map(({ name, events, duplicates, updated }) => [name, events, duplicates, updated]);
}

async function remove(client: Client, name: string): Promise<void> {
  const source = (await client.sources.list()).find((one) => one.name === name)!;
  const { job } = await client.sources.remove({ source: source.id });
  expect((await finish(client, job)).state).toBe('done');
}

describe('exports that overlap', () => {
  test('each row counts once, and the import says what was known', async () => {
    const folder = tempFolder();
    const monday = put(folder, 'erp-monday.ndjson', ndjson(ROWS.slice(0, 24)));
    const tuesday = put(folder, 'erp-tuesday.ndjson', ndjson(ROWS.slice(16)));
    const all = put(folder, 'erp-all.ndjson', ndjson(ROWS));
    const { client } = await bench();
    expect(await importPaths(client, [monday], PROFILE)).toMatchObject({ events: 24, new: 24, duplicates: 0, updated: 0 });
    expect(await importPaths(client, [tuesday], PROFILE)).toMatchObject({
      events: 24,
      new: 16,
      duplicates: 8,
      updated: 0,
      journeys: 10,
      sources: [{ name: 'erp-tuesday.ndjson', events: 24, new: 16, duplicates: 8, updated: 0, outcome: 'imported' }],
    });
    expect((await client.workspace.info()).events).toBe(40);
    expect(await sources(client)).toEqual([
      ['erp-monday.ndjson', 24, 0, 0],
      ['erp-tuesday.ndjson', 24, 8, 0],
    ]);
    const { rows } = await client.sql.run({ sql: 'SELECT count(*), count(DISTINCT time_us) FROM events' });
    expect(rows).toEqual([[40, 40]]);
    const { rows: mentions } = await client.sql.run({
      sql: 'SELECT (SELECT count(*) FROM event_records), (SELECT count(*) FROM event_fields), (SELECT count(*) FROM journey_events)',
    });
    expect(mentions).toEqual([[40, 40, 40]]);

    const once = await bench();
    await importPaths(once.client, [all], PROFILE);
    expect(withoutPlaces(await dump(client))).toEqual(withoutPlaces(await dump(once.client)));
  });

  test('a file that has grown brings what is new in it, also behind a line that had no end', async () => {
    const folder = tempFolder();
    const early = put(folder, 'erp.ndjson', ndjson(ROWS.slice(0, 30)));
    const { client } = await bench();
    await importPaths(client, [early], PROFILE);
    const late = put(folder, 'erp.ndjson', `${ndjson(ROWS)}\n`);
    expect(await importPaths(client, [late], PROFILE)).toMatchObject({ events: 40, new: 10, duplicates: 30 });
    expect((await client.workspace.info()).events).toBe(40);
  });

  test('what is only in the removed source goes, what another one tells as well stays', async () => {
    const folder = tempFolder();
    const monday = put(folder, 'erp-monday.ndjson', ndjson(ROWS.slice(0, 24)));
    const tuesday = put(folder, 'erp-tuesday.ndjson', ndjson(ROWS.slice(16)));
    const both = await bench();
    await importPaths(both.client, [monday, tuesday], PROFILE);
    for (const [gone, path] of [
      ['erp-monday.ndjson', tuesday],
      ['erp-tuesday.ndjson', monday],
    ] as const) {
      const { client } = await bench();
      await importPaths(client, [monday, tuesday], PROFILE);
      await remove(client, gone);
      const alone = await bench();
      await importPaths(alone.client, [path], PROFILE);
      expect(await dump(client)).toEqual(await dump(alone.client));
      expect((await client.workspace.info()).events).toBe(24);
      expect((await client.sources.list()).map(({ duplicates }) => duplicates)).toEqual([0]);
      const { rows } = await client.sql.run({ sql: 'SELECT count(*) FROM events' });
      expect(rows).toEqual([[24]]);
    }
  });

  test('two nodes that do the same in one second are two happenings; the same line in two files is one', async () => {
    const row: Row = { at: '2031-05-04T10:00:00Z', step: 'book', status: 'succeeded', order: 'SO-7' };
    const folder = tempFolder();
    const a = put(folder, 'node-a.ndjson', ndjson([{ ...row, node: 'a' }]));
    const b = put(
      folder,
      'node-b.ndjson',
      ndjson([
        { ...row, node: 'b' },
        { ...row, at: '2031-05-04T10:00:01Z', node: 'b' },
      ]),
    );
    const copy = put(
      folder,
      'copy.ndjson',
      ndjson([
        { ...row, at: '2031-05-04T09:59:00Z' },
        { ...row, node: 'a' },
      ]),
    );
    const { client } = await bench();
    expect(await importPaths(client, [a, b], PROFILE)).toMatchObject({ new: 3, duplicates: 0 });
    expect(await importPaths(client, [copy], PROFILE)).toMatchObject({ new: 1, duplicates: 1 });
  });
});

describe('snapshots of a run', () => {
  const running: Row = { at: at(0), step: 'transfer', status: 'running', order: 'SO-1', run: 'R-1' };
  const ended: Row = { ...running, until: at(90), status: 'succeeded', amount: 5 };
  const other: Row = { at: at(5), until: at(6), step: 'transfer', status: 'succeeded', order: 'SO-2', run: 'R-2' };

  test.each([
    ['the later one last', ['1-early.ndjson', '2-late.ndjson'], { events: 2, new: 0, duplicates: 1, updated: 1 }],
    ['the later one first', ['2-late.ndjson', '1-early.ndjson'], { events: 2, new: 0, duplicates: 2, updated: 0 }],
  ])('%s: one attempt, and it has ended', async (_, names, said) => {
    const folder = tempFolder();
    put(folder, '1-early.ndjson', ndjson([running, other]));
    put(folder, '2-late.ndjson', ndjson([ended, other]));
    const { client } = await bench();
    const [first, second] = names.map((name) => join(folder, name));
    await importPaths(client, [first!], PROFILE);
    expect(await importPaths(client, [second!], PROFILE)).toMatchObject(said);
    const journey = await client.journeys.get({ id: 'SO-1' });
    expect(journey.steps.map((step) => [step.status, step.endedAt, step.attempts.length])).toEqual([['succeeded', at(90), 1]]);
    expect(journey.events).toBe(1);
    expect((await client.workspace.info()).events).toBe(2);
    expect(await importPaths(client, [join(folder, names[0]!)], PROFILE)).toMatchObject({ events: 0, new: 0, duplicates: 0, updated: 0 });

    await remove(client, '2-late.ndjson');
    expect((await client.journeys.get({ id: 'SO-1' })).steps[0]).toMatchObject({ status: 'running', endedAt: null });
  });
});

test(
  'however a list of events is dealt to files that overlap, in whatever order and number of imports: the same journeys',
  { timeout: 120_000 },
  async () => {
    // A row that stands twice in the list is in a file twice or not at all.
    const list = [...ROWS.slice(0, 9), ROWS[8]!, ...ROWS.slice(9)];
    const once = await bench();
    await importPaths(once.client, [put(tempFolder(), 'erp.ndjson', ndjson(list))], PROFILE);
    const whole = withoutPlaces(await dump(once.client));
    const deal = fc.array(fc.boolean(), { minLength: ROWS.length, maxLength: ROWS.length });
    const rounds = fc.array(fc.nat(2), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 3 }), rounds, async (deals, round) => {
        const folder = tempFolder();
        const rest = ROWS.map((_, i) => !deals.some((one) => one[i]));
        const files = [...deals, rest].map((one, f) =>
          put(folder, `erp-${f}.ndjson`, ndjson(list.filter((row) => one[ROWS.indexOf(row)]))),
        );
        const importAll = async (imports: readonly (readonly string[])[]) => {
          const { client } = await bench();
          for (const paths of imports) await importPaths(client, paths, PROFILE);
          expect((await client.workspace.info()).events).toBe(list.length);
          return dump(client);
        };
        const together = await importAll([files]);
        const inRounds = [2, 1, 0].map((r) => files.filter((_, f) => round[f] === r)).filter((paths) => paths.length > 0);
        expect(await importAll(inRounds)).toEqual(together);
        expect(withoutPlaces(together)).toEqual(whole);
      }),
      { numRuns: 3, seed: 11, endOnFailure: true },
    );
  },
);

/** Exports made by other people; they stand beside the project on some machines only, and nothing of them is in the project. */
const DATA = resolve(import.meta.dirname, '../../../shared/data');
const HERE = existsSync(DATA);
if (!HERE) console.info(`skipped: the real exports are not here (${join('..', 'shared', 'data')} is missing)`);

describe.skipIf(!HERE)('real exports', () => {
  test('neighbouring minutes of a booking system repeat 111 log rows and 200 spans', async () => {
    const { client } = await bench();
    const files = (minute: string) => ['log', 'trace'].map((kind) => join(DATA, 'microservices', `08_${minute}_${kind}.csv`));
    expect(await importPaths(client, files('43'))).toMatchObject({ events: 6880, new: 6880, duplicates: 0 });
    expect(await importPaths(client, files('44'))).toMatchObject({ events: 7529, new: 7529, duplicates: 0 });
    const { sources, ...summary } = await importPaths(client, files('45'));
    expect(summary).toMatchObject({ events: 7903, new: 7592, duplicates: 311, updated: 0 });
    expect(sources.map(({ duplicates }) => duplicates).sort((a, b) => a - b)).toEqual([111, 200]);
    expect((await client.workspace.info()).events).toBe(6880 + 7529 + 7592);
  });

  test('a run of a workflow, exported while it was under way and when it had ended', async () => {
    const folder = join(DATA, 'platforms/logic-apps');
    const early = join(folder, 'MonitoringViewConditional__loadingState.json');
    const late = join(folder, 'MonitoringViewConditional__normalState.json');
    const { client } = await bench();
    // The trigger, the run and one action, the last two under way.
    expect(await importPaths(client, [early])).toMatchObject({ events: 3, new: 3 });
    expect(await importPaths(client, [late])).toMatchObject({ events: 28, new: 25, duplicates: 1, updated: 2 });
    const alone = await bench();
    const copy = join(tempFolder(), 'MonitoringViewConditional__normalState.json');
    copyFileSync(late, copy);
    await importPaths(alone.client, [copy]);
    expect(withoutPlaces(await dump(client))).toEqual(withoutPlaces(await dump(alone.client)));
  });
});
