import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { chooseFormat } from '../formats/index.ts';
import type { Mapping } from '../mapper.ts';
import type { Emitted } from './testing.ts';
import { infer, roles, sourceOf } from './testing.ts';

/** Real exports made by others; the numbers are those of their own description. */
const DATA = path.resolve(import.meta.dirname, '../../../../shared/data');
const present = existsSync(DATA);
if (!present) console.warn(`skipped: the real files are not at ../shared/data`);

async function read(file: string): Promise<{ mapping: Mapping; events: Emitted[]; refused: string[]; rejected: string[] }> {
  const raw = readFileSync(path.join(DATA, file));
  const bytes = file.endsWith('.gz') ? gunzipSync(raw) : raw;
  const head = bytes.subarray(0, 65_536);
  const chosen = chooseFormat({
    name: path.basename(file),
    bytes: head,
    text: head.toString('utf8'),
    complete: head.length === bytes.length,
  });
  if (chosen === undefined) throw new Error(`no format for ${file}`);
  const entries: Entry[] = [];
  const rejected: string[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  await chosen.format.read(chunks(), chosen.detection.options, {
    entry: (entry) => entries.push(entry),
    reject: (rejection) => rejected.push(rejection.reason),
  });
  const { options } = chosen.detection;
  return { ...infer(entries, sourceOf(file, { formatId: chosen.format.id, options, header: chosen.format.header(options) })), rejected };
}

function distinct(values: readonly string[]): number {
  return new Set(values.filter((value) => value !== '')).size;
}

function cases(events: readonly Emitted[]): number {
  return distinct(events.flatMap((event) => event.ids.filter((id) => id.startsWith('case '))));
}

describe.skipIf(!present)('real files', () => {
  it('running-example.csv: 42 events, 6 cases, 8 activities', async () => {
    const { mapping, events, refused, rejected } = await read('process-mining/running-example.csv');
    expect([events.length, cases(events), distinct(events.map((event) => event.step)), refused.length, rejected.length]).toEqual([
      42, 6, 8, 0, 0,
    ]);
    expect(roles(mapping)).toMatchObject({ 'time:timestamp': 'time', 'case:concept:name': 'identifier case' });
    const times = events.map((event) => event.time).toSorted((a, b) => a - b);
    expect([times[0], times.at(-1)].map((time) => new Date((time ?? 0) / 1000).toISOString())).toEqual([
      '2010-12-30T10:02:00.000Z',
      '2011-01-24T13:56:00.000Z',
    ]);
  });

  it('PurchasingExample.csv.gz: 9,119 events, 608 cases, 21 activities, with start and end', async () => {
    const { mapping, events, refused } = await read('process-mining/PurchasingExample.csv.gz');
    expect([events.length, cases(events), distinct(events.map((event) => event.step)), refused.length]).toEqual([9119, 608, 21, 0]);
    expect(roles(mapping)).toMatchObject({ start_time: 'time', end_time: 'end-time', activity: 'step', case_id: 'identifier case' });
    expect(events.every((event) => event.end >= event.time)).toBe(true);
  });

  it('Insurance_Claims_test.csv: 5,398 events, 1,000 cases, 7 activities', async () => {
    const { events, refused } = await read('process-mining/Insurance_Claims_test.csv');
    expect([events.length, cases(events), distinct(events.map((event) => event.step)), refused.length]).toEqual([5398, 1000, 7, 0]);
  });

  it('08_43_trace.csv: 4,445 spans in 53 traces, nanoseconds and microseconds told apart', async () => {
    const { mapping, events, refused } = await read('microservices/08_43_trace.csv');
    expect([events.length, distinct(events.map((event) => event.execution)), refused.length]).toEqual([4445, 53, 0]);
    expect(mapping.fields.find((field) => field.path === 'Duration')).toMatchObject({ role: 'duration', format: 'us' });
    expect(events.filter((event) => event.parentSpan === '').length).toBeGreaterThanOrEqual(53);
    expect(events.every((event) => event.executionType === 'trace' && event.span !== '')).toBe(true);
    expect(events.some((event) => event.system === 'ts-gateway-service')).toBe(true);
  });

  it('08_43_log.csv: 2,435 lines in the same 53 traces, notes', async () => {
    const { mapping, events, refused } = await read('microservices/08_43_log.csv');
    expect([events.length, distinct(events.map((event) => event.execution)), refused.length]).toEqual([2435, 53, 0]);
    expect(mapping.kind).toBe('note');
    expect(roles(mapping)).toMatchObject({ TraceID: 'execution trace', SpanID: 'span', PodName: 'system' });
  });

  it('example_log.csv (OCEL 1.0): 23 events, 3 orders, 9 elements, 3 deliveries out of list cells', async () => {
    const { events } = await read('process-mining/example_log.csv');
    const objects = (type: string): number => distinct(events.flatMap((event) => event.ids.filter((id) => id.startsWith(`${type} `))));
    expect([events.length, objects('order'), objects('element'), objects('delivery')]).toEqual([23, 3, 9, 3]);
    expect(events.reduce((sum, event) => sum + event.ids.length, 0)).toBe(39);
  });
});
