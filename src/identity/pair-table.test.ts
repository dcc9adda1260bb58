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

test('of what was added last some can be kept, with other evidence, and the pairs of another table put behind', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: String, maxLength: 2500 }), fc.nat(2500), fc.nat(2500), (pairs, from, to) => {
      const size = Math.min(from, to, pairs.length);
      const end = Math.min(Math.max(from, to), pairs.length);
      const table = new PairTable(1);
      for (const [left, right] of pairs.slice(0, end)) table.add(left, right, 1, 1);
      const other = new PairTable(1);
      for (const [left, right] of pairs.slice(end)) other.add(left, right, 3, 2);
      const keeps = (at: number): boolean => pairs[at]![0] % 3 > 0;
      table.keepBehind(size, (at) => (keeps(at) ? at : undefined));
      table.append(other);
      table.seal();
      expect(rowsOf(table)).toEqual([
        ...pairs.slice(0, size).map(([left, right]) => [left, right, 1, 1]),
        ...pairs.slice(0, end).flatMap(([left, right], at) => (at >= size && keeps(at) ? [[left, right, 1, at]] : [])),
        ...pairs.slice(end).map(([left, right]) => [left, right, 3, 2]),
      ]);
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

test('under new names pairs that become one are added up, some are swapped, some dropped', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }));
  const names = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 41, maxLength: 41 });
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 2000 }), names, pair, (pairs, nameOf, [left, right]) => {
      const renamed = new PairTable(1);
      const expected = new PairTable(1);
      pairs.forEach(([a, b, count], at) => {
        renamed.add(a, b, count, (at * 7919) % 1009);
        const [x, y] = [nameOf[a]!, nameOf[b]!];
        if (x !== y) expected.add(Math.min(x, y), Math.max(x, y), count, (at * 7919) % 1009);
      });
      renamed.rename(Uint32Array.from(nameOf), (a, b) => (a === b ? 'dropped' : a < b ? 'straight' : 'swapped'));
      expect(rowsOf(renamed)).toEqual(rowsOf(expected));
      expect(renamed.find(left, right)).toBe(expected.find(left, right));
      renamed.add(left, right, 1, 5);
      expect(renamed.find(left, right)).toBeGreaterThanOrEqual(0);
      renamed.seal();
      expected.add(left, right, 1, 5);
      expect(rowsOf(renamed)).toEqual(rowsOf(expected));
    }),
    { numRuns: 60 },
  );
});

const rowsOf = (table: PairTable): unknown =>
  Array.from({ length: table.size }, (_, i) => [table.left(i), table.right(i), table.count(i), table.evidence(i)]);
