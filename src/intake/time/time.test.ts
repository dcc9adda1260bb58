import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import type { TimeShape } from './index.ts';
import { compileTime, inferTimeShape, isZone, parseTime, precisionOf, TIME_SHAPES } from './index.ts';

const AT = '2031-03-04T09:15:02.431Z';

/** The variants of the field, all the same instant (or the same second). */
const VARIANTS: readonly (readonly [value: string | number, shape: TimeShape, iso: string | undefined, zoneless: boolean])[] = [
  ['2031-03-04T09:15:02.431Z', 'iso', AT, false],
  ['2031-03-04T10:15:02,431+0100', 'iso', AT, false],
  ['2031-03-04T10:15:02.4310000+01:00', 'iso', AT, false],
  ['2031-03-04 10:15:02.431+01', 'iso', AT, false],
  ['2031-03-04 09:15:02.431 GMT', 'iso', AT, false],
  ['2031-03-04T09:15:02.431-00:00', 'iso', AT, false],
  ['2031-03-04T04:15:02.431 EST', 'iso', AT, false],
  ['2031-03-04T10:15:02.431+01:00[Europe/Berlin]', 'iso', AT, false],
  ['2031-03-04 09:15:02,431', 'iso', AT, true],
  ['2031/03/04 09:15:02.431', 'iso', AT, true],
  ['2031-03-04T09:15', 'iso', '2031-03-04T09:15:00Z', true],
  ['2031-03-04', 'iso', '2031-03-04T00:00:00Z', true],
  ['2031-03-04T09:15:02.431123456Z', 'iso', '2031-03-04T09:15:02.431123Z', false],
  ['20310304T091502.431Z', 'compact', AT, false],
  ['20310304 091502', 'compact', '2031-03-04T09:15:02Z', true],
  ['20310304091502431', 'compact', AT, true],
  [1930382102431, 'epoch-ms', AT, false],
  ['1930382102431', 'epoch-ms', AT, false],
  ['1930382102.431', 'epoch-s', AT, false],
  [1930382102.431, 'epoch-s', AT, false],
  [1930382102, 'epoch-s', '2031-03-04T09:15:02Z', false],
  ['1930382102431123', 'epoch-us', '2031-03-04T09:15:02.431123Z', false],
  ['1930382102431123456', 'epoch-ns', '2031-03-04T09:15:02.431123Z', false],
  ['/Date(1930382102431)/', 'odata', AT, false],
  ['/Date(1930382102431+0060)/', 'odata', AT, false],
  ['04/Mar/2031:10:15:02 +0100', 'clf', '2031-03-04T09:15:02Z', false],
  ['Tue, 04 Mar 2031 09:15:02 GMT', 'rfc2822', '2031-03-04T09:15:02Z', false],
  ['4 Mar 2031 10:15:02 +0100', 'rfc2822', '2031-03-04T09:15:02Z', false],
  ['04 Mar 2031 09:15:02', 'rfc2822', '2031-03-04T09:15:02Z', true],
  ['Tue Mar  4 09:15:02 2031', 'ctime', '2031-03-04T09:15:02Z', true],
  ['Tue Mar 04 10:15:02 CET 2031', 'ctime', '2031-03-04T09:15:02Z', false],
  ['Mar 4, 2031 @ 09:15:02.431', 'month-name', AT, true],
  ['Mar 04, 2031 9:15:02 AM', 'month-name', '2031-03-04T09:15:02Z', true],
  ['3/4/2031, 9:15:02.431 AM', 'month-first', AT, true],
  ['04.03.2031 09:15:02', 'day-first', '2031-03-04T09:15:02Z', true],
  ['2031-W10-2T09:15:02Z', 'iso-week', '2031-03-04T09:15:02Z', false],
  ['2031W102T091502,431Z', 'iso-week', AT, false],
  ['2031-W10', 'iso-week', '2031-03-03T00:00:00Z', true],
  ['2031-063T09:15:02', 'iso-ordinal', '2031-03-04T09:15:02Z', true],
  ['2031063T091502+0000', 'iso-ordinal', '2031-03-04T09:15:02Z', false],
  ['4. März 2031 09:15:02', 'rfc2822', '2031-03-04T09:15:02Z', true],
  ['4. Mär. 2031 09:15', 'rfc2822', '2031-03-04T09:15:00Z', true],
  ['Dienstag, 4. März 2031 um 09:15:02', 'rfc2822', '2031-03-04T09:15:02Z', true],
  ['4 mars 2031 à 09:15:02', 'rfc2822', '2031-03-04T09:15:02Z', true],
  ['mar. 4 févr. 2031 09:15:02', 'rfc2822', '2031-02-04T09:15:02Z', true],
  ['4 de marzo de 2031 09:15:02', 'rfc2822', '2031-03-04T09:15:02Z', true],
  ['04-MAR-31 09.15.02.431000 AM', 'rfc2822', AT, true],
  ['04/mars/2031:10:15:02 +0100', 'clf', '2031-03-04T09:15:02Z', false],
  ['04.03.31 09.15', 'day-first', '2031-03-04T09:15:00Z', true],
  ['3/4/31 9:15 p.m.', 'month-first', '2031-03-04T21:15:00Z', true],
  ['640659789024310000', 'ticks', AT, false],
  ['135748557024310000', 'filetime', AT, false],
  ['47911.385444803236', 'excel', AT, true],
  ['Mar  4 09:15:02', 'syslog', undefined, true],
];

describe('the variants of the field', () => {
  it.each(VARIANTS)('%s is %s', (value, shape, iso, zoneless) => {
    const found = inferTimeShape([value]);
    expect(found?.shape).toBe(shape);
    expect(found?.zoneless).toBe(zoneless);
    const parsed = parseTime(value, shape, 'UTC');
    if (iso !== undefined) expect(parsed && formatIso(parsed.time)).toBe(iso);
  });

  it.each([
    '2031-02-30',
    '2031-13-01T00:00:00Z',
    '2031-03-04T25:00:00Z',
    '2031-03-04T09:61:00Z',
    '2031-03-04T09:15:02.Z',
    '2031-03-04T09:15:02 nonsense',
    '2031-3-4',
    '12',
    '',
    'SO-1042',
    '2031-03-04X09:15:02',
    '9999-12-31T23:59:59Z',
  ])('refuses %s', (text) => {
    expect(parseTime(text, 'iso', 'UTC')).toBeUndefined();
  });

  it('reads the end of a day and a leap second', () => {
    expect(parseTime('2016-12-31T24:00:00Z', 'iso', 'UTC')?.time).toBe(parseTime('2017-01-01T00:00:00Z', 'iso', 'UTC')?.time);
    expect(parseTime('2016-12-31T23:59:60Z', 'iso', 'UTC')?.time).toBe(parseTime('2017-01-01T00:00:00Z', 'iso', 'UTC')?.time);
  });

  it('reads epoch numbers of several units in one set, each by its magnitude', () => {
    const values = [1930382102, 1930382102431, '1930382102431123', '1930382102431123456'];
    const found = inferTimeShape(values);
    expect(found).toMatchObject({ shape: 'epoch', zoneless: false });
    expect(found?.reason).toBe('4 of 4 values are epoch numbers in several units');
    const parse = compileTime('epoch', 'UTC');
    expect(values.map(parse)).toEqual([1930382102000000, 1930382102431000, 1930382102431123, 1930382102431123]);
    expect(values.map((value) => precisionOf(value, 'epoch'))).toEqual(['second', 'millisecond', 'microsecond', 'nanosecond']);
    expect(inferTimeShape([1930382102431, 1930382102432])?.shape).toBe('epoch-ms');
  });

  it('does not let dates that stand for none decide', () => {
    expect(inferTimeShape(['9999-12-31', '0000-00-00 00:00:00', '31.12.9999', '04.03.2031 09:15:02'])?.shape).toBe('day-first');
    expect(inferTimeShape(['0001-01-01T00:00:00', '9999-12-31'])).toBeUndefined();
  });

  it('does not take other numbers for times', () => {
    expect(inferTimeShape(['2031-063', '2031-064'])).toBeUndefined();
    expect(inferTimeShape(['47911.38', '50220.10', '61234.99'])).toBeUndefined();
    expect(inferTimeShape([1, 2, 3])).toBeUndefined();
    expect(inferTimeShape(['1042', '1043'])).toBeUndefined();
    expect(inferTimeShape(['0000100042', '0000100043'])).toBeUndefined();
    expect(inferTimeShape([])).toBeUndefined();
    expect(inferTimeShape(['shipped', '2031-03-04'])).toBeUndefined();
  });
});

describe('iso', () => {
  it('agrees with the platform on every instant, whatever came before', () => {
    const parse = compileTime('iso', 'UTC');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1700-01-01T00:00:00Z'), max: new Date('2254-12-31T00:00:00Z'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString();
          fc.pre(text.length === 24);
          expect(parse(text)).toBe(date.getTime() * 1000);
        },
      ),
    );
  });

  it('reads back what is written with any offset, separator and fraction', () => {
    const parse = compileTime('iso', 'UTC');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        fc.stringMatching(/^\d{1,9}$/),
        fc.constantFrom('T', ' '),
        fc.constantFrom('.', ','),
        fc.boolean(),
        (seconds, offset, fraction, gap, point, colon) => {
          const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19).replace('T', gap);
          const clock = `${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}${colon ? ':' : ''}${String(Math.abs(offset) % 60).padStart(2, '0')}`;
          const text = `${local}${point}${fraction}${offset < 0 ? '-' : '+'}${clock}`;
          expect(parse(text)).toBe(seconds * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0')));
        },
      ),
    );
  });

  it('never throws and gives a safe integer or NaN for any text', () => {
    const parsers = TIME_SHAPES.map((shape) => compileTime(shape, 'Europe/Berlin'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:T Z/.+-]{0,30}$/)), (text) => {
        for (const parse of parsers) {
          const time = parse(text);
          expect(Number.isNaN(time) || Number.isSafeInteger(time)).toBe(true);
        }
      }),
    );
  });
});

describe('zones', () => {
  it('reads local times in the given zone, summer and winter', () => {
    const parse = compileTime('iso', 'Europe/Berlin');
    expect(formatIso(micros(parse('2026-01-15 12:00:00')))).toBe('2026-01-15T11:00:00Z');
    expect(formatIso(micros(parse('2026-07-15 12:00:00')))).toBe('2026-07-15T10:00:00Z');
    expect(formatIso(micros(parse('2026-07-15 12:00:00Z')))).toBe('2026-07-15T12:00:00Z');
  });

  it('takes the earlier instant in a gap and an overlap, and says so', () => {
    const seen: string[] = [];
    const parse = compileTime('iso', 'Europe/Berlin', (kind) => seen.push(kind));
    expect(formatIso(micros(parse('2026-03-29 02:30:00')))).toBe('2026-03-29T00:30:00Z');
    expect(formatIso(micros(parse('2026-10-25 02:30:00')))).toBe('2026-10-25T00:30:00Z');
    parse('2026-10-25 04:30:00');
    expect(seen).toEqual(['gap', 'overlap']);
    expect(parseTime('2026-10-25 02:30:00', 'iso', 'Europe/Berlin')?.ambiguity).toBe('overlap');
  });

  it('knows zones that change by half an hour, and fixed offsets', () => {
    expect(formatIso(micros(compileTime('iso', 'Australia/Lord_Howe')('2026-07-01 10:30:00')))).toBe('2026-07-01T00:00:00Z');
    expect(formatIso(micros(compileTime('iso', '+05:30')('2026-07-01 05:30:00')))).toBe('2026-07-01T00:00:00Z');
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Mars/Olympus')).toBe(false);
    expect(() => compileTime('iso', 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('day and month', () => {
  it('lets the samples decide', () => {
    expect(inferTimeShape(['03/04/2031 09:15', '13/04/2031 09:15'])).toMatchObject({ shape: 'day-first', dayFirst: true, confidence: 1 });
    expect(inferTimeShape(['03/04/2031 09:15', '03/14/2031 09:15'])).toMatchObject({
      shape: 'month-first',
      dayFirst: false,
      confidence: 1,
    });
    expect(inferTimeShape(['03/04/2031 9:15 AM', '03/05/2031 9:15 PM'])).toMatchObject({ shape: 'month-first' });
    expect(inferTimeShape(['01/04/2031', '02/04/2031', '03/04/2031'])).toMatchObject({ shape: 'day-first', confidence: 0.8 });
    expect(inferTimeShape(['04/01/2031', '04/02/2031', '04/03/2031'])).toMatchObject({ shape: 'month-first', confidence: 0.8 });
    expect(inferTimeShape(['13/14/2031', '14/13/2031'])).toBeUndefined();
  });

  it('admits when nothing decides', () => {
    const found = inferTimeShape(['03/03/2031']);
    expect(found?.confidence).toBe(0.5);
    expect(found?.reason).toContain('nothing in the samples');
  });

  it('reads noon and midnight', () => {
    const parse = compileTime('month-first', 'UTC');
    expect(formatIso(micros(parse('3/4/2031 12:00 AM')))).toBe('2031-03-04T00:00:00Z');
    expect(formatIso(micros(parse('3/4/2031 12:00 PM')))).toBe('2031-03-04T12:00:00Z');
    expect(parse('3/4/2031 13:00 PM')).toBeNaN();
  });
});

describe('precision', () => {
  it.each([
    ['2031-03-04', 'iso', 'day'],
    ['2031-03-04T09:15Z', 'iso', 'minute'],
    ['2031-03-04T09:15:02Z', 'iso', 'second'],
    [AT, 'iso', 'millisecond'],
    ['2031-03-04 09:15:02,431', 'iso', 'millisecond'],
    ['2031-03-04T09:15:02.431123Z', 'iso', 'microsecond'],
    ['2031-03-04T09:15:02.4311234Z', 'iso', 'nanosecond'],
    [1930382102, 'epoch-s', 'second'],
    ['1930382102431', 'epoch-ms', 'millisecond'],
    ['20310304', 'compact', 'day'],
    ['20310304091502431', 'compact', 'millisecond'],
    ['04/Mar/2031:09:15:02 +0100', 'clf', 'second'],
    ['04.03.2031 09:15', 'day-first', 'minute'],
    ['Mar 4, 2031 @ 09:15:02.431', 'month-name', 'millisecond'],
  ] as const)('%s in %s is a %s', (value, shape, precision) => {
    expect(precisionOf(value, shape)).toBe(precision);
  });
});
