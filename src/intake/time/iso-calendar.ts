import { daysFromOrdinal, daysFromWeek } from './civil.ts';
import type { TextParts } from './text-parts.ts';

const CLOCK = String.raw`(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?`;
const WEEK = new RegExp(String.raw`^(\d{4})-?W(\d{2})(?:-?([1-7]))?${CLOCK}$`);
const ORDINAL = new RegExp(String.raw`^(\d{4})-?(\d{3})${CLOCK}$`);

/** `2031-W10-2T09:15:02Z`, `2031W102T091502Z`, `2031-W10` (its Monday). Source: ISO 8601-1:2019, 5.2.4 and 5.4. */
export function weekParts(text: string): TextParts | undefined {
  const m = WEEK.exec(text);
  if (m === null) return undefined;
  return parts(daysFromWeek(Number(m[1]), Number(m[2]), Number(m[3] ?? 1)), m);
}

/** `2031-063T09:15:02Z`, `2031063T091502Z`: the year and the day within it. Source: ISO 8601-1:2019, 5.2.3 and 5.4. */
export function ordinalParts(text: string): TextParts | undefined {
  const m = ORDINAL.exec(text);
  if (m === null) return undefined;
  return parts(daysFromOrdinal(Number(m[1]), Number(m[2])), [...m.slice(0, 3), '', ...m.slice(3)]);
}

function parts(days: number, m: readonly (string | undefined)[]): TextParts {
  return { days, hour: m[4], minute: m[5], second: m[6], fraction: m[7], half: undefined, zone: m[8] };
}
