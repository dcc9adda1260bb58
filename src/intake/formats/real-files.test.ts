import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover, isRefusal } from '../containers/index.ts';
import type { Entry, Rejection } from '../entry.ts';
import { chooseFormat } from './index.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');
const HEAD_BYTES = 64 * 1024;
const present = existsSync(DATA);
if (!present) console.info(`skipped: the real files are not at ${DATA}`);

interface Read {
  readonly format: string;
  readonly entries: readonly Entry[];
  readonly rejections: readonly Rejection[];
}

async function read(path: string): Promise<Read> {
  for await (const part of discover([join(DATA, path)])) {
    if (isRefusal(part)) throw new Error(part.reason);
    const head: Uint8Array[] = [];
    let total = 0;
    for await (const chunk of part.open()) {
      head.push(chunk);
      total += chunk.length;
      if (total > HEAD_BYTES) break;
    }
    const bytes = Buffer.concat(head).subarray(0, HEAD_BYTES);
    const choice = chooseFormat({ name: part.name, bytes, text: bytes.toString(), complete: total <= HEAD_BYTES });
    if (choice === undefined) throw new Error('no format fits');
    const entries: Entry[] = [];
    const rejections: Rejection[] = [];
    await choice.format.read(part.open(), choice.detection.options, {
      entry: (entry) => entries.push(entry),
      reject: (one) => rejections.push(one),
    });
    return { format: choice.format.id, entries, rejections };
  }
  throw new Error('nothing was found');
}

// Counts from the index of the files, computed there with other tools.
const FACTS: readonly (readonly [path: string, format: string, entries: number])[] = [
  ['process-mining/running-example.xes', 'xes', 42],
  ['process-mining/running-example.csv', 'csv', 42],
  ['process-mining/08_receipt.xes.gz', 'xes', 8577],
  ['process-mining/PurchasingExample.csv.gz', 'csv', 9119],
  ['process-mining/Insurance_Claims_test.csv', 'csv', 5398],
  // Events and objects.
  ['process-mining/ocel20_example.jsonocel', 'ocel-json', 13 + 9],
  ['process-mining/ocel20_example.xmlocel', 'ocel-xml', 13 + 9],
  ['process-mining/ocel20_example.sqlite', 'ocel-json', 13 + 9],
  ['process-mining/example_log.jsonocel', 'ocel-json', 23 + 15],
  ['process-mining/example_log.xmlocel', 'ocel-xml', 23 + 15],
  ['process-mining/example_log.csv', 'csv', 23],
  ['traces/TraceTimelineViewer__genaiTestTrace.json', 'json', 57],
  ['traces/fixtures__ui_01.json', 'json', 5],
  ['traces/snapshots__GetTrace.json', 'json', 1],
  ['traces/messaging-kafka.json', 'json', 28],
  ['traces/yelp.json', 'json', 16],
  ['traces/skew.json', 'json', 4],
  ['traces/trace.json', 'json', 1],
  ['traces/logs.json', 'json', 1],
  ['traces/traces_simple.jsonl', 'ndjson', 3],
  ['traces/logs_simple.jsonl', 'ndjson', 3],
  ['platforms/boomi/ExecutionRecord.query-response.json', 'json', 4],
  ['platforms/boomi/X12ConnectorRecord.query-response.json', 'json', 2],
  ['platforms/boomi/GenericConnectorRecord.query-response.json', 'json', 1],
  ['platforms/step-functions/states_variables__test_error_output.snapshot.json', 'json', 185],
  ['platforms/sap-cpi/MessageProcessingLogs-1.json', 'json', 1],
  ['payloads/ubl/order__UBL-Order-2.0-Example.xml', 'xml', 1],
  ['payloads/shopify/order.json', 'json', 1],
  ['microservices/08_43_trace.csv', 'csv', 4445],
  ['microservices/08_43_log.csv', 'csv', 2435],
];

describe.skipIf(!present)('real files', () => {
  it.each(FACTS)('%s is %s with %i entries', async (path, format, count) => {
    const result = await read(path);
    expect({ format: result.format, entries: result.entries.length, rejections: result.rejections }).toEqual({
      format,
      entries: count,
      rejections: [],
    });
  });

  it('counts the cases of the receipt log by the context of its events', async () => {
    const { entries } = await read('process-mining/08_receipt.xes.gz');
    const contexts = new Set(entries.map((entry) => (entry.kind === 'tree' ? entry.context?.['trace'] : undefined)));
    expect(contexts.size).toBe(1434);
  });

  it('keeps a traceback with the line it belongs to', async () => {
    const { format, entries } = await read('platforms/airflow/extract_data__attempt1.log');
    expect([format, entries.length]).toEqual(['text', 11]);
    expect(
      entries.map((entry) => (entry.kind === 'tree' ? JSON.stringify(entry.value) : '')).filter((value) => value.includes('Traceback')),
    ).toHaveLength(1);
  });
});
