import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { berlinIso, dateText, isoKolkata, isoMs, isoSeconds, log4jKolkata } from './local-time.ts';

const instant = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2200, 0) });

describe('spellings of a time', () => {
  it('agree with the platform for UTC', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(isoMs(at)).toBe(new Date(at).toISOString());
        expect(dateText(at)).toBe(new Date(at).toISOString().slice(0, 10));
      }),
    );
  });

  it('name the instant they were made from', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const second = Math.floor(at / 1000) * 1000;
        expect(Date.parse(berlinIso(at))).toBe(at);
        expect(Date.parse(isoKolkata(at))).toBe(second);
        expect(Date.parse(isoSeconds(at))).toBe(second);
        expect(Date.parse(log4jKolkata(at).replace(' ', 'T').replace(',', '.').replace('+0530', '+05:30'))).toBe(at);
      }),
    );
  });

  it('keep Berlin summer time', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2037, 0) }), (at) => {
        expect(berlinIso(at).slice(0, 19).replace('T', ' ')).toBe(format.format(at));
      }),
    );
    expect(berlinIso(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe('2026-03-29T01:59:59.000+01:00');
    expect(berlinIso(Date.UTC(2026, 2, 29, 1))).toBe('2026-03-29T03:00:00.000+02:00');
  });
});
