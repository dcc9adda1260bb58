import { daysFromCivil } from './civil.ts';
import { fullYear } from './text-shapes.ts';
import type { TextParts } from './text-parts.ts';
import { joinParts } from './text-parts.ts';
import type { ZoneResolver } from './zone.ts';

/**
 * How the digits of a date are to be read, by format code: `CCYY` a year of four digits, `YY` of two, `MM` months, `II` minutes, `Z` a zone
 * word or offset. Sources: UN/EDIFACT code list 2379 (Date or time or period format code); X12 data element 1250 (Date Time Period Format Qualifier).
 */
const FORMATS: Readonly<Record<string, string>> = {
  // EDIFACT 2379
  '2': 'DDMMYY',
  '3': 'MMDDYY',
  '4': 'DDMMCCYY',
  '5': 'DDMMCCYYHHII',
  '101': 'YYMMDD',
  '102': 'CCYYMMDD',
  '106': 'MMDD',
  '201': 'YYMMDDHHII',
  '202': 'YYMMDDHHIISS',
  '203': 'CCYYMMDDHHII',
  '204': 'CCYYMMDDHHIISS',
  '205': 'CCYYMMDDHHIIZ',
  '301': 'YYMMDDHHIIZ',
  '302': 'YYMMDDHHIISSZ',
  '303': 'CCYYMMDDHHIIZ',
  '304': 'CCYYMMDDHHIISSZ',
  '610': 'CCYYMM',
  '602': 'CCYY',
  '713': 'YYMMDDHHII-YYMMDDHHII',
  '715': 'YYMMDD-YYMMDD',
  '718': 'CCYYMMDD-CCYYMMDD',
  '719': 'CCYYMMDDHHII-CCYYMMDDHHII',
  // X12 1250
  CM: 'CCYYMM',
  CY: 'CCYY',
  D6: 'YYMMDD',
  D8: 'CCYYMMDD',
  DB: 'MMDDCCYY',
  DT: 'CCYYMMDDHHII',
  TR: 'DDMMYYHHII',
  TT: 'MMDDYY',
  RD: 'MMDDCCYY-MMDDCCYY',
  RD6: 'YYMMDD-YYMMDD',
  RD8: 'CCYYMMDD-CCYYMMDD',
  RDT: 'CCYYMMDDHHII-CCYYMMDDHHII',
  DTS: 'CCYYMMDDHHIISS-CCYYMMDDHHIISS',
};

/** Whether a format code is known. Codes of EDIFACT are digits, those of X12 have letters. */
export function isEdiFormat(code: string): boolean {
  return Object.hasOwn(FORMATS, code);
}

export const EDI_FORMATS: readonly string[] = Object.keys(FORMATS);

/**
 * A date of EDI in a format of the code list to microseconds; NaN when the code or the date is not one. Of a period it is the beginning
 * (`parseEdiPeriod` has both ends). A format without a year gives NaN. No EDI time has a zone but those whose format says so.
 */
export function parseEdiTime(value: string, code: string, resolve: ZoneResolver): number {
  const format = FORMATS[code];
  if (format === undefined) return Number.NaN;
  const [layout = ''] = format.split('-');
  const text = format.includes('-') ? value.slice(0, layout.length) : value;
  return read(text.trim(), layout, resolve);
}

/** Both ends of a period (`718`, `RD8`), the second one NaN for a single date. */
export function parseEdiPeriod(value: string, code: string, resolve: ZoneResolver): { readonly from: number; readonly to: number } {
  const from = parseEdiTime(value, code, resolve);
  const layouts = FORMATS[code]?.split('-') ?? [];
  const second = layouts[1];
  if (second === undefined) return { from, to: Number.NaN };
  return { from, to: read(value.slice(value.length - second.length).trim(), second, resolve) };
}

/** How finely a format is written. */
export function ediPrecision(code: string): 'day' | 'minute' | 'second' {
  const [layout = ''] = (FORMATS[code] ?? '').split('-');
  return layout.includes('SS') ? 'second' : layout.includes('II') ? 'minute' : 'day';
}

/**
 * A date and a time that stand in two elements, as X12 (`20310304`, `0915`, `091502`, `09150243`) and EDIFACT's UNB (`310304`, `0915`)
 * write them: to microseconds, NaN when they are none. An empty time is the beginning of the day. Source: X12 data elements 373, 337.
 */
export function parseEdiDateTime(date: string, time: string, resolve: ZoneResolver): number {
  if (!/^(?:\d{6}|\d{8})$/.test(date) || !/^(?:\d{4}(?:\d{2}(?:\d{1,2})?)?)?$/.test(time)) return Number.NaN;
  const year = date.slice(0, -4);
  const parts: TextParts = {
    days: daysFromCivil(fullYear(year), Number(date.slice(-4, -2)), Number(date.slice(-2))),
    hour: time === '' ? undefined : time.slice(0, 2),
    minute: time === '' ? undefined : time.slice(2, 4),
    second: time.length > 4 ? time.slice(4, 6) : undefined,
    fraction: time.length > 6 ? time.slice(6) : undefined,
    half: undefined,
    zone: undefined,
  };
  return joinParts(parts, resolve);
}

function read(text: string, layout: string, resolve: ZoneResolver): number {
  const zoned = layout.endsWith('Z');
  const digits = zoned ? layout.slice(0, -1) : layout;
  const zone = text.slice(digits.length);
  if (!/^\d+$/.test(text.slice(0, digits.length)) || text.length < digits.length || (!zoned && zone !== '')) return Number.NaN;
  const take = (mark: string): string | undefined => {
    const from = digits.indexOf(mark);
    return from < 0 ? undefined : text.slice(from, from + mark.length);
  };
  const year = take('CCYY') ?? take('YY');
  if (year === undefined) return Number.NaN;
  return joinParts(
    {
      days: daysFromCivil(fullYear(year), Number(take('MM') ?? 1), Number(take('DD') ?? 1)),
      hour: take('HH'),
      minute: take('II'),
      second: take('SS'),
      fraction: undefined,
      half: undefined,
      zone: zone === '' ? undefined : zone,
    },
    resolve,
  );
}
