import { expect, test } from 'vitest';
import type { FieldExpectation } from '../flows/index.ts';
import { vocabularyOf } from './vocabulary.ts';

const expectation = (
  pairs: readonly (readonly [string, string, number])[],
  alone: readonly (readonly [string, number])[],
): FieldExpectation => ({
  field: 'status',
  fieldB: 'status',
  recordType: 'claim',
  systemA: 'claims',
  systemB: 'ledger',
  stepA: '',
  stepB: '',
  journeys: pairs.reduce((sum, [, , count]) => sum + count, 0),
  agreed: 0,
  lag: undefined,
  pairs: pairs.map(([a, b, count]) => ({ a, b, count })),
  alone: { a: alone.map(([word, count]) => ({ word, count })), b: [] },
});

test('a word that usually stands alone is odd beside one that usually has another partner', () => {
  const vocabulary = vocabularyOf(
    expectation(
      [
        ['paid', 'executed', 2_000],
        ['rejected', 'executed', 11],
      ],
      [['rejected', 140]],
    ),
  );
  expect(vocabulary.judge('rejected', 'executed')?.odd?.usual).toBe('paid');
  expect(vocabulary.judge('paid', 'executed')).toBeUndefined();
});

test('a word that has no other partner, and hardly stands alone, is not', () => {
  const few = expectation(
    [
      ['paid', 'executed', 2_000],
      ['settled', 'executed', 40],
    ],
    [['settled', 3]],
  );
  expect(vocabularyOf(few).judge('settled', 'executed')?.odd).toBeUndefined();
});
