import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatMs,
  formatRate,
  formatShare,
  formatSpan,
  formatTime,
  humanise,
  plural,
  timeParts,
  zoneLabel,
} from './format.ts';

describe('numbers', () => {
  it('groups thousands and minds the singular', () => {
    expect(formatCount(1204113)).toBe('1,204,113');
    expect(plural(1, 'order')).toBe('1 order');
    expect(plural(2040, 'order')).toBe('2,040 orders');
    expect(plural(3, 'entry', 'entries')).toBe('3 entries');
  });

  it('shows bytes with at most three digits', () => {
    expect([0, 812, 999, 1000, 4_249_000, 31_400_000, 999_600_000].map(formatBytes)).toEqual([
      '0 B',
      '812 B',
      '999 B',
      '1.0 kB',
      '4.2 MB',
      '31 MB',
      '1.0 GB',
    ]);
  });

  it('shows rates', () => {
    expect([0, 840, 999.7, 2_140, 212_000, 1_400_000].map(formatRate)).toEqual([
      '0/s',
      '840/s',
      '1.0 k/s',
      '2.1 k/s',
      '212 k/s',
      '1.4 M/s',
    ]);
  });

  it('never rounds a share to all or nothing', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(formatShare)).toEqual(['0 %', '1 %', '50 %', '99 %', '100 %']);
  });

  it('shows durations in two units and a dash for none', () => {
    expect([412, 7_400, 250_000, 10_680_000].map(formatMs)).toEqual(['412 ms', '7.4 s', '4 m 10 s', '2 h 58 m']);
    expect(formatMs(null)).toBe('–');
    // One entry took no time: nobody measured it in microseconds.
    expect(formatMs(0)).toBe('0 s');
  });
});

describe('times', () => {
  it('keeps the fraction as written, down to microseconds', () => {
    expect(formatTime('2026-05-04T09:12:04.180113Z', 'utc', 'full')).toBe('2026-05-04 09:12:04.180113');
    expect(formatTime('2026-05-04T09:12:04.180Z', 'utc')).toBe('2026-05-04 09:12:04');
    expect(formatTime('2026-05-04T09:12:04Z', 'utc', 'time')).toBe('09:12:04');
    expect(formatTime(null, 'utc')).toBe('–');
    expect(formatTime('whenever', 'utc')).toBe('whenever');
  });

  it('says the date once within a day', () => {
    expect(formatSpan('2026-05-04T09:12:04Z', '2026-05-04T12:31:47Z', 'utc')).toBe('2026-05-04 09:12:04 → 12:31:47');
    expect(formatSpan('2026-05-04T09:12:04Z', '2026-05-05T00:00:00Z', 'utc')).toBe('2026-05-04 09:12:04 → 2026-05-05 00:00:00');
    expect(formatSpan('2026-05-04T09:12:04Z', null, 'utc')).toBe('2026-05-04 09:12:04 →');
    expect(formatSpan(null, null, 'utc')).toBe('–');
  });

  it('gives back the text of any whole second in UTC', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_799 }), (second) => {
        const iso = new Date(second * 1000).toISOString();
        const parts = timeParts(iso, 'utc');
        expect(`${parts?.date}T${parts?.time}.000Z`).toBe(iso);
      }),
    );
  });

  it('names the zone', () => {
    expect(zoneLabel('utc')).toBe('UTC');
    expect(zoneLabel('local')).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(zoneLabel('local', new Date('2026-05-04T09:00:00Z'))).toMatch(/^UTC[+−]\d\d:\d\d$/);
  });
});

it('makes words of identifiers', () => {
  expect(humanise('missing-step')).toBe('Missing step');
  expect(humanise('order')).toBe('Order');
});
