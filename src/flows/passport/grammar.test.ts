import { describe, expect, it } from 'vitest';
import { parseDuration, parseWindow } from './grammar.ts';
import type { Calendar } from './windows.ts';

const CALENDAR: Calendar = { zone: 'UTC', days: [1, 2, 3, 4, 5], holidays: [], hours: undefined };

describe('durations', () => {
  it.each([
    ['2 h', 7_200_000_000],
    ['90 min', 5_400_000_000],
    ['1 h 30 min', 5_400_000_000],
    ['1.5h', 5_400_000_000],
    ['250 ms', 250_000],
    ['3 days', 259_200_000_000],
    ['2 weeks', 1_209_600_000_000],
  ])('reads %s', (text, duration) => {
    expect(parseDuration(text)).toBe(duration);
  });

  it.each([
    ['soon', 0, 'needs an amount of time such as 2 h, 30 min or 3 days'],
    ['2 fortnights', 2, 'fortnights is no unit of time'],
    ['2 h and', 3, 'needs an amount'],
    ['0 min', 0, 'is no time at all'],
    ['9999999 weeks', 0, 'is longer than a hundred years'],
  ])('says what is wrong with %s', (text, at, problem) => {
    expect(parseDuration(text)).toEqual({ at, problem: expect.stringContaining(problem) as string });
  });
});

describe('windows', () => {
  it.each([
    ['within 2 h of payment.capture', { kind: 'within', amount: 7_200_000_000, text: 'within 2 h' }, 'payment.capture', 14],
    [
      'within 3 business days after erp.create order',
      { kind: 'business-days', days: 3, text: 'within 3 business days' },
      'erp.create order',
      29,
    ],
    ['within 1.5 business hours', { kind: 'business-hours', amount: 5_400_000_000, text: 'within 1.5 business hours' }, undefined, 0],
    [
      'before 02:00 Europe/Berlin',
      { kind: 'before', minute: 120, business: false, calendar: { ...CALENDAR, zone: 'Europe/Berlin' } },
      undefined,
      0,
    ],
    [
      'before 9:30 on business days after a.b of c',
      { kind: 'before', minute: 570, business: true, text: 'before 9:30 on business days' },
      'a.b of c',
      35,
    ],
    ['before 24:00 UTC after a.b', { kind: 'before', minute: 1440, calendar: CALENDAR, text: 'before 24:00 UTC' }, 'a.b', 23],
  ])('reads %s', (text, window, after, afterAt) => {
    expect(parseWindow(text, CALENDAR)).toMatchObject({ window, after, afterAt });
  });

  it.each([
    ['soon', 0, 'must begin with "within"'],
    ['within', 6, 'needs an amount of time'],
    ['within 2 moons of a.b', 9, 'moons is no unit of time'],
    ['within 2 business weeks', 17, 'needs "business days" or "business hours"'],
    ['within 1.5 business days', 6, 'needs a whole number of business days'],
    ['within 0 business days', 6, 'is no time at all'],
    ['before noon', 6, 'needs a time of day such as 02:00'],
    ['before 25:00', 6, '25:00 is no time of day'],
    ['before 02:00 Europe/Berlln', 13, 'Europe/Berlln is no time zone'],
    ['before 02:00 on sundays', 12, 'can only go on with'],
  ])('says what is wrong with %s', (text, at, problem) => {
    expect(parseWindow(text, CALENDAR)).toEqual({ at, problem: expect.stringContaining(problem) as string });
  });
});
