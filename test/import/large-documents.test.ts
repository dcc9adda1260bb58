import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/intake/containers/types.ts';
import type { JsonObject } from '../../src/intake/entry.ts';
import { previewSample, samplePart, understandSample } from '../../src/intake/plan.ts';

/**
 * One document of 2 MB: nothing in its first 256 KiB is a whole entry, and it is recognised all the same. Each is a fixture of its platform in
 * which what comes often in such a document (lines, spans, items) comes very often.
 */
const FIXTURES = join(import.meta.dirname, '../golden/profiles');
const SIZE = 2 * 1024 * 1024;
const PLAN = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };

const text = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
const json = (name: string): JsonObject => JSON.parse(text(name)) as JsonObject;
const often = <T>(item: (i: number) => T, size = 100): T[] => Array.from({ length: Math.ceil(SIZE / size) }, (_, i) => item(i));
/** The text with what matches written very often. */
const repeated = (source: string, pattern: RegExp): string =>
  source.replace(pattern, (match) => match.repeat(Math.ceil(SIZE / match.length)));

function partOf(name: string, content: string, chunkBytes = 65_536): Part {
  const bytes = Buffer.from(content);
  return {
    name,
    path: name,
    member: undefined,
    diskBytes: bytes.length,
    encoding: 'utf-8',
    async *open() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

function n8nExecution(): JsonObject {
  const execution = (json('n8n/input.json')['data'] as JsonObject[])[0]!;
  const { data, ...rest } = execution;
  const result = (data as JsonObject)['resultData'] as JsonObject;
  const items = often((i) => ({ json: { sku: `SKU-${i}`, quantity: 1, price: 9.95, description: 'a line of the order' } }));
  const run = {
    startTime: 1930382102001,
    executionIndex: 3,
    executionTime: 12,
    executionStatus: 'success',
    source: [],
    data: { main: [items] },
  };
  return { ...rest, data: { resultData: { ...result, runData: { Lines: [run], ...(result['runData'] as JsonObject) } } } };
}

const stepFunctions = (): JsonObject => ({
  ...json('step-functions/described.json'),
  input: JSON.stringify({
    orderId: 'SO-78',
    lines: often((i) => ({ sku: `SKU-${i}`, quantity: 1, price: 9.95, description: 'a line of the order' })),
  }),
});

function temporal(): JsonObject {
  const history = json('temporal/input.json');
  const [first, ...others] = history['events'] as JsonObject[];
  const attributes = first!['workflowExecutionStartedEventAttributes'] as JsonObject;
  const data = Buffer.from(JSON.stringify({ orderId: 'SO-77', lines: often((i) => `SKU-${i}`, 10) })).toString('base64');
  const input = { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data }] };
  return { events: [{ ...first, workflowExecutionStartedEventAttributes: { ...attributes, input } }, ...others] };
}

function jaeger(): JsonObject {
  const [trace] = json('jaeger/input.json')['data'] as JsonObject[];
  const [span] = trace!['spans'] as JsonObject[];
  return { data: [{ ...trace, spans: often((i) => ({ ...span, spanID: i.toString(16).padStart(16, '0') }), 400) }] };
}

function shopify(): JsonObject {
  const [order] = json('shopify/input.json')['orders'] as JsonObject[];
  const { line_items: _, ...rest } = order!;
  return {
    order: { ...rest, line_items: often((i) => ({ id: i, sku: `SKU-${i}`, quantity: 2, price: '50.00', title: 'a line of the order' })) },
  };
}

const logicApps = (): JsonObject => {
  const [run] = json('logic-apps-runs/input.json')['value'] as JsonObject[];
  const properties = run!['properties'] as JsonObject;
  const outputs = { lines: { type: 'Array', value: often((i) => ({ sku: `SKU-${i}`, quantity: 1, description: 'a line of the order' })) } };
  return { ...run, properties: { ...properties, outputs } };
};

const DOCUMENTS: readonly (readonly [profile: string, name: string, content: () => string])[] = [
  ['n8n', 'execution.json', () => JSON.stringify(n8nExecution())],
  ['n8n', 'execution-indented.json', () => JSON.stringify(n8nExecution(), undefined, 2)],
  ['n8n', 'executions.json', () => JSON.stringify({ data: [n8nExecution(), n8nExecution()], nextCursor: null })],
  ['step-functions', 'described.json', () => JSON.stringify(stepFunctions())],
  ['temporal', 'history.json', () => JSON.stringify(temporal())],
  ['temporal', 'history-indented.json', () => JSON.stringify(temporal(), undefined, 1)],
  ['logic-apps-runs', 'run.json', () => JSON.stringify(logicApps())],
  ['logic-apps-runs', 'runs.json', () => JSON.stringify({ value: [logicApps()] })],
  ['jaeger', 'trace.json', () => JSON.stringify(jaeger())],
  ['jaeger', 'bare.json', () => JSON.stringify((jaeger()['data'] as JsonObject[])[0])],
  ['shopify', 'order.json', () => JSON.stringify(shopify())],
  ['shopify', 'orders.json', () => JSON.stringify({ orders: [shopify()['order']!] })],
  ['stripe', 'event.json', () => bigFirstLine('stripe/input.ndjson')],
  ['otlp-traces', 'traces.json', () => bigSpans()],
  ['zipkin', 'trace.json', () => JSON.stringify([often((i) => ({ ...zipkinSpan(), id: i.toString(16).padStart(16, '0') }), 300)])],
  ['fhir', 'bundle.json', () => JSON.stringify(bundle())],
  ['ubl', 'order.xml', () => repeated(text('ubl/input.xml'), /<a:OrderLine>.*?<\/a:OrderLine>/)],
  [
    'sap-idoc',
    'order.xml',
    () =>
      repeated(text('sap-idoc/input.xml').replace(/<IDOC BEGIN="1">\s*<EDI_DC40[^]*(?=<\/ORDERS05>)/, firstIdoc), /<E1EDP01.*?<\/E1EDP01>/),
  ],
  ['cxml', 'order.xml', () => repeated(text('cxml/input.xml'), /<ItemOut.*?<\/ItemOut>/)],
  ['x12', 'order.edi', () => repeated(text('x12/input.edi'), /PO1\*1\*12[^]*?(?=PO1\*2)/)],
  ['edifact', 'order.edi', () => repeated(text('edifact/input.edi'), /LIN\+1\+.*\n(?:QTY|PRI|MOA)[^]*?(?=LIN\+2)/)],
  ['hl7-v2', 'order.hl7', () => repeated(text('hl7-v2/input.hl7'), /OBX.*[\r\n]+/)],
];

const firstIdoc = (all: string): string => all.slice(0, all.indexOf('</IDOC>') + '</IDOC>'.length);

function bigFirstLine(name: string): string {
  const event = JSON.parse(text(name).split('\n')[0]!) as JsonObject;
  const object = (event['data'] as JsonObject)['object'] as JsonObject;
  const lines = { data: often((i) => ({ id: `il_${i}`, object: 'line_item', amount: 100, description: 'a line of the order' })) };
  return JSON.stringify({ ...event, data: { object: { lines, ...object } } }, undefined, 2);
}

function bigSpans(): string {
  const [resource] = (JSON.parse(text('otlp-traces/input.jsonl').split('\n')[0]!) as JsonObject)['resourceSpans'] as JsonObject[];
  const [scope] = resource!['scopeSpans'] as JsonObject[];
  const [span] = scope!['spans'] as JsonObject[];
  return JSON.stringify({
    resourceSpans: [
      { ...resource, scopeSpans: [{ ...scope, spans: often((i) => ({ ...span, spanId: i.toString(16).padStart(16, '0') }), 700) }] },
    ],
  });
}

const zipkinSpan = (): JsonObject => (JSON.parse(text('zipkin/input.json')) as JsonObject[][])[0]![0]!;

function bundle(): JsonObject {
  const { entry, ...rest } = json('fhir/bundle.json');
  const [first] = entry as JsonObject[];
  const resource = first!['resource'] as JsonObject;
  const note = often((i) => ({ text: `note ${i} of what was asked for, as it is written in the chart of the patient` }));
  return { ...rest, entry: [{ ...first, resource: { ...resource, note } }] };
}

describe('a document larger than the head', () => {
  it.each(DOCUMENTS)('%s: %s', async (profile, name, content) => {
    const document = content();
    expect(document.length).toBeGreaterThan(SIZE / 2);
    const part = partOf(name, document);
    const sample = await samplePart(part, PLAN);
    expect(sample?.entries.length).toBeGreaterThan(0);
    const mapping = understandSample(part, sample!, PLAN);
    expect(mapping.profile).toBe(profile);
    expect(previewSample(part, sample!, mapping, []).events.length).toBeGreaterThan(0);
  });

  it('stops reading at 16 MiB', async () => {
    let read = 0;
    const part = partOf('endless.json', '');
    const endless: Part = {
      ...part,
      async *open() {
        yield Buffer.from('{"orderId":"SO-77","note":"');
        for (;;) {
          read += 65_536;
          yield Buffer.alloc(65_536, 'x');
        }
      },
    };
    const sample = await samplePart(endless, PLAN);
    expect(sample?.entries).toEqual([]);
    expect(read).toBeLessThan(24 * 1024 * 1024);
  });
});
