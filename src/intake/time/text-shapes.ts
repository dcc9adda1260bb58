import { daysFromCivil, monthOfName, secondsOfDay } from './civil.ts';
import { finish } from './iso.ts';
import type { TimeShape } from './shapes.ts';
import type { ZoneResolver } from './zone.ts';
import { NO_ZONE, parseOffset } from './zone.ts';

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?:\s?([+-]\d{2}:?\d{2}|Z|[A-Za-z]{2,4}))?`;
const WEEKDAY = String.raw`(?:[A-Za-z]{3,9},?\s)?`;

const PATTERNS = {
  compact: /^(\d{4})(\d{2})(\d{2})(?:[T _-]?(\d{2})(\d{2})(?:(\d{2})[.,]?(\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/,
  odata: /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/,
  clf: /^\[?(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:\s([+-]\d{4}))?\]?$/,
  rfc2822: new RegExp(`^${WEEKDAY}(\\d{1,2})[ -]([A-Za-z]{3,9})[ -](\\d{4})(?:,?\\s${CLOCK}${ZONE})?$`),
  ctime:
    /^(?:[A-Za-z]{3}\s)([A-Za-z]{3})\s{1,2}(\d{1,2})\s(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:\s([A-Za-z]{2,4}|[+-]\d{4}))?\s(\d{4})$/,
  'month-name': new RegExp(`^([A-Za-z]{3,9})\\s{1,2}(\\d{1,2}),?\\s(\\d{4})(?:(?:,|\\s@|\\sat)?\\s${CLOCK}${ZONE})?$`),
  numeric: new RegExp(`^(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})(?:(?:,?\\s|T)${CLOCK}${ZONE})?$`),
} as const;

/** Shapes other than `iso` and the epochs: rarer, so they may cost a regular expression. All of them run in linear time. */
export type TextShape = 'compact' | 'odata' | 'clf' | 'rfc2822' | 'ctime' | 'month-name' | 'day-first' | 'month-first';

/** Compiles one of the text shapes to a parser; it gives NaN for what has another shape. */
export function compileTextShape(shape: TextShape, resolve: ZoneResolver): (text: string) => number {
  switch (shape) {
    case 'compact':
      return (text) => {
        const m = PATTERNS.compact.exec(text);
        if (m === null) return Number.NaN;
        return join(daysFromCivil(Number(m[1]), Number(m[2]), Number(m[3])), m[4], m[5], m[6], m[7], undefined, m[8], resolve);
      };
    case 'odata':
      return (text) => {
        const m = PATTERNS.odata.exec(text);
        return m === null ? Number.NaN : finish(0, Number(m[1]) * 1000);
      };
    case 'clf':
      return (text) => {
        const m = PATTERNS.clf.exec(text);
        if (m === null) return Number.NaN;
        return join(daysFromCivil(Number(m[3]), monthOfName(m[2] ?? ''), Number(m[1])), m[4], m[5], m[6], m[7], undefined, m[8], resolve);
      };
    case 'rfc2822':
      return (text) => {
        const m = PATTERNS.rfc2822.exec(text);
        if (m === null) return Number.NaN;
        return join(daysFromCivil(Number(m[3]), monthOfName(m[2] ?? ''), Number(m[1])), m[4], m[5], m[6], m[7], m[8], m[9], resolve);
      };
    case 'ctime':
      return (text) => {
        const m = PATTERNS.ctime.exec(text);
        if (m === null) return Number.NaN;
        return join(daysFromCivil(Number(m[8]), monthOfName(m[1] ?? ''), Number(m[2])), m[3], m[4], m[5], m[6], undefined, m[7], resolve);
      };
    case 'month-name':
      return (text) => {
        const m = PATTERNS['month-name'].exec(text);
        if (m === null) return Number.NaN;
        return join(daysFromCivil(Number(m[3]), monthOfName(m[1] ?? ''), Number(m[2])), m[4], m[5], m[6], m[7], m[8], m[9], resolve);
      };
    case 'day-first':
    case 'month-first':
      return (text) => {
        const m = PATTERNS.numeric.exec(text);
        if (m === null) return Number.NaN;
        const day = Number(shape === 'day-first' ? m[1] : m[2]);
        const month = Number(shape === 'day-first' ? m[2] : m[1]);
        return join(daysFromCivil(fullYear(m[3] ?? ''), month, day), m[4], m[5], m[6], m[7], m[8], m[9], resolve);
      };
  }
}

/** Two-digit years as POSIX strptime reads them: 69..99 are 1969..1999. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

function join(
  days: number,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  half: string | undefined,
  zone: string | undefined,
  resolve: ZoneResolver,
): number {
  let hours = hour === undefined ? 0 : Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half === 'P' || half === 'p' ? 12 : 0);
  }
  const seconds = days * 86_400 + secondsOfDay(hours, Number(minute ?? 0), Number(second ?? 0));
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  const offset = zone === undefined ? NO_ZONE : parseOffset(zone);
  return finish(offset === NO_ZONE ? resolve(seconds) : seconds - offset, micros);
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
  switch (shape) {
    case 'epoch-s':
    case 'epoch-ms':
    case 'epoch-us':
    case 'epoch-ns':
    case 'odata':
      return true;
    case 'iso':
      return text.length > 10 && /(?:Z|z|[+-]\d{2}(?::?\d{2})?|\s?[A-Za-z]{2,4}|\])$/.test(text.slice(11));
    case 'compact':
      return PATTERNS.compact.exec(text)?.[8] !== undefined;
    case 'clf':
      return PATTERNS.clf.exec(text)?.[8] !== undefined;
    case 'ctime':
      return PATTERNS.ctime.exec(text)?.[7] !== undefined;
    case 'rfc2822':
      return PATTERNS.rfc2822.exec(text)?.[9] !== undefined;
    case 'month-name':
      return PATTERNS['month-name'].exec(text)?.[9] !== undefined;
    case 'day-first':
    case 'month-first':
      return PATTERNS.numeric.exec(text)?.[9] !== undefined;
  }
}
