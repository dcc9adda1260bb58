import { AsyncIteratorClass } from '@orpc/client';
import type { Client } from '../../src/api/client.ts';
import type { WireMapping, WireRecord, WireWorkspaceInfo } from '../../src/api/wire.ts';
import { makeManyParts, makePlan, makeProgress } from './fake-import.ts';
import { DATA_FROM, DATA_TO, makeData, sortValue } from './fake-records.ts';
import { COVERAGE, makeLearned, makeSources, makeWatches, REJECT_GROUPS, rejectedText, rejectsPage } from './fake-sources.ts';

export interface FakeOptions {
  /** Number of records; 0 is a new workspace. */
  readonly records: number;
  /** Milliseconds each answer takes. */
  readonly latency: number;
  /** Sources of the workspace; six when not given. */
  readonly sources?: number;
  /** Files of a planned import; a handful when not given. */
  readonly parts?: number;
  /** Every query fails. */
  readonly broken?: boolean;
  /** Answers for journeys and events, which belong to the tests of the journey page. */
  readonly journeys?: Pick<Client, 'journeys' | 'events'>;
}

/** A client over made-up data, for looking at the pages and for component tests. The same options give the same answers. */
export function fakeClient(options: FakeOptions): Client {
  const data = makeData(options.records);
  const plans = new Map<string, ReturnType<typeof makePlan>>();
  const empty = options.records === 0;
  const sources = makeSources(options.sources ?? 6);
  let watches = makeWatches();
  const state: FakeJob = { paused: false, cancelled: false };

  const answer = async <T>(make: () => T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, options.latency));
    if (options.broken === true)
      throw Object.assign(new Error('may-incident.waybill cannot be read: disk I/O error at page 812'), { code: 'workspace-corrupt' });
    return make();
  };

  const info: WireWorkspaceInfo = {
    path: '/data/may-incident.waybill',
    name: 'may-incident.waybill',
    events: empty ? 0 : 1_204_113,
    records: data.records.length * 2,
    journeys: data.records.length,
    findings: {
      info: data.findings.filter((finding) => finding.severity === 'info').length,
      warning: data.findings.filter((finding) => finding.severity === 'warning').length,
      critical: data.findings.filter((finding) => finding.severity === 'critical').length,
    },
    sources: empty ? 0 : sources.length,
    rejected: empty ? 0 : 10_000,
    from: empty ? null : new Date(DATA_FROM).toISOString(),
    to: empty ? null : new Date(DATA_TO).toISOString(),
    coverage: empty ? [] : [...COVERAGE],
    recordTypes: ['order', 'payment', 'shipment']
      .map((type) => ({ type, journeys: data.records.filter((record) => record.type === type).length }))
      .filter((one) => one.journeys > 0),
    version: '0.1.0',
    revision: 1,
  };

  // A database keeps an index; sorting a hundred thousand rows for every page would measure the fake instead of the page.
  let sortedAs = '';
  let sortedRows: readonly WireRecord[] = [];
  const sortOnce = (key: string, make: () => readonly WireRecord[]): readonly WireRecord[] => {
    if (sortedAs !== key) {
      sortedRows = make();
      sortedAs = key;
    }
    return sortedRows;
  };

  const refuse = async (): Promise<never> =>
    answer(() => {
      throw Object.assign(new Error('this fake has no journeys'), { code: 'not-found' });
    });

  return {
    workspace: {
      info: async () => answer(() => info),
      open: async () => answer(() => info),
      recent: async () =>
        answer(() => [
          { path: '/data/may-incident.waybill', name: 'may-incident.waybill', openedAt: '2026-05-04T12:50:00Z', exists: true },
          { path: '/data/black-friday.waybill', name: 'black-friday.waybill', openedAt: '2025-12-02T08:11:00Z', exists: true },
          { path: '/data/old/payments-outage.waybill', name: 'payments-outage.waybill', openedAt: '2025-07-19T15:30:00Z', exists: false },
        ]),
      changes: async () => streamOf(quiet()),
    },
    imports: {
      plan: async () =>
        answer(() => {
          const plan = options.parts === undefined ? makePlan('plan-1') : { id: 'plan-1', parts: makeManyParts(options.parts) };
          plans.set(plan.id, plan);
          return plan;
        }),
      replan: async ({ plan, mappings }) =>
        answer(() => {
          const known =
            plans.get(plan) ?? (options.parts === undefined ? makePlan(plan) : { id: plan, parts: makeManyParts(options.parts) });
          const next = { id: plan, parts: known.parts.map((part) => applyMapping(part, mappings[part.id])) };
          plans.set(plan, next);
          return next;
        }),
      start: async () => answer(() => ({ job: 'job-1' })),
      sample: async () => answer(() => ({ job: 'job-1' })),
      profile: async () =>
        answer(() => ({ yaml: 'profile: wms-events\nformat: ndjson\nsystem: wms\nfields:\n  - path: ts\n    role: time\n' })),
    },
    jobs: {
      list: async () => answer(() => []),
      watch: async ({ job }) => streamOf(progress(job, state)),
      cancel: async () => answer(() => ({ cancelled: (state.cancelled = true) })),
      pause: async () => answer(() => ({ paused: (state.paused = true) })),
      resume: async () => answer(() => ({ resumed: !(state.paused = false) })),
    },
    sources: {
      list: async () => answer(() => (empty ? [] : [...sources])),
      rejects: async (input) => answer(() => rejectsPage(input)),
      plan: async () =>
        answer(() => {
          const plan = makePlan('plan-2');
          const again = { id: plan.id, parts: plan.parts.slice(0, 1).map((part) => ({ ...part, source: 4 })) };
          plans.set(again.id, again);
          return again;
        }),
      remove: async () => answer(() => ({ job: 'job-1' })),
    },
    identity: {
      get: refuse,
      decisions: async () => answer(() => []),
      conflicts: async () => answer(() => ({ rows: [], total: 0 })),
      decide: refuse,
      undo: refuse,
    },
    profiles: {
      list: async () =>
        answer(() => [
          { id: 'depot-words', title: 'Words of the depot', path: '/home/waybill/profiles/depot.yaml', matches: true, problem: null },
          { id: 'boomi-execution-record', title: 'Boomi execution records', path: null, matches: true, problem: null },
        ]),
    },
    rejects: {
      groups: async ({ source } = {}) =>
        answer(() => (empty ? [] : REJECT_GROUPS.filter((group) => source === undefined || group.sourceId === source))),
      bytes: async ({ id }) => answer(() => rejectedText(id)),
      export: async () => answer(() => ({ text: '{"source":"erp"}\n', next: null, total: 1 })),
    },
    mappings: {
      list: async () => answer(() => (empty ? [] : [...makeLearned()])),
      forget: async () => answer(() => ({ forgotten: true })),
    },
    watches: {
      list: async () => answer(() => (empty ? [] : [...watches])),
      add: async ({ folder }) =>
        answer(() => {
          const path = 'path' in folder ? folder.path : '/granted/folder';
          const added = { ...makeWatches()[2], id: `w${watches.length + 1}`, path, state: 'waiting' as const } as (typeof watches)[number];
          watches = [...watches, added];
          return added;
        }),
      remove: async ({ watch }) =>
        answer(() => {
          watches = watches.filter((one) => one.id !== watch);
          return { removed: true };
        }),
    },
    records: {
      page: async ({ filter, sort = 'started', descending = true, offset = 0, limit = 100 }) =>
        answer(() => {
          const text = filter?.text?.toLowerCase() ?? '';
          const matches = (record: WireRecord): boolean =>
            (filter?.type === undefined || record.type === filter.type) &&
            (filter?.status === undefined || record.status === filter.status) &&
            (filter?.system === undefined || record.systems.includes(filter.system)) &&
            (filter?.severity === undefined || record.severity === filter.severity) &&
            (filter?.finding === undefined ||
              data.findings.some((finding) => finding.kind === filter.finding && finding.record?.key === record.key)) &&
            (text === '' || record.key.toLowerCase().includes(text) || record.aliases.some((alias) => alias.toLowerCase().includes(text)));
          const sorted = sortOnce(JSON.stringify([filter, sort, descending]), () =>
            data.records.filter(matches).toSorted((a, b) => compare(sortValue(a, sort), sortValue(b, sort), descending)),
          );
          return { rows: sorted.slice(offset, offset + limit), total: sorted.length };
        }),
      search: async ({ text, limit = 20 }) =>
        answer(() => {
          const lower = text.toLowerCase();
          return data.records
            .filter((record) => [record.key, ...record.aliases].some((id) => id.toLowerCase().includes(lower)))
            .slice(0, limit)
            .map((record) => ({
              type: record.type,
              key: record.key,
              matched: [record.key, ...record.aliases].find((id) => id.toLowerCase().includes(lower)) ?? record.key,
              journey: { type: record.type, key: record.key },
              status: record.status,
              severity: record.severity,
            }));
        }),
    },
    journeys: options.journeys?.journeys ?? { get: refuse, events: refuse },
    events: options.journeys?.events ?? { get: refuse },
    findings: {
      page: async ({ filter, offset = 0, limit = 100 }) =>
        answer(() => {
          const rows = data.findings.filter(
            (finding) =>
              (filter?.kind === undefined || finding.kind === filter.kind) &&
              (filter?.subkind === undefined || finding.subkind === filter.subkind) &&
              (filter?.severity === undefined || finding.severity === filter.severity) &&
              (filter?.system === undefined || finding.system === filter.system),
          );
          return { rows: rows.slice(offset, offset + limit), total: rows.length };
        }),
      get: refuse,
      decide: async ({ findings }) => answer(() => ({ decided: findings.length })),
      taught: async () => answer(() => []),
      summary: async () =>
        answer(() => {
          const counts = new Map<
            string,
            {
              kind: (typeof data.findings)[number]['kind'];
              subkind: string;
              severity: (typeof data.findings)[number]['severity'];
              count: number;
            }
          >();
          for (const { kind, subkind, severity } of data.findings) {
            const key = `${kind} ${subkind} ${severity}`;
            const known = counts.get(key);
            if (known === undefined) counts.set(key, { kind, subkind, severity, count: 1 });
            else known.count += 1;
          }
          return [...counts.values()];
        }),
    },
    incidents: {
      page: async () => answer(() => ({ rows: [], total: 0 })),
      get: refuse,
      ofFinding: async () => answer(() => null),
    },
    changes: {
      list: async () => answer(() => []),
      page: async () => answer(() => ({ rows: [], total: 0 })),
    },
    flows: {
      usual: async () => answer(() => []),
      list: async () => answer(() => []),
      get: async ({ name }) => answer(() => ({ name, yaml: `passport: ${name}\n` })),
      check: async () => answer(() => ({ name: null, record: null, complaints: [] })),
      learn: async () => answer(() => ({ type: 'order', yaml: 'passport: order\nrecord: order\n' })),
      put: async () => answer(() => ({ name: 'order', job: 'job-1' })),
      remove: async () => answer(() => ({ job: 'job-1' })),
      backtest: async () => streamOf(noProgress()),
    },
    sql: {
      run: async ({ sql }) =>
        answer(() => {
          if (!/^\s*(select|with)\b/i.test(sql))
            throw Object.assign(new Error('only a SELECT can be run here'), { code: 'query-rejected' });
          return {
            columns: ['record_type', 'key', 'status', 'duration_ms'],
            rows: data.records.slice(0, 200).map((record) => [record.type, record.key, record.status, record.durationMs]),
            truncated: true,
            ms: 3.2,
          };
        }),
      views: async () =>
        answer(() => [
          {
            name: 'events',
            description: 'one row per event',
            columns: [
              { name: 'id', description: 'the event' },
              { name: 'at', description: 'ISO-8601 UTC' },
              { name: 'system', description: '' },
              { name: 'step', description: '' },
              { name: 'status', description: 'normal form' },
            ],
          },
          {
            name: 'journeys',
            description: 'one row per journey',
            columns: [
              { name: 'record_type', description: '' },
              { name: 'key', description: '' },
              { name: 'status', description: '' },
              { name: 'duration_ms', description: 'start to end' },
            ],
          },
          {
            name: 'findings',
            description: 'one row per finding',
            columns: [
              { name: 'kind', description: '' },
              { name: 'severity', description: '' },
              { name: 'key', description: 'its record' },
            ],
          },
        ]),
    },
  };
}

function applyMapping<T extends { readonly mapping: WireMapping | null; readonly preview: readonly { readonly system: string }[] }>(
  part: T,
  mapping: WireMapping | undefined,
): T {
  return mapping === undefined ? part : { ...part, mapping, preview: part.preview.map((event) => ({ ...event, system: mapping.system })) };
}

function compare(a: number | string | null, b: number | string | null, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return (a < b ? -1 : 1) * (descending ? -1 : 1);
}

/** Wraps a generator in the class that a real transport answers with. */
function streamOf<T>(source: AsyncGenerator<T, void, void>): AsyncIteratorClass<T, void, void> {
  return new AsyncIteratorClass(
    () => source.next(),
    async () => {
      await source.return();
    },
  );
}

/** Says once where the data is, then nothing ever again: the made-up data never changes. */
async function* noProgress(): AsyncGenerator<{ done: number; total: number; result: null }, void, void> {
  yield { done: 0, total: 0, result: null };
}

async function* quiet(): AsyncGenerator<{ revision: number }, void, void> {
  yield { revision: 1 };
  await new Promise(() => undefined);
}

interface FakeJob {
  paused: boolean;
  cancelled: boolean;
}

async function* progress(job: string, state: FakeJob): AsyncGenerator<ReturnType<typeof makeProgress>, void, void> {
  for (let step = 0; step <= 20;) {
    const now = makeProgress(job, step);
    if (state.cancelled && step < 20) {
      yield { ...now, state: 'cancelled' };
      return;
    }
    yield state.paused && step < 20 ? { ...now, state: 'paused', rate: 0 } : now;
    if (!state.paused) step += 1;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
