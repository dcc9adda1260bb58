import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { parseClock } from './clock.ts';
import { dayAndClock } from './day-and-clock.ts';
import { compileTimeReader, wrongTimeFormat } from './format.ts';

const read = (format: string, text: string, zone = 'Europe/Berlin'): string => {
  const reader = compileTimeReader(format, { zone });
  const time = reader.parse(text);
  return Number.isNaN(time) ? 'no time' : `${formatIso(micros(time))} ${reader.precision(text)}`;
};

describe('a day and a time of day that stood apart', () => {
  it.each([
    ['compact+HHmmss', '20310304 091502', '2031-03-04T08:15:02Z second'],
    ['compact+HHmmss', '20310304 91502', '2031-03-04T08:15:02Z second'],
    ['compact+HHmmss', '20310304 2', '2031-03-03T23:00:02Z second'],
    ['compact+HHmm', '20310304 915', '2031-03-04T08:15:00Z minute'],
    ['compact+HHmm', '20310304 91502', 'no time'],
    ['compact+HHmmss', '20310304 997799', 'no time'],
    ['iso+clock', '2031-03-04 9:15:02.431', '2031-03-04T08:15:02.431Z millisecond'],
    ['iso+clock', '2031-03-04T00:00:00 09:15:02', '2031-03-04T08:15:02Z second'],
    ['iso+clock', '2031-03-04 1899-12-30 09:15:02', '2031-03-04T08:15:02Z second'],
    ['iso+clock', '2031-03-04 24:00:00', '2031-03-04T23:00:00Z second'],
    ['iso+clock', '2031-03-04 25:00:00', 'no time'],
    ['iso+clock', '2031-03-04 09:15:02-05:00', '2031-03-04T14:15:02Z second'],
    ['day-first+clock', '04.03.2031 09:15 Uhr', '2031-03-04T08:15:00Z minute'],
    ['day-first+clock', '04.03.2031 09.15.02', '2031-03-04T08:15:02Z second'],
    ['month-first+clock', '3/4/2031 9:15:02 PM', '2031-03-04T20:15:02Z second'],
    ['month-name+clock', 'Mar 4, 2031 12:15 a.m.', '2031-03-03T23:15:00Z minute'],
    ['rfc2822+clock', '4 Mar 2031 9:15', '2031-03-04T08:15:00Z minute'],
    ['odata+clock', '/Date(1930348800000)/ PT09H15M02S', '2031-03-04T08:15:02Z second'],
    ['excel+clock', '47911 0.385439814814815', '2031-03-04T08:15:02Z millisecond'],
    ['excel+clock', '47911 0', '2031-03-03T23:00:00Z millisecond'],
    ['iso+clock', '2031-03-04', 'no time'],
    ['iso+clock', '09:15:02', 'no time'],
    ['iso+clock', '', 'no time'],
  ])('%s %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it('is named by two forms', () => {
    expect(dayAndClock('compact+HHmmss')).toEqual({ day: 'compact', clock: 'HHmmss' });
    for (const other of ['iso', 'clock', '+clock', 'iso+', 'iso+ss', 'dd.MM.yyyy+clock', '']) expect(dayAndClock(other)).toBeUndefined();
    expect(wrongTimeFormat('day-first+clock')).toBeUndefined();
    expect(wrongTimeFormat('day-first+watch')).toBeDefined();
  });

  it('tells of local times that exist twice', () => {
    const seen: string[] = [];
    const reader = compileTimeReader('day-first+clock', { zone: 'Europe/Berlin', onAmbiguous: (kind) => seen.push(kind) });
    reader.parse('26.10.2031 02:30');
    reader.parse('30.03.2031 02:30');
    expect(seen).toEqual(['overlap', 'gap']);
  });

  it('reads what it reads of the two together', () => {
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (date) => {
        const [day, clock] = date.toISOString().slice(0, 23).split('T') as [string, string];
        expect(compileTimeReader('iso+clock', { zone: 'UTC' }).parse(`${day} ${clock}`)).toBe(date.getTime() * 1000);
        const digits = String(Number(clock.slice(0, 8).replaceAll(':', '')));
        const whole = Math.floor(date.getTime() / 1000) * 1e6;
        expect(compileTimeReader('compact+HHmmss', { zone: 'UTC' }).parse(`${day.replaceAll('-', '')} ${digits}`)).toBe(whole);
      }),
    );
  });

  it('takes any text, and says nothing of what is no time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const clock = parseClock(text, 'clock');
        if (clock !== undefined) expect(clock.micros).toBeGreaterThanOrEqual(0);
        expect(compileTimeReader('iso+clock', { zone: 'UTC' }).parse(text)).toSatisfy(
          (time: number) => Number.isNaN(time) || Number.isSafeInteger(time),
        );
      }),
    );
  });
});
