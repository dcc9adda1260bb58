import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/intake/entry.ts';
import type { PlatformProfile } from '../../../src/intake/mapper.ts';
import { PLATFORM_PROFILES } from '../../../src/intake/profiles/index.ts';
import { readEntries } from './read-entries.ts';
import type { ReadFile } from './read-entries.ts';
import { runProfile } from './run-profile.ts';
import type { Emitted } from './run-profile.ts';

/** Real exports made by other people; their facts were counted with other tools. The folder stands beside the project on some machines only. */
const DATA = resolve(import.meta.dirname, '../../../../shared/data');
const HERE = existsSync(DATA);
if (!HERE) console.info(`skipped: the real exports are not here (${join('..', 'shared', 'data')} is missing)`);

interface Mapped extends Emitted {
  readonly profile: PlatformProfile | undefined;
  readonly file: ReadFile;
}

async function mapped(path: string): Promise<Mapped> {
  const file = await readEntries(join(DATA, path));
  const head = file.entries.slice(0, 200);
  const claims = PLATFORM_PROFILES.filter((profile) => profile.recognise(head, file.source) !== undefined);
  expect(claims.length).toBeLessThan(2);
  const profile = claims[0];
  return { profile, file, ...(profile === undefined ? { events: [], refused: [] } : runProfile(profile, file.entries, file.source)) };
}

function distinct(events: readonly JsonObject[], field: string): number {
  return new Set(events.map((event) => event[field]).filter((value) => value !== undefined)).size;
}

function withStatus(events: readonly JsonObject[], status: string): number {
  return events.filter((event) => event['status'] === status).length;
}

describe.skipIf(!HERE)('real traces', () => {
  it('reads a bare Jaeger trace: 57 spans, 10 services, 1 error', async () => {
    const { profile, events, refused } = await mapped('traces/TraceTimelineViewer__genaiTestTrace.json');
    expect(profile?.id).toBe('jaeger');
    expect(refused).toEqual([]);
    expect(events).toHaveLength(57);
    expect(distinct(events, 'system')).toBe(10);
    expect(distinct(events, 'execution')).toBe(1);
    expect(withStatus(events, 'failed')).toBe(1);
  });

  it('keeps both spans of one id, follows references and survives a dangling one', async () => {
    const { profile, events } = await mapped('traces/fixtures__ui_01.json');
    expect(profile?.id).toBe('jaeger');
    expect(events).toHaveLength(5);
    expect(distinct(events, 'system')).toBe(2);
    expect(withStatus(events, 'failed')).toBe(1);
    expect(events.filter((event) => event['parentSpan'] === undefined)).toHaveLength(2);
    expect(events[3]!['parentSpan']).toBe('0000000000000002');
  });

  it('reads OTLP inside a result envelope: 1 span without times, failed', async () => {
    const { profile, events } = await mapped('traces/snapshots__GetTrace.json');
    expect(profile?.id).toBe('otlp-traces');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ step: 'foobar', status: 'failed', execution: '0000000000000001' });
    expect(events[0]!['time']).toBeUndefined();
  });

  it.each([
    ['traces/traces_simple.jsonl', 'otlp-traces', 3, 1],
    ['traces/trace.json', 'otlp-traces', 1, 1],
    ['traces/logs_simple.jsonl', 'otlp-logs', 3, undefined],
    ['traces/logs.json', 'otlp-logs', 1, 1],
    ['traces/events.json', 'otlp-logs', 1, 0],
  ] as const)('%s: %s, %i entries', async (path, id, count, traces) => {
    const { profile, events, refused, file } = await mapped(path);
    expect(profile?.id).toBe(id);
    expect(refused).toEqual([]);
    expect(file.rejections).toEqual([]);
    expect(events).toHaveLength(count);
    if (traces !== undefined) expect(distinct(events, 'execution')).toBe(traces);
    for (const event of events) expect(event['system']).toMatch(/service/);
  });

  it('reads the collector log file: 6 lines, the payment service among them', async () => {
    const { profile, events, refused } = await mapped('traces/logfile_otel_collector.jsonl');
    expect(profile?.id).toBe('otlp-logs');
    expect(refused).toEqual([]);
    expect(new Set(events.map((event) => event['system']))).toContain('payment-service');
  });

  it('reads Zipkin: 28 spans with 3 errors', async () => {
    const { profile, events } = await mapped('traces/messaging-kafka.json');
    expect(profile?.id).toBe('zipkin');
    expect(events).toHaveLength(28);
    expect(withStatus(events, 'failed')).toBe(3);
  });

  it('reads Zipkin: 16 spans of which 4 are shared, under one id each', async () => {
    const { events } = await mapped('traces/yelp.json');
    expect(events).toHaveLength(16);
    expect(events.filter((event) => String(event['span']).endsWith('/shared'))).toHaveLength(4);
    expect(new Set(events.map((event) => String(event['span']).replace('/shared', ''))).size).toBe(13);
    expect(new Set(events.map((event) => event['system']))).toContain('unknown');
  });

  it('makes the server half of a shared span the child of its client half', async () => {
    const { events } = await mapped('traces/skew.json');
    expect(events).toHaveLength(4);
    const server = events.find((event) => String(event['span']).endsWith('/shared'))!;
    const client = events.find((event) => event['span'] === server['parentSpan'])!;
    expect(client['system']).toBe('servicea');
    expect(Date.parse(String(client['time'])) - Date.parse(String(server['time']))).toBeGreaterThan(64);
  });

  it('leaves metrics alone', async () => {
    const { profile } = await mapped('traces/metrics.json');
    expect(profile).toBeUndefined();
  });
});

describe.skipIf(!HERE)('real Boomi answers', () => {
  it.each(['ExecutionRecord.query-response.json', 'ExecutionRecord.query-response.xml'])('%s', async (name) => {
    const { profile, events, refused } = await mapped(`platforms/boomi/${name}`);
    expect(profile?.id).toBe('boomi-execution-record');
    expect(refused).toEqual([]);
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const event of events) {
      expect(event).toMatchObject({ system: 'boomi', step: 'run', status: 'succeeded', executionType: 'execution' });
      expect(String(event['execution'])).toMatch(/^execution-/);
      expect(Date.parse(String(event['end']))).toBeGreaterThan(Date.parse(String(event['time'])));
    }
  });

  it('reads a generic connector record without its envelope', async () => {
    const { profile, events } = await mapped('platforms/boomi/GenericConnectorRecord.query-response.json');
    expect(profile?.id).toBe('boomi-connector-record');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      step: 'Get txt file',
      status: 'succeeded',
      identifiers: ['file example.txt (connectorFields.filename)'],
    });
    expect(events[0]!['attributes']).toHaveLength(2);
  });

  it('reads X12 records with their control numbers', async () => {
    const { profile, events } = await mapped('platforms/boomi/X12ConnectorRecord.query-response.json');
    expect(profile?.id).toBe('boomi-x12-connector-record');
    expect(events).toHaveLength(2);
    expect(events[0]!['identifiers']).toContain('interchange NDTL/D1T1/000000852 (isaControl)');
  });
});

describe.skipIf(!HERE)('real XES logs', () => {
  it.each([
    ['process-mining/running-example.xes', 42, 6, 8],
    ['process-mining/08_receipt.xes.gz', 8_577, 1_434, 27],
  ] as const)('%s: %i events, %i cases, %i activities', async (path, count, cases, activities) => {
    const { profile, events, refused, file } = await mapped(path);
    expect(profile?.id).toBe('xes');
    expect(file.rejections).toEqual([]);
    expect(refused).toEqual([]);
    expect(events).toHaveLength(count);
    expect(new Set(events.map((event) => (event['identifiers'] as string[])[0])).size).toBe(cases);
    expect(distinct(events, 'step')).toBe(activities);
    expect(events.every((event) => event['time'] !== undefined && event['status'] === 'succeeded')).toBe(true);
  });
});

describe.skipIf(!HERE)('real OCEL logs', () => {
  it.each([
    ['process-mining/example_log.jsonocel', 'ocel', 23, 39, 15, 0],
    ['process-mining/example_log.xmlocel', 'ocel', 23, 39, 15, 0],
    ['process-mining/example_log.csv', 'ocel-csv', 23, 39, 15, 0],
    ['process-mining/ocel20_example.jsonocel', 'ocel', 13, 20, 9, 7],
    ['process-mining/ocel20_example.xmlocel', 'ocel', 13, 20, 9, 7],
  ] as const)('%s: %s, %i events with %i relations, %i objects with %i', async (path, id, count, relations, objects, links) => {
    const { profile, events, refused, file } = await mapped(path);
    expect(profile?.id).toBe(id);
    expect([file.rejections, refused]).toEqual([[], []]);
    const steps = events.filter((event) => event['kind'] === 'step');
    const snapshots = events.filter((event) => event['kind'] === 'snapshot');
    const identifiers = (event: JsonObject): string[] => event['identifiers'] as string[];
    expect(steps).toHaveLength(count);
    expect(steps.flatMap(identifiers)).toHaveLength(relations);
    expect(new Set(events.flatMap(identifiers).map((text) => text.replace(/ \(.*$/, ''))).size).toBe(objects);
    expect(snapshots.flatMap((event) => identifiers(event).slice(1))).toHaveLength(links);
    expect(steps.every((event) => event['time'] !== undefined && event['status'] === 'unknown')).toBe(true);
  });
});

describe.skipIf(!HERE)('real exports of no listed platform', () => {
  it.each([
    'payloads/shopify/customer.json',
    'process-mining/running-example.csv',
    'microservices/08_43_trace.csv',
  ])('%s is claimed by none', async (path) => {
    expect((await mapped(path)).profile).toBeUndefined();
  });
});
