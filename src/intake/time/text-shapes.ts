import { daysFromCivil } from './civil.ts';
import { ordinalParts, weekParts } from './iso-calendar.ts';
import { monthOfName } from './month-names.ts';
import type { TextShape, TimeShape } from './shapes.ts';
import { isEpoch } from './shapes.ts';
import type { TextParts } from './text-parts.ts';
import { joinParts } from './text-parts.ts';
import type { ZoneResolver } from './zone.ts';

const CLOCK = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([AaPp])\.?\s?[Mm]\.?)?`;
const ZONE = String.raw`(?:\s?([+-]\d{2}:?\d{2}|Z|[A-Za-z]{2,4}))?`;
const WEEKDAY = String.raw`(?:\p{L}{2,10}[.,]{0,2}\s)?`;
const MONTH = String.raw`(\p{L}{3,10})\.?`;
const OF = String.raw`(?:de |del )?`;

const PATTERNS = {
  compact: /^(\d{4})(\d{2})(\d{2})(?:[T _-]?(\d{2})(\d{2})(?:(\d{2})[.,]?(\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/,
  odata: /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/,
  clf: /^\[?(\d{1,2})\/(\p{L}{3,10})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:\s([+-]\d{4}))?\]?$/u,
  rfc2822: new RegExp(
    `^${WEEKDAY}(\\d{1,2})\\.?[ -]${OF}${MONTH}[ -]${OF}(\\d{4}|\\d{2})(?:,?\\s(?:(?:at|um|à|a las|@)\\s)?${CLOCK}${ZONE})?$`,
    'u',
  ),
  ctime:
    /^(?:\p{L}{2,10}[.,]{0,2}\s)(\p{L}{3,10})\.?\s{1,2}(\d{1,2})\s(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:\s([A-Za-z]{2,4}|[+-]\d{4}))?\s(\d{4})$/u,
  'month-name': new RegExp(`^${WEEKDAY}${MONTH}\\s{1,2}(\\d{1,2}),?\\s(\\d{4})(?:(?:,|\\s@|\\sat)?\\s${CLOCK}${ZONE})?$`, 'u'),
  syslog: /^\*?(\p{L}{3,10})\.?\s{1,2}(\d{1,2})\s(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:\s([A-Z]{3,4}))?:?$/u,
  numeric: new RegExp(`^(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})(?:(?:,?\\s|T)${CLOCK}${ZONE})?$`),
} as const;

/** Takes a time without a year apart. `days` is that of the year 2000, which has every day. */
function syslogParts(text: string): TextParts | undefined {
  const m = PATTERNS.syslog.exec(text);
  if (m === null) return undefined;
  const days = daysFromCivil(2000, monthOfName(m[1]!), Number(m[2]));
  return { days, hour: m[3], minute: m[4], second: m[5], fraction: m[6], half: undefined, zone: m[7] };
}

/** Takes a text of a known shape apart; undefined when it has another one. All patterns run in linear time. */
export function partsOf(text: string, shape: TextShape): TextParts | undefined {
  switch (shape) {
    case 'compact': {
      const m = PATTERNS.compact.exec(text);
      return m === null ? undefined : clock(daysFromCivil(Number(m[1]), Number(m[2]), Number(m[3])), m, 4, m[8]);
    }
    case 'odata': {
      const m = PATTERNS.odata.exec(text);
      if (m === null) return undefined;
      const ms = Number(m[1]);
      const seconds = Math.floor(ms / 1000);
      const fraction = String(ms - seconds * 1000).padStart(3, '0');
      return { days: seconds / 86_400, hour: undefined, minute: undefined, second: undefined, fraction, half: undefined, zone: 'Z' };
    }
    case 'clf': {
      const m = PATTERNS.clf.exec(text);
      return m === null ? undefined : clock(daysFromCivil(Number(m[3]), monthOfName(m[2]!), Number(m[1])), m, 4, m[8]);
    }
    case 'rfc2822': {
      const m = PATTERNS.rfc2822.exec(text);
      return m === null ? undefined : clock(daysFromCivil(fullYear(m[3]!), monthOfName(m[2]!), Number(m[1])), m, 4, m[9], m[8]);
    }
    case 'ctime': {
      const m = PATTERNS.ctime.exec(text);
      return m === null ? undefined : clock(daysFromCivil(Number(m[8]), monthOfName(m[1]!), Number(m[2])), m, 3, m[7]);
    }
    case 'month-name': {
      const m = PATTERNS['month-name'].exec(text);
      return m === null ? undefined : clock(daysFromCivil(Number(m[3]), monthOfName(m[1]!), Number(m[2])), m, 4, m[9], m[8]);
    }
    case 'day-first':
    case 'month-first': {
      const m = PATTERNS.numeric.exec(text);
      if (m === null) return undefined;
      const day = Number(shape === 'day-first' ? m[1] : m[2]);
      const month = Number(shape === 'day-first' ? m[2] : m[1]);
      return clock(daysFromCivil(fullYear(m[3]!), month, day), m, 4, m[9], m[8]);
    }
    case 'iso-week':
      return weekParts(text);
    case 'iso-ordinal':
      return ordinalParts(text);
    case 'syslog':
      return syslogParts(text);
  }
}

/** The parts of a match whose clock begins at group `from`. */
function clock(days: number, m: RegExpExecArray, from: number, zone: string | undefined, half?: string): TextParts {
  return { days, hour: m[from], minute: m[from + 1], second: m[from + 2], fraction: m[from + 3], half, zone };
}

/** Compiles one of the text shapes to a parser; it gives NaN for what has another shape. `yearOf` finds the year of times without one. */
export function compileTextShape(
  shape: TextShape,
  resolve: ZoneResolver,
  yearOf: (days: number) => number = (days) => days,
): (text: string) => number {
  if (shape === 'odata') {
    return (text) => {
      const m = PATTERNS.odata.exec(text);
      const time = m === null ? Number.NaN : Number(m[1]) * 1000;
      return Number.isSafeInteger(time) ? time : Number.NaN;
    };
  }
  const yearless = shape === 'syslog';
  return (text) => {
    const parts = partsOf(text, shape);
    if (parts === undefined) return Number.NaN;
    return joinParts(yearless ? { ...parts, days: yearOf(parts.days) } : parts, resolve);
  };
}

/** Two-digit years as POSIX strptime reads them: 69..99 are 1969..1999. */
export function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

/** The two numbers before the year, for deciding which is the day; undefined for other shapes. */
export function numericDateParts(
  text: string,
): { readonly first: number; readonly second: number; readonly dotted: boolean; readonly half: boolean } | undefined {
  const m = PATTERNS.numeric.exec(text);
  if (m === null) return undefined;
  return { first: Number(m[1]), second: Number(m[2]), dotted: text.includes('.') && text.indexOf('.') <= 2, half: m[8] !== undefined };
}

/** Whether the text, known to have this shape, carries its own zone. */
export function carriesZone(text: string, shape: TimeShape): boolean {
  if (shape === 'iso') return text.length > 10 && /(?:Z|z|[+-]\d{2}(?::?\d{2})?|\s?[A-Za-z]{2,4}|\])$/.test(text.slice(11));
  if (shape === 'excel') return false;
  if (isEpoch(shape)) return true;
  return partsOf(text, shape as TextShape)?.zone !== undefined;
}
