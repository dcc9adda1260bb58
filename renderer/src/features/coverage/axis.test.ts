import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, shareOf } from './axis.ts';

const at = (text: string): number => Date.parse(text);

describe('axisTicks', () => {
  it('labels days by date', () => {
    const ticks = axisTicks(at('2026-05-01T03:00:00Z'), at('2026-05-04T12:00:00Z'), 4, 'utc');
    expect(ticks.map((tick) => tick.label)).toEqual(['2 May', '3 May', '4 May']);
  });

  it('labels hours by time, midnight by date', () => {
    const ticks = axisTicks(at('2026-05-01T20:00:00Z'), at('2026-05-02T04:00:00Z'), 4, 'utc');
    expect(ticks.map((tick) => tick.label)).toEqual(['21:00', '2 May', '03:00']);
  });

  it('stays within the axis and its number, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 1, max: 12 }),
        (from, length, most) => {
          const ticks = axisTicks(from, from + length, most, 'utc');
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const [index, tick] of ticks.entries()) {
            expect(tick.at).toBeGreaterThanOrEqual(from);
            expect(tick.at).toBeLessThanOrEqual(from + length);
            if (index > 0) expect(tick.at).toBeGreaterThan(ticks[index - 1]?.at ?? Infinity);
          }
        },
      ),
    );
  });
});

it('cuts shares at the ends', () => {
  expect(shareOf(5, 0, 10)).toBe(0.5);
  expect(shareOf(-5, 0, 10)).toBe(0);
  expect(shareOf(15, 0, 10)).toBe(1);
  expect(shareOf(5, 5, 5)).toBe(0);
});
