import { describe, expect, it } from 'vitest';
import type { FieldMapping, Mapping } from '../mapper.ts';
import { inferMapping } from './infer.ts';
import { infer, rows, run, sourceOf, trees } from './testing.ts';

function mappingOf(
  fields: readonly (Partial<FieldMapping> & Pick<FieldMapping, 'path' | 'role'>)[],
  extra: Partial<Mapping> = {},
): Mapping {
  return {
    profile: 'test',
    title: '',
    confidence: 1,
    reason: '',
    system: 'sys',
    systemReason: '',
    zone: 'UTC',
    zoneReason: '',
    kind: 'step',
    step: undefined,
    flow: undefined,
    fields: fields.map((field) => ({ type: undefined, format: undefined, confidence: 1, reason: '', samples: [], ...field })),
    ...extra,
  };
}

describe('compileMapping', () => {
  it('refuses an entry whose time cannot be read, and only where there is a time field', () => {
    const entries = trees({ at: '2031-03-04T09:15:02Z', id: 'A1' }, { at: 'soon', id: 'A2' }, { id: 'A3' });
    const timed = run(
      entries,
      sourceOf('x'),
      mappingOf([
        { path: 'at', role: 'time', format: 'iso' },
        { path: 'id', role: 'identifier', type: 'order' },
      ]),
    );
    expect(timed.events.map((event) => event.ids)).toEqual([['order A1']]);
    expect(timed.refused).toEqual(['"at" is no time of the form iso: "soon"', 'there is no time: "at" is empty']);
    const untimed = run(entries, sourceOf('x'), mappingOf([{ path: 'id', role: 'identifier', type: 'order' }]));
    expect(untimed.events).toHaveLength(3);
    expect(untimed.events[0]?.time).toBeNaN();
  });

  it('falls back to a second time field', () => {
    const { events } = run(
      trees({ updated: null, created: '2031-03-04' }),
      sourceOf('x'),
      mappingOf([
        { path: 'updated', role: 'time', format: 'iso' },
        { path: 'created', role: 'time', format: 'iso' },
      ]),
    );
    expect(events[0]).toMatchObject({ precision: 'day' });
  });

  it('reads local times in the mapping’s zone', () => {
    const { events } = run(
      trees({ at: '2031-07-01 12:00:00' }),
      sourceOf('x', { zone: 'UTC' }),
      mappingOf([{ path: 'at', role: 'time', format: 'iso' }], { zone: 'Europe/Berlin' }),
    );
    expect(new Date((events[0]?.time ?? 0) / 1000).toISOString()).toBe('2031-07-01T10:00:00.000Z');
  });

  it.each([
    ['ms', 1500, 1_500_000],
    ['s', '1.5', 1_500_000],
    ['us', 1500, 1500],
    ['ns', 1_500_000, 1500],
    ['iso8601', 'PT1.5S', 1_500_000],
    ['go', '1m2.5s', 62_500_000],
    ['clock', '00:00:01.5000000', 1_500_000],
  ] as const)('adds a duration in %s to the time', (format, value, expected) => {
    const { events } = run(
      trees({ at: 1_930_382_102, took: value }),
      sourceOf('x'),
      mappingOf([
        { path: 'at', role: 'time', format: 'epoch-s' },
        { path: 'took', role: 'duration', format },
      ]),
    );
    expect((events[0]?.end ?? 0) - (events[0]?.time ?? 0)).toBe(expected);
  });

  it('drops an end before the start', () => {
    const { events } = run(
      trees({ a: 1_930_382_102, b: 1_930_382_002 }),
      sourceOf('x'),
      mappingOf([
        { path: 'a', role: 'time', format: 'epoch-s' },
        { path: 'b', role: 'end-time', format: 'epoch-s' },
      ]),
    );
    expect(events[0]?.end).toBeNaN();
  });

  it('lets the user’s own status words go first', () => {
    const { events } = run(
      trees({ s: 'closed' }, { s: 'done' }, { s: 'odd' }, {}),
      sourceOf('x'),
      mappingOf([{ path: 's', role: 'status', format: 'word', values: { closed: 'succeeded', done: 'cancelled' } }]),
    );
    expect(events.map((event) => [event.status, event.statusRaw])).toEqual([
      ['succeeded', 'closed'],
      ['cancelled', 'done'],
      ['unknown', 'odd'],
      ['unknown', ''],
    ]);
  });

  it('counts retries from zero and attempts from one', () => {
    const retry = run(
      trees({ n: 0 }, { n: '2' }, { n: 'x' }),
      sourceOf('x'),
      mappingOf([{ path: 'n', role: 'attempt', format: 'from-0' }]),
    );
    expect(retry.events.map((event) => event.attempt)).toEqual([1, 3, 0]);
    const attempt = run(trees({ n: 1 }, { n: 0 }), sourceOf('x'), mappingOf([{ path: 'n', role: 'attempt', format: 'from-1' }]));
    expect(attempt.events.map((event) => event.attempt)).toEqual([1, 0]);
  });

  it('takes an error text for a failure where no status says otherwise', () => {
    const fields = [{ path: 'error', role: 'error' as const }];
    expect(
      run(trees({ error: 'HTTP 503' }, { error: null }, { error: '-' }), sourceOf('x'), mappingOf(fields)).events.map(
        (event) => event.status,
      ),
    ).toEqual(['failed', 'unknown', 'unknown']);
  });

  it('follows keys with dots, nested keys, text that holds JSON, lists, and what surrounds the entry', () => {
    const [entry] = trees({
      'trace.id': 't1',
      span: { id: 's1' },
      log: '{"order":{"id":"SO-1"}}',
      lines: [{ ref: 'L1' }, { ref: 'L2' }, {}],
      ids: "['i1', 'i2']",
    });
    if (entry === undefined || entry.kind !== 'tree') throw new Error('no entry');
    const { events } = run(
      [{ ...entry, context: { batch: { 'batch.no': 'B-7' } } }],
      sourceOf('x'),
      mappingOf([
        { path: 'trace.id', role: 'execution', type: 'trace' },
        { path: 'span.id', role: 'span' },
        { path: 'log.order.id', role: 'identifier', type: 'order' },
        { path: 'lines[].ref', role: 'identifier', type: 'part' },
        { path: 'ids[]', role: 'identifier', type: 'item' },
        { path: '^batch.batch.no', role: 'identifier', type: 'batch' },
      ]),
    );
    expect(events[0]).toMatchObject({
      execution: 't1',
      executionType: 'trace',
      span: 's1',
      ids: ['order SO-1', 'batch B-7', 'part L1', 'part L2', 'item i1', 'item i2'],
    });
  });

  it('finds rows by name, also unnamed and repeated columns', () => {
    const { header, entries } = rows(',status,status\n7,new,done');
    const { events } = run(
      entries,
      sourceOf('x', { header }),
      mappingOf([
        { path: 'column 1', role: 'identifier', type: 'order' },
        { path: 'status 2', role: 'status', format: 'word' },
      ]),
    );
    expect(events[0]).toMatchObject({ ids: ['order 7'], statusRaw: 'done' });
  });

  it('takes lines without a step, among lines with one, for notes named after their message', () => {
    const { events } = run(
      trees({ step: 'create', msg: 'Order created' }, { msg: 'Job 17 finished' }, {}),
      sourceOf('x'),
      mappingOf([
        { path: 'step', role: 'step' },
        { path: 'msg', role: 'message' },
      ]),
    );
    expect(events.map((event) => [event.kind, event.step])).toEqual([
      ['step', 'create'],
      ['note', 'Job … finished'],
      ['note', ''],
    ]);
  });

  it('treats a root parent as none', () => {
    const { events } = run(
      trees({ p: 'root' }, { p: '0000000000000000' }, { p: 'a1' }),
      sourceOf('x'),
      mappingOf([{ path: 'p', role: 'parent-span' }]),
    );
    expect(events.map((event) => event.parentSpan)).toEqual(['', '', 'a1']);
  });

  it('finds learned keys in messages and errors, once each', () => {
    const source = sourceOf('x', { textPatterns: [{ type: 'order', source: String.raw`\bSO-\d{4,5}\b`, example: 'SO-1001' }] });
    const { events } = run(
      trees({ id: 'SO-1001', msg: 'sent SO-1001 with SO-1002', err: 'SO-1003 refused' }),
      source,
      mappingOf([
        { path: 'id', role: 'identifier', type: 'order' },
        { path: 'msg', role: 'message' },
        { path: 'err', role: 'error' },
      ]),
    );
    expect(events[0]?.ids).toEqual(['order SO-1001', 'order SO-1002', 'order SO-1003']);
  });

  it('gives the same event whichever entry came before', () => {
    const entries = trees(
      {
        ts: '2026-05-04T09:12:04.123Z',
        step: 'a',
        order_id: 'SO-1001',
        amount: 1,
        status: 'ok',
        attempt: 3,
        error_message: 'HTTP 503 from the warehouse',
      },
      { ts: '2026-05-04T09:12:05Z', step: 'b', order_id: 'SO-1002' },
      { ts: '2026-05-04T09:12:06.123456Z', step: 'a', order_id: 'SO-1003', amount: 2, status: 'failed' },
    );
    const source = sourceOf('x.ndjson');
    const mapping = inferMapping(entries, source);
    const alone = entries.map((entry) => run([entry], source, mapping).events[0]);
    expect(run(entries, source, mapping).events).toEqual(alone);
    expect(run(entries.toReversed(), source, mapping).events.toReversed()).toEqual(alone);
  });

  it('reads keys and errors under fields that the first entries did not have, unless the mapping says otherwise', () => {
    const head = trees(
      { ts: '2031-03-04T09:15:02Z', step: 'create', order_id: 'SO-1001', ctx: { customer_id: 'C-100' } },
      { ts: '2031-03-04T09:15:03Z', step: 'pay', order_id: 'SO-1001', ctx: { customer_id: 'C-100' } },
    );
    const later = trees({
      ts: '2031-03-05T09:15:02Z',
      step: 'ship',
      order_id: 'SO-1001',
      shipment_id: 'SHP-77',
      ctx: { invoice_no: 'INV-9', order_status: 'open' },
      error_message: 'no carrier',
      payment: 'cash on delivery',
    });
    const source = sourceOf('x.ndjson');
    const mapping = inferMapping(head, source);
    expect(run(later, source, mapping).events[0]).toMatchObject({
      ids: ['order SO-1001', 'shipment SHP-77', 'invoice INV-9'],
      error: 'no carrier',
      status: 'failed',
    });
    const silenced = { ...mapping, fields: [...mapping.fields, ...mappingOf([{ path: 'shipment_id', role: 'ignored' }]).fields] };
    expect(run(later, source, silenced).events[0]?.ids).toEqual(['order SO-1001', 'invoice INV-9']);
  });

  it('guesses columns that are empty at first by their names, and says so', () => {
    const { header, entries } = rows(
      'ts,step,order_id,shipment_id,error_message,foo\n2031-03-04T09:15:02Z,create,SO-1001,,,\n2031-03-04T09:15:03Z,pay,SO-1002,,,',
    );
    const mapping = inferMapping(entries, sourceOf('x.csv', { header }));
    expect(mapping.fields.filter((field) => field.samples.length === 0).map((field) => [field.path, field.role, field.confidence])).toEqual(
      [
        ['shipment_id', 'identifier', 0.4],
        ['error_message', 'error', 0.4],
        ['foo', 'ignored', 0.5],
      ],
    );
  });

  it('takes two words that together name a document for its number, and a lone noun for nothing', () => {
    const { header, entries } = rows(
      'ts;step;order_id;BILLING_DOCUMENT;INVOICE\n2031-03-04T09:15:02Z;create;SO-1001;;\n2031-03-04T09:15:03Z;pay;SO-1002;;',
      ';',
    );
    const later = rows('ts;step;order_id;BILLING_DOCUMENT;INVOICE\n2031-03-04T21:00:00Z;bill;SO-1001;0090017302;119', ';');
    const source = sourceOf('x.csv', { header });
    expect(run(later.entries, source, inferMapping(entries, source)).events[0]?.ids).toEqual(['order SO-1001', 'invoice 0090017302']);
  });

  it('reads amounts with decimal commas and points alike', () => {
    const comma = rows('order_id;amount\nSO-1001;1.234,50\nSO-1002;99,90', ';');
    const point = rows('order_id;amount\nSO-1001;1,234.50\nSO-1002;99.90', ';');
    const read = (table: typeof comma) =>
      infer(table.entries, sourceOf('orders.csv', { header: table.header })).events.map((event) => event.attributes['amount']);
    expect(read(comma)).toEqual([1234.5, 99.9]);
    expect(read(point)).toEqual([1234.5, 99.9]);
  });
});
