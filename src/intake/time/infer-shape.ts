import { compileEpoch, compileMixedEpoch } from './epoch.ts';
import { compileIso } from './iso.ts';
import { isEmptyTime } from './plausible.ts';
import { compileExcel, compileTicks } from './serial.ts';
import type { EpochShape, NumberShape, TextShape, TimeShape } from './shapes.ts';
import { EPOCH_UNIT } from './shapes.ts';
import { carriesZone, compileTextShape, numericDateParts, partsOf } from './text-shapes.ts';

/** What a set of values looks like when read as times. */
export interface TimeInference {
  readonly shape: TimeShape;
  /** 0..1: share of the samples with this shape, less what the shape leaves open (a bare number, day or month first). */
  readonly confidence: number;
  /** One sentence. */
  readonly reason: string;
  /** Whether most samples carry no zone of their own. */
  readonly zoneless: boolean;
  /** Only for numeric dates. */
  readonly dayFirst: boolean | undefined;
}

/** Most of the samples must share a shape. */
const ENOUGH = 0.9;
const YEAR_2000 = 946_684_800e6;
const YEAR_1990 = 631_152_000e6;
const YEAR_2100 = 4_102_444_800e6;
/** Text that spells out a date may be older than what anyone logs as an epoch number, but not older than the epoch by much. */
const YEAR_1900 = -2_208_988_800e6;
const YEAR_2200 = 7_258_118_400e6;

const TEXT_SHAPES: readonly TextShape[] = [
  'compact',
  'odata',
  'clf',
  'rfc2822',
  'ctime',
  'month-name',
  'iso-week',
  'iso-ordinal',
  'syslog',
];
const EPOCHS: readonly EpochShape[] = ['epoch-s', 'epoch-ms', 'epoch-us', 'epoch-ns'];
/** Bare digits say less than a spelled-out date, the more so the fewer they are. */
const EPOCH_CONFIDENCE: Readonly<Record<EpochShape, number>> = { 'epoch-s': 0.6, 'epoch-ms': 0.8, 'epoch-us': 0.85, 'epoch-ns': 0.9 };
const NAMES: Readonly<Record<TimeShape, string>> = {
  iso: 'ISO dates',
  compact: 'dates in digits',
  'epoch-s': 'epoch seconds',
  'epoch-ms': 'epoch milliseconds',
  'epoch-us': 'epoch microseconds',
  'epoch-ns': 'epoch nanoseconds',
  odata: 'OData dates',
  clf: 'access-log dates',
  rfc2822: 'RFC 2822 dates',
  ctime: 'ctime dates',
  'month-name': 'dates with the month’s name first',
  'day-first': 'dates with the day first',
  'month-first': 'dates with the month first',
  'iso-week': 'ISO dates by week',
  'iso-ordinal': 'ISO dates by day of the year',
  epoch: 'epoch numbers in several units',
  excel: 'days as spreadsheets count them',
  ticks: '.NET ticks',
  filetime: 'Windows file times',
  syslog: 'dates without a year',
};

/**
 * Which shape most of the samples have; undefined when fewer than nine in ten share one. Empty samples and dates that stand for none do not count.
 * For `04/03/2031` the samples decide: a number above 12, a dotted date, AM/PM, else the reading under which the dates lie closer together.
 */
export function inferTimeShape(samples: readonly (string | number)[]): TimeInference | undefined {
  const values = samples
    .map((value) => (typeof value === 'string' ? value.trim() : value))
    .filter((value) => value !== '' && !isEmptyTime(value));
  if (values.length === 0) return undefined;
  const utc = (seconds: number): number => seconds;
  const texts = values.filter((value) => typeof value === 'string');

  const iso = share(values, onText(compileIso(utc)), YEAR_1900, YEAR_2200);
  if (iso >= ENOUGH) return spelled('iso', iso, texts);
  const numeric = inferNumericDate(texts, values.length);
  if (numeric !== undefined) return numeric;
  const count = inferNumber(values);
  if (count !== undefined) return count;
  for (const shape of TEXT_SHAPES) {
    const parse = compileTextShape(shape, utc);
    const part = share(values, (value) => parse(String(value)), YEAR_1990, YEAR_2100);
    if (part < ENOUGH) continue;
    // `2031-063` alone is how documents are numbered.
    if (shape === 'iso-ordinal' && values.some((value) => partsOf(String(value), shape)?.hour === undefined)) continue;
    const found = spelled(shape, part, values.map(String));
    if (shape === 'syslog') {
      const reason = `${found.reason}: the year is that of the file's name, else of the import`;
      return { ...found, confidence: found.confidence * 0.9, reason };
    }
    const dateOnly = shape === 'compact' && values.every((value) => String(value).length === 8);
    return dateOnly ? { ...found, confidence: found.confidence * 0.5 } : found;
  }
  return undefined;
}

/** Numbers that count from a day: the unit in which most of them fall between 1990 and 2100. */
function inferNumber(values: readonly (string | number)[]): TimeInference | undefined {
  const make = (shape: TimeShape, part: number, confidence: number, zoneless = false): TimeInference => ({
    shape,
    confidence: part * confidence,
    reason: sentence(part, values.length, shape),
    zoneless,
    dayFirst: undefined,
  });
  const units = EPOCHS.map((shape) => ({ shape, part: share(values, inUnit(shape), YEAR_1990, YEAR_2100, 0) }));
  const main = units.reduce((best, one) => (one.part > best.part ? one : best));
  const mixed = units.filter(({ part }) => part > 0).length > 1 ? share(values, compileMixedEpoch(), YEAR_1990, YEAR_2100) : 0;
  if (mixed >= ENOUGH) return make('epoch', mixed, 0.75);
  if (main.part >= ENOUGH) return make(main.shape, main.part, EPOCH_CONFIDENCE[main.shape]);
  for (const shape of ['ticks', 'filetime'] as const) {
    const part = share(values, compileTicks(shape), YEAR_1990, YEAR_2100);
    if (part >= ENOUGH) return make(shape, part, 0.9);
  }
  const days = values.filter(isSerialDay).length / values.length;
  if (days < ENOUGH) return undefined;
  const excel = share(
    values,
    compileExcel((seconds) => seconds),
    YEAR_2000,
    YEAR_2100,
  );
  return excel >= ENOUGH ? make('excel' satisfies NumberShape, excel, 0.55, true) : undefined;
}

/** Times of day leave many digits after the point; amounts of money two. */
function isSerialDay(value: string | number): boolean {
  return /^\d{5}[.,]\d{4,15}$/.test(String(value));
}

/** Epoch numbers must be written to their unit: 10 digits are seconds, not "microseconds of 1970". */
function inUnit(shape: EpochShape): (value: string | number) => number {
  const parse = compileEpoch(shape);
  // .NET ticks of our time would be nanoseconds of 1990.
  const lowest = (shape === 'epoch-ns' ? YEAR_2000 : YEAR_1990) / EPOCH_UNIT[shape];
  return (value) => {
    const number = Number(value);
    return Number.isNaN(number) || number < lowest ? Number.NaN : parse(value);
  };
}

function onText(parse: (text: string) => number): (value: string | number) => number {
  return (value) => (typeof value === 'string' ? parse(value) : Number.NaN);
}

/** The share of values that are times between the two; 0 as soon as it can no longer reach `least`. */
function share(
  values: readonly (string | number)[],
  parse: (value: string | number) => number,
  from: number,
  to: number,
  least: number = ENOUGH,
): number {
  const mostMisses = Math.floor(values.length * (1 - least) + 1e-9);
  let misses = 0;
  for (const value of values) {
    const time = parse(value);
    if (!(time >= from && time < to) && ++misses > mostMisses) return 0;
  }
  return 1 - misses / values.length;
}

function sentence(part: number, count: number, shape: TimeShape): string {
  return `${Math.round(part * count)} of ${count} values are ${NAMES[shape]}`;
}

function spelled(shape: TimeShape, part: number, texts: readonly string[]): TimeInference {
  const zoned = texts.filter((text) => carriesZone(text, shape)).length;
  return { shape, confidence: part, reason: sentence(part, texts.length, shape), zoneless: zoned * 2 < texts.length, dayFirst: undefined };
}

function inferNumericDate(texts: readonly string[], count: number): TimeInference | undefined {
  const parts = texts.map(numericDateParts).filter((part) => part !== undefined);
  if (parts.length < ENOUGH * count) return undefined;
  const dayLeads = parts.some((part) => part.first > 12);
  const monthLeads = parts.some((part) => part.second > 12);
  if (dayLeads && monthLeads) return undefined;
  const make = (dayFirst: boolean, certainty: number, why: string): TimeInference | undefined => {
    const shape = dayFirst ? 'day-first' : 'month-first';
    const parse = compileTextShape(shape, (seconds) => seconds);
    const part = share(texts, onText(parse), YEAR_1900, YEAR_2200) * (texts.length / count);
    if (part < ENOUGH) return undefined;
    const zoned = texts.filter((text) => carriesZone(text, shape)).length;
    return {
      shape,
      confidence: part * certainty,
      reason: `${sentence(part, count, shape)}: ${why}`,
      zoneless: zoned * 2 < count,
      dayFirst,
    };
  };
  if (dayLeads) return make(true, 1, 'a first number is above 12');
  if (monthLeads) return make(false, 1, 'a second number is above 12');
  if (parts.every((part) => part.dotted)) return make(true, 0.95, 'dates with dots put the day first');
  if (parts.some((part) => part.half)) return make(false, 0.9, 'times with AM and PM go with the month first');
  const spans = ([true, false] as const).map((dayFirst) => spread(texts, dayFirst));
  const [asDay = 0, asMonth = 0] = spans;
  if (asDay * 2 < asMonth) return make(true, 0.8, 'read so, the dates lie close together');
  if (asMonth * 2 < asDay) return make(false, 0.8, 'read so, the dates lie close together');
  return make(true, 0.5, 'nothing in the samples tells day and month apart, so the day is assumed to come first');
}

function spread(texts: readonly string[], dayFirst: boolean): number {
  const parse = compileTextShape(dayFirst ? 'day-first' : 'month-first', (seconds) => seconds);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const text of texts) {
    const time = parse(text);
    if (Number.isNaN(time)) continue;
    low = Math.min(low, time);
    high = Math.max(high, time);
  }
  return high >= low ? high - low : 0;
}
