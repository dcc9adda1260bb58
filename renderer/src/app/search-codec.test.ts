import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-codec.ts';
import { journeySearch, recordsSearch } from './search-schemas.ts';

describe('search codec', () => {
  it('writes plain text and leaves out what is absent', () => {
    expect(stringifySearch({ type: 'order', status: undefined, q: '', event: 17 })).toBe('?type=order&event=17');
    expect(stringifySearch({})).toBe('');
  });

  it('keeps an identifier that looks like a number as text', () => {
    expect(parseSearch('?q=0000001042')).toEqual({ q: '0000001042' });
    expect(recordsSearch.parse(parseSearch('?q=0000001042')).q).toBe('0000001042');
  });

  it('gives back any text', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,8}$/),
          fc.string({ minLength: 1, unit: 'binary' }).filter((value) => value.isWellFormed()),
        ),
        (search) => {
          expect(parseSearch(stringifySearch(search))).toEqual({ ...search });
        },
      ),
    );
  });
});

describe('schemas', () => {
  it('makes numbers where a number is meant', () => {
    expect(journeySearch.parse(parseSearch('?view=events&event=17&step=s3'))).toEqual({ view: 'events', event: 17, step: 's3' });
  });

  it('drops what it cannot understand', () => {
    expect(journeySearch.parse({ view: 'nonsense', event: 'x' })).toEqual({ view: undefined, event: undefined });
    expect(recordsSearch.parse({ sort: 'bogus', dir: 'asc', status: 'failed' })).toEqual({ sort: undefined, dir: 'asc', status: 'failed' });
  });
});
