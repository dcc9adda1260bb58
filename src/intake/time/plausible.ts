/**
 * Times that are no times of an event: what exporters write where they have none, and clocks that were never set. Such an event is kept
 * without a time (it stays at its place among the events of its source) and says what was written, so that neither the coverage of a
 * system nor a baseline is made of it.
 */

const DAY = 86_400e6;
const YEAR = 366 * DAY;
/** Zones lie at most this far from UTC: a zero date that went through one is a few hours off. */
const FARTHEST_ZONE = 14 * 3600e6;

/** 1 January 1990 and 2100, in microseconds: between them lies what systems log. */
const EARLIEST = 631_152_000e6;
const LATEST = 4_102_444_800e6;

/**
 * Days that stand for "no time": the zero of .NET and of SQL Server's datetime2, of Windows, of SQL Server's datetime, of spreadsheets, of
 * many ERPs, of Unix and of FAT, and the last of 32-bit clocks. Each a day and what lies a zone's offset beside it.
 */
const ZERO_DAYS = [-62_135_596_800e6, -11_644_473_600e6, -6_847_804_800e6, -2_209_161_600e6, -2_208_988_800e6, 0, 315_532_800e6] as const;
const LAST_32_BIT = 2_147_483_647e6;

const EMPTY_TEXT =
  /^(?:0000-00-00(?:[T ]00:?00(?::?00)?(?:\.0{1,9})?)?|0{8}(?: ?0{1,6}| 00:00(?::00)?)?|00[./]00[./]0000(?: 00:?00(?::?00)?)?|9999[-/.]?12[-/.]?31.{0,24}|31[./-]12[./-]9999.{0,24}|12\/31\/9999.{0,24}|0001-01-01.{0,24}|01[./-]01[./-]0001.{0,24}|2999-12-31.{0,24}|0|-1)$/;

/** Whether a value is one of those that exporters write for "no time" or "never". */
export function isEmptyTime(value: string | number): boolean {
  if (typeof value === 'number') return value === 0 || value === -1;
  const first = value.charCodeAt(0);
  // Nearly all values are decided by their first character.
  if (first !== 0x30 && first !== 0x39 && first !== 0x31 && first !== 0x32 && first !== 0x33 && first !== 0x2d) return false;
  return value.length <= 40 && EMPTY_TEXT.test(value);
}

/** Far times of which two that belong together were seen say that the source went on there. */
const TOGETHER = 31 * DAY;

/**
 * Judges the times of one source in their order. Besides the days that stand for none, a time is implausible when it lies before 1990 or after
 * 2100, unless most times of the source so far do (a simulated log may begin in 1970), or more than a year after the newest plausible one, unless
 * a second one lies near it: then the source went on after a gap.
 */
export class Plausibility {
  readonly #zeroIsTime: boolean;
  #newest = Number.NaN;
  /** A year after the newest; before the first time everything is within it. */
  #limit = LATEST;
  #far = Number.NaN;
  #odd = 0;
  #usual = 0;

  /** @param zeroIsTime the source was seen to have times around such a day. */
  constructor(zeroIsTime = false) {
    this.#zeroIsTime = zeroIsTime;
  }

  /** Whether the time (microseconds) can be when something happened. To be asked once for each event. */
  accepts(time: number): boolean {
    // Nearly all times: every event of an import comes by here.
    if (time >= EARLIEST && time <= this.#limit && time < LATEST && time !== LAST_32_BIT) {
      this.#usual++;
      if (!(time <= this.#newest)) {
        this.#newest = time;
        this.#limit = time + YEAR;
      }
      return true;
    }
    if (!this.#zeroIsTime && isZeroDay(time)) return false;
    if (time < EARLIEST || time >= LATEST) {
      this.#odd++;
      return this.#odd > this.#usual && Number.isFinite(time);
    }
    this.#usual++;
    const together = time !== this.#far && Math.abs(time - this.#far) <= TOGETHER;
    this.#far = time;
    if (together) {
      this.#newest = time;
      this.#limit = time + YEAR;
    }
    return together;
  }
}

/**
 * Whether days that stand for no time are times among these: at least two others lie within a month of one. A log can begin on the first day of 1980, or
 * of a simulation's clock; what exporters write for "no time" stands alone, years away from the rest.
 */
export function zeroAmong(times: readonly number[]): boolean {
  const zeros = new Set(times.filter(isZeroDay));
  const others = new Set(times.filter((time) => !Number.isNaN(time) && !isZeroDay(time)));
  return [...zeros].some((zero) => [...others].filter((time) => Math.abs(time - zero) <= TOGETHER).length >= 2);
}

/** Whether a time (microseconds) is one that exporters write for none: a first day, give or take a zone, or the last of 32 bits. */
export function isZeroDay(time: number): boolean {
  if (time === LAST_32_BIT) return true;
  if (time > 315_532_800e6 + FARTHEST_ZONE) return false;
  for (const zero of ZERO_DAYS) {
    const off = time - zero;
    // Zero dates are whole quarter hours off: a log that begins in 1970 is not.
    if (off >= -FARTHEST_ZONE && off <= FARTHEST_ZONE && off % 900e6 === 0) return true;
  }
  return false;
}
