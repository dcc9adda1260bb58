import { describe, expect, it } from 'vitest';
import { REJECT_GROUPS } from '../../../../test-support/fake-sources.ts';
import { groupByReason, reasonLabel, withoutPlace } from './reasons.ts';

describe('groupByReason', () => {
  it('adds up the sources of a reason and puts the most frequent first', () => {
    const [first] = REJECT_GROUPS;
    if (first === undefined) throw new Error('there are groups');
    const groups = groupByReason([...REJECT_GROUPS, { ...first, source: 'other.log', sourceId: 9, count: 12_000 }]);
    expect(groups[0]).toMatchObject({ code: first.code, count: first.count + 12_000 });
    expect(groups[0]?.sources.map((group) => group.source)).toEqual(['other.log', first.source]);
    expect(groups.map((group) => group.count)).toEqual(groups.map((group) => group.count).toSorted((a, b) => b - a));
  });

  it('is empty when nothing was rejected', () => {
    expect(groupByReason([])).toEqual([]);
  });
});

it('leaves the place out of a reason', () => {
  expect(withoutPlace({ source: 'a.csv', reason: 'a.csv, line 8: the row has 3 cells, the header 8' })).toBe(
    'the row has 3 cells, the header 8',
  );
  expect(withoutPlace({ source: 'a.csv', reason: 'the file is empty' })).toBe('the file is empty');
  expect(withoutPlace({ source: '', reason: 'x: y' })).toBe('x: y');
});

it('names reasons, also those it does not know', () => {
  expect(reasonLabel('too-few-cells')).toBe('Too few cells');
  expect(reasonLabel('some-new-code')).toBe('Some new code');
});
