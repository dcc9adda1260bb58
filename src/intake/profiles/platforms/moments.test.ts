import { describe, expect, it } from 'vitest';
import { createMomentReader } from './moments.ts';

const read = createMomentReader('UTC');
const SECOND = 1_930_382_102_000_000;

describe('moments', () => {
  it.each([
    [1_930_382_102, SECOND, 'second'],
    [1_930_382_102.123, SECOND + 123_000, 'millisecond'],
    ['1930382102123', SECOND + 123_000, 'millisecond'],
    ['1930382102123456789', SECOND + 123_456, 'nanosecond'],
    ['2031-03-04T09:15:02.168818350Z', SECOND + 168_818, 'nanosecond'],
    ['2031-03-04T10:15:02+01:00', SECOND, 'second'],
    ['2031-03-04 09:15:02.123000+00:00', SECOND + 123_000, 'microsecond'],
    [{ seconds: '1930382102', nanos: 168_818_350 }, SECOND + 168_818, 'nanosecond'],
    [{ seconds: 1_930_382_102 }, SECOND, 'nanosecond'],
  ] as const)('%j', (value, time, precision) => {
    expect(read(value as never)).toEqual({ time, precision });
  });

  it.each([null, undefined, '', 'timestamp', true, [], {}, { seconds: 'x' }, '2031-02-30T00:00:00Z'])('%j is none', (value) => {
    expect(read(value as never).time).toBeNaN();
  });
});
