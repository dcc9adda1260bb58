import { expect, it } from 'vitest';
import { makePlan } from '../../../test-support/fake-import.ts';
import { planCounts } from './plan-counts.ts';

it('counts what would be imported', () => {
  const plan = makePlan('p');
  expect(planCounts(plan, new Set())).toEqual({ ready: 5, known: 1, refused: 1, excluded: 0 });
  expect(planCounts(plan, new Set(['p1', 'p5']))).toEqual({ ready: 4, known: 1, refused: 1, excluded: 1 });
});
