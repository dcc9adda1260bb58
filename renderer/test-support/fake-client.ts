import { AsyncIteratorClass } from '@orpc/client';
import type { Client } from '../../src/api/client.ts';
import type { WireCoverage, WireMapping, WireRecord, WireSource, WireWorkspaceInfo } from '../../src/api/wire.ts';
import { makePlan, makeProgress } from './fake-import.ts';
import { DATA_FROM, DATA_TO, makeData, sortValue, SYSTEMS } from './fake-records.ts';

export interface FakeOptions {
  /** Number of records; 0 is a new workspace. */
  readonly records: number;
  /** Milliseconds each answer takes. */
  readonly latency: number;
  /** Every query fails. */
  readonly broken?: boolean;
  /** Answers for journeys and events, which belong to the tests of the journey page. */
  readonly journeys?: Pick<Client, 'journeys' | 'events'>;
}

const COVERAGE: readonly WireCoverage[] = SYSTEMS.map((system, index) => ({
  system,
  from: new Date(DATA_FROM + index * 4000).toISOString(),
  to: new Date(system === 'crm' ? DATA_TO - 9 * 3_600_000 : DATA_TO - index * 2000).toISOString(),
}));

const SOURCES: readonly WireSource[] = SYSTEMS.map((system, index) => ({
  id: index + 1,
  name:
    [
      'shop-events.ndjson',
      'payments_2026-05.csv',
      'boomi-execution-records.json',
      'erp-server-2026-05-04-node-7.log.gz',
      'wms-events.ndjson',
      'crm-orders.csv',
    ][index] ?? system,
  path: `exports/may/${system}`,
  format: ['ndjson', 'csv', 'json', 'text', 'ndjson', 'csv'][index] ?? 'text',
  profile: system === 'boomi' ? 'boomi-execution-record' : 'inferred',
  system,
  zone: system === 'payments' ? 'Europe/Berlin' : 'UTC',
  events: 90_218 - index * 9_871,
  rejected: system === 'erp' ? 3 : 0,
  duplicates: system === 'payments' ? 12 : 0,
  bytes: 31_400_000 - index * 3_900_000,
  sha256: `${index}9f2c77ab`.repeat(8).slice(0, 64),
  importedAt: '2026-05-04T12:50:00Z',
  coverage: COVERAGE[index] ?? null,
  systems: [system],
}));

/** A client over made-up data, for looking at the pages and for component tests. The same options give the same answers. */
export function fakeClient(options: FakeOptions): Client {
  const data = makeData(options.records);
  const plans = new Map<string, ReturnType<typeof makePlan>>();
  const empty = options.records === 0;

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
    sources: empty ? 0 : SOURCES.length,
    rejected: empty ? 0 : 3,
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
          const plan = makePlan('plan-1');
          plans.set(plan.id, plan);
          return plan;
        }),
      replan: async ({ plan, mappings }) =>
        answer(() => {
          const known = plans.get(plan) ?? makePlan(plan);
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
      watch: async ({ job }) => streamOf(progress(job)),
      cancel: async () => answer(() => ({ cancelled: true })),
    },
    sources: {
      list: async () => answer(() => (empty ? [] : [...SOURCES])),
      rejects: async () =>
        answer(() => ({
          total: 3,
          rows: [
            {
              source: 'erp-server-2026-05-04-node-7.log.gz',
              sourceId: 4,
              line: 8_114,
              offset: 4_181_002,
              length: 975,
              code: 'truncated',
              reason: 'erp-server-2026-05-04-node-7.log.gz, line 8,114: the line ends inside a quoted value',
              excerpt: '2026-05-04 09:12:31,004 INFO  [IDOC] order="00001000',
            },
            {
              source: 'erp-server-2026-05-04-node-7.log.gz',
              sourceId: 4,
              line: 8_115,
              offset: 4_181_977,
              length: 48,
              code: 'no-time',
              reason: 'erp-server-2026-05-04-node-7.log.gz, line 8,115: no time was found',
              excerpt: '\tat com.example.erp.Idoc.post(Idoc.java:118)',
            },
            {
              source: 'erp-server-2026-05-04-node-7.log.gz',
              sourceId: 4,
              line: 90_001,
              offset: 51_200_118,
              length: 12,
              code: 'encoding',
              reason: 'erp-server-2026-05-04-node-7.log.gz, line 90,001: the bytes are no UTF-8',
              excerpt: 'Stra\uFFFDe 12',
            },
          ],
        })),
      remove: async () => answer(() => ({ job: 'job-1' })),
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
async function* quiet(): AsyncGenerator<{ revision: number }, void, void> {
  yield { revision: 1 };
  await new Promise(() => undefined);
}

async function* progress(job: string): AsyncGenerator<ReturnType<typeof makeProgress>, void, void> {
  for (let step = 0; step <= 20; step += 1) {
    yield makeProgress(job, step);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
