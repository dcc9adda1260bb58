import { describe, expect, it } from 'vitest';
import { sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import { stepFunctions } from './step-functions.ts';

interface Told {
  readonly step: string;
  readonly status: string;
  readonly execution: string;
  readonly sequence: number;
  readonly offset: number | undefined;
  readonly attempt: number;
}

/** Maps events that each stand at the offset of their id. */
function told(events: readonly JsonObject[], name = 'history.json'): Told[] {
  const entries = events.map((event): Entry => ({ ...tree(event), place: { offset: Number(event['id']), length: 1, line: 1 } }));
  const source = sourceOf(name, 'json');
  const mapper = stepFunctions.compile(source, stepFunctions.describe(entries, source));
  const draft = new Draft();
  const list: Told[] = [];
  let current: number | undefined;
  const emit = (at?: { readonly offset: number }): void => {
    const { step, status, execution, sequence, attempt } = draft;
    list.push({ step, status, execution, sequence, attempt, offset: at?.offset ?? current });
  };
  for (const entry of entries) {
    current = entry.place.offset;
    expect(mapper(entry, draft, emit)).toBeUndefined();
  }
  current = undefined;
  mapper.end?.(draft, emit);
  return list;
}

const event = (id: number, previousEventId: number, type: string, more: JsonObject = {}): JsonObject => ({
  timestamp: 'timestamp',
  id,
  previousEventId,
  type,
  ...more,
});
const entered = (name: string): JsonObject => ({ stateEnteredEventDetails: { name } });
const exited = (name: string): JsonObject => ({ stateExitedEventDetails: { name } });

const HISTORY: readonly JsonObject[] = [
  event(1, 0, 'ExecutionStarted'),
  event(2, 0, 'TaskStateEntered', entered('Charge')),
  event(3, 2, 'TaskScheduled'),
  event(4, 3, 'TaskFailed', { taskFailedEventDetails: { error: 'Busy' } }),
  event(5, 4, 'TaskScheduled'),
  event(6, 5, 'TaskSucceeded'),
  event(7, 6, 'TaskStateExited', exited('Charge')),
  event(8, 7, 'ExecutionSucceeded'),
];

describe('histories of Step Functions', () => {
  it('are understood alike in both orders, each event at its own place', () => {
    const rising = told(HISTORY);
    expect(rising.map(({ step, status, attempt }) => [step, status, attempt])).toEqual([
      ['run', 'started', 0],
      ['Charge', 'started', 1],
      ['Charge', 'waiting', 1],
      ['Charge', 'failed', 1],
      ['Charge', 'waiting', 2],
      ['Charge', 'succeeded', 2],
      ['Charge', 'unknown', 2],
      ['run', 'succeeded', 0],
    ]);
    expect(rising.map(({ offset, sequence }) => [offset, sequence])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((id) => [id, id]));
    expect(told(HISTORY.toReversed())).toEqual(rising);
  });

  it('keep the order of several histories of one file, and their executions apart', () => {
    const two = told([...HISTORY, ...HISTORY]);
    expect(two.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(new Set(two.map(({ execution }) => execution)).size).toBe(1);
    const timed = HISTORY.map((one, i) => ({ ...one, timestamp: 1_930_382_103 + i }));
    expect(
      new Set([...told(timed), ...told(timed.map((one) => ({ ...one, timestamp: one.timestamp + 60 })))].map(({ execution }) => execution)),
    ).toEqual(new Set(['history@2031-03-04T09:15:03Z', 'history@2031-03-04T09:16:03Z']));
  });

  it('tell what they can of a history whose beginning is missing', () => {
    const rest = told(HISTORY.slice(3));
    expect(rest[0]).toMatchObject({ step: 'TaskFailed', status: 'failed' });
    expect(rest.at(-1)).toMatchObject({ step: 'run', status: 'succeeded' });
  });

  it('tell the items of a map apart', () => {
    const items = told([
      event(1, 0, 'ExecutionStarted'),
      event(2, 0, 'MapStateEntered', entered('Lines')),
      event(3, 2, 'MapStateStarted'),
      event(4, 3, 'MapIterationStarted', { mapIterationStartedEventDetails: { name: 'Lines', index: 0 } }),
      event(5, 3, 'MapIterationStarted', { mapIterationStartedEventDetails: { name: 'Lines', index: 1 } }),
      event(6, 5, 'PassStateEntered', entered('Pack')),
      event(7, 4, 'PassStateEntered', entered('Pack')),
      event(8, 7, 'PassStateExited', exited('Pack')),
      event(9, 8, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: 'Lines', index: 0 } }),
      event(10, 6, 'PassStateExited', exited('Pack')),
      event(11, 10, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: 'Lines', index: 1 } }),
      event(12, 11, 'MapStateSucceeded'),
      event(13, 12, 'MapStateExited', exited('Lines')),
    ]);
    const of = (index: number): readonly string[] =>
      items.filter(({ execution }) => execution.endsWith(`/Lines[${index}]`)).map(({ step, status }) => `${step} ${status}`);
    for (const index of [0, 1]) {
      expect(of(index)).toEqual(['Lines item started', 'Pack started', 'Pack succeeded', 'Lines item succeeded']);
    }
    expect(items.slice(-2).map(({ step, status }) => `${step} ${status}`)).toEqual(['Lines succeeded', 'Lines unknown']);
  });

  it('take items that are handled one after the other for siblings', () => {
    const iteration = (index: number) => ({ mapIterationStartedEventDetails: { name: 'Lines', index } });
    const items = told([
      event(1, 0, 'ExecutionStarted'),
      event(2, 0, 'MapStateEntered', entered('Lines')),
      event(3, 2, 'MapStateStarted'),
      event(4, 3, 'MapIterationStarted', iteration(0)),
      event(5, 4, 'PassStateEntered', entered('Pack')),
      event(6, 5, 'PassStateExited', exited('Pack')),
      event(7, 6, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: 'Lines', index: 0 } }),
      event(8, 6, 'MapIterationStarted', iteration(1)),
      event(9, 8, 'PassStateEntered', entered('Pack')),
      event(10, 9, 'PassStateExited', exited('Pack')),
      event(11, 10, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: 'Lines', index: 1 } }),
      event(12, 10, 'MapStateSucceeded'),
      event(13, 10, 'MapStateExited', exited('Lines')),
      event(14, 13, 'ExecutionSucceeded'),
    ]);
    const run = items[0]!.execution;
    expect([...new Set(items.map(({ execution }) => execution.slice(run.length)))]).toEqual(['', '/Lines[0]', '/Lines[1]']);
    expect(items.filter(({ execution }) => execution === run).map(({ step, status }) => `${step} ${status}`)).toEqual([
      'run started',
      'Lines started',
      'Lines running',
      'Lines succeeded',
      'Lines unknown',
      'run succeeded',
    ]);
  });

  it('never take the exit of a state that failed for a success', () => {
    const caught = told([
      event(1, 0, 'ExecutionStarted'),
      event(2, 0, 'ParallelStateEntered', entered('Fulfil')),
      event(3, 2, 'ParallelStateStarted'),
      event(4, 3, 'ParallelStateFailed'),
      event(5, 4, 'ParallelStateExited', exited('Fulfil')),
    ]);
    expect(caught.map(({ status }) => status)).not.toContain('succeeded');
  });
});
