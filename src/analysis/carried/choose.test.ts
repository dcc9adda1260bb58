import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CarrierId } from '../../model/carrier.ts';
import { chooseExecution, type Candidate, type KnownIds } from './choose.ts';

const id = (value: string, rank: number, more: Partial<Candidate> = {}): Candidate => ({
  value,
  type: undefined,
  rank,
  place: value,
  sure: false,
  hash: 0,
  ...more,
});

/** A workspace that tells of some executions, and has given numbers to others that are only asserted. */
function knowing(told: Readonly<Record<string, readonly number[]>>, types: Readonly<Record<number, string>> = {}): KnownIds {
  return {
    executions: ({ value }: CarrierId) => told[value] ?? [],
    asserted: ({ value }: CarrierId) => 1000 + value.length,
    type: (identifier) => types[identifier] ?? 'execution',
  };
}

describe('the execution that carried a document', () => {
  it.each([
    ['the one in the sidecar, before that in the name', [id('name', 1), id('side', 0, { sidecar: 's' })], { name: [1], side: [2] }, 2],
    ['that in the file’s name, before those of its folders', [id('folder', 2), id('name', 1)], { name: [1], folder: [2] }, 1],
    ['one that is known, before one that is sure', [id('side', 0, { sure: true }), id('folder', 3)], { folder: [3] }, 3],
    ['one that is sure, where none is known', [id('other', 1), id('sure-id', 2, { sure: true })], {}, 1007],
    ['the whole id, not a part of it', [id('a-1', 1), id('a-1-b', 1)], { 'a-1': [1], 'a-1-b': [2] }, 2],
    [
      'the run, not what it belongs to',
      [id('c', 0, { type: 'correlation' }), id('e', 0, { type: 'execution' }), id('m', 0, { type: 'message' })],
      { c: [1], e: [2], m: [3] },
      2,
    ],
    ['none, where two are named alike', [id('a', 1), id('b', 1)], { a: [1], b: [2] }, undefined],
    ['one, where two ids are of one', [id('a', 1), id('b', 1)], { a: [1], b: [1] }, 1],
    ['none, where nothing is known or sure', [id('a', 1), id('b', 2)], {}, undefined],
  ] as const)('is %s', (_what, candidates, told, execution) => {
    expect(chooseExecution(candidates, knowing(told))?.execution).toBe(execution);
  });

  it('is judged by what the workspace calls it where its name does not', () => {
    const known = knowing({ a: [1], b: [2] }, { 1: 'correlation', 2: 'execution' });
    expect(chooseExecution([id('a', 1), id('b', 1)], known)).toMatchObject({ execution: 2, how: { via: 'file-name', known: true } });
  });

  it('does not depend on the order in which the ids were found', () => {
    const some = fc.array(
      fc
        .record({ value: fc.constantFrom('a', 'ab', 'b', 'abc', 'c'), rank: fc.nat(3), sure: fc.boolean() })
        .map((one) => id(one.value, one.rank, one)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, fc.dictionary(fc.constantFrom('a', 'ab', 'b', 'abc', 'c'), fc.array(fc.nat(3), { maxLength: 2 })), (ids, told) => {
        const known = knowing(told);
        expect(chooseExecution(ids.toReversed(), known)?.execution).toBe(chooseExecution(ids, known)?.execution);
      }),
    );
  });
});
