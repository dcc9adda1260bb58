import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { EDI_FORMATS, parseEdiDateTime, parseEdiPeriod } from './edi.ts';
import { compileTimeReader, wrongTimeFormat } from './format.ts';

const utc = (seconds: number): number => seconds;
const iso = (time: number): string | undefined => (Number.isNaN(time) ? undefined : formatIso(micros(time)));

function read(format: string, text: string, zone = 'UTC'): readonly [string | undefined, string] {
  const reader = compileTimeReader(format, { zone, newest: Date.UTC(2031, 2, 10) * 1000 });
  const time = reader.parse(text);
  return [iso(time), reader.precision(text)];
}

describe('patterns', () => {
  it.each([
    ['dd.MM.yyyy HH:mm:ss,SSS', '04.03.2031 09:15:02,431', '2031-03-04T09:15:02.431Z', 'millisecond'],
    ['dd.MM.yyyy HH:mm:ss,SSS', '4.3.2031 9:15:02,431250', '2031-03-04T09:15:02.431250Z', 'microsecond'],
    ["yyyy-MM-dd'T'HH:mm:ssX", '2031-03-04T10:15:02+01', '2031-03-04T09:15:02Z', 'second'],
    ['yyyyMMddHHmmss', '20310304091502', '2031-03-04T09:15:02Z', 'second'],
    ['yyyyMMddHHmmssSSS', '20310304091502431', '2031-03-04T09:15:02.431Z', 'millisecond'],
    ['yyMMdd', '310304', '2031-03-04T00:00:00Z', 'day'],
    ['EEE, d MMMM yyyy h:mm a z', 'Di., 4 März 2031 9:15 PM UTC', '2031-03-04T21:15:00Z', 'minute'],
    ["d. MMM yyyy 'um' HH:mm[:ss]", '4. Mrz. 2031 um 09:15', '2031-03-04T09:15:00Z', 'minute'],
    ["d. MMM yyyy 'um' HH:mm[:ss]", '4. août 2031 um 09:15:02', '2031-08-04T09:15:02Z', 'second'],
    ['yyyy-DDD HH:mm', '2031-063 09:15', '2031-03-04T09:15:00Z', 'minute'],
    ['MM/dd HH:mm:ss', '03/04 09:15:02', '2031-03-04T09:15:02Z', 'second'],
    ['MM/dd HH:mm:ss', '12/04 09:15:02', '2030-12-04T09:15:02Z', 'second'],
    ["h 'o''clock' a, M/d/yyyy", "9 o'clock p.m., 3/4/2031", '2031-03-04T21:00:00Z', 'day'],
  ])('%s reads %s', (format, text, expected, precision) => {
    const [time, fine] = read(format, text);
    expect(time).toBe(expected);
    if (format.startsWith('h ')) return;
    expect(fine).toBe(precision);
  });

  it.each([
    ['dd.MM.yyyy', '4/3/2031'],
    ['dd.MM.yyyy', '04.03.2031 '.repeat(2)],
    ['dd.MM.yyyy', '31.02.2031'],
    ['dd.MM.yyyy HH:mm', '04.03.2031 25:15'],
    ['d MMM yyyy', '4 Foo 2031'],
  ])('%s does not read %s', (format, text) => {
    expect(read(format, text)[0]).toBeUndefined();
  });

  it.each([
    ['isso', '"i" is no letter of a time pattern', 0],
    ['HH:mm:ss', 'needs a month and a day', 0],
    ["dd.MM.yyyy 'um", 'a quote is not closed', 11],
    ['dd.MM.yyyy [HH', '"[" without "]"', 11],
    ['dd.MM.yyyy]', '"]" without "["', 10],
    ['dd.MM.yyyy mm', 'minutes (m) need hours', 11],
    ['edi-999', 'there is no EDI date format 999', 4],
    ['d'.repeat(200), 'at most 100 characters', 100],
  ])('%s is no format: %s', (format, reason, at) => {
    expect(wrongTimeFormat(format)).toMatchObject({ at });
    expect(wrongTimeFormat(format)?.reason).toContain(reason);
  });

  it('reads back what it writes, and never throws', () => {
    const reader = compileTimeReader("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", { zone: 'UTC' });
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2250-01-01'), noInvalidDate: true }), (date) => {
        expect(reader.parse(date.toISOString())).toBe(date.getTime() * 1000);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[yMdHhmsSaEzZ' .,:[\]]{0,20}$/), (text, format) => {
        if (wrongTimeFormat(format) !== undefined) return;
        const time = compileTimeReader(format, { zone: 'Europe/Berlin' }).parse(text);
        expect(Number.isNaN(time) || Number.isSafeInteger(time)).toBe(true);
      }),
    );
  });
});

describe('years that are not written', () => {
  it('go on at the turn of the year, and stand a little disorder', () => {
    const reader = compileTimeReader('syslog', { zone: 'UTC', newest: Date.UTC(2031, 0, 2) * 1000 });
    const lines = ['Dec 30 10:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:58', 'Jan  1 00:00:02'];
    expect(lines.map((line) => iso(reader.parse(line)))).toEqual([
      '2030-12-30T10:00:00Z',
      '2030-12-31T23:59:59Z',
      '2031-01-01T00:00:01Z',
      '2030-12-31T23:59:58Z',
      '2031-01-01T00:00:02Z',
    ]);
  });

  it('are years with a 29 February where there is one', () => {
    const reader = compileTimeReader('syslog', { zone: 'UTC', newest: Date.UTC(2031, 5, 1) * 1000 });
    expect(iso(reader.parse('Feb 29 10:00:00'))).toBe('2028-02-29T10:00:00Z');
    expect(reader.parse('Feb 30 10:00:00')).toBeNaN();
  });
});

describe('EDI', () => {
  it.each([
    ['edi-102', '20310304', '2031-03-04T00:00:00Z', 'day'],
    ['edi-101', '310304', '2031-03-04T00:00:00Z', 'day'],
    ['edi-201', '3103040915', '2031-03-04T09:15:00Z', 'minute'],
    ['edi-202', '310304091502', '2031-03-04T09:15:02Z', 'second'],
    ['edi-203', '203103040915', '2031-03-04T09:15:00Z', 'minute'],
    ['edi-204', '20310304091502', '2031-03-04T09:15:02Z', 'second'],
    ['edi-205', '203103040915+0100', '2031-03-04T08:15:00Z', 'minute'],
    ['edi-303', '203103040915EST', '2031-03-04T14:15:00Z', 'minute'],
    ['edi-304', '20310304091502UTC', '2031-03-04T09:15:02Z', 'second'],
    ['edi-718', '20310304-20310307', '2031-03-04T00:00:00Z', 'day'],
    ['edi-2', '040331', '2031-03-04T00:00:00Z', 'day'],
    ['edi-3', '030431', '2031-03-04T00:00:00Z', 'day'],
    ['edi-4', '04032031', '2031-03-04T00:00:00Z', 'day'],
    ['edi-5', '040320310915', '2031-03-04T09:15:00Z', 'minute'],
    ['edi-610', '203103', '2031-03-01T00:00:00Z', 'day'],
    ['edi-D8', '20310304', '2031-03-04T00:00:00Z', 'day'],
    ['edi-DT', '203103040915', '2031-03-04T09:15:00Z', 'minute'],
    ['edi-RD8', '20310304-20310307', '2031-03-04T00:00:00Z', 'day'],
    ['edi-102', '2031034', undefined, 'day'],
    ['edi-102', '203103041', undefined, 'day'],
    ['edi-106', '0304', undefined, 'day'],
  ])('%s reads %s', (format, text, expected, precision) => {
    const [time, fine] = read(format, text);
    expect(time).toBe(expected);
    expect(fine).toBe(precision);
  });

  it('reads both ends of a period, and dates and times in two elements', () => {
    const { from, to } = parseEdiPeriod('20310304-20310307', '718', utc);
    expect([iso(from), iso(to)]).toEqual(['2031-03-04T00:00:00Z', '2031-03-07T00:00:00Z']);
    expect(parseEdiPeriod('20310304', '102', utc).to).toBeNaN();
    expect(
      (
        [
          ['20310304', '0915'],
          ['310304', '091502'],
          ['20310304', '09150243'],
          ['20310304', ''],
          ['20310304', '9999'],
          ['2031', '0915'],
        ] as const
      ).map(([date, time]) => iso(parseEdiDateTime(date, time, utc))),
    ).toEqual(['2031-03-04T09:15:00Z', '2031-03-04T09:15:02Z', '2031-03-04T09:15:02.430Z', '2031-03-04T00:00:00Z', undefined, undefined]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDI_FORMATS), fc.oneof(fc.string(), fc.stringMatching(/^[\dA-Z+-]{0,24}$/)), (code, text) => {
        const time = compileTimeReader(`edi-${code}`, { zone: 'UTC' }).parse(text);
        expect(Number.isNaN(time) || Number.isSafeInteger(time)).toBe(true);
      }),
    );
  });
});
