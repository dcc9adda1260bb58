import { expect, test } from 'vitest';
import { findLeftOver } from './left-over.ts';
import type { TypeExpectations } from './types.ts';

/** Steps as `system.step`, or `system.step 3` where only so many journeys have it. */
const type = (journeys: number, ...steps: string[]): TypeExpectations => ({
  journeys,
  steps: steps.map((step) => ({
    system: step.split('.')[0]!,
    flow: undefined,
    step: step.split(' ')[0]!,
    journeys: Number(step.split(' ')[1] ?? journeys),
    duration: undefined,
    endsShare: 0,
    endsOf: journeys,
    repeatsShare: 0,
    againShare: 0,
    attemptsP99: 1,
  })),
  hops: [],
  follows: [],
  fields: [],
});

test('few records with only the first steps of a frequent type are left over from it', () => {
  const claim = type(3_000, 'portal.notified', 'claims.register', 'letters.post');
  expect(findLeftOver({ claim, notice: type(7, 'portal.notified') })).toEqual(new Map([['notice', 'claim']]));
});

test('a line that was cut off does not change that', () => {
  const claim = type(3_000, 'portal.notified', 'claims.register');
  expect(findLeftOver({ claim, notice: type(8, 'portal.notified', 'claims.IntakeService 1') }).get('notice')).toBe('claim');
});

test('what ends the journeys of a frequent type is no start of one', () => {
  const claim = type(3_000, 'portal.notified', 'letters.post');
  const follow = {
    after: 0,
    step: 1,
    eligible: 3_000,
    followed: 3_000,
    inOrder: 3_000,
    reversed: 0,
    basis: 'end',
    latency: undefined,
    horizon: 1,
    unless: [],
  } as const;
  expect(findLeftOver({ claim: { ...claim, follows: [follow] }, letter: type(90, 'letters.post') }).size).toBe(0);
});

test('a type of its own is not: there are many of it, or it does something else', () => {
  const claim = type(3_000, 'portal.notified', 'claims.register');
  expect(findLeftOver({ claim, notice: type(400, 'portal.notified') }).size).toBe(0);
  expect(findLeftOver({ claim, newsletter: type(7, 'portal.notified', 'portal.subscribed') }).size).toBe(0);
});
