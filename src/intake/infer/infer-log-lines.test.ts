import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { infer, roles, sourceOf, trees } from './testing.ts';

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
