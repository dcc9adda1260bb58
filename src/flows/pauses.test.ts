import { describe, expect, it } from 'vitest';
import { BETWEEN, kindsOf, world } from '../findings/testing.ts';
import type { Edit } from '../findings/testing.ts';
import { isPaused } from './pauses.ts';

const HOUR = 3_600;

/** Orders that the ERP takes at once, but in an hour from the given times on (seconds after the first order) none; and one that waits an hour while others are served. */
function served(pauses: readonly number[], passedOver?: number): number[] {
  const orders = 1_200;
  const edits = Object.fromEntries(
    Array.from({ length: orders }, (_, order): [number, Edit] => {
      const placed = order * BETWEEN;
      const pause = pauses.find((from) => placed >= from && placed < from + HOUR);
      const wait = order === passedOver ? HOUR : pause === undefined ? 0 : pause + HOUR - placed;
      return [order, (lines) => lines.map((line) => (line.step === 'checkout' ? line : { ...line, at: (line.at ?? 0) + wait }))];
    }),
  );
  return world({ orders, edits }).verdicts.flatMap((verdict, order) => (kindsOf(verdict).includes('delay/hop') ? [order] : []));
}

const NIGHTS = [20 * HOUR, 44 * HOUR, 68 * HOUR, 92 * HOUR];

describe('pauses between the runs of a job', () => {
  it('delay nobody where they are usual', () => {
    expect(served(NIGHTS)).toEqual([]);
  });

  it('delay everybody who waits where there was one of the kind', () => {
    expect(served([44 * HOUR])).toEqual([264, 265, 266, 267, 268, 269]);
  });

  it('do not excuse who was passed over', () => {
    expect(served(NIGHTS, 330)).toEqual([330]);
  });
});

describe('isPaused', () => {
  const pauses = { spans: [[0, 100] as const, [1_000, 1_200] as const], most: 200 };

  it('is where nearly all of a wait lies in one pause', () => {
    expect(isPaused(pauses, 1_010, 1_205)).toBe(true);
    expect(isPaused(pauses, 1_100, 1_240)).toBe(false);
    expect(isPaused(pauses, 200, 300)).toBe(false);
    expect(isPaused(pauses, 2_000, 2_100)).toBe(false);
  });

  it('is not where the wait is longer than is usual, or nothing is known', () => {
    expect(isPaused({ ...pauses, most: 100 }, 1_010, 1_200)).toBe(false);
    expect(isPaused(undefined, 1_010, 1_200)).toBe(false);
  });
});
