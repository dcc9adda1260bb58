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

describe('documents', () => {
  it('takes an export of orders for snapshots at their last change', () => {
    const { header, entries } = rows(
      `Order Number;Kunde;Status;Gesamtbetrag;Währung;Angelegt am;Geändert am
       SO-1001;C-100;bezahlt;1.234,50;EUR;04.03.2031 09:15:02;05.03.2031 10:00:00
       SO-1002;C-101;offen;99,90;EUR;04.03.2031 09:17:02;05.03.2031 11:00:00
       SO-1003;C-100;storniert;12,00;EUR;13.03.2031 09:19:02;14.03.2031 10:30:00`,
      ';',
    );
    const { mapping, events } = infer(entries, sourceOf('crm/orders-export.csv', { header, zone: 'Europe/Berlin' }));
    expect(mapping).toMatchObject({ kind: 'snapshot', system: 'crm', zone: 'Europe/Berlin' });
    expect(mapping.zoneReason).toContain('Europe/Berlin was given');
    expect(formatIso(micros(events[0]?.time ?? 0))).toBe('2031-03-05T09:00:00Z');
    expect(events[2]).toMatchObject({
      kind: 'snapshot',
      status: 'cancelled',
      ids: ['order SO-1003', 'customer C-100'],
      attributes: { amount: 12, currency: 'EUR', status: 'storniert' },
    });
    expect(fieldOf(mapping, 'Status')).toMatchObject({ role: 'status', type: 'status' });
  });

  it('gives a bare id the type of the file, and keeps a second number apart', () => {
    const { mapping } = infer(
      trees(
        {
          id: 5501,
          number: 234,
          order_number: 1234,
          total_price: '10.00',
          financial_status: 'paid',
          updated_at: '2031-03-04T09:15:02-00:00',
          customer: { id: 77, first_name: 'A' },
        },
        {
          id: 5502,
          number: 235,
          order_number: 1235,
          total_price: '20.00',
          financial_status: 'pending',
          updated_at: '2031-03-04T09:16:02-00:00',
          customer: { id: 78, first_name: 'B' },
        },
      ),
      sourceOf('shop/orders.json'),
    );
    expect(mapping.kind).toBe('snapshot');
    expect(roles(mapping)).toMatchObject({
      id: 'identifier order',
      order_number: 'identifier order',
      'customer.id': 'identifier customer',
      total_price: 'attribute amount',
      financial_status: 'status financial_status',
      updated_at: 'time',
    });
    expect(fieldOf(mapping, 'number')).toMatchObject({ role: 'ignored' });
    expect(fieldOf(mapping, 'customer.first_name')).toMatchObject({ role: 'ignored' });
  });

  it('reads SAP’s column names', () => {
    const { header, entries } = rows(
      `BELNR,VBELN,KUNNR,ERDAT,NETWR,WAERS,STATUS
       4900000001,0000001042,0000100001,20310304,120.50,EUR,posted
       4900000002,0000001043,0000100002,20310304,20.50,EUR,blocked
       4900000003,0000001044,0000100001,20310305,320.50,EUR,posted`,
    );
    expect(roles(infer(entries, sourceOf('sap.csv', { header })).mapping)).toEqual({
      BELNR: 'identifier document',
      VBELN: 'identifier order',
      KUNNR: 'identifier customer',
      ERDAT: 'time',
      NETWR: 'attribute amount',
      WAERS: 'attribute currency',
      STATUS: 'status status',
    });
  });
});

describe('document numbers', () => {
  it('are documents beside the number of what they are about, and stand for it alone', () => {
    const both = rows(
      `SALES_DOCUMENT,CUSTOMER_ORDER,STATUS,CHANGED_AT
       4500015838,0000100001,DELIVERED,2031-03-04T06:46:10+05:30
       4500023757,0000100002,DELIVERED,2031-03-04T06:46:56+05:30
       4500023999,0000100003,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(both.entries, sourceOf('erp-status.csv', { header: both.header })).mapping)).toMatchObject({
      SALES_DOCUMENT: 'identifier document',
      CUSTOMER_ORDER: 'identifier order',
    });
    const alone = rows(
      `SALES_DOCUMENT,STATUS,CHANGED_AT
       4500015838,DELIVERED,2031-03-04T06:46:10+05:30
       4500023757,DELIVERED,2031-03-04T06:46:56+05:30
       4500023999,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(alone.entries, sourceOf('erp-status.csv', { header: alone.header })).mapping)).toMatchObject({
      SALES_DOCUMENT: 'identifier order',
    });
  });

  it('stay what they are where they are only another spelling', () => {
    const padded = rows(
      `VBELN,ORDER_NO,STATUS,CHANGED_AT
       0000100001,SO-100001,DELIVERED,2031-03-04T06:46:10+05:30
       0000100002,SO-100002,DELIVERED,2031-03-04T06:46:56+05:30
       0000100003,SO-100003,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(padded.entries, sourceOf('erp-status.csv', { header: padded.header })).mapping)).toMatchObject({
      VBELN: 'identifier order',
    });
  });
});

describe('log lines', () => {
  it('takes lines about records for steps named after their message', () => {
    const line = (time: string, level: string, message: string, order: string) => ({
      time,
      level,
      thread: 'worker-1',
      logger: 'c.a.OrderService',
      message,
      fields: { orderId: order, docNo: `45000${order.slice(-5)}` },
    });
    const { mapping, events } = infer(
      trees(
        line('2031-03-04 09:16:02,431 +0100', 'INFO', 'Order created', '0000001042'),
        line('2031-03-04 09:16:09,101 +0100', 'INFO', 'Order confirmed', '0000001042'),
        line('2031-03-04 09:17:02,431 +0100', 'INFO', 'Order created', '0000001043'),
        line('2031-03-04 09:17:05,431 +0100', 'ERROR', 'Posting failed: period 03/2031 is closed', '0000001043'),
      ),
      sourceOf('erp.log'),
    );
    expect(mapping.kind).toBe('step');
    expect(roles(mapping)).toEqual({
      time: 'time',
      level: 'level',
      message: 'message',
      'fields.orderId': 'identifier order',
      'fields.docNo': 'identifier document',
    });
    expect(events[0]).toMatchObject({ step: 'Order created', status: 'unknown', system: 'erp' });
    expect(events[3]).toMatchObject({
      status: 'failed',
      statusRaw: 'ERROR',
      step: 'Posting failed: period … is closed',
      error: 'Posting failed: period 03/2031 is closed',
    });
    expect(formatIso(micros(events[0]?.time ?? 0))).toBe('2031-03-04T08:16:02.431Z');
  });

  it('takes lines of spans for notes, opens JSON in text, and cuts pod names', () => {
    const { header, entries } = (() => {
      const cells = (i: number) => [
        `2031-03-04T09:15:0${i}.431123456Z`,
        'auth-service-7f8d7d756d-k7b9j',
        `4bf92f3577b34da6a3ce929d0e0e473${i % 2}`,
        `439bc949a9eeb0c${i}`,
        JSON.stringify({ log: `09:15 INFO looking up user number ${i}`, stream: 'stdout' }),
      ];
      return {
        header: ['Timestamp', 'PodName', 'TraceID', 'SpanID', 'Log'],
        entries: [0, 1, 2, 3].map((i) => ({ kind: 'row' as const, place: { offset: 0, length: 0, line: i + 2 }, cells: cells(i) })),
      };
    })();
    const { mapping, events } = infer(entries, sourceOf('log.csv', { header }));
    expect(mapping.kind).toBe('note');
    expect(roles(mapping)).toEqual({
      Timestamp: 'time',
      PodName: 'system',
      TraceID: 'execution trace',
      SpanID: 'span',
      'Log.log': 'message',
    });
    expect(events[1]).toMatchObject({ system: 'auth-service', kind: 'note', span: '439bc949a9eeb0c1', precision: 'nanosecond' });
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
