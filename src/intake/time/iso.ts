import { daysFromCivil, secondsOfDay } from './civil.ts';
import type { ZoneResolver } from './zone.ts';
import { NO_ZONE, parseOffset } from './zone.ts';

/** Reads two digits at `i`; NaN when they are not digits. */
function two(text: string, i: number): number {
  const a = text.charCodeAt(i) - 48;
  const b = text.charCodeAt(i + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : Number.NaN;
}

/**
 * ISO 8601 / RFC 3339 and what log libraries make of it (see `iso` in `TIME_SHAPES`), to microseconds; NaN when it is not one.
 * Digits after the sixth are cut off. The hot path of an import: character codes only, the date part is computed once for runs of the same day.
 */
export function compileIso(resolve: ZoneResolver): (text: string) => number {
  let lastDate = -1;
  let lastDays = Number.NaN;
  return (text) => {
    const length = text.length;
    const date = (two(text, 0) * 100 + two(text, 2)) * 10_000 + two(text, 5) * 100 + two(text, 8);
    if (date !== lastDate) {
      const separator = text.charCodeAt(4);
      if (length < 10 || separator !== text.charCodeAt(7) || (separator !== 0x2d && separator !== 0x2f && separator !== 0x2e))
        return Number.NaN;
      const year = Math.floor(date / 10_000);
      lastDays = daysFromCivil(year, Math.floor(date / 100) % 100, date % 100);
      // Only remember what was well-formed, so that the separators need no second look on the next line.
      lastDate = separator === 0x2d ? date : -1;
    } else if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return Number.NaN;
    if (length === 10) return finish(resolve(lastDays * 86_400), 0);

    const gap = text.charCodeAt(10);
    if (gap !== 0x54 && gap !== 0x20 && gap !== 0x74) return Number.NaN;
    if (text.charCodeAt(13) !== 0x3a) return Number.NaN;
    let at = 16;
    let second = 0;
    if (text.charCodeAt(16) === 0x3a) {
      second = two(text, 17);
      at = 19;
    }
    const seconds = lastDays * 86_400 + secondsOfDay(two(text, 11), two(text, 14), second);
    let micros = 0;
    const point = text.charCodeAt(at);
    if ((point === 0x2e || point === 0x2c) && at === 19) {
      let unit = 100_000;
      at++;
      const first = at;
      for (; at < length; at++) {
        const digit = text.charCodeAt(at) - 48;
        if (digit < 0 || digit > 9) break;
        if (unit >= 1) micros += digit * unit;
        unit /= 10;
      }
      if (at === first || at - first > 12) return Number.NaN;
      micros = Math.floor(micros);
    }
    if (at === length) return finish(resolve(seconds), micros);
    if (at + 1 === length && text.charCodeAt(at) === 0x5a) return finish(seconds, micros);
    const offset = parseOffset(text.slice(at));
    return offset === NO_ZONE ? finish(resolve(seconds), micros) : finish(seconds - offset, micros);
  };
}

/** Seconds and microseconds together, NaN beyond what a double holds exactly (the year 2255). */
export function finish(seconds: number, micros: number): number {
  const time = seconds * 1_000_000 + micros;
  return Number.isSafeInteger(time) ? time : Number.NaN;
}
