import { describe, expect, it } from 'vitest';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { JsonObject } from '../../entry.ts';
import { xes } from './xes.ts';

const SOURCE = sourceOf('orders.xes', 'xes', { system: 'shop' });

function event(step: string, time: string, more: JsonObject = {}): JsonObject {
  return { 'concept:name': step, 'time:timestamp': time, ...more };
}

describe('xes', () => {
  it('says the attributes of a trace at its first event only', () => {
    const trace = { 'concept:name': 'SO-77', customer_id: 'C-88', amount: '119.5' };
    const { events } = runProfile(
      xes,
      [
        tree(event('Create', '2031-03-04T09:15:02+01:00', { 'org:resource': 'Ann' }), { trace }),
        tree(event('Ship', '2031-03-04T10:15:02+01:00'), { trace }),
      ],
      SOURCE,
    );
    expect(events[0]).toMatchObject({
      system: 'shop',
      step: 'Create',
      time: '2031-03-04T08:15:02Z',
      status: 'succeeded',
      identifiers: ['case SO-77 (trace.concept:name)', 'customer C-88 (trace.customer_id)'],
      attributes: ['amount=119.5 (number)', 'resource=Ann'],
    });
    expect(events[1]!['identifiers']).toEqual(['case SO-77 (trace.concept:name)']);
    expect(events[1]!['attributes']).toBeUndefined();
  });

  it('numbers traces without a name', () => {
    const { events } = runProfile(
      xes,
      [tree(event('A', '2031-03-04T09:15:02Z'), { trace: {} }), tree(event('A', '2031-03-04T09:15:02Z'), { trace: {} })],
      SOURCE,
    );
    expect(events.map((one) => (one['identifiers'] as string[])[0])).toEqual([
      'case orders.xes#1 (trace.concept:name)',
      'case orders.xes#2 (trace.concept:name)',
    ]);
  });

  it.each([
    ['start', 'started'],
    ['COMPLETE', 'succeeded'],
    ['ate_abort', 'cancelled'],
    ['suspend', 'waiting'],
    ['autoskip', 'skipped'],
    ['nonsense', 'unknown'],
    ['unknown', 'unknown'],
  ])('lifecycle %s is %s', (transition, status) => {
    const { events } = runProfile(
      xes,
      [tree(event('A', '2031-03-04T09:15:02Z', { 'lifecycle:transition': transition }), { trace: {} })],
      SOURCE,
    );
    expect(events[0]).toMatchObject({ status, statusRaw: transition });
  });

  it.each([
    ['Open.Running.Suspended', undefined, 'waiting'],
    ['Closed.Completed.Failed', 'complete', 'failed'],
    ['Closed.Cancelled.Error', 'complete', 'failed'],
    ['Closed.Cancelled.Obsolete', undefined, 'cancelled'],
    ['somewhere', 'complete', 'succeeded'],
    ['Open', undefined, 'unknown'],
  ])('state %s with transition %s is %s', (state, transition, status) => {
    const more: JsonObject = { 'lifecycle:state': state, ...(transition === undefined ? {} : { 'lifecycle:transition': transition }) };
    const { events } = runProfile(xes, [tree(event('A', '2031-03-04T09:15:02Z', more), { trace: {} })], SOURCE);
    expect(events[0]).toMatchObject({ status });
  });

  it('keeps instances of an activity apart, start and completion of one together', () => {
    const at = (transition: string, instance: string): JsonObject =>
      event('Pick', '2031-03-04T09:15:02Z', { 'lifecycle:transition': transition, 'concept:instance': instance });
    const trace = { 'concept:name': 'SO-77' };
    const { events } = runProfile(
      xes,
      [at('start', '1'), at('start', '2'), at('complete', '1')].map((one) => tree(one, { trace })),
      SOURCE,
    );
    expect(events[0]!['span']).toBe(events[2]!['span']);
    expect(events[0]!['span']).not.toBe(events[1]!['span']);
  });

  it('names an event without a name by the classifier of the log', () => {
    const context = { trace: {}, classifiers: { Activity: ['task', 'org:role', 'lifecycle:transition'] } };
    const { events } = runProfile(xes, [tree({ task: 'Pick', 'org:role': 'Picker', 'lifecycle:transition': 'start' }, context)], SOURCE);
    expect(events[0]).toMatchObject({ step: 'Pick+Picker', status: 'started' });
  });

  it('keeps events without a time, refuses an unreadable one', () => {
    const { events, refused } = runProfile(
      xes,
      [tree({ 'concept:name': 'A' }, { trace: {} }), tree(event('B', 'yesterday'), { trace: {} })],
      SOURCE,
    );
    expect(events).toHaveLength(1);
    expect(refused).toEqual(['time:timestamp is no time: yesterday']);
  });

  it('claims nothing but XES', () => {
    expect(xes.recognise([tree({ 'concept:name': 'A' })], sourceOf('a.json', 'json'))).toBeUndefined();
  });
});
