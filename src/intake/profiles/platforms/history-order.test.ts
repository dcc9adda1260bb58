import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistoryOrder } from './history-order.ts';

function ordered(ids: readonly number[]): number[] {
  const out: number[] = [];
  const order = createHistoryOrder<number>((event) => out.push(event));
  for (const id of ids) order.add(id, id);
  order.end();
  return out;
}

describe('the order of histories', () => {
  it('hands on rising histories at once, one after the other', () => {
    const out: number[] = [];
    const order = createHistoryOrder<number>((event) => out.push(event));
    for (const id of [1, 2, 3, 1, 2]) order.add(id, id);
    expect(out).toEqual([1, 2, 3, 1, 2]);
  });

  it('turns falling histories around, whole or cut off', () => {
    expect(ordered([3, 2, 1, 4, 3, 2, 1])).toEqual([1, 2, 3, 1, 2, 3, 4]);
    expect(ordered([9, 8, 7])).toEqual([7, 8, 9]);
    expect(ordered([9, 8, 7, 1, 2])).toEqual([1, 7, 8, 9, 2]);
    expect(ordered([9, 8, 7, 12, 11])).toEqual([7, 8, 9, 11, 12]);
  });

  it('keeps the pages of a rising history that does not begin with its first event', () => {
    expect(ordered([5, 6, 8])).toEqual([5, 6, 8]);
    expect(ordered([5])).toEqual([5]);
  });

  it('loses nothing, whatever the ids', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (ids) => {
        expect(ordered(ids).toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
      }),
    );
  });
});
