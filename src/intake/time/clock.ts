import type { Precision } from '../../model/time.ts';
import { secondsOfDay } from './civil.ts';
import { ofDigits } from './precision.ts';
import { NO_ZONE, parseOffset } from './zone.ts';

/**
 * The ways of writing a time of day that stands in a field of its own.
 *
 * - `clock`: `09:15:02.431`, `9:15 AM`, `09.15.02`, `09:15:02+01:00`, `09:15 Uhr`; `PT09H15M02S` (OData's Edm.Time); `0.38544` (a fraction of the
 *   day, as spreadsheets count); `1899-12-30 09:15:02` (on the day that stands for none)
 * - `HHmmss`, `HHmm`: digits; those of the hour may be missing, where a program took the text for a number (`91502`)
 */
export const CLOCK_FORMS = ['clock', 'HHmmss', 'HHmm'] as const;
export type ClockForm = (typeof CLOCK_FORMS)[number];

export interface Clock {
  /** Since midnight. */
  readonly micros: number;
  /** Seconds east of UTC; `NO_ZONE` where none is written. */
  readonly offset: number;
  readonly precision: Precision;
}

const DAY = 86_400_000_000;
/** A day that stands for none, where a program keeps a time of day as a moment: of spreadsheets, of SQL Server, of Unix and of .NET. */
const NO_DAY = /^(?:1899-12-3[01]|1900-01-01|1970-01-01|0001-01-01)[T ](?=\d)/;
const COLONS =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([AaPp])\.?[Mm]\.?)?(?:\s?(Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})|\s[Uu]hr)?$/;
const DOTS = /^(\d{1,2})\.(\d{2})\.(\d{2})(?:,(\d{1,9}))?(?:\s?([AaPp])\.?[Mm]\.?)?$/;
const EDM = /^PT(?=\d)(?:(\d{1,2})H)?(?:(\d{1,2})M)?(?:(\d{1,2})(?:\.(\d{1,9}))?S)?$/;
const FRACTION = /^(?:0?[.,]\d{1,17}|\d(?:[.,]\d{1,17})?[eE]-\d{1,2}|[01](?:[.,]0{1,17})?)$/;

/** Reads a time of day; undefined for what is none. 24:00 is the end of the day. All patterns run in linear time. */
export function parseClock(value: string, form: ClockForm): Clock | undefined {
  const text = value.trim();
  if (form !== 'clock') return ofBareDigits(text, form === 'HHmm' ? 4 : 6);
  const bare = text.length > 11 ? text.replace(NO_DAY, '') : text;
  const m = COLONS.exec(bare) ?? DOTS.exec(bare);
  if (m !== null) return ofParts(m[1]!, m[2]!, m[3], m[4], m[5], m[6]);
  const edm = EDM.exec(text);
  if (edm !== null) return ofParts(edm[1] ?? '0', edm[2] ?? '0', edm[3] ?? '0', edm[4]);
  return FRACTION.test(text) ? ofFraction(Number(text.replace(',', '.'))) : undefined;
}

function ofParts(
  hour: string,
  minute: string,
  second: string | undefined,
  fraction?: string,
  half?: string,
  zone?: string,
): Clock | undefined {
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half === 'P' || half === 'p' ? 12 : 0);
  }
  const seconds = secondsOfDay(hours, Number(minute), Number(second ?? 0));
  const offset = zone === undefined ? NO_ZONE : parseOffset(zone);
  if (Number.isNaN(seconds) || Number.isNaN(offset)) return undefined;
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  return { micros: seconds * 1_000_000 + micros, offset, precision: second === undefined ? 'minute' : ofDigits(fraction?.length ?? 0) };
}

function ofBareDigits(text: string, length: number): Clock | undefined {
  if (!/^\d{1,6}$/.test(text) || text.length > length) return undefined;
  const digits = text.padStart(length, '0');
  return ofParts(digits.slice(0, 2), digits.slice(2, 4), length === 6 ? digits.slice(4) : undefined);
}

/** Doubles hold such a fraction to far less than a millisecond, and spreadsheets show no more. */
function ofFraction(share: number): Clock | undefined {
  const micros = Math.round(share * 86_400_000) * 1000;
  return micros >= 0 && micros <= DAY ? { micros, offset: NO_ZONE, precision: 'millisecond' } : undefined;
}
