import { secondsOfDay } from './civil.ts';
import { finish } from './iso.ts';
import type { ZoneResolver } from './zone.ts';
import { NO_ZONE, parseOffset } from './zone.ts';

/** A time taken apart: the day is known, the rest is still text; what was not written is undefined. */
export interface TextParts {
  /** Since 1970-01-01, in the time's own zone; NaN when there is no such day. */
  readonly days: number;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
  readonly fraction: string | undefined;
  /** `AM`, `p.m.`: only the first letter counts. */
  readonly half: string | undefined;
  readonly zone: string | undefined;
}

/** The parts as microseconds since the epoch; NaN when one of them is out of range. */
export function joinParts(parts: TextParts, resolve: ZoneResolver): number {
  const { hour, minute, second, fraction, half, zone } = parts;
  let hours = hour === undefined ? 0 : Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half.startsWith('P') || half.startsWith('p') ? 12 : 0);
  }
  const seconds = parts.days * 86_400 + secondsOfDay(hours, Number(minute ?? 0), Number(second ?? 0));
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  const offset = zone === undefined ? NO_ZONE : parseOffset(zone);
  return finish(offset === NO_ZONE ? resolve(seconds) : seconds - offset, micros);
}
