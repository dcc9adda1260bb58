import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdentityBuilder } from '../identity/index.ts';
import type { IdentifierTable } from '../identity/types.ts';
import { aliasesOf, aliasIndex } from './alias-index.ts';

test('each record has its other spellings in alphabetical order, and none where it has only its key', () => {
  const spelling = fc.constantFrom<(n: number) => string>(
    (n) => `SO-${n}`,
    (n) => `so-${n}`,
    (n) => `So-${n}`,
    (n) => `PAY-${n}`,
    (n) => `#${n}`,
  );
  const told = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 30 }), spelling).map(([n, write]) => write(n)),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(told, (values) => {
      const table: IdentifierTable = { count: values.length, type: () => 'order', value: (id) => values[id - 1] ?? '' };
      const builder = createIdentityBuilder();
      for (const value of values) builder.identifier('order', value);
      const identity = builder.finish(table);
      const index = aliasIndex(identity, table);
      const { records, recordOf } = identity;
      for (let record = 1; record <= records.count; record++) {
        const spelled = values.filter((_, i) => recordOf[i + 1] === record);
        expect(aliasesOf(index, record, table)).toEqual(spelled.filter((value) => value !== records.key(record)).toSorted());
      }
      expect(aliasesOf(index, records.count + 1, table)).toEqual([]);
    }),
  );
});
