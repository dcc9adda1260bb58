import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { parseWindow } from './grammar.ts';
import { deadlineOf, type Calendar } from './windows.ts';

const BERLIN: Calendar = {
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  holidays: ['2026-05-01', '2026-12-25'],
  hours: { from: 8 * 60, to: 18 * 60 },
};

function until(text: string, since: string, calendar = BERLIN): string {
  const read = parseWindow(`${text} of a.b`, calendar);
  if ('problem' in read) throw new Error(read.problem);
  return formatIso(micros(deadlineOf(read.window)(Date.parse(since) * 1000)));
}

describe('windows', () => {
  it.each([
    ['within 2 h', '2026-03-28T23:00:00Z', '2026-03-29T01:00:00Z'],
    // A day is 24 hours, also over the change of clocks.
    ['within 1 day', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'],
    ['before 02:00', '2026-01-10T12:00:00Z', '2026-01-11T01:00:00Z'],
    ['before 02:00', '2026-07-10T12:00:00Z', '2026-07-11T00:00:00Z'],
    // Exactly at the time: the next one counts.
    ['before 02:00', '2026-07-11T00:00:00Z', '2026-07-12T00:00:00Z'],
    ['before 02:00 America/New_York', '2026-07-10T12:00:00Z', '2026-07-11T06:00:00Z'],
    ['before 24:00', '2026-07-10T12:00:00Z', '2026-07-10T22:00:00Z'],
    // Friday evening, and the first of May is a Friday.
    ['before 18:00 on business days', '2026-07-10T17:00:00Z', '2026-07-13T16:00:00Z'],
    ['before 18:00 on business days', '2026-04-30T17:00:00Z', '2026-05-04T16:00:00Z'],
  ])('%s of %s is over at %s', (text, since, end) => {
    expect(until(text, since)).toBe(end);
  });

  it.each([
    // Clocks go from 02:00 to 03:00: 02:30 never comes, and has passed at the jump.
    ['before 02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    ['before 03:00', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    // Clocks go from 03:00 to 02:00: 02:30 comes twice, and is over the second time.
    ['before 02:30', '2026-10-24T12:00:00Z', '2026-10-25T01:30:00Z'],
    ['before 02:30', '2026-10-25T00:45:00Z', '2026-10-25T01:30:00Z'],
    ['before 02:30', '2026-10-25T01:45:00Z', '2026-10-26T01:30:00Z'],
  ])('%s of %s, where clocks change, is over at %s', (text, since, end) => {
    expect(until(text, since)).toBe(end);
  });

  it.each([
    ['within 1 business day', '2026-07-08T10:00:00Z', '2026-07-09T22:00:00Z'],
    // Saturday: Monday is the first business day after it.
    ['within 1 business day', '2026-07-11T10:00:00Z', '2026-07-13T22:00:00Z'],
    ['within 2 business days', '2026-12-23T10:00:00Z', '2026-12-28T23:00:00Z'],
    ['within 4 business hours', '2026-07-10T14:00:00Z', '2026-07-13T08:00:00Z'],
    ['within 4 business hours', '2026-07-10T04:00:00Z', '2026-07-10T10:00:00Z'],
    // The night before the clocks change.
    ['within 3 business hours', '2026-03-27T16:00:00Z', '2026-03-30T08:00:00Z'],
  ])('%s of %s leaves out what is no business: %s', (text, since, end) => {
    expect(until(text, since)).toBe(end);
  });

  it('ends never where no day is left', () => {
    const calendar = { ...BERLIN, days: [] };
    const read = parseWindow('within 1 business day', calendar);
    expect('problem' in read ? read : deadlineOf(read.window)(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('never ends before it begins, and later for what begins later', () => {
    const texts = [
      'within 2 h',
      'before 02:30',
      'before 23:15 America/St_Johns',
      'before 09:00 on business days',
      'within 3 business days',
      'within 11 business hours',
    ];
    const time = fc.integer({ min: Date.parse('2026-01-01') / 1000, max: Date.parse('2027-12-31') / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), time, fc.nat(400_000), (text, seconds, more) => {
        const read = parseWindow(text, BERLIN);
        if ('problem' in read) throw new Error(read.problem);
        const end = deadlineOf(read.window);
        const since = seconds * 1_000_000;
        expect(end(since)).toBeGreaterThan(since);
        expect(end(since + more * 1_000_000)).toBeGreaterThanOrEqual(end(since));
      }),
      { numRuns: 300 },
    );
  });

  it('shows the time it names on the clocks of its zone, except where they jump', () => {
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' });
    const read = parseWindow('before 02:30', BERLIN);
    if ('problem' in read) throw new Error(read.problem);
    for (let day = 0; day < 400; day++) {
      const end = deadlineOf(read.window)(Date.UTC(2026, 0, 1 + day, 12) * 1000) / 1000;
      expect(shown.format(end)).toBe(end === Date.parse('2026-03-29T01:00:00Z') ? '03:00' : '02:30');
    }
  });
});
