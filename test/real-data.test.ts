import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../src/api/client.ts';
import type { WireFinding, WireImportSummary, WireJourney } from '../src/api/wire.ts';
import { bench, finish, importPaths } from './support/engine.ts';

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

  test('UBL: eight documents about one order are one journey, whichever of them is asked for', async () => {
    const { client, summary } = await imported('payloads/ubl');
    expect(summary).toMatchObject({ events: 8, journeys: 1, findings: 0 });
    expect(summary.sources.map(({ profile }) => profile)).toEqual(summary.sources.map(() => 'ubl'));
    for (const id of ['AEG012345', 'CON0095678', '66890-9-09', '565899', '658398', 'A00095678', '6577884']) {
      const journey = await client.journeys.get({ id });
      expect([id, journey.record.type, journey.events]).toEqual([id, 'order', 8]);
      expect(new Set(journey.steps.map(({ system, step }) => `${system} ${step}`))).toEqual(
        new Set([
          'buyer Order',
          'seller OrderResponseSimple',
          'seller DespatchAdvice',
          'buyer ReceiptAdvice',
          'seller Invoice',
          'seller CreditNote',
          'buyer RemittanceAdvice',
          'seller Statement',
        ]),
      );
    }
  });

  test('UBL: from the order to the remittance, and what the invoice says otherwise than the order', async () => {
    const { client } = await imported('payloads/ubl');
    const journey = await client.journeys.get({ id: 'AEG012345' });
    const order = stepsOf(journey);
    // Three documents have one date: the order comes before those that cite it.
    expect(order[0]).toBe('Order');
    expect(order.indexOf('Invoice')).toBeLessThan(order.indexOf('RemittanceAdvice'));
    const amount = journey.state.find(({ field }) => field === 'amount');
    expect(amount?.agree).toBe(false);
    expect(amount?.values.map(({ system, value }) => `${system} ${value}`)).toEqual(['buyer 100', 'seller 107.5']);
  });

  test('Logic Apps: two snapshots of one run are one run, as it stands in the end', async () => {
    const files = ['loadingState', 'normalState'].map((name) => `platforms/logic-apps/MonitoringViewConditional__${name}.json`);
    const { client, summary } = await imported(...files);
    expect(summary).toMatchObject({ journeys: 1, updated: 2, duplicates: 1 });
    const both = await journeys(client);
    const alone = await journeys((await imported(files[1]!)).client);
    const told = ([journey]: readonly WireJourney[]): unknown => [
      journey?.record,
      journey?.status,
      journey?.steps.map(({ step, status }) => [step, status]),
    ];
    expect(told(both)).toEqual(told(alone));
  });

  test('Shopify: an order, its fulfillment and its transaction', async () => {
    const { client } = await imported('payloads/shopify');
    const order = await client.journeys.get({ id: '123456' });
    expect(order.record.type).toBe('order');
    const other = await client.journeys.get({ id: '450789469', type: 'order' });
    expect(other.related.map(({ type }) => type)).toEqual(expect.arrayContaining(['payment', 'shipment']));
  });
});

/** Every file: format, profile and number of events as they are read, without a profile and without a rejection. */
const FILES: readonly (readonly [file: string, format: string, profile: string, events: number])[] = [
  ['microservices/08_43_log.csv', 'csv', 'inferred', 2435],
  ['microservices/08_43_trace.csv', 'csv', 'inferred', 4445],
  ['microservices/08_44_log.csv', 'csv', 'inferred', 2622],
  ['microservices/08_44_trace.csv', 'csv', 'inferred', 4907],
  ['microservices/08_45_log.csv', 'csv', 'inferred', 2795],
  ['microservices/08_45_trace.csv', 'csv', 'inferred', 5108],
  ['payloads/edi/EDIFACT__invoic_d97b_una.edi', 'edifact', 'edifact', 1],
  ['payloads/edi/EDIFACT__orders-with-group.edi', 'edifact', 'edifact', 1],
  ['payloads/edi/x12__invoice810_po850_dual.edi', 'x12', 'x12', 3],
  ['payloads/edi/x12__simple997-multiple-interchanges.edi', 'x12', 'x12', 3],
  ['payloads/shopify/customer.json', 'json', 'inferred', 1],
  ['payloads/shopify/fulfillment.json', 'json', 'shopify', 1],
  ['payloads/shopify/order.json', 'json', 'shopify', 1],
  ['payloads/shopify/transaction.json', 'json', 'shopify', 1],
  ...[
    'creditnote__UBL-CreditNote',
    'despatchadvice__UBL-DespatchAdvice',
    'invoice__UBL-Invoice',
    'order__UBL-Order',
    'orderresponsesimple__UBL-OrderResponseSimple',
    'receiptadvice__UBL-ReceiptAdvice',
    'remittanceadvice__UBL-RemittanceAdvice',
    'statement__UBL-Statement',
  ].map((name) => [`payloads/ubl/${name}-2.0-Example.xml`, 'xml', 'ubl', 1] as const),
  ['platforms/airflow/extract_data__attempt1.log', 'text', 'airflow-log', 11],
  ['platforms/airflow/extract_data__attempt2.log', 'text', 'airflow-log', 12],
  ['platforms/boomi/ExecutionRecord.query-response.json', 'json', 'boomi-execution-record', 4],
  // The same query, as XML: its answer claims 4 and holds 2.
  ['platforms/boomi/ExecutionRecord.query-response.xml', 'xml', 'boomi-execution-record', 2],
  ['platforms/boomi/GenericConnectorRecord.query-response.json', 'json', 'boomi-connector-record', 1],
  ['platforms/boomi/X12ConnectorRecord.query-response.json', 'json', 'boomi-x12-connector-record', 2],
  // A run, its trigger, and its actions.
  ['platforms/logic-apps/LoopsPager__SuccessRun.json', 'json', 'logic-apps-runs', 5],
  ['platforms/logic-apps/MonitoringViewConditional__loadingState.json', 'json', 'logic-apps-runs', 3],
  ['platforms/logic-apps/MonitoringViewConditional__normalState.json', 'json', 'logic-apps-runs', 28],
  ['platforms/sap-cpi/MessageProcessingLogs-1.json', 'json', 'sap-cpi-mpl', 1],
  ['platforms/step-functions/states_variables__test_error_output.snapshot.json', 'json', 'step-functions', 185],
  ['platforms/temporal/events.timed-out.json', 'json', 'temporal', 18],
  ['platforms/temporal/raw-events.ascending.completed.json', 'json', 'temporal', 18],
  ['platforms/temporal/raw-events.descending.failed.json', 'json', 'temporal', 7],
  ['process-mining/08_receipt.xes.gz', 'xes', 'xes', 8577],
  ['process-mining/Insurance_Claims_test.csv', 'csv', 'inferred', 5398],
  ['process-mining/PurchasingExample.csv.gz', 'csv', 'inferred', 9119],
  ['process-mining/example_log.csv', 'csv', 'ocel-csv', 23],
  // Events, and a snapshot of each object; of OCEL 2.0 one for each time at which an attribute of it was set.
  ['process-mining/example_log.jsonocel', 'ocel-json', 'ocel', 23 + 15],
  ['process-mining/example_log.xmlocel', 'ocel-xml', 'ocel', 23 + 15],
  ['process-mining/ocel20_example.jsonocel', 'ocel-json', 'ocel', 13 + 12],
  ['process-mining/ocel20_example.sqlite', 'ocel-json', 'ocel', 13 + 12],
  ['process-mining/ocel20_example.xmlocel', 'ocel-xml', 'ocel', 13 + 12],
  ['process-mining/running-example.csv', 'csv', 'inferred', 42],
  ['process-mining/running-example.xes', 'xes', 'xes', 42],
  ['traces/TraceTimelineViewer__genaiTestTrace.json', 'json', 'jaeger', 57],
  ['traces/events.json', 'json', 'otlp-logs', 1],
  ['traces/fixtures__ui_01.json', 'json', 'jaeger', 5],
  ['traces/logfile_otel_collector.jsonl', 'ndjson', 'otlp-logs', 11],
  ['traces/logs.json', 'json', 'otlp-logs', 1],
  ['traces/logs_simple.jsonl', 'ndjson', 'otlp-logs', 3],
  ['traces/messaging-kafka.json', 'json', 'zipkin', 28],
  // Metrics are no events: one document without a record.
  ['traces/metrics.json', 'json', 'inferred', 1],
  ['traces/skew.json', 'json', 'zipkin', 4],
  ['traces/snapshots__GetTrace.json', 'json', 'otlp-traces', 1],
  ['traces/trace.json', 'json', 'otlp-traces', 1],
  ['traces/traces_simple.jsonl', 'ndjson', 'otlp-traces', 3],
  ['traces/yelp.json', 'json', 'zipkin', 16],
];

describe.skipIf(!HERE)('every file of the folder', () => {
  const found = HERE
    ? readdirSync(DATA, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'INDEX.md')
        .map((entry) => relative(DATA, join(entry.parentPath, entry.name)))
    : [];

  test('is listed here', () => {
    expect(found.sort()).toEqual(FILES.map(([file]) => file).sort());
  });

  test('is read in its format, as its platform, with all of its events', async () => {
    const { client } = await bench();
    const plan = await client.imports.plan({ files: found.map((file) => ({ path: join(DATA, file) })) });
    const { job } = await client.imports.start({ plan: plan.id });
    const { summary } = await finish(client, job);
    // Of an archive or a database the name of what is in it follows.
    const read = summary!.sources.map(({ name, format, profile, events, rejected }) => [
      name.split(' › ')[0],
      format,
      profile,
      events,
      rejected,
    ]);
    const listed = FILES.map(([file, format, profile, events]) => [file.split('/').at(-1), format, profile, events, 0]);
    const byName = (a: readonly unknown[], b: readonly unknown[]): number => String(a[0]).localeCompare(String(b[0]));
    expect(read.toSorted(byName)).toEqual(listed.toSorted(byName));
    expect(summary!.refused).toEqual([]);
  });
});

describe.skipIf(!HERE)('what else is known of them', () => {
  const counts = (values: readonly string[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
  const statuses = async (client: Client): Promise<Record<string, number>> =>
    counts((await journeys(client)).flatMap((journey) => journey.steps.map((step) => step.status)));

  test.each(['jsonocel', 'xmlocel', 'sqlite'])('ocel20_example.%s: 9 objects of 4 types', async (ending) => {
    const { client, summary } = await imported(`process-mining/ocel20_example.${ending}`);
    expect(summary.records).toBe(9);
    const { rows } = await client.sql.run({ sql: 'SELECT type FROM records' });
    expect(counts(rows.map(([type]) => String(type)))).toEqual({ invoice: 3, payment: 3, order: 2, 'purchase-requisition': 1 });
  });

  test.each(['csv', 'jsonocel', 'xmlocel'])('example_log.%s: 15 objects of 3 types', async (ending) => {
    const { summary } = await imported(`process-mining/example_log.${ending}`);
    expect(summary.records).toBe(15);
  });

  test('Zipkin: three failed spans, one with an empty error tag', async () => {
    const { client } = await imported('traces/messaging-kafka.json');
    expect((await statuses(client))['failed']).toBe(3);
  });

  test('Logic Apps: 17 actions succeeded, 9 were skipped; while it ran, it was running', async () => {
    const { client } = await imported('platforms/logic-apps/MonitoringViewConditional__normalState.json');
    // With the run and its trigger.
    expect(await statuses(client)).toEqual({ succeeded: 17 + 2, skipped: 9 });
  });

  test('Step Functions: 12 executions with 7 items of maps, 28 failures', async () => {
    const { client, summary } = await imported('platforms/step-functions');
    const all = await journeys(client);
    expect(summary.journeys).toBe(12 + 7);
    expect(counts(all.map(({ record }) => (record.key.includes('[') ? 'item' : 'execution')))).toEqual({ execution: 12, item: 7 });
    // Every time is the word "timestamp".
    expect(all.every((journey) => journey.startedAt === null)).toBe(true);
  });

  test('Temporal: newest first and oldest first are both told from the beginning; a timeout after 20 minutes', async () => {
    const { client } = await imported('platforms/temporal/raw-events.descending.failed.json');
    const [failed] = await journeys(client);
    expect([failed?.status, failed?.steps[0]?.step, failed?.steps[0]?.status]).toEqual(['failed', 'run', 'failed']);
    const other = await imported('platforms/temporal/events.timed-out.json');
    const [late] = await journeys(other.client);
    const over = late?.steps.filter((step) => step.status === 'timed-out');
    expect(over?.map(({ step }) => step)).toEqual(['run', 'activity.advanced-visibility']);
  });

  test('SAP Cloud Integration: one completed message, dates of OData', async () => {
    const { client, summary } = await imported('platforms/sap-cpi');
    expect(summary.sources[0]?.coverage.from).toMatch(/^2021-01-28T/);
    expect(await statuses(client)).toEqual({ succeeded: 1 });
  });

  test('Airflow: the first attempt fails after a timeout, the second succeeds', async () => {
    const { client } = await imported('platforms/airflow');
    const [journey] = await journeys(client);
    const task = journey?.steps.find((step) => step.attempts.length > 1);
    expect(task?.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'succeeded']);
    expect(await journeys(client)).toHaveLength(1);
    expect(stepsOf(journey!).filter((step) => step === task?.step)).toHaveLength(1);
  });

  test('X12: two invoices and an order of one interchange; three interchanges with acknowledgements', async () => {
    const { client } = await imported('payloads/edi/x12__invoice810_po850_dual.edi');
    const all = await journeys(client);
    expect(new Set(all.flatMap((journey) => journey.steps.map((step) => step.flow)))).toEqual(new Set(['X12 810', 'X12 850']));
  });
});
