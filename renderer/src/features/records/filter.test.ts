import { describe, expect, it } from 'vitest';
import { isFiltered, nextSort, recordsQuery } from './filter.ts';

describe('recordsQuery', () => {
  it('sorts by start, latest first, when the address says nothing', () => {
    expect(recordsQuery({})).toMatchObject({ sort: 'started', descending: true, filter: { text: '' } });
  });

  it('takes over what the address says', () => {
    expect(recordsQuery({ q: 'SO-1', type: 'order', status: 'failed', sort: 'key' })).toMatchObject({
      sort: 'key',
      descending: false,
      filter: { text: 'SO-1', type: 'order', status: 'failed' },
    });
  });
});

describe('nextSort', () => {
  it('turns the direction on a second click and starts anew on another column', () => {
    const first = nextSort({}, 'duration');
    expect(first).toEqual({ sort: 'duration', dir: 'desc' });
    expect(nextSort(first, 'duration')).toEqual({ sort: 'duration', dir: 'asc' });
    expect(nextSort(first, 'key')).toEqual({ sort: 'key', dir: 'asc' });
    expect(nextSort({}, 'started')).toEqual({ sort: 'started', dir: 'asc' });
  });
});

it('knows whether anything narrows the list', () => {
  expect(isFiltered({ sort: 'key', dir: 'asc' })).toBe(false);
  expect(isFiltered({ q: '' })).toBe(false);
  expect(isFiltered({ severity: 'critical' })).toBe(true);
});
