import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, SMALLEST, windowState, type Bounds } from './window-state.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const beside: Bounds = { x: 1440, y: 0, width: 2560, height: 1400 };

function saved(x: number, y: number, width = 1000, height = 700) {
  return { bounds: { x, y, width, height }, maximized: false };
}

describe('placeWindow', () => {
  it('opens where it was, on whichever display that is', () => {
    expect(placeWindow(saved(100, 90), [laptop, beside])).toEqual({ x: 100, y: 90, width: 1000, height: 700 });
    expect(placeWindow(saved(2000, 300), [laptop, beside])).toEqual({ x: 2000, y: 300, width: 1000, height: 700 });
  });

  it('comes back to the first display when the other one is gone', () => {
    expect(placeWindow(saved(2000, 300), [laptop])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
  });

  it('opens in the middle the first time, no larger than the display', () => {
    expect(placeWindow(undefined, [laptop])).toEqual({ x: 40, y: 25, width: 1360, height: 875 });
  });

  it('always lies within one display, and is as large as it must be where that fits', () => {
    const area = fc.record({
      x: fc.integer({ min: -4000, max: 4000 }),
      y: fc.integer({ min: -4000, max: 4000 }),
      width: fc.integer({ min: 640, max: 5000 }),
      height: fc.integer({ min: 480, max: 3000 }),
    });
    const bounds = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      width: fc.integer({ min: 1, max: 9000 }),
      height: fc.integer({ min: 1, max: 9000 }),
    });
    fc.assert(
      fc.property(fc.option(bounds, { nil: undefined }), fc.array(area, { minLength: 1, maxLength: 3 }), (window, displays) => {
        const placed = placeWindow(window === undefined ? undefined : { bounds: window, maximized: false }, displays);
        const within = displays.filter(
          (one) =>
            placed.x >= one.x &&
            placed.y >= one.y &&
            placed.x + placed.width <= one.x + one.width &&
            placed.y + placed.height <= one.y + one.height,
        );
        expect(within).not.toEqual([]);
        expect(
          within.some(
            (one) => placed.width >= Math.min(SMALLEST.width, one.width) && placed.height >= Math.min(SMALLEST.height, one.height),
          ),
        ).toBe(true);
      }),
    );
  });
});

describe('windowState', () => {
  it.each([
    undefined,
    {},
    { bounds: { x: 0, y: 0, width: 0, height: 10 }, maximized: false },
    { bounds: { x: 1.5, y: 0, width: 10, height: 10 }, maximized: true },
    { bounds: { x: 1e12, y: 0, width: 10, height: 10 }, maximized: true },
  ])('refuses %j', (value) => {
    expect(windowState.safeParse(value).success).toBe(false);
  });
});
