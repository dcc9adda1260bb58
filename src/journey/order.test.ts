import { expect, it } from 'vitest';
import { micros } from '../model/time.ts';
import { inOrder, type Ordered } from './order.ts';

const DAY = 86_400_000_000;
const told = (id: number, source: number, records: readonly number[], time = 20_000 * DAY): Ordered => ({
  id,
  source,
  entry: id,
  time: micros(time),
  end: undefined,
  span: undefined,
  records,
});
const idsOf = (events: readonly Ordered[]): number[] => inOrder(events).map(({ id }) => id);

it('puts documents of one date behind those they cite', () => {
  // A despatch advice and a response name the order and themselves.
  expect(idsOf([told(1, 1, [7, 8]), told(2, 2, [7]), told(3, 3, [7, 9])])).toEqual([2, 1, 3]);
  // Another day comes later, whatever it names.
  expect(idsOf([told(1, 1, [7], 20_001 * DAY), told(2, 2, [7, 8, 9])])).toEqual([2, 1]);
});

it('leaves a source its order, and times that are more than dates', () => {
  expect(idsOf([told(1, 1, [7, 8]), told(2, 1, [7]), told(3, 2, [7])])).toEqual([1, 2, 3]);
  expect(idsOf([told(1, 1, [7, 8], 20_000 * DAY + 1), told(2, 2, [7], 20_000 * DAY + 1)])).toEqual([1, 2]);
});
