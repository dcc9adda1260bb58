import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../src/api/client.ts';
import type { WireFinding, WireImportSummary, WireJourney } from '../src/api/wire.ts';
import { bench, importPaths } from './support/engine.ts';

/**
 * Exports made by other people, through the whole engine and without a profile. Their facts were counted with other tools. The folder stands
 * beside the project on some machines only, and nothing of it is in the project.
 */
const DATA = resolve(import.meta.dirname, '../../shared/data');
const HERE = existsSync(DATA);
if (!HERE) console.info(`skipped: the real exports are not here (${join('..', 'shared', 'data')} is missing)`);

interface Imported {
  readonly client: Client;
  readonly summary: WireImportSummary;
}

async function imported(...files: readonly string[]): Promise<Imported> {
  const { client } = await bench();
  const summary = await importPaths(
    client,
    files.map((file) => join(DATA, file)),
  );
  expect(summary.refused).toEqual([]);
  expect(summary.sources.map(({ name, rejected }) => [name, rejected])).toEqual(summary.sources.map(({ name }) => [name, 0]));
  return { client, summary };
}

async function journeys(client: Client): Promise<WireJourney[]> {
  const { rows } = await client.records.page({ sort: 'key', descending: false, limit: 1000 });
  return Promise.all(rows.map((row) => client.journeys.get({ id: row.key, type: row.type })));
}

async function findings(client: Client): Promise<readonly WireFinding[]> {
  return (await client.findings.page({ limit: 1000 })).rows;
}

const stepsOf = (journey: WireJourney): string[] => journey.steps.filter((step) => !step.absent).map((step) => step.step);

describe.skipIf(!HERE)('process-mining logs', () => {
  test.each(['running-example.xes', 'running-example.csv'])('%s: 6 cases, 42 events, 2 with rework', async (file) => {
    const { client, summary } = await imported(`process-mining/${file}`);
    expect(summary).toMatchObject({ events: 42, journeys: 6, records: 6, findings: 0 });
    expect(summary.sources[0]?.coverage).toEqual({ from: '2010-12-30T10:02:00Z', to: '2011-01-24T13:56:00Z' });
    const all = await journeys(client);
    expect(all.map((journey) => journey.record.key)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(8);
    expect(all.filter((journey) => new Set(stepsOf(journey)).size < journey.steps.length)).toHaveLength(2);
    expect(stepsOf(all[2]!)).toEqual([
      'register request',
      'examine casually',
      'check ticket',
      'decide',
      'reinitiate request',
      'examine thoroughly',
      'check ticket',
      'decide',
      'pay compensation',
    ]);
  });

  test('08_receipt.xes.gz: 1,434 cases, 8,577 events, and findings on few of them', async () => {
    const { client, summary } = await imported('process-mining/08_receipt.xes.gz');
    expect(summary).toMatchObject({ events: 8577, journeys: 1434, records: 1434 });
    const journey = await client.journeys.get({ id: 'case-10011', type: 'case' });
    expect(stepsOf(journey)[0]).toBe('Confirmation of receipt');
    const found = await findings(client);
    // People decide, wait and repeat: what is reported must be the exception, and is no proof of a fault.
    expect(found.length).toBeLessThan(0.06 * 1434);
    expect(found.filter((finding) => finding.severity === 'critical')).toEqual([]);
  });

  test('PurchasingExample.csv.gz: 608 cases, 9,119 rows, and findings on few of them', async () => {
    const { client, summary } = await imported('process-mining/PurchasingExample.csv.gz');
    expect(summary).toMatchObject({ events: 9119, journeys: 608, records: 608 });
    const all = await journeys(client);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(21);
    const found = await findings(client);
    expect(found.length).toBeLessThan(0.06 * 608);
    expect(found.filter((finding) => finding.severity === 'critical')).toEqual([]);
  });

  test('Insurance_Claims_test.csv: 1,000 cases, 5,398 rows', async () => {
    const { client, summary } = await imported('process-mining/Insurance_Claims_test.csv');
    expect(summary).toMatchObject({ events: 5398, journeys: 1000 });
    const all = await journeys(client);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(7);
    expect((await findings(client)).filter((finding) => finding.severity === 'critical')).toEqual([]);
  });
});

interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly name: string;
}

/** The spans of a minute file: no cell of it is quoted. */
function spansOf(...files: readonly string[]): Span[] {
  const rows = new Set(files.flatMap((file) => readFileSync(join(DATA, file), 'utf8').trim().split('\n').slice(1)));
  return [...rows].map((row) => {
    const [trace = '', id = '', parent = '', pod = '', operation = ''] = row.trim().split(',');
    return { trace, id, parent, name: `${pod.replace(/-[0-9a-z]+-[0-9a-z]{5}$/, '')} ${operation}` };
  });
}

/** `caller > called`, sorted, of the spans of one trace whose parent is in the data. */
function callsOf(spans: readonly Span[]): string[] {
  const names = new Map(spans.map((span) => [span.id, span.name]));
  return spans.flatMap((span) => (names.has(span.parent) ? [`${names.get(span.parent)} > ${span.name}`] : [])).sort();
}

function callsOfJourney(journey: WireJourney): string[] {
  const names = new Map(journey.steps.map((step) => [step.id, `${step.system} ${step.step}`]));
  return journey.hops
    .filter((hop) => hop.reason === 'parent-span')
    .map((hop) => `${names.get(hop.from)} > ${names.get(hop.to)}`)
    .sort();
}

describe.skipIf(!HERE)('microservices', () => {
  const minute = (name: string): string[] => [`microservices/${name}_log.csv`, `microservices/${name}_trace.csv`];

  test.each([
    ['08_43', 2435, 4445],
    ['08_44', 2622, 4907],
    ['08_45', 2795, 5108],
  ])('%s: every trace with the tree of its spans, and its log lines', async (name, lines, spans) => {
    const { client, summary } = await imported(...minute(name));
    expect(summary.sources.map(({ events }) => events)).toEqual([lines, spans]);
    const byTrace = Map.groupBy(spansOf(`microservices/${name}_trace.csv`), (span) => span.trace);
    const all = await journeys(client);
    expect(new Set(all.map((journey) => journey.record.key))).toEqual(new Set(byTrace.keys()));
    for (const journey of all) {
      const own = byTrace.get(journey.record.key)!;
      expect(journey.steps).toHaveLength(own.length);
      expect(callsOfJourney(journey)).toEqual(callsOf(own));
    }
    // Lines are notes: they hang on the span that wrote them and are no steps.
    expect(all.reduce((sum, journey) => sum + journey.events, 0)).toBe(lines + spans);
    expect(all.every((journey) => journey.record.type === 'trace')).toBe(true);
  });

  test('finds the traces in which a service logged an error', async () => {
    const { client } = await imported(...minute('08_44'));
    const log = readFileSync(join(DATA, 'microservices/08_44_log.csv'), 'utf8').split('\n');
    const wrong = new Set(log.filter((line) => / ERROR /.test(line)).map((line) => line.split(',')[5]));
    const found = (await findings(client)).filter((finding) => finding.kind === 'error');
    expect(new Set(found.map((finding) => finding.record?.key))).toEqual(wrong);
    expect(found.every((finding) => !/\d\d:\d\d:\d\d/.test(finding.title))).toBe(true);
  });

  test('all three minutes together: rows that neighbouring files repeat count once', async () => {
    const { client, summary } = await imported('microservices');
    expect(summary).toMatchObject({ events: 22_312 });
    const byTrace = Map.groupBy(
      spansOf(...['08_43', '08_44', '08_45'].map((name) => `microservices/${name}_trace.csv`)),
      (span) => span.trace,
    );
    const all = await journeys(client);
    expect(all).toHaveLength(byTrace.size);
    for (const journey of all) {
      const own = byTrace.get(journey.record.key)!;
      expect([journey.record.key, journey.steps.length]).toEqual([journey.record.key, own.length]);
      expect(callsOfJourney(journey)).toEqual(callsOf(own));
    }
  });
});

describe.skipIf(!HERE)('traces', () => {
  test('a bare Jaeger trace: 57 spans, 10 services, 1 error', async () => {
    const { client, summary } = await imported('traces/TraceTimelineViewer__genaiTestTrace.json');
    expect(summary).toMatchObject({ events: 57, journeys: 1 });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(57);
    expect(journey?.systems).toHaveLength(10);
    expect(journey?.status).toBe('completed');
    expect(journey?.findings.map(({ kind, system, severity }) => [kind, system, severity])).toEqual([['error', 'k8s-api', 'warning']]);
  });

  test('a Jaeger trace with two roots, a repeated span id and a reference to nothing', async () => {
    const { client, summary } = await imported('traces/fixtures__ui_01.json');
    expect(summary).toMatchObject({ events: 5, journeys: 1 });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(5);
    expect(journey?.findings.map((finding) => finding.kind)).toEqual(['error']);
  });

  test.each([
    ['snapshots__GetTrace.json', 1, 1],
    ['trace.json', 1, 0],
    ['traces_simple.jsonl', 3, 0],
    ['skew.json', 4, 0],
    ['yelp.json', 16, 0],
    ['messaging-kafka.json', 28, 1],
  ])('%s: %i spans in one journey', async (file, spans, found) => {
    const { client, summary } = await imported(`traces/${file}`);
    expect(summary).toMatchObject({ events: spans, journeys: 1, findings: found });
    const [journey] = await journeys(client);
    expect(journey?.steps).toHaveLength(spans);
  });

  test('log records without spans are told as steps of their trace', async () => {
    const { client } = await imported('traces/logfile_otel_collector.jsonl');
    const all = await journeys(client);
    expect(all.every((journey) => journey.steps.length > 0)).toBe(true);
  });
});

describe.skipIf(!HERE)('platforms and documents', () => {
  test('Boomi answers: four runs, a connector record, two EDI documents', async () => {
    const { client, summary } = await imported('platforms/boomi');
    expect(summary.events).toBe(9);
    const all = await journeys(client);
    expect(all.flatMap((journey) => journey.systems)).toEqual(all.map(() => 'boomi'));
    expect(all.filter((journey) => journey.record.type === 'edi-document')).toHaveLength(2);
    expect(summary.findings).toBe(0);
  });

  test('two attempts of an Airflow task: every line is there', async () => {
    const { summary } = await imported('platforms/airflow');
    expect(summary.sources.map((source) => source.events)).toEqual([11, 12]);
  });

  test('UBL documents: one order and what refers to it', async () => {
    const { client, summary } = await imported('payloads/ubl');
    expect(summary.events).toBe(8);
    const journey = await client.journeys.get({ id: 'AEG012345' });
    expect(journey.record.type).toBe('order');
    expect(journey.events).toBeGreaterThanOrEqual(4);
    const all = await journeys(client);
    expect(all.map(({ record }) => record.type).filter((type) => type === 'customization' || type === 'profile')).toEqual([]);
  });

  test('Shopify: an order, its fulfillment and its transaction', async () => {
    const { client } = await imported('payloads/shopify');
    const order = await client.journeys.get({ id: '123456' });
    expect(order.record.type).toBe('order');
    const other = await client.journeys.get({ id: '450789469', type: 'order' });
    expect(other.related.map(({ type }) => type)).toEqual(expect.arrayContaining(['payment', 'shipment']));
  });
});
