import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBy } from './grouping.ts';
import { PairTable } from './pair-table.ts';

test('counts pairs as a map does, through growth and collisions', () => {
  const id = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id, fc.integer({ min: 1, max: 9 })), { maxLength: 3000 }), (pairs) => {
      const table = new PairTable(1);
      const counts = new Map<string, { count: number; evidence: number }>();
      pairs.forEach(([left, right, count], at) => {
        const evidence = (at * 7919) % 1009;
        table.add(left, right, count, evidence);
        const known = counts.get(`${left} ${right}`) ?? { count: 0, evidence: Infinity };
        counts.set(`${left} ${right}`, { count: known.count + count, evidence: Math.min(known.evidence, evidence) });
      });
      const seen = Array.from({ length: table.size }, (_, pair): [string, { count: number; evidence: number }] => {
        expect(table.find(table.left(pair), table.right(pair))).toBe(pair);
        return [`${table.left(pair)} ${table.right(pair)}`, { count: table.count(pair), evidence: table.evidence(pair) }];
      });
      expect(new Map(seen)).toEqual(counts);
      // No pair has a zero.
      expect(table.find(0, 1)).toBe(-1);
    }),
    { numRuns: 50 },
  );
});

test('what was added last can be taken back, and the rest is found as before', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: String, maxLength: 2500 }), fc.nat(2500), fc.array(pair, { maxLength: 50 }), (pairs, at, more) => {
      const table = new PairTable(1);
      for (const [left, right] of pairs) table.add(left, right, 1, 1);
      const size = Math.min(at, pairs.length);
      table.truncate(size);
      expect(table.size).toBe(size);
      pairs.forEach(([left, right], i) => expect(table.find(left, right)).toBe(i < size ? i : -1));
      for (const [left, right] of more) table.add(left, right, 1, 1);
      for (const [left, right] of more) expect(table.find(left, right)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 40 },
  );
});

test('grouping keeps the order of the items within a group', () => {
  const keys = [2, 0, 2, 1, 2];
  const { start, items } = groupBy(keys.length, 3, (item) => keys[item]!);
  expect([...start]).toEqual([0, 1, 2, 5]);
  expect([...items]).toEqual([1, 3, 0, 2, 4]);
});
