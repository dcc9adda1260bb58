import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { WireBacktest, WireFinding } from '../../src/api/wire.ts';
import { company } from '../support/company.ts';
import { bench, finish, importPaths } from '../support/engine.ts';

let client: Client;
let before: readonly WireFinding[];

async function findings(): Promise<WireFinding[]> {
  const all: WireFinding[] = [];
  for (let total = 1; all.length < total;) {
    const page = await client.findings.page({ offset: all.length, limit: 1000 });
    all.push(...page.rows);
    ({ total } = page);
  }
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function backtest(yaml: string): Promise<WireBacktest> {
  let last: WireBacktest | null = null;
  let done = 0;
  for await (const progress of await client.flows.backtest({ yaml })) {
    expect(progress.done).toBeGreaterThan(done);
    done = progress.done;
    last = progress.result;
  }
  return last!;
}

const kindsOf = (rows: readonly { readonly kind: string; readonly subkind: string }[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(rows, ({ kind, subkind }) => `${kind}/${subkind}`)].map(([kind, list]) => [kind, list.length]));

const STRICT = `passport: strict
record: order
owner: orders@example.com
runbook: https://wiki.example.com/orders
calendar:
  zone: Europe/Berlin
steps:
  - step: erp.create
    window: within 6 s of payments.capture
    severity: critical
  - step: wms.ship
    window: before 14:00 on business days after erp.confirm
systems:
  - system: crm
    window: within 3 min of erp.confirm
fields:
  - field: amount
    between: [shop, erp]
    tolerance: 1 %
`;

beforeAll(async () => {
  ({ client } = await bench());
  await importPaths(client, [await company(600)]);
  before = await findings();
});

describe('a workspace with a passport', () => {
  test('is judged as the back-test said, shape by shape as journey by journey', async () => {
    const said = await backtest(STRICT);
    expect(said).toMatchObject({ passport: 'strict', record: 'order', journeys: 600 });
    const { name, job } = await client.flows.put({ yaml: STRICT });
    expect(name).toBe('strict');
    expect((await finish(client, job)).state).toBe('done');
    const now = await findings();
    const after = new Map<string, number>();
    for (const { kind, after: count } of said.weeks) after.set(kind, (after.get(kind) ?? 0) + count);
    expect(kindsOf(now)).toEqual(Object.fromEntries([...after].filter(([, count]) => count > 0)));
    // Some journeys keep the windows and some do not, or this would show nothing.
    const late = now.filter(({ subkind }) => subkind === 'window');
    expect(late.length).toBeGreaterThan(30);
    expect(late.filter(({ step }) => step === 'create').length).toBeLessThan(500);
    expect(await backtest(STRICT)).toMatchObject({ changed: 0, differing: [] });
  });

  test('names the passport, its line and who answers for it, in lists and in the journey', async () => {
    const finding = (await findings()).find(({ subkind, step }) => subkind === 'window' && step === 'create')!;
    expect(finding.severity).toBe('critical');
    expect(finding.explanation).toContain(
      'Declared in strict, line 8 (owner: orders@example.com; runbook: https://wiki.example.com/orders).',
    );
    const { findings: inJourney } = await client.journeys.get({ id: finding.record!.key, type: finding.record!.type });
    expect(inJourney.map(({ id }) => id)).toContain(finding.id);
  });

  test('lists it, and shows what is declared beside what is usual', async () => {
    expect(await client.flows.list()).toMatchObject([
      { name: 'strict', record: 'order', owner: 'orders@example.com', steps: 2, windows: 3, fields: 1, complaints: [] },
    ]);
    expect(await client.flows.get({ name: 'strict' })).toEqual({ name: 'strict', yaml: STRICT });
    const usual = (await client.flows.usual()).find(({ type }) => type === 'order')!;
    const create = usual.steps.find(({ system, step }) => system === 'erp' && step === 'create')!;
    expect(create.declared).toEqual([{ passport: 'strict', line: 8, after: 'payments capture', window: 'within 6 s', required: true }]);
    expect(create.latency!.observations).toBeGreaterThan(400);
    for (const step of usual.steps) if (step.after !== null) expect(step.depth).toBeGreaterThan(0);
  });

  test('is judged as before when it is taken back', async () => {
    await finish(client, (await client.flows.remove({ name: 'strict' })).job);
    expect(await client.flows.list()).toEqual([]);
    expect(await findings()).toEqual(before);
  });
});

describe('a learned passport', () => {
  test('can be kept, and adds no gap', async () => {
    const { type, yaml } = await client.flows.learn({});
    expect(type).toBe('order');
    const { complaints } = await client.flows.check({ yaml });
    expect(complaints.map(({ rule }) => rule)).toEqual(['owner-missing']);
    const { weeks } = await backtest(yaml);
    for (const { kind, before: was, after } of weeks) if (kind.startsWith('gap/')) expect(after).toBe(was);
  });

  test('may be of one flow, and is refused where there is too little', async () => {
    const { yaml } = await client.flows.learn({ type: 'order', flow: 'Order to ERP' });
    expect(yaml).toContain('- step: boomi.');
    expect(yaml).not.toContain('- step: shop.');
    await expect(client.flows.learn({ type: 'ordr' })).rejects.toThrow('there are no journeys of ordr');
    await expect(client.flows.learn({ flow: 'none' })).rejects.toThrow('no journey of order has a step of the flow none');
  });
});

describe('a passport that cannot be used', () => {
  const broken = 'passport: order\nrecord: order\nsteps:\n  - step: erp.create\n    window: soon\n';

  test('is refused with its place, and changes nothing', async () => {
    await expect(client.flows.put({ yaml: broken })).rejects.toMatchObject({
      message:
        'the passport, line 5, column 13: "window" of step 1 must begin with "within" (2 h of a step) or "before" (02:00 Europe/Berlin)',
      data: { code: 'passport-invalid' },
    });
    await expect(backtest(broken)).rejects.toThrow('line 5, column 13');
    await expect(client.flows.remove({ name: 'order' })).rejects.toThrow('there is no passport order');
    expect(await client.flows.list()).toEqual([]);
  });

  test('may be left in the middle of a back-test', async () => {
    const abort = new AbortController();
    let seen = 0;
    for await (const { result } of await client.flows.backtest({ yaml: STRICT }, { signal: abort.signal })) {
      seen++;
      expect(result).toBeNull();
      break;
    }
    expect(seen).toBe(1);
    expect(await findings()).toEqual(before);
  });
});
