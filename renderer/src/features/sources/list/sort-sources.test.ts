import { expect, it } from 'vitest';
import { makeSources } from '../../../../test-support/fake-sources.ts';
import { sortSources } from './sort-sources.ts';

const sources = makeSources(30);

it('sorts by number, downwards, and by name where the numbers are equal', () => {
  const rows = sortSources(sources, { column: 'events', descending: true });
  expect(rows.map((row) => row.events)).toEqual(rows.map((row) => row.events).toSorted((a, b) => b - a));
  const equal = rows.filter((row) => row.events === rows[0]?.events).map((row) => row.name);
  expect(equal).toEqual(equal.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
});

it('reads the numbers in names', () => {
  const [a, b] = sources;
  if (a === undefined || b === undefined) throw new Error('there are sources');
  const rows = sortSources(
    [
      { ...a, name: 'part-10' },
      { ...b, name: 'part-9' },
    ],
    { column: 'name', descending: false },
  );
  expect(rows.map((row) => row.name)).toEqual(['part-9', 'part-10']);
});

it('knows every column that can be chosen', () => {
  for (const column of ['name', 'coverage', 'system', 'format', 'profile', 'duplicates', 'updated', 'rejected', 'imported'])
    expect(sortSources(sources, { column, descending: false })).toHaveLength(sources.length);
});
