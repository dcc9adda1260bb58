import { copyFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bench, caught, finish, importPaths } from '../../test/support/engine.ts';
import { put, tempFolder } from '../../test/support/temp.ts';
import { inProcess, messagePort, PROCEDURES, watched, webSocket } from '../../test/support/transports.ts';
import { UserError } from '../model/errors.ts';
import type { Client } from './client.ts';
import { MAX_PAGE } from './contract.ts';
import { Engine } from './engine/engine.ts';
import { forkedSqlHost, type SqlRun } from './engine/sql-process.ts';
import { backtestProgress, type WireBacktestProgress, type WireWatch } from './wire.ts';

/** The same calls, over every way that leads to the engine. A transport that changes a value, an error or an end shows here. */

const ORDERS = 1100;
const QUICK = 'passport: quick\nrecord: order\nowner: x\nsteps:\n  - step: erp.create order\n    window: within 1 s of shop.checkout\n';
const line = (i: number, system: string, step: string, minute: number): string =>
  JSON.stringify({
    timestamp: new Date(Date.UTC(2031, 4, 4, 8, minute, i % 60)).toISOString(),
    system,
    step,
    status: 'ok',
    order_id: `SO-${10_000 + i}`,
  });

let template: string;
beforeAll(async () => {
  const folder = tempFolder();
  const lines: string[] = [];
  for (let i = 0; i < ORDERS; i++) lines.push(line(i, 'shop', 'checkout', 0), line(i, 'erp', 'create order', 20));
  const { client, engine, workspace } = await bench();
  await importPaths(client, [put(folder, 'orders.ndjson', `${lines.join('\n')}\n{"broken": \n`)]);
  await engine.close();
  template = workspace;
});

describe.each([
  ['in process', inProcess],
  ['message port', messagePort],
  ['web socket', webSocket],
] as const)('the contract over %s', (_name, connect) => {
  const called = new Set<string>();
  const sqlRuns: SqlRun[] = [];
  let client: Client;
  let folder: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    folder = tempFolder();
    const workspace = join(folder, 'suite.waybill');
    copyFileSync(template, workspace);
    const engine = await Engine.open({
      home: folder,
      workspace,
      version: 'test',
      readThreads: 2,
      watch: 'kept',
      watchTiming: { settleMs: 60, scanMs: 60 },
      resolveFile: (file) => {
        if ('grant' in file) throw new UserError('not-found', 'this upload is gone: choose the file again');
        return file.path;
      },
      sqlHost: (question) => {
        const run = forkedSqlHost(question);
        sqlRuns.push(run);
        return run;
      },
    });
    const connection = await connect({ engine, home: folder }, folder);
    client = watched(connection.client, called);
    close = async () => {
      await connection.close();
      await engine.close();
    };
  });
  afterAll(() => close());

  test('tells about the workspace, and of changes', async () => {
    const info = await client.workspace.info();
    expect(info).toMatchObject({ events: 2 * ORDERS, journeys: ORDERS, rejected: 1, sources: 1, version: 'test' });
    expect((await client.workspace.recent())[0]).toMatchObject({ name: 'suite', exists: true });
    const changes = await client.workspace.changes();
    const first = await changes.next();
    expect(first.done).toBe(false);
    expect(typeof (first.value as { revision: number }).revision).toBe('number');
    await changes.return(undefined);
  });

  test('answers a page of a thousand rows, and the rest', async () => {
    const page = await client.records.page({ sort: 'key', descending: false, limit: MAX_PAGE });
    expect(page.total).toBe(ORDERS);
    expect(page.rows).toHaveLength(MAX_PAGE);
    expect(page.rows[0]!.key).toBe('SO-10000');
    const rest = await client.records.page({ sort: 'key', descending: false, offset: MAX_PAGE, limit: MAX_PAGE });
    expect(rest.rows.map((row) => row.key)).toEqual(Array.from({ length: ORDERS - MAX_PAGE }, (_, i) => `SO-${10_000 + MAX_PAGE + i}`));
  });

  test('finds a record, its journey, its events, and their bytes', async () => {
    const [hit] = await client.records.search({ text: 'SO-1000', limit: 5 });
    expect(hit!.journey).toEqual({ type: 'order', key: hit!.key });
    const journey = await client.journeys.get({ id: 'SO-10007' });
    expect(journey.steps.map((step) => [step.system, step.step])).toEqual([
      ['shop', 'checkout'],
      ['erp', 'create order'],
    ]);
    const events = await client.journeys.events({ id: 'SO-10007', type: 'order' });
    expect(events.total).toBe(2);
    const detail = await client.events.get({ id: events.rows[0]!.id });
    expect(detail.raw.text).toContain('SO-10007');
    expect(detail.payload).toMatchObject({ order_id: 'SO-10007' });
    expect((await client.findings.page({ filter: { severity: 'critical' } })).total).toBe(
      (await client.findings.summary()).filter((row) => row.severity === 'critical').reduce((n, row) => n + row.count, 0),
    );
  });

  test('says what stands of findings, incidents and changes, and names what there is not', async () => {
    expect([await client.findings.taught(), await client.changes.list()]).toEqual([[], []]);
    expect(await client.changes.page({ id: 1, what: 'new' })).toEqual(await client.incidents.page());
    expect(await client.incidents.ofFinding({ finding: 'none' })).toBeNull();
    await expect(client.incidents.get({ id: 'none' })).rejects.toThrow('no incident has the id none');
    await expect(client.findings.get({ id: 'none' })).rejects.toThrow('no finding has the id none');
    await expect(client.findings.decide({ findings: ['none'], status: 'open' })).rejects.toThrow('no finding has the id none');
  });

  test('lists sources and what was rejected', async () => {
    const [source] = await client.sources.list();
    expect(source).toMatchObject({ events: 2 * ORDERS, rejected: 1 });
    const rejects = await client.sources.rejects({ source: source!.id });
    expect(rejects.rows).toMatchObject([{ sourceId: source!.id, line: 2 * ORDERS + 1 }]);
  });

  test('shows what was rejected: in groups, with its text, and as a file', async () => {
    const [source] = await client.sources.list();
    const of = { source: source!.id };
    const groups = await client.rejects.groups(of);
    expect(groups).toMatchObject([{ sourceId: source!.id, code: 'malformed', count: 1, rereadable: false }]);
    expect(await client.rejects.groups({})).toEqual(groups);
    expect((await client.sources.rejects({ ...of, code: 'malformed' })).total).toBe(1);
    expect((await client.sources.rejects({ ...of, code: 'truncated' })).total).toBe(0);
    const [row] = (await client.sources.rejects(of)).rows;
    const shown = await client.rejects.bytes({ id: row!.id! });
    expect(shown).toMatchObject({ text: '{"broken": ', truncated: false, after: '\n' });
    expect(shown.before).toContain(`SO-${10_000 + ORDERS - 1}`);
    const csv = await client.rejects.export({ ...of, format: 'csv', bytes: true });
    expect(csv).toMatchObject({ total: 1, next: null });
    expect(csv.text.split('\r\n')[0]).toBe('source,line,offset,length,code,reason,excerpt,text');
    const lines = (await client.rejects.export({ format: 'ndjson', bytes: true })).text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ ...row, text: '{"broken": ' }]);
    expect(await caught(client.rejects.bytes({ id: 999_999 }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('runs SQL, and tells the views', async () => {
    const result = await client.sql.run({ sql: 'SELECT id, system, NULL AS gap FROM events ORDER BY id', limit: 3 });
    expect(result).toMatchObject({
      columns: ['id', 'system', 'gap'],
      rows: [
        [1, 'shop', null],
        [2, 'erp', null],
        [3, 'shop', null],
      ],
      truncated: true,
    });
    expect((await client.sql.views()).map((view) => view.name)).toContain('events');
  });

  test('errors keep their code and their message', async () => {
    const missing = await caught(client.journeys.get({ id: 'SO-1000x' }));
    expect(missing).toMatchObject({ code: 'NOT_FOUND', data: { code: 'not-found', place: null } });
    expect(missing.message).toContain('no record is called SO-1000x');
    expect(await caught(client.sql.run({ sql: 'DELETE FROM event' }))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { code: 'query-rejected' },
    });
    expect(await caught(client.events.get({ id: 999_999 }))).toMatchObject({ code: 'NOT_FOUND', message: 'there is no event 999999' });
    expect(await caught(client.workspace.open({ file: { grant: 'made-up' } }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('input that the contract does not know is refused', async () => {
    for (const call of [
      () => client.records.page({ limit: MAX_PAGE + 1 }),
      () => client.records.page({ sort: 'colour' as never }),
      () => client.events.get({ id: 'seven' as never }),
      () => client.findings.page({ filter: { kind: 'mood' as never } }),
      () => client.imports.plan({ files: ['/etc/passwd' as never] }),
    ]) {
      const error = await caught(call());
      expect(error.code).toBe('BAD_REQUEST');
      expect((error.data as { issues: unknown[] }).issues.length).toBeGreaterThan(0);
    }
  });

  test('an aborted call is stopped where it runs', async () => {
    const abort = new AbortController();
    const before = sqlRuns.length;
    const call = caught(
      client.sql.run(
        { sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' },
        { signal: abort.signal },
      ),
    );
    while (sqlRuns.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort();
    await call;
    // The process that ran it has ended without an answer.
    expect(await sqlRuns.at(-1)!.answer).toBeUndefined();
    expect((await client.sql.run({ sql: 'SELECT 1 AS one' })).rows).toEqual([[1]]);
  });

  test('plans, plans again, imports, and streams progress to its end', async () => {
    const file = put(folder, 'more.ndjson', Array.from({ length: 50 }, (_, i) => `${line(i + ORDERS, 'wms', 'pick', 30)}\n`).join(''));
    const plan = await client.imports.plan({ files: [{ path: file }], options: { system: 'warehouse' } });
    const part = plan.parts[0]!;
    expect(part).toMatchObject({ outcome: 'ready', format: 'ndjson' });
    expect((await client.imports.profile({ plan: plan.id, part: part.id })).yaml).toContain('order_id');
    const replanned = await client.imports.replan({ plan: plan.id, mappings: { [part.id]: { ...part.mapping!, system: 'depot' } } });
    expect(replanned.parts[0]!.mapping!.system).toBe('depot');
    const { job } = await client.imports.start({ plan: plan.id });
    const states: string[] = [];
    for await (const progress of await client.jobs.watch({ job })) states.push(progress.state);
    expect(states.at(-1)).toBe('done');
    expect(states.slice(0, -1).every((state) => state === 'running')).toBe(true);
    expect((await client.jobs.list()).find((known) => known.job === job)!.summary).toMatchObject({ events: 50, refused: [] });
    expect(await client.jobs.cancel({ job })).toEqual({ cancelled: false });
    expect((await client.workspace.info()).events).toBe(2 * ORDERS + 50);
    const added = (await client.sources.list()).find((source) => source.events === 50)!;
    const removal = await client.sources.remove({ source: added.id });
    expect((await finish(client, removal.job)).state).toBe('done');
    expect((await client.workspace.info()).events).toBe(2 * ORDERS);
  });

  test('holds an import, lets it go on, and stops it while it is held', async () => {
    const files = ['a', 'b', 'c'].map((name) => put(folder, `held/${name}.ndjson`, heldLines(name)));
    const begin = async (): Promise<string> => {
      const plan = await client.imports.plan({ files: files.map((path) => ({ path })), options: { encoding: 'utf-8' } });
      return (await client.imports.start({ plan: plan.id })).job;
    };
    const progress = async (job: string) => (await client.jobs.list()).find((known) => known.job === job)!;
    const held = await begin();
    expect(await client.jobs.pause({ job: held })).toEqual({ paused: true });
    expect(await client.jobs.pause({ job: held })).toEqual({ paused: false });
    const watched = await client.jobs.watch({ job: held });
    expect((await watched.next()).value).toMatchObject({ state: 'paused', rate: 0 });
    await watched.return(undefined);
    while ((await progress(held)).parts.length === 0) await wait(20);
    await wait(200);
    // The first part was begun and waits for its first chunk.
    expect(await progress(held)).toMatchObject({
      state: 'paused',
      entries: 0,
      files: { total: 3, done: 0 },
      parts: [{ state: 'reading', entries: 0 }],
    });
    // Others can be planned meanwhile, not imported.
    const other = await client.imports.plan({ files: [{ path: files[0]! }] });
    expect(other.parts[0]!.outcome).toBe('ready');
    expect(await caught(client.imports.start({ plan: other.id }))).toMatchObject({ data: { code: 'workspace-busy' } });
    expect(await client.jobs.cancel({ job: held })).toEqual({ cancelled: true });
    expect((await finish(client, held)).state).toBe('cancelled');
    expect(await client.jobs.resume({ job: held })).toEqual({ resumed: false });

    const again = await begin();
    expect(await client.jobs.pause({ job: again })).toEqual({ paused: true });
    await wait(50);
    expect(await client.jobs.resume({ job: again })).toEqual({ resumed: true });
    const end = await finish(client, again);
    expect(end).toMatchObject({ state: 'done', entries: 120, files: { total: 3, done: 3 } });
    expect(
      end.parts
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, state, entries, bytes, totalBytes }) => [name, state, entries, bytes === totalBytes]),
    ).toEqual([
      ['a.ndjson', 'imported', 40, true],
      ['b.ndjson', 'imported', 40, true],
      ['c.ndjson', 'imported', 40, true],
    ]);
    for (const source of await client.sources.list())
      if (/^[abc]\.ndjson$/.test(source.name)) await finish(client, (await client.sources.remove({ source: source.id })).job);
  });

  test('remembers what was corrected, and proposes it for the next file of the shape', async () => {
    const rows = (day: number): string => {
      const row = (i: number): string => `2031-05-0${day}T10:${10 + i}:00Z,${i % 3 === 0 ? 'ZUGESTELLT' : 'ok'},AB-${day}0${i},${i}`;
      return ['moment,state,auftrag,size', ...Array.from({ length: 20 }, (_, i) => row(i))].join('\n');
    };
    const first = await client.imports.plan({ files: [{ path: put(folder, 'plant-2031-05-01.csv', rows(1)) }] });
    const part = first.parts[0]!;
    expect(part).toMatchObject({ remembered: null, unknownStatuses: [{ word: 'ZUGESTELLT', count: 7 }] });
    const mapping = {
      ...part.mapping!,
      system: 'mill',
      fields: part.mapping!.fields.map((field) =>
        field.path === 'state' ? { ...field, role: 'status' as const, values: { ZUGESTELLT: 'succeeded' as const } } : field,
      ),
    };
    const corrected = await client.imports.replan({ plan: first.id, mappings: { [part.id]: mapping } });
    expect(corrected.parts[0]!.unknownStatuses).toEqual([]);
    await finish(client, (await client.imports.start({ plan: first.id })).job);
    expect((await client.profiles.list()).map(({ id }) => id)).toContain('sap-cpi-mpl');
    const [kept] = await client.mappings.list();
    expect(kept).toMatchObject({
      stem: 'plant-#-#-#.csv',
      format: 'csv',
      corrections: ['the system is mill', 'ZUGESTELLT means succeeded'],
    });

    const next = await client.imports.plan({ files: [{ path: put(folder, 'plant-2031-05-02.csv', rows(2)) }] });
    const proposed = next.parts[0]!;
    expect(proposed).toMatchObject({ remembered: kept!.id, unknownStatuses: [], mapping: { system: 'mill' } });
    expect(proposed.mapping!.reason).toMatch(/^as corrected on \d{4}-\d\d-\d\d: the system is mill; ZUGESTELLT means succeeded$/);
    expect(proposed.preview[0]).toMatchObject({ status: 'succeeded', statusRaw: 'ZUGESTELLT', system: 'mill' });
    const said = await client.imports.plan({ files: [{ path: join(folder, 'plant-2031-05-02.csv') }], options: { system: 'plant 2' } });
    expect(said.parts[0]!.mapping!.system).toBe('plant 2');

    expect(await client.mappings.forget({ mapping: kept!.id })).toEqual({ forgotten: true });
    expect(await client.mappings.forget({ mapping: kept!.id })).toEqual({ forgotten: false });
    const after = await client.imports.plan({ files: [{ path: join(folder, 'plant-2031-05-02.csv') }] });
    expect(after.parts[0]!.remembered).toBeNull();
    const source = (await client.sources.list()).find(({ name }) => name === 'plant-2031-05-01.csv')!;
    await finish(client, (await client.sources.remove({ source: source.id })).job);
  });

  test('reads a source again without its file, all of it and only what was rejected', async () => {
    const good = Array.from({ length: 40 }, (_, i) => line(i, 'shop', 'checkout', 0));
    const odd = Array.from({ length: 12 }, (_, i) =>
      JSON.stringify({ when: `2031-05-04T09:${10 + i}:00Z`, step: 'refund', order_id: `SO-${10_000 + i}` }),
    );
    const file = put(folder, 'mixed.ndjson', `${[...good, ...odd].join('\n')}\n{"damaged": \n`);
    const plan = await client.imports.plan({ files: [{ path: file }] });
    await finish(client, (await client.imports.start({ plan: plan.id })).job);
    unlinkSync(file);
    const before = (await client.sources.list()).find(({ name }) => name === 'mixed.ndjson')!;
    expect(before).toMatchObject({ events: 40, rejected: 13 });
    expect((await client.rejects.groups({ source: before.id })).map(({ code, count, rereadable }) => [code, count, rereadable])).toEqual([
      ['no-time-no-order', 12, true],
      ['malformed', 1, false],
    ]);

    const rest = await client.sources.plan({ source: before.id, rejected: true });
    expect(rest.parts).toMatchObject([
      { source: before.id, outcome: 'ready', sampled: { entries: 12, understood: 12 }, preview: { length: 12 } },
    ]);
    expect(rest.parts[0]!.preview[0]).toMatchObject({ at: '2031-05-04T09:10:00Z', step: 'refund', line: 41 });
    const gained = await finish(client, (await client.imports.start({ plan: rest.id })).job);
    expect(gained.summary!.sources).toMatchObject([
      { events: 52, rejected: 1, reread: { source: before.id, rejectedBefore: 13, understood: 12 } },
    ]);
    const after = (await client.sources.list()).find(({ name }) => name === 'mixed.ndjson')!;
    expect(after).toMatchObject({ id: before.id, sha256: before.sha256, importedAt: before.importedAt, bytes: before.bytes, events: 52 });
    const events = await client.journeys.events({ id: 'SO-10003', type: 'order' });
    const refund = events.rows.find(({ step }) => step === 'refund')!;
    expect(refund.line).toBe(44);
    expect((await client.events.get({ id: refund.id })).raw.text).toBe(odd[3]);

    expect(await caught(client.sources.plan({ source: before.id, rejected: true }))).toMatchObject({ code: 'BAD_REQUEST' });
    const whole = await client.sources.plan({ source: before.id, options: { system: 'market' } });
    expect(whole.parts).toMatchObject([{ source: before.id, mapping: { system: 'market' } }]);
    const withoutRefunds = { ...whole.parts[0]!.mapping!, otherwise: [] };
    await client.imports.replan({ plan: whole.id, mappings: { p1: withoutRefunds } });
    const lost = await finish(client, (await client.imports.start({ plan: whole.id })).job);
    expect(lost.summary!.sources).toMatchObject([{ events: 40, rejected: 13, reread: { rejectedBefore: 1, understood: 0 } }]);
    expect(await caught(client.sources.plan({ source: 999_999 }))).toMatchObject({ code: 'NOT_FOUND' });
    await finish(client, (await client.sources.remove({ source: before.id })).job);
    for (const { id } of await client.mappings.list()) await client.mappings.forget({ mapping: id });
  });

  test('says who is who, is told otherwise, and takes it back', async () => {
    const [one, two] = (await client.records.page({ filter: { type: 'order' }, sort: 'key', descending: false })).rows;
    const before = await client.identity.get({ id: one!.key, type: 'order' });
    expect(before).toMatchObject({ record: { key: one!.key }, journey: { key: one!.key }, conflicts: [], decisions: [] });
    expect(before.identifiers[0]).toMatchObject({ key: true, value: one!.key });
    expect(before.identifiers.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect((await client.identity.conflicts()).total).toBe(0);

    const { job, text } = await client.identity.decide({
      kind: 'merge',
      a: { value: one!.key },
      b: { value: two!.key, type: 'order' },
      note: 'twice',
    });
    expect(text).toBe(`order ${one!.key} and order ${two!.key} are one record`);
    expect((await finish(client, job)).state).toBe('done');
    const merged = await client.journeys.get({ id: two!.key });
    expect(merged.record.key).toBe((await client.journeys.get({ id: one!.key })).record.key);
    expect(merged.events).toBe(one!.events + two!.events);
    const [decision] = await client.identity.decisions();
    expect(decision).toMatchObject({ kind: 'merge', note: 'twice', state: 'applied', text });
    expect((await client.identity.get({ id: two!.key })).decisions).toEqual([decision]);
    expect((await client.changes.list())[0]!.decided).toEqual([text]);

    const contradicting = client.identity.decide({ kind: 'split', a: { value: one!.key }, b: { value: two!.key } });
    expect(await caught(contradicting)).toMatchObject({ code: 'BAD_REQUEST', data: { code: 'identity-contradiction' } });
    expect(await caught(client.identity.decide({ kind: 'merge', a: { value: 'nobody' }, b: { value: one!.key } }))).toMatchObject({
      code: 'NOT_FOUND',
    });

    const undone = await client.identity.undo();
    expect(undone.decision.id).toBe(decision!.id);
    await finish(client, undone.job);
    expect(await client.identity.get({ id: one!.key, type: 'order' })).toEqual(before);
    expect(await caught(client.identity.undo())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await caught(client.identity.undo({ decision: 99 }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('learns, checks, tries, keeps and forgets passports', async () => {
    const { yaml } = await client.flows.learn({ type: 'order' });
    expect((await client.flows.check({ yaml })).complaints.map(({ rule }) => rule)).toEqual(['owner-missing']);
    expect((await client.flows.usual()).find((flow) => flow.type === 'order')!.steps.length).toBeGreaterThan(1);
    let last: WireBacktestProgress | undefined;
    for await (const progress of await client.flows.backtest({ yaml: QUICK })) last = backtestProgress.parse(progress);
    expect(last!.result!.weeks).toContainEqual(expect.objectContaining({ kind: 'delay/window', before: 0 }));
    const { name, job } = await client.flows.put({ yaml: QUICK });
    expect((await finish(client, job)).state).toBe('done');
    expect(await client.flows.get({ name })).toEqual({ name, yaml: QUICK });
    expect((await client.flows.list()).map((row) => row.name)).toEqual(['quick']);
    await finish(client, (await client.flows.remove({ name })).job);
    expect(await caught(client.flows.put({ yaml: 'passport: X\n' }))).toMatchObject({ data: { code: 'passport-invalid' } });
  });

  test('watches a folder', async () => {
    const incoming = join(folder, 'incoming');
    put(incoming, 'day-1/a.ndjson', heldLines('a'));
    expect(await caught(client.watches.add({ folder: { path: join(incoming, 'day-1/a.ndjson') } }))).toMatchObject({ code: 'BAD_REQUEST' });
    expect(await caught(client.watches.add({ folder: { grant: 'made-up' } }))).toMatchObject({ code: 'NOT_FOUND' });
    const { id } = await client.watches.add({ folder: { path: incoming }, options: { system: 'depot' } });
    const until = async (done: (watch: WireWatch) => boolean): Promise<WireWatch> => {
      for (;;) {
        const found = (await client.watches.list()).find((watch) => watch.id === id)!;
        if (done(found)) return found;
        await wait(30);
      }
    };
    expect(await until(({ taken }) => taken === 1)).toMatchObject({ lastImport: { files: 1, events: 40, rejected: 0 }, lastError: null });
    expect((await client.sources.list()).map(({ name }) => name)).toContain('incoming/day-1/a.ndjson');
    put(incoming, 'copy.ndjson', heldLines('a'));
    put(incoming, 'picture.bin', new Uint8Array(1000).fill(1));
    const { lastError } = await until(({ known, failed }) => known === 1 && failed === 1);
    expect(lastError).toMatchObject({ file: join(incoming, 'picture.bin') });
    put(incoming, 'day-1/a.ndjson', heldLines('a') + heldLines('b'));
    // What failed is left alone until it changes.
    expect((await until(({ taken }) => taken === 2)).failed).toBe(1);
    expect(await client.watches.remove({ watch: id })).toEqual({ removed: true });
    expect(await client.watches.remove({ watch: id })).toEqual({ removed: false });
    expect(await client.watches.list()).toEqual([]);
    while ((await client.jobs.list()).some(({ state }) => state === 'running')) await wait(20);
  });

  test('opens another workspace and fills it with the sample', async () => {
    const changes = await client.workspace.changes();
    const { revision } = (await changes.next()).value as { revision: number };
    const opened = await client.workspace.open({ file: { path: join(folder, 'other.waybill') } });
    expect(opened).toMatchObject({ name: 'other', events: 0 });
    expect(((await changes.next()).value as { revision: number }).revision).toBeGreaterThan(revision);
    await changes.return(undefined);
    const { job } = await client.imports.sample({ orders: 5, seed: 3 });
    const end = await finish(client, job);
    expect(end).toMatchObject({ state: 'done', error: null });
    expect((await client.workspace.info()).events).toBe(end.summary!.events);
  });

  test('every procedure of the contract was called', () => {
    expect([...PROCEDURES.keys()].filter((name) => !called.has(name))).toEqual([]);
    expect(PROCEDURES.size).toBeGreaterThanOrEqual(20);
  });
});

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Forty entries that differ from those of another name. */
function heldLines(name: string): string {
  return Array.from({ length: 40 }, (_, i) => `${line(i, `held ${name}`, 'pack', 40)}\n`).join('');
}
