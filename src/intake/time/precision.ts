import type { Precision } from '../../model/time.ts';
import { unitOf } from './epoch.ts';
import type { TimeShape } from './shapes.ts';
import { partsOf } from './text-shapes.ts';

/** How finely a value that has this shape was written. For epoch numbers without a fraction this is their unit. */
export function precisionOf(value: string | number, shape: TimeShape): Precision {
  switch (shape) {
    case 'epoch-ms':
    case 'odata':
    case 'excel':
      return 'millisecond';
    case 'epoch-us':
      return 'microsecond';
    case 'epoch-ns':
    case 'ticks':
    case 'filetime':
      return 'nanosecond';
    case 'epoch-s':
      return ofDigits(fractionDigits(String(value)));
    case 'epoch':
      return precisionOf(value, unitOf(Number(value)));
    case 'iso':
      return typeof value === 'string' ? ofIso(value) : 'second';
    case 'compact':
    case 'clf':
    case 'rfc2822':
    case 'ctime':
    case 'month-name':
    case 'day-first':
    case 'month-first':
    case 'iso-week':
    case 'iso-ordinal':
    case 'syslog': {
      const parts = partsOf(String(value).trim(), shape);
      if (parts?.hour === undefined) return 'day';
      return parts.second === undefined ? 'minute' : ofDigits(parts.fraction?.length ?? 0);
    }
  }
}

function ofIso(text: string): Precision {
  const length = text.length;
  if (length === 24 && text.charCodeAt(19) === 0x2e) return 'millisecond';
  if (length <= 10) return 'day';
  if (text.charCodeAt(16) !== 0x3a) return 'minute';
  const point = text.charCodeAt(19);
  if (point !== 0x2e && point !== 0x2c) return 'second';
  let end = 20;
  while (end < length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return ofDigits(end - 20);
}

function fractionDigits(text: string): number {
  return /[.,](\d+)/.exec(text)?.[1]?.length ?? 0;
}

/** The precision of a time of day with that many digits after the seconds. */
export function ofDigits(digits: number): Precision {
  if (digits <= 0) return 'second';
  if (digits <= 3) return 'millisecond';
  return digits <= 6 ? 'microsecond' : 'nanosecond';
}
