import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesFor, widened } from './window-pages.ts';

it('widens a range to steps, never below the first row', () => {
  expect(widened(0, 0)).toEqual({ first: 0, last: 99 });
  expect(widened(120, 149)).toEqual({ first: 50, last: 199 });
  expect(widened(121, 150)).toEqual({ first: 50, last: 249 });
});

describe('pagesFor', () => {
  it('answers the pages a range touches', () => {
    expect(pagesFor(0, 49, 200)).toEqual([0]);
    expect(pagesFor(190, 210, 200)).toEqual([0, 1]);
    expect(pagesFor(99_990, 100_020, 200)).toEqual([499, 500]);
    expect(pagesFor(10, 5, 200)).toEqual([]);
    expect(pagesFor(0, -1, 200)).toEqual([]);
  });

  it('covers every row of the range and no page without one', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(400), fc.integer({ min: 1, max: 1000 }), (first, length, size) => {
        const pages = pagesFor(first, first + length, size);
        for (let row = first; row <= first + length; row += 1) expect(pages).toContain(Math.floor(row / size));
        for (const page of pages) expect((page + 1) * size > first && page * size <= first + length).toBe(true);
      }),
    );
  });
});
