import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { JsonObject } from '../../entry.ts';
import { temporal } from './temporal.ts';
import { namedPayloads, payloadValues } from './temporal-values.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const payload = (value: unknown, encoding = 'json/plain'): JsonObject => ({
  metadata: { encoding: base64(encoding) },
  data: base64(JSON.stringify(value)),
});

const event = (id: number, type: string, attributes: JsonObject = {}): JsonObject => ({
  eventId: String(id),
  eventTime: `2031-03-04T09:15:${String(id).padStart(2, '0')}Z`,
  eventType: type,
  [`${type[0]!.toLowerCase()}${type.slice(1)}EventAttributes`]: attributes,
});

const run = (events: readonly JsonObject[], name = 'order-SO-77_events.json') =>
  runProfile(
    temporal,
    events.map((one) => tree(one)),
    sourceOf(name, 'json'),
  );

describe('payloads of Temporal', () => {
  it('are opened where they are JSON, and left alone where they are not', () => {
    expect(payloadValues({ payloads: [payload({ orderId: 'SO-77' }), payload('x', 'binary/encrypted'), payload('SO-78')] })).toEqual([
      { orderId: 'SO-77' },
      'SO-78',
    ]);
    expect(payloadValues({ payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64('{"a":') }] })).toEqual([]);
    expect(payloadValues({ payloads: [{ metadata: { encoding: base64('json/plain') }, data: 'A'.repeat(300_000) }] })).toEqual([]);
  });

  it('may have been decoded already', () => {
    expect(payloadValues([{ orderId: 'SO-77' }])).toEqual([{ orderId: 'SO-77' }]);
    expect(namedPayloads({ indexedFields: { OrderNo: payload('SO-77') } })).toEqual({ OrderNo: 'SO-77' });
  });
});

describe('histories of Temporal', () => {
  const HISTORY = [
    event(1, 'WorkflowExecutionStarted', { workflowType: { name: 'Order' }, originalExecutionRunId: 'run-1', attempt: 1 }),
    event(2, 'ActivityTaskScheduled', { activityType: { name: 'Charge' } }),
    event(3, 'ActivityTaskStarted', { scheduledEventId: '2', attempt: 2, lastFailure: { message: 'busy' } }),
    event(4, 'ActivityTaskFailed', {
      scheduledEventId: '2',
      startedEventId: '3',
      failure: { message: 'declined', cause: { message: 'no money' } },
    }),
    event(5, 'WorkflowExecutionCompleted'),
  ];

  it('are the same in both orders; the failed try before a start is told once', () => {
    const { events, refused } = run(HISTORY);
    expect(refused).toEqual([]);
    expect(events.map(({ step, status, attempt, error }) => [step, status, attempt, error])).toEqual([
      ['run', 'started', undefined, undefined],
      ['Charge', 'waiting', undefined, undefined],
      ['Charge', 'failed', 1, 'busy'],
      ['Charge', 'running', 2, undefined],
      ['Charge', 'failed', 2, 'declined: no money'],
      ['run', 'succeeded', undefined, undefined],
    ]);
    expect(run(HISTORY.toReversed()).events).toEqual(events);
  });

  it('belong to the run that the file names where the first event is missing', () => {
    expect(new Set(run(HISTORY.slice(2)).events.map((one) => one['execution']))).toEqual(new Set(['order-SO-77']));
    expect(new Set(run(HISTORY).events.map((one) => one['execution']))).toEqual(new Set(['run-1']));
  });

  it('keep a circle of causes short', () => {
    const failure: JsonObject = { message: 'deep' };
    let at = failure;
    for (let depth = 0; depth < 500; depth++) at = at['cause'] = { message: `level ${depth}` };
    const { events } = run([event(1, 'WorkflowExecutionFailed', { failure })]);
    expect(String(events[0]!['error'])).toBe('deep: level 0: level 1: level 2: level 3');
  });
});
