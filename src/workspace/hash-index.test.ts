import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hash52 } from '../intake/hash.ts';
import { HashIndex, mixHash } from './hash-index.ts';

test('finds each number by its hash and by what it stands for, however often it grows and however many share a hash', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 2 ** 32 }), (count, spread) => {
      const index = new HashIndex();
      const hash = (number: number): number => (Math.imul(number, 0x9e3779b1) >>> 0 < spread ? (number * 7) % 5 : 2 ** 32 - 1 - number);
      for (let number = 1; number <= count; number++) index.add(hash(number), number);
      for (let number = 1; number <= count; number++) expect(index.find(hash(number), (found) => found === number)).toBe(number);
      expect(index.find(hash(1), () => false)).toBeUndefined();
      expect(index.find(hash(count + 1), (found) => found === count + 1)).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});

test('hashes of neighbours spread over the whole range, and depend on the seed', () => {
  const eighths = new Set<number>();
  for (let i = 0; i < 100; i++) eighths.add(mixHash(1, hash52(`SO-${1000 + i}`)) >>> 29);
  expect(eighths.size).toBe(8);
  expect(mixHash(1, hash52('SO-1'))).not.toBe(mixHash(2, hash52('SO-1')));
});
