import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { ROLES } from '../mapper.ts';
import { inferMapping } from './infer.ts';
import { fieldOf, infer, roles, rows, sourceOf, trees } from './testing.ts';

const EVENTS = trees(
  {
    ts: '2026-05-04T09:12:04.123Z',
    system: 'wms',
    flow: 'fulfil',
    step: 'allocate',
    status: 'ok',
    order_id: 'SO-1001',
    customer_id: 'C-1',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    attempt: 1,
    duration_ms: 124,
    amount: 12.5,
    currency: 'EUR',
    message: 'allocated stock',
    host: 'h1',
  },
  {
    ts: '2026-05-04T09:12:05.123Z',
    system: 'erp',
    flow: 'fulfil',
    step: 'post',
    status: 'error',
    order_id: 'SO-1002',
    customer_id: 'C-2',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4737',
    attempt: 2,
    duration_ms: 99,
    amount: 112.5,
    currency: 'EUR',
    message: 'period is closed',
    host: 'h2',
  },
  {
    ts: '2026-05-04T09:12:06.123Z',
    system: 'wms',
    flow: 'fulfil',
    step: 'ship',
    status: 'ok',
    order_id: 'SO-1001',
    customer_id: 'C-1',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    attempt: 1,
    duration_ms: 24,
    amount: 12.5,
    currency: 'EUR',
    message: 'shipped',
    host: 'h1',
  },
);

describe('plain events', () => {
  it('gives every field its role', () => {
    const { mapping, events } = infer(EVENTS, sourceOf('events.ndjson'));
    expect(roles(mapping)).toEqual({
      ts: 'time',
      system: 'system',
      flow: 'flow',
      step: 'step',
      status: 'status status',
      order_id: 'identifier order',
      customer_id: 'identifier customer',
      trace_id: 'execution trace',
      attempt: 'attempt',
      duration_ms: 'duration',
      amount: 'attribute amount',
      currency: 'attribute currency',
      message: 'message',
    });
    expect(mapping.kind).toBe('step');
    expect(events[1]).toMatchObject({
      system: 'erp',
      step: 'post',
      status: 'failed',
      statusRaw: 'error',
      error: 'period is closed',
      attempt: 2,
      executionType: 'trace',
      ids: ['order SO-1002', 'customer C-2'],
      attributes: { amount: 112.5, currency: 'EUR' },
    });
    expect((events[1]?.end ?? 0) - (events[1]?.time ?? 0)).toBe(99_000);
  });

  it('gives every field a reason, and a system given by the caller stands', () => {
    const mapping = inferMapping(EVENTS, sourceOf('events.ndjson', { system: 'my-wms' }));
    for (const field of mapping.fields) expect(field.reason.length).toBeGreaterThan(5);
    expect(mapping.system).toBe('my-wms');
    expect(fieldOf(mapping, 'system')?.role).not.toBe('system');
  });
});

describe('a warehouse feed', () => {
  it('reads lists, epoch milliseconds and the system from the file’s name', () => {
    const { mapping, events } = infer(
      trees(
        {
          eventId: '7b7f3c1e-9a41-4d0f-8f6e-111111111111',
          eventType: 'allocated',
          occurredAt: 1930382102431,
          order_ref: 'SO1042',
          shipmentNumber: 'SHP-2001',
          warehouse: 'W1',
          lines: [
            { sku: 'A-1', qty: 2 },
            { sku: 'B-7', qty: 1 },
          ],
        },
        {
          eventId: '7b7f3c1e-9a41-4d0f-8f6e-222222222222',
          eventType: 'picked',
          occurredAt: 1930382202431,
          order_ref: 'SO1042',
          shipmentNumber: 'SHP-2001',
          warehouse: 'W1',
          lines: [{ sku: 'A-1', qty: 2 }],
        },
        {
          eventId: '7b7f3c1e-9a41-4d0f-8f6e-333333333333',
          eventType: 'allocated',
          occurredAt: 1930382302431,
          order_ref: 'SO1043',
          shipmentNumber: 'SHP-2002',
          warehouse: 'W2',
          lines: [{ sku: 'A-1', qty: 2 }],
        },
      ),
      sourceOf('export/wms-events-2031-03-04.ndjson'),
    );
    expect(mapping.system).toBe('wms');
    expect(roles(mapping)).toMatchObject({
      eventType: 'step',
      occurredAt: 'time',
      order_ref: 'identifier order',
      shipmentNumber: 'identifier shipment',
      'lines[].sku': 'identifier product',
      warehouse: 'attribute warehouse',
    });
    expect(fieldOf(mapping, 'eventId')?.role).toBe('ignored');
    expect(events[0]?.ids).toEqual(['order SO1042', 'shipment SHP-2001', 'product A-1', 'product B-7']);
    expect(formatIso(micros(events[0]?.time ?? 0))).toBe('2031-03-04T09:15:02.431Z');
  });
});

describe('a payment provider’s CSV', () => {
  it('reads decimal commas, a status, the type as step', () => {
    const { header, entries } = rows(
      `payment_id;merchant_reference;type;amount;currency;status;booked_at;psp_message
       PAY-90001;SO-1001;authorization;1.234,50;EUR;succeeded;2031-03-04 09:15:05+01:00;
       PAY-90001;SO-1001;capture;1.234,50;EUR;succeeded;2031-03-04 10:15:05+01:00;
       PAY-90002;SO-1002;authorization;99,90;EUR;failed;2031-03-04 09:17:09+01:00;card declined by issuer
       PAY-90003;SO-1002;authorization;99,90;EUR;succeeded;2031-03-04 09:19:09+01:00;`,
      ';',
    );
    const { mapping, events } = infer(entries, sourceOf('payments_2031-03.csv', { header }));
    expect(roles(mapping)).toMatchObject({
      payment_id: 'identifier payment',
      merchant_reference: 'identifier order',
      type: 'step',
      amount: 'attribute amount',
      status: 'status status',
      booked_at: 'time',
    });
    expect(events[0]).toMatchObject({ step: 'authorization', status: 'succeeded', attributes: { amount: 1234.5, currency: 'EUR' } });
    expect(events[2]).toMatchObject({ status: 'failed', error: 'card declined by issuer' });
    expect(mapping.system).toBe('payments');
  });
});

describe('what a name alone does not prove', () => {
  it('does not take line numbers, counts and statuses for keys', () => {
    const { mapping } = infer(
      trees(
        ...[1, 2, 3, 4].map((i) => ({
          id: i,
          line_no: i,
          order_status: 'open',
          order_count: 3,
          order_id: `SO-${i}00`,
          at: `2031-03-04T09:15:0${i}Z`,
          event: i % 2 ? 'created' : 'shipped',
        })),
      ),
      sourceOf('feed.ndjson'),
    );
    expect(fieldOf(mapping, 'id')).toMatchObject({ role: 'ignored', reason: 'it counts the entries' });
    expect(fieldOf(mapping, 'line_no')?.role).toBe('ignored');
    expect(fieldOf(mapping, 'order_count')?.role).toBe('attribute');
    expect(fieldOf(mapping, 'order_id')).toMatchObject({ role: 'identifier', type: 'order' });
  });

  it('measures the unit of a duration', () => {
    const { mapping } = infer(
      trees(
        ...[1, 2, 3, 4].map((i) => ({
          name: `GET /${'abcd'[i - 1]}`,
          start: 1_930_382_102_000_000 + i * 1_000_000,
          end: 1_930_382_102_000_000 + i * 1_250_000,
          duration: i * 250,
          trace_id: 'abcdef0123456789',
          span_id: `abcdef012345678${i}`,
          parent_id: i === 1 ? 'root' : 'abcdef0123456781',
        })),
      ),
      sourceOf('spans.ndjson'),
    );
    expect(fieldOf(mapping, 'duration')).toMatchObject({ role: 'duration', format: 'ms' });
    expect(roles(mapping)).toMatchObject({ start: 'time', end: 'end-time', span_id: 'span', parent_id: 'parent-span', name: 'step' });
  });

  it('finds the step by how it behaves where no name says it', () => {
    const { header, entries } = rows(
      [
        'Fall_ID,Zeitpunkt,Was,Kanal',
        ...[1, 2, 3, 4].flatMap((i) =>
          ['Antrag angelegt', 'Antrag geprüft', 'Antrag bewilligt'].map((was, k) => `F-10${i},2031-03-04T0${i}:1${k}:00Z,${was},web`),
        ),
      ].join('\n'),
    );
    const { mapping } = infer(
      entries.map((entry) => entry),
      sourceOf('faelle.csv', { header: header.map((name) => (name === 'Fall_ID' ? 'case_id' : name)) }),
    );
    expect(roles(mapping)).toMatchObject({ case_id: 'identifier case', Zeitpunkt: 'time', Was: 'step' });
  });
});

describe('anything at all', () => {
  it('never throws, claims single roles once, and every confidence is in range', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 12 }), fc.string(), (values, name) => {
        const entries = trees(...(JSON.parse(JSON.stringify(values)) as never[]));
        const { mapping } = infer(entries, sourceOf(name));
        for (const role of ['time', 'system', 'flow', 'step', 'status', 'execution', 'span'] as const)
          expect(mapping.fields.filter((field) => field.role === role).length).toBeLessThanOrEqual(1);
        for (const field of mapping.fields) {
          expect(ROLES).toContain(field.role);
          expect(field.confidence).toBeGreaterThanOrEqual(0);
          expect(field.confidence).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the columns', () => {
    const header = ['order_id', 'activity', 'start_time', 'end_time', 'amount', 'status'];
    const lines = [1, 2, 3, 4, 5].map((i) => [
      `SO-100${i}`,
      i % 2 ? 'pack' : 'ship',
      `2031-03-04T09:1${i}:00Z`,
      `2031-03-04T09:1${i}:30Z`,
      `${i}.50`,
      'done',
    ]);
    const expected = roles(
      infer(
        lines.map((cells) => ({ kind: 'row', place: { offset: 0, length: 0, line: 1 }, cells })),
        sourceOf('x.csv', { header }),
      ).mapping,
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
        const entries = lines.map((cells) => ({
          kind: 'row' as const,
          place: { offset: 0, length: 0, line: 1 },
          cells: order.map((i) => cells[i] ?? ''),
        }));
        expect(roles(infer(entries, sourceOf('x.csv', { header: order.map((i) => header[i] ?? '') })).mapping)).toEqual(expected);
      }),
    );
  });
});
