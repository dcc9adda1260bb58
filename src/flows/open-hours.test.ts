import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterOpenTime, openHoursText, openTime } from './open-hours.ts';
import type { OpenHours } from './types.ts';

const HOUR = 3_600_000_000;
/** Mondays to Fridays, 8 to 18. */
const OFFICE: OpenHours = { days: 0b0011111, hours: 0b111111111100000000 };
const at = (iso: string): number => Date.parse(iso) * 1000;

describe('open time', () => {
  it('stands still over nights and weekends', () => {
    // A Friday.
    expect(openTime(OFFICE, at('2026-03-06T17:30:00Z'), at('2026-03-09T08:30:00Z')) / HOUR).toBe(1);
    expect(openTime(OFFICE, at('2026-03-06T20:00:00Z'), at('2026-03-09T07:00:00Z'))).toBe(0);
    expect(openTime(OFFICE, at('2026-03-02T00:00:00Z'), at('2026-03-16T00:00:00Z')) / HOUR).toBe(100);
  });

  it('adds up, and never runs faster than time', () => {
    const time = fc.integer({ min: at('1969-12-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    const hours = fc.record({ days: fc.integer({ min: 0, max: 127 }), hours: fc.integer({ min: 0, max: (1 << 24) - 1 }) });
    fc.assert(
      fc.property(hours, time, time, time, (open, ...times) => {
        const [a, b, c] = times.toSorted((x, y) => x - y) as [number, number, number];
        expect(openTime(open, a, b) + openTime(open, b, c)).toBe(openTime(open, a, c));
        expect(openTime(open, a, b)).toBeGreaterThanOrEqual(0);
        expect(openTime(open, a, b)).toBeLessThanOrEqual(b - a);
      }),
    );
  });
});

describe('the moment by which so much open time has passed', () => {
  it('lies behind nights and weekends', () => {
    const friday = at('2026-03-06T17:00:00Z');
    const end = at('2026-04-01T00:00:00Z');
    expect(Math.abs(afterOpenTime(OFFICE, friday, 3 * HOUR, end) - at('2026-03-09T10:00:00Z'))).toBeLessThan(2_000_000);
    expect(afterOpenTime(OFFICE, friday, 3 * HOUR, friday + HOUR)).toBe(friday + HOUR);
  });
});

describe('open hours as text', () => {
  it('names days and hours, around midnight as well', () => {
    expect(openHoursText(OFFICE)).toBe('Mondays to Fridays 08–18 UTC');
    expect(openHoursText({ days: 0b1111111, hours: 0b110000000000000000000011 })).toBe('22–02 UTC');
    expect(openHoursText({ days: 0b1000001, hours: 0b10 })).toBe('Sundays to Mondays 01–02 UTC');
    expect(openHoursText({ days: 0b0001, hours: (1 << 24) - 1 })).toBe('Mondays');
  });
});
