import { expect, test } from 'vitest';
import { calendar } from './calendar.ts';
import { Clocks } from './clocks.ts';
import { Coverage } from './coverage.ts';
import { coverageGiven, durationGiven, givenParts, skewGiven } from './given.ts';

const HOUR = 3_600_000;

test('clocks are said as an offset and a drift', () => {
  const clocks = new Clocks(0, [skewGiven('erp=+90s'), skewGiven('wms=-2m,50ppm')]);
  expect([clocks.ahead('erp', HOUR), clocks.ahead('wms', 0), clocks.ahead('wms', 1e9), clocks.ahead('shop', 1)]).toEqual([
    90_000, -120_000, -70_000, 0,
  ]);
  expect(() => skewGiven('erp=soon')).toThrow(/--skew takes/);
});

test('logs begin late, end early, or are not there', () => {
  const window = calendar(0, 100, 10, 10, 20);
  const parts = givenParts(['crm=ends:5h', 'erp=starts:12h', 'wms=absent'].map(coverageGiven), window)!;
  const coverage = new Coverage(window, parts);
  expect([coverage.has('crm', window.end - 6 * HOUR), coverage.has('crm', window.end - 5 * HOUR)]).toEqual([true, false]);
  expect([coverage.has('erp', 12 * HOUR - 1), coverage.has('erp', 12 * HOUR)]).toEqual([false, true]);
  expect([coverage.isAbsent('wms'), coverage.isAbsent('crm'), coverage.has('shop', window.end - 1)]).toEqual([true, false, true]);
  expect(() => coverageGiven('crm=half')).toThrow(/--partial takes/);
  expect(() => durationGiven('-3h', '--overlap')).toThrow(/--overlap takes/);
});
