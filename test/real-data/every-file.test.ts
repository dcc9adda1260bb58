import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bench, finish } from '../support/engine.ts';
import { DATA, HERE } from './imported.ts';

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
