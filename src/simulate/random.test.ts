import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const draws = (seed: number, stream: number, n: number): number[] => {
  const random = new Random(seed, stream);
  return Array.from({ length: n }, () => random.uint32());
};

describe('Random', () => {
  it('gives the same numbers on every machine', () => {
    expect(draws(7, 0, 4)).toEqual([1362158021, 2622669910, 3713207229, 293209470]);
  });

  it('repeats itself for the same seed and stream, and differs otherwise', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1, max: 1e9 }), (seed, stream) => {
        expect(draws(seed, stream, 3)).toEqual(draws(seed, stream, 3));
        expect(draws(seed, stream, 3)).not.toEqual(draws(seed, stream + 1, 3));
        expect(draws(seed, stream, 3)).not.toEqual(draws(seed + 1, stream, 3));
      }),
    );
  });

  it('is uniform within and across streams', () => {
    const deciles = Array.from({ length: 10 }, () => 0);
    for (let stream = 0; stream < 20_000; stream++) {
      const value = new Random(3, stream).float();
      deciles[Math.floor(value * 10)]!++;
    }
    // Binomial(20000, 0.1) has a deviation of 42: five of them.
    for (const count of deciles) expect(Math.abs(count - 2_000)).toBeLessThan(212);
  });

  it('draws log-normal values around their median', () => {
    const random = new Random(1, 1);
    const values = Array.from({ length: 4_001 }, () => random.logNormal(100, 0.5)).toSorted((a, b) => a - b);
    expect(values[2_000]).toBeGreaterThan(95);
    expect(values[2_000]).toBeLessThan(105);
    expect(values.at(-1)).toBeLessThanOrEqual(100 * Math.exp(0.5 * 3.2));
  });

  it('makes uuids and hex of the right form', () => {
    const random = new Random(5, 5);
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(random.hex(32)).toMatch(/^[0-9a-f]{32}$/);
  });
});
