import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CoreIndex } from './core-index.ts';

test('every core of a type has one number, whether it is looked up as a number or as text', () => {
  const core = fc.oneof(
    fc.integer({ min: 0, max: 999_999_999 }).map(String),
    fc.integer({ min: 0, max: 50 }).map((n) => String(n * 46_368)),
    fc.integer({ min: 0, max: 99 }).map((n) => `0${n}`),
    fc.string({ maxLength: 3 }),
    fc.constantFrom('1000000000', '4294967295', '999999999', '0', 'a1'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), core), { maxLength: 2000 }), (cores) => {
      const index = new CoreIndex();
      index.room(3);
      const known = new Map<string, number>();
      for (const [type, text] of cores) {
        const key = `${type} ${text}`;
        if (!known.has(key)) known.set(key, known.size);
        expect(index.intern(type, text)).toBe(known.get(key));
      }
      expect(index.size).toBe(known.size);
    }),
    { numRuns: 60 },
  );
});
