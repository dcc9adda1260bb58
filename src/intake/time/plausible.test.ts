import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmptyTime, Plausibility, zeroAmong } from './plausible.ts';

const at = (iso: string): number => Date.parse(iso) * 1000;

function judged(...times: readonly string[]): boolean[] {
  const plausibility = new Plausibility();
  return times.map((time) => plausibility.accepts(at(time)));
}

describe('plausible times', () => {
  it('takes the first day of 1980 for a time where the source goes on from there', () => {
    const log = ['1980-01-01T00:00:00Z', '1980-01-02T00:00:00Z', '1980-01-03T00:00:00Z'].map(at);
    expect(zeroAmong(log)).toBe(true);
    expect(zeroAmong([at('1970-01-01T00:00:00Z'), at('1970-01-01T00:00:01Z'), at('1970-01-01T00:00:02Z')])).toBe(true);
    const plausibility = new Plausibility(true);
    expect(log.map((time) => plausibility.accepts(time))).toEqual([true, true, true]);
    const placeholders = ['1980-01-01T00:00:00Z', '2031-03-04T00:00:00Z', '2031-03-05T00:00:00Z', '1980-01-01T00:00:00Z'].map(at);
    expect(zeroAmong(placeholders)).toBe(false);
    expect(zeroAmong([...placeholders, at('1980-01-04T00:00:00Z')])).toBe(false);
    expect(zeroAmong([Number.NaN])).toBe(false);
  });

  it.each([
    '1970-01-01T00:00:00Z',
    '1970-01-01T01:00:00Z',
    '1969-12-31T19:00:00Z',
    '1900-01-01T00:00:00Z',
    '1899-12-30T00:00:00Z',
    '1601-01-01T00:00:00Z',
    '1753-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '1980-01-01T00:00:00Z',
    '2038-01-19T03:14:07Z',
    '1948-06-01T12:34:56Z',
    '2120-01-01T00:00:00Z',
  ])('%s is none among others', (time) => {
    expect(judged('2031-03-04T09:15:02Z', time, '2031-03-04T09:15:03Z')).toEqual([true, false, true]);
  });

  it('are not far beyond the newest one, unless the source goes on there', () => {
    expect(judged('2031-03-04T00:00:00Z', '2034-01-01T00:00:00Z', '2034-01-01T00:00:00Z', '2031-03-05T00:00:00Z')).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(judged('2031-03-04T00:00:00Z', '2033-01-01T00:00:00Z', '2033-01-02T00:00:00Z', '2033-01-03T00:00:00Z')).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(judged('2031-03-04T00:00:00Z', '2032-03-01T00:00:00Z', '2029-01-01T00:00:00Z')).toEqual([true, true, true]);
  });

  it('may begin in 1970 where a log is simulated', () => {
    expect(judged('1970-01-01T00:00:07Z', '1970-01-01T00:01:11Z', '1970-01-09T03:00:00Z')).toEqual([true, true, true]);
  });

  it('are all of an ordinary log, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 360 * 86_400 })), (seconds) => {
        const plausibility = new Plausibility();
        for (const second of seconds) expect(plausibility.accepts(at('2030-06-01T00:00:00Z') + second * 1e6)).toBe(true);
      }),
    );
  });
});

describe('values that stand for no time', () => {
  it.each([
    '0000-00-00 00:00:00',
    '0000-00-00',
    '9999-12-31',
    '9999-12-31T23:59:59.999Z',
    '31.12.9999',
    '12/31/9999',
    '0001-01-01T00:00:00',
    '00000000',
    '99991231',
    0,
    -1,
    '0',
    '-1',
  ])('%s', (value) => expect(isEmptyTime(value)).toBe(true));
  it.each(['2031-03-04', '1', 'SO-1', '', '9999', '19991231', 1930382102, '00001042'])('but not %s', (value) =>
    expect(isEmptyTime(value)).toBe(false),
  );
});
