import type { Precision } from '../../model/time.ts';
import type { TimeShape } from './shapes.ts';

/** How finely a value that has this shape was written. For epoch numbers without a fraction this is their unit. */
export function precisionOf(value: string | number, shape: TimeShape): Precision {
  switch (shape) {
    case 'epoch-ms':
    case 'odata':
      return 'millisecond';
    case 'epoch-us':
      return 'microsecond';
    case 'epoch-ns':
      return 'nanosecond';
    case 'epoch-s':
      return ofDigits(fractionDigits(String(value), 0));
    case 'iso':
      return typeof value === 'string' ? ofIso(value) : 'second';
    case 'compact':
      return ofCompact(String(value));
    case 'clf':
    case 'rfc2822':
    case 'ctime':
    case 'month-name':
    case 'day-first':
    case 'month-first': {
      const text = String(value).replace(/[+-]\d{2}:\d{2}$/, '');
      const colon = text.indexOf(':', shape === 'clf' ? text.indexOf(':') + 1 : 0);
      if (colon < 0) return 'day';
      const second = text.indexOf(':', colon + 1);
      return second < 0 ? 'minute' : ofDigits(fractionDigits(text, second));
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

function ofCompact(text: string): Precision {
  const digits = text.replace(/(?:Z|[+-]\d{2}:?\d{2})$/, '').replace(/\D/g, '').length;
  if (digits <= 8) return 'day';
  if (digits <= 12) return 'minute';
  return ofDigits(digits - 14);
}

function fractionDigits(text: string, from: number): number {
  const match = /[.,](\d+)/.exec(text.slice(from));
  return match?.[1]?.length ?? 0;
}

function ofDigits(digits: number): Precision {
  if (digits <= 0) return 'second';
  if (digits <= 3) return 'millisecond';
  return digits <= 6 ? 'microsecond' : 'nanosecond';
}
