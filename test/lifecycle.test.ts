import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Client } from '../src/api/client.ts';
import type { WireFinding } from '../src/api/wire.ts';
import { company, logFiles } from './support/company.ts';
import { bench, finish, importPaths } from './support/engine.ts';
import { put, tempFolder } from './support/temp.ts';

type Filter = NonNullable<NonNullable<Parameters<Client['findings']['page']>[0]>['filter']>;

async function all(client: Client, filter: Filter = { status: 'all' }): Promise<WireFinding[]> {
  return (await client.findings.page({ filter, limit: 1000 })).rows;
}

const idsOf = (findings: readonly WireFinding[]): string[] => findings.map(({ id }) => id).toSorted();

describe('what people say of findings', () => {
  test('is kept over any order of imports, removal and return of the sources, and counted', async () => {
    const logs = logFiles(await company(150));
    const { client } = await bench();
    await importPaths(client, logs);
    const before = await all(client);
    const [worst, second] = before as [WireFinding, WireFinding];
    const info = await client.workspace.info();
    await client.findings.decide({ findings: [worst.id], status: 'resolved', note: 'repaired by hand' });
    await client.findings.decide({ findings: [second.id], status: 'acknowledged' });

    const counted = await client.workspace.info();
    const sum = ({ findings }: typeof info): number => findings.info + findings.warning + findings.critical;
    expect(sum(counted)).toBe(sum(info) - 1);
    expect(counted.revision).toBeGreaterThan(info.revision);
    expect(idsOf(await all(client, {}))).toEqual(idsOf(before.filter(({ id }) => id !== worst.id)));
    expect(idsOf(await all(client, { status: 'resolved' }))).toEqual([worst.id]);
    expect((await client.findings.summary({ status: 'resolved' })).map(({ count }) => count)).toEqual([1]);
    const { rows } = await client.records.page({ filter: { text: worst.record!.key } });
    const journey = await client.journeys.get({ id: worst.record!.key, type: worst.record!.type });
    const unsettled = journey.findings.filter(({ status }) => status === 'open' || status === 'acknowledged');
    expect(rows[0]?.findings).toBe(unsettled.length);
    expect(journey.findings.find(({ id }) => id === worst.id)).toMatchObject({ status: 'resolved', note: 'repaired by hand' });

    // Those that show it, so that it is gone for a while.
    const shown = new Set(worst.evidence.map(({ source }) => source));
    for (const source of (await client.sources.list()).filter(({ name }) => shown.has(name)))
      await finish(client, (await client.sources.remove({ source: source.id })).job);
    expect(idsOf(await all(client))).not.toContain(worst.id);
    await importPaths(client, logs.toReversed());
    const after = await all(client);
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(
      after
        .filter(({ status }) => status !== 'open')
        .map(({ id, status, note }) => `${id} ${status} ${note}`)
        .toSorted(),
    ).toEqual([`${worst.id} resolved repaired by hand`, `${second.id} acknowledged null`].toSorted());
  });

  test('is kept however the files are dealt to imports, and whenever it was said', async () => {
    const logs = logFiles(await company(90));
    const { client: whole } = await bench();
    await importPaths(whole, logs);
    const expected = idsOf(await all(whole));
    expect(expected.length).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(2)), async (rounds) => {
        const { client } = await bench();
        const deal = Map.groupBy(logs, () => rounds.next().value as number);
        const said = new Set<string>();
        for (const round of deal.values()) {
          await importPaths(client, round);
          const findings = idsOf(await all(client, {})).slice(0, 2);
          if (findings.length > 0) await client.findings.decide({ findings, status: 'resolved' });
          for (const id of findings) said.add(id);
        }
        expect(idsOf(await all(client))).toEqual(expected);
        expect(idsOf(await all(client, { status: 'resolved' }))).toEqual(expected.filter((id) => said.has(id)));
      }),
      { numRuns: 2 },
    );
  });

  test('is refused for a finding that there is not, and nothing of it is kept', async () => {
    const { client } = await bench();
    await importPaths(client, logFiles(await company(60)));
    const [one] = await all(client);
    await expect(client.findings.decide({ findings: [one!.id, 'no such id'], status: 'resolved' })).rejects.toThrow(
      'no finding has the id no such id',
    );
    expect(await all(client, { status: 'resolved' })).toEqual([]);
    await expect(client.findings.get({ id: 'x' })).rejects.toThrow('no finding has the id x');
  });

  test('holds for the record that two have become', async () => {
    const folder = tempFolder();
    const line = (object: object): string => `${JSON.stringify(object)}\n`;
    const padded = (n: number): string => String(n).padStart(10, '0');
    const time = (n: number, seconds: number): string => new Date(Date.UTC(2031, 4, 4, 0, n, seconds)).toISOString();
    const orders = Array.from({ length: 60 }, (_, i) => 4200 + i);
    const erp = orders.map((n) =>
      line({
        timestamp: time(n - 4200, 20),
        system: 'erp',
        step: 'create',
        order_id: padded(n),
        status: n === 4217 ? 'failed' : 'succeeded',
      }),
    );
    const shop = orders.map((n) =>
      line({ timestamp: time(n - 4200, 0), system: 'shop', step: 'checkout', order_id: `SO-${n}`, status: 'succeeded' }),
    );
    const crm = orders.map((n) =>
      line({ timestamp: time(n - 4200, 40), system: 'crm', step: 'update', order_id: `SO-${n}`, status: 'succeeded' }),
    );
    const { client } = await bench();
    await importPaths(client, [put(folder, 'erp.ndjson', erp.join(''))]);
    const [known] = await all(client);
    expect(known?.record).toEqual({ type: 'order', key: padded(4217) });
    await client.findings.decide({ findings: [known!.id], status: 'acknowledged', note: 'known to the ERP team' });

    await importPaths(client, [put(folder, 'shop.ndjson', shop.join('')), put(folder, 'crm.ndjson', crm.join(''))]);
    const [now, ...more] = (await all(client)).filter(({ kind }) => kind === 'error');
    expect(more).toEqual([]);
    expect(now?.record).toEqual({ type: 'order', key: 'SO-4217' });
    expect(now).toMatchObject({ status: 'acknowledged', note: 'known to the ERP team' });
    // Neither did one resolve itself, nor is the other new.
    const [changes] = await client.changes.list();
    const gone = await client.changes.page({ id: changes!.id, what: 'gone' });
    expect(gone.rows.filter(({ finding }) => finding?.kind === 'error')).toEqual([]);

    await client.findings.decide({ findings: [now!.id], status: 'open', note: '' });
    expect((await client.findings.get({ id: now!.id })).status).toBe('open');
  });
});

describe('false alarms', () => {
  /** Two hundred runs of one step, some of which are slow. */
  const runs = (slow: Readonly<Record<number, number>>): string =>
    Array.from({ length: 400 }, (_, i) => {
      const took = slow[i] ?? 4 + ((i * 7) % 10) / 10;
      const start = Date.UTC(2031, 4, 4, 0, i, 0);
      const [at, end] = [start, start + took * 1000].map((ms) => new Date(ms).toISOString());
      return `${JSON.stringify({ order_id: `SO-${7000 + i}`, system: 'erp', step: 'book', start_time: at, end_time: end, status: 'succeeded' })}\n`;
    }).join('');

  test('raise the threshold of their step, visibly, and can be taken back', async () => {
    const { client } = await bench();
    await importPaths(client, [put(tempFolder(), 'runs.ndjson', runs({ 50: 300, 100: 310, 150: 900, 200: 200 }))]);
    const delays = new Map((await all(client)).map((finding) => [finding.record!.key, finding]));
    expect([...delays.keys()].toSorted()).toEqual(['SO-7050', 'SO-7100', 'SO-7150', 'SO-7200']);
    const teacher = delays.get('SO-7050')!;
    await client.findings.decide({ findings: [teacher.id], status: 'false-alarm', note: 'month end' });

    const standing = async (): Promise<Record<string, string>> =>
      Object.fromEntries(
        (await all(client)).map(({ record, status, taughtBy }) => [record!.key, taughtBy === null ? status : `${status} taught`]),
      );
    expect(await standing()).toEqual({
      'SO-7050': 'false-alarm',
      'SO-7100': 'false-alarm taught',
      'SO-7150': 'open',
      'SO-7200': 'false-alarm taught',
    });
    const [threshold, ...more] = await client.findings.taught();
    expect(more).toEqual([]);
    expect(threshold).toMatchObject({
      finding: teacher.id,
      type: 'order',
      step: 'book',
      parameter: 'duration',
      silences: 2,
      note: 'month end',
    });
    expect(threshold!.value).toBeCloseTo(315_000, -3);

    // One that it silences can be opened for itself.
    await client.findings.decide({ findings: [delays.get('SO-7200')!.id], status: 'open' });
    expect((await standing())['SO-7200']).toBe('open');

    await client.findings.decide({ findings: [teacher.id], status: 'open' });
    expect(new Set(Object.values(await standing()))).toEqual(new Set(['open']));
    expect(await client.findings.taught()).toEqual([]);
  });

  test('hold for what is imported later', async () => {
    const { client } = await bench();
    const folder = tempFolder();
    const lines = runs({ 50: 300, 399: 290 }).split('\n');
    await importPaths(client, [put(folder, 'a.ndjson', lines.slice(0, 399).join('\n'))]);
    const [teacher] = await all(client);
    await client.findings.decide({ findings: [teacher!.id], status: 'false-alarm' });
    await importPaths(client, [put(folder, 'b.ndjson', `${lines[399]}\n`)]);
    expect((await all(client)).map(({ status, taughtBy }) => `${status} ${taughtBy ?? 'said'}`).toSorted()).toEqual(
      ['false-alarm said', `false-alarm ${teacher!.id}`].toSorted(),
    );
    expect((await client.changes.list())[0]?.new).toEqual({ info: 0, warning: 0, critical: 0 });
  });
});

describe('what an import changed', () => {
  test('tells new findings, those that resolved themselves and by which source, and verdicts that flipped; nothing of the first', async () => {
    const folder = tempFolder();
    const lines: string[] = [];
    const late: string[] = [];
    for (let i = 0; i < 400; i++) {
      const start = Date.UTC(2031, 4, 4, 0, 10 * i, 0);
      const line = (system: string, step: string, seconds: number, more: object = {}): string =>
        JSON.stringify({
          timestamp: new Date(start + seconds * 1000).toISOString(),
          order_id: `SO-${9000 + i}`,
          system,
          step,
          status: 'succeeded',
          ...more,
        });
      lines.push(line('shop', 'checkout', 0), line('erp', 'create', 10 + (i % 5)));
      const update = line('crm', 'update', 30 + (i % 7));
      if (i === 40 || i === 41) late.push(update);
      else if (i !== 50) lines.push(update);
      if (i === 60) late.push(line('erp', 'post', 90, { status: 'failed', error: 'period closed' }));
    }
    const { client } = await bench();
    await importPaths(client, [put(folder, 'all.ndjson', lines.join('\n'))]);
    expect(await client.changes.list()).toEqual([]);
    const before = await all(client);
    const verdicts = new Map((await client.records.page({ limit: 1000 })).rows.map(({ key, status }) => [key, status]));

    await importPaths(client, [put(folder, 'crm-late.ndjson', late.join('\n'))]);
    const after = await all(client);
    const [set, ...more] = await client.changes.list();
    expect(more).toEqual([]);
    expect(set!.sources).toEqual(['crm-late.ndjson']);
    const rows = async (what: 'new' | 'gone' | 'flipped') => (await client.changes.page({ id: set!.id, what, limit: 500 })).rows;

    const gone = await rows('gone');
    expect(gone.map(({ finding }) => finding!.id).toSorted()).toEqual(
      idsOf(before.filter(({ id }) => !after.some((finding) => finding.id === id))),
    );
    expect(gone.map(({ record, why }) => `${record!.key} ${why}`).toSorted()).toEqual(['SO-9040 arrived', 'SO-9041 arrived']);
    expect(gone[0]?.reason).toBe('Entries of this journey arrived with crm-late.ndjson.');
    expect(set).toMatchObject({ late: 2 });

    const fresh = await rows('new');
    const known = new Map(before.map((finding) => [finding.id, finding]));
    for (const { finding } of fresh.filter(({ finding: one }) => !known.has(one!.id)))
      expect(after.some(({ id }) => id === finding!.id)).toBe(true);
    expect(after.filter(({ id }) => !known.has(id)).every(({ id }) => fresh.some(({ finding }) => finding!.id === id))).toBe(true);

    const now = new Map((await client.records.page({ limit: 1000 })).rows.map(({ key, status }) => [key, status]));
    const flipped = await rows('flipped');
    expect(flipped.map(({ record }) => record!.key)).toEqual(expect.arrayContaining(['SO-9040', 'SO-9041', 'SO-9060']));
    for (const { record, from, to } of flipped) expect([verdicts.get(record!.key), now.get(record!.key)]).toEqual([from, to]);
    expect(set!.flipped.reduce((sum, { count }) => sum + count, 0)).toBe(flipped.length);
  });

  test('is kept of the last ten imports', async () => {
    const { client } = await bench();
    const folder = tempFolder();
    for (let i = 0; i < 13; i++) {
      const line = JSON.stringify({
        timestamp: `2031-05-04T10:0${i % 10}:${10 + i}Z`,
        system: 'erp',
        step: 'book',
        order_id: `SO-${i}`,
        status: 'succeeded',
      });
      await importPaths(client, [put(folder, `day-${i}.ndjson`, `${line}\n`)]);
    }
    const sets = await client.changes.list();
    expect(sets.map(({ sources }) => sources)).toEqual(Array.from({ length: 10 }, (_, i) => [`day-${12 - i}.ndjson`]));
  });
});

describe('incidents', () => {
  /** A shop of 600 orders, of which those of one country fail for two hours. */
  const lines = (): string => {
    const rows: string[] = [];
    for (let i = 0; i < 600; i++) {
      const country = i % 10 === 0 ? 'NO' : ['DE', 'FR', 'PL'][i % 3];
      const start = Date.UTC(2031, 4, 4, 0, 10 * i, 0);
      const iso = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
      const common = { order_id: `SO-${8000 + i}`, country };
      const failed = country === 'NO' && i >= 300 && i < 420;
      rows.push(JSON.stringify({ ...common, timestamp: iso(0), system: 'shop', step: 'checkout', status: 'succeeded' }));
      rows.push(
        JSON.stringify({
          ...common,
          timestamp: iso(20 + (i % 7)),
          system: 'erp',
          step: 'create',
          status: failed ? 'failed' : 'succeeded',
          ...(failed ? { error: `tax code of order SO-${8000 + i} is unknown` } : {}),
        }),
      );
    }
    return `${rows.join('\n')}\n`;
  };

  test('say what happened to whom, since when, what they have in common, and whether it is over', async () => {
    const { client } = await bench();
    await importPaths(client, [put(tempFolder(), 'shop.ndjson', lines())]);
    const { rows } = await client.incidents.page({});
    const incident = rows.find(({ kind }) => kind === 'error')!;
    expect(incident).toMatchObject({
      system: 'erp',
      step: 'create',
      records: 12,
      burst: true,
      state: 'over',
      signature: 'tax code of order <*> is unknown',
    });
    const detail = await client.incidents.get({ id: incident.id });
    expect(detail.common[0]).toMatchObject({ field: 'country', value: 'NO', affected: 12, affectedOf: 12, others: 48, othersOf: 588 });
    expect(detail.timeline!.counts.reduce((sum, count) => sum + count, 0)).toBe(12);
    const page = await client.findings.page({ filter: { incident: incident.id, status: 'all' } });
    expect(page.total).toBe(incident.findings);
    expect((await client.incidents.ofFinding({ finding: page.rows[0]!.id }))?.id).toBe(incident.id);

    // All of it settled: out of the list, still there by its id.
    await client.findings.decide({ findings: page.rows.map(({ id }) => id), status: 'resolved' });
    expect((await client.incidents.page({})).rows.some(({ id }) => id === incident.id)).toBe(false);
    expect((await client.incidents.get({ id: incident.id })).settled).toBe(12);
    await expect(client.incidents.get({ id: 'ffffffff' })).rejects.toThrow('no incident has the id ffffffff');
  });
});
