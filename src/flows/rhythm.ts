import { summarise } from './durations.ts';
import { eachLatency } from './latencies.ts';
import type { Predecessor } from './predecessors.ts';
import { FAILED } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import { add, createSketch } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { partCount, partOf } from './rhythm-parts.ts';
import { upperTail } from './statistics.ts';
import type { DurationModel, Rhythm, RhythmParts } from './types.ts';

/** A part of the day or week is judged by itself when it was seen this often … */
const MIN_OBSERVATIONS = 30;
/** … and on as many different days: what was slow on one day was an incident. */
const MIN_DAYS = 3;
/** A rhythm explains at least this share of the variance of ln(duration): less is not worth a baseline of its own. */
const MIN_EXPLAINED = 0.2;
/** … and both together explain this much more than one of them. */
const MORE_EXPLAINED = 0.05;
/** Chance that days differ as much without a rhythm: beside a share of the variance that chance hardly ever reaches. */
const MAX_CHANCE = 0.01;
/** Days at the end of the data that are looked at, and the most frequent hops and steps: 16 MB at most. */
const MOST_DAYS = 366;
const MOST_MEASURES = 200;
/** Robust standard deviations beyond which a duration counts as that far: one that hangs for a day must not make a rhythm. */
const WINSOR_Z = 3;
const MICROS_PER_DAY = 86_400_000_000;
/** Parts of a day. */
const CELLS = 8;

/** Latencies by their place among the pairs, durations by their step; undefined where there is none. */
export interface Rhythms {
  readonly latencies: readonly (Rhythm | undefined)[];
  readonly durations: readonly (Rhythm | undefined)[];
}

/**
 * Finds out where durations follow the hour of the day or the day of the week, and learns them by its parts there. That is so when the parts explain a
 * good share of the variance of ln(duration), and when the days agree about it: the test is of the means of whole days in a part,
 * because what happens on one day is one observation, however many journeys it met.
 */
export function learnRhythms(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  latencies: readonly (DurationModel | undefined)[],
  durations: readonly (DurationModel | undefined)[],
): Rhythms {
  const none: Rhythms = { latencies: pairs.map(() => undefined), durations: durations.map(() => undefined) };
  const days = dayRange(rows);
  if (days === undefined || days.count < MIN_DAYS) return none;
  // Latencies first, then durations.
  const models = [...latencies, ...durations];
  const enough = models.flatMap((model, i) => (model !== undefined && model.observations >= 2 * MIN_OBSERVATIONS ? [i] : []));
  const measured = enough.toSorted((a, b) => models[b]!.observations - models[a]!.observations || a - b).slice(0, MOST_MEASURES);
  if (measured.length === 0) return none;
  const sums = new Sums(models, measured, days);
  eachSpan(rows, pairs, (measure, since, length) => sums.add(measure, since, length));
  const proven = new Map<number, { readonly parts: RhythmParts; readonly sketches: (Sketch | undefined)[] }>();
  for (const measure of measured) {
    const parts = sums.rhythmOf(measure);
    if (parts === undefined) continue;
    const wanted = sums
      .partsOf(measure, parts)
      .map(({ observations, dayMeans }) => observations >= MIN_OBSERVATIONS && dayMeans.length >= MIN_DAYS);
    proven.set(measure, { parts, sketches: wanted.map((isWanted) => (isWanted ? createSketch() : undefined)) });
  }
  if (proven.size === 0) return none;
  eachSpan(rows, pairs, (measure, since, length) => {
    const found = proven.get(measure);
    const sketch = found?.sketches[partOf(found.parts, since)];
    if (sketch !== undefined) add(sketch, length);
  });
  const rhythms = models.map((_, measure): Rhythm | undefined => {
    const found = proven.get(measure);
    if (found === undefined) return undefined;
    return { parts: found.parts, models: found.sketches.map((sketch) => (sketch === undefined ? null : (summarise(sketch) ?? null))) };
  });
  return { latencies: rhythms.slice(0, pairs.length), durations: rhythms.slice(pairs.length) };
}

/** Calls back with every latency of a pair, and every duration of a step behind the pairs, as the learner measures them; µs. */
function eachSpan(rows: JourneyRows, pairs: readonly Predecessor[], visit: (measure: number, since: number, length: number) => void): void {
  eachLatency(rows, pairs, (pair, since, start) => visit(pair, since, start - since));
  for (let row = 0; row < rows.rows; row++) {
    const start = rows.start[row]!;
    const end = rows.end[row]!;
    if ((rows.flags[row]! & FAILED) === 0 && rows.lastStart[row] === start && end > start)
      visit(pairs.length + rows.step[row]!, start, end - start);
  }
}

interface DayRange {
  readonly first: number;
  readonly count: number;
}

function dayRange(rows: JourneyRows): DayRange | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.rows; row++) {
    const start = rows.start[row]!;
    if (start < first) first = start;
    if (start > last) last = start;
  }
  if (!Number.isFinite(first)) return undefined;
  const [from, to] = [Math.floor(first / MICROS_PER_DAY), Math.floor(last / MICROS_PER_DAY)];
  const begin = Math.max(from, to - MOST_DAYS + 1);
  return { first: begin, count: to - begin + 1 };
}

/** What is known of one part: how often it was seen, the sum of its ln(durations), and their mean on each of its days. */
interface Part {
  observations: number;
  sum: number;
  readonly dayMeans: number[];
}

/** ln(durations) of each measure, summed by day and part of the day. */
class Sums {
  readonly #models: readonly (DurationModel | undefined)[];
  readonly #days: DayRange;
  readonly #slots = new Map<number, number>();
  readonly #sum: Float64Array;
  readonly #count: Uint32Array;
  readonly #squares: Float64Array;

  constructor(models: readonly (DurationModel | undefined)[], measured: readonly number[], days: DayRange) {
    this.#models = models;
    this.#days = days;
    measured.forEach((measure, slot) => this.#slots.set(measure, slot));
    const cells = measured.length * days.count * CELLS;
    this.#sum = new Float64Array(cells);
    this.#count = new Uint32Array(cells);
    this.#squares = new Float64Array(measured.length);
  }

  add(measure: number, since: number, length: number): void {
    const slot = this.#slots.get(measure);
    const day = Math.floor(since / MICROS_PER_DAY) - this.#days.first;
    if (slot === undefined || !(day >= 0 && day < this.#days.count)) return;
    const { logMedian, upperSpread, logSpread } = this.#models[measure]!;
    const deviation = Math.log(Math.max(1, length)) - logMedian;
    const value = Math.min(WINSOR_Z * upperSpread, Math.max(-WINSOR_Z * logSpread, deviation));
    const cell = (slot * this.#days.count + day) * CELLS + partOf('hours', since);
    this.#sum[cell]! += value;
    this.#count[cell]! += 1;
    this.#squares[slot]! += value * value;
  }

  /** The parts by which a measure is to be told apart; undefined where the data does not prove a rhythm. */
  rhythmOf(measure: number): RhythmParts | undefined {
    const hours = this.#explained(measure, 'hours');
    const weekdays = this.#explained(measure, 'weekdays');
    const best = Math.max(hours, weekdays);
    if (best < MIN_EXPLAINED) return undefined;
    if (hours >= MIN_EXPLAINED && weekdays >= MIN_EXPLAINED && this.#explained(measure, 'both') >= best + MORE_EXPLAINED) return 'both';
    return hours >= weekdays ? 'hours' : 'weekdays';
  }

  /** Share of the variance that the parts explain; 0 where days do not agree about it. */
  #explained(measure: number, by: RhythmParts): number {
    const parts = this.partsOf(measure, by);
    const observations = parts.reduce((sum, part) => sum + part.observations, 0);
    if (observations === 0) return 0;
    const total = parts.reduce((sum, part) => sum + part.sum, 0);
    const between =
      parts.reduce((sum, part) => sum + (part.observations === 0 ? 0 : part.sum ** 2 / part.observations), 0) - total ** 2 / observations;
    const all = this.#squares[this.#slots.get(measure)!]! - total ** 2 / observations;
    const share = all <= 0 ? 0 : between / all;
    const known = parts.filter(({ observations: n, dayMeans }) => n >= MIN_OBSERVATIONS && dayMeans.length >= MIN_DAYS);
    return share >= MIN_EXPLAINED && chance(known.map(({ dayMeans }) => dayMeans)) <= MAX_CHANCE ? share : 0;
  }

  partsOf(measure: number, by: RhythmParts): Part[] {
    const parts = Array.from({ length: partCount(by) }, (): Part => ({ observations: 0, sum: 0, dayMeans: [] }));
    const slot = this.#slots.get(measure)!;
    const { first, count } = this.#days;
    for (let day = 0; day < count; day++) {
      const byPart = new Map<number, { sum: number; n: number }>();
      for (let cell = 0; cell < CELLS; cell++) {
        const at = (slot * count + day) * CELLS + cell;
        const n = this.#count[at]!;
        if (n === 0) continue;
        const part = partOf(by, (first + day) * MICROS_PER_DAY + (cell * MICROS_PER_DAY) / CELLS);
        const known = byPart.get(part) ?? { sum: 0, n: 0 };
        byPart.set(part, { sum: known.sum + this.#sum[at]!, n: known.n + n });
      }
      for (const [part, { sum, n }] of byPart) {
        const known = parts[part]!;
        known.observations += n;
        known.sum += sum;
        known.dayMeans.push(sum / n);
      }
    }
    return parts;
  }
}

/**
 * How likely groups of values differ as much in their ranks by chance. Either all of them do (Kruskal, Wallis 1952, with the χ² by Wilson and Hilferty
 * 1931), or one does from the rest (Wilcoxon 1945, times the groups that could): a Monday among seven days hardly moves the first test.
 */
function chance(groups: readonly (readonly number[])[]): number {
  if (groups.length < 2) return 1;
  const values = groups.flatMap((group, g) => group.map((value) => ({ value, g }))).toSorted((a, b) => a.value - b.value);
  const n = values.length;
  const ranks = groups.map(() => 0);
  values.forEach(({ g }, i) => (ranks[g]! += i + 1));
  const sum = groups.reduce((total, group, g) => total + ranks[g]! ** 2 / group.length, 0);
  const h = (12 / (n * (n + 1))) * sum - 3 * (n + 1);
  const df = groups.length - 1;
  const all = h <= 0 ? 1 : upperTail((Math.cbrt(h / df) - (1 - 2 / (9 * df))) / Math.sqrt(2 / (9 * df)));
  const alone = groups.map(({ length }, g) => {
    const spread = Math.sqrt((length * (n - length) * (n + 1)) / 12);
    return 2 * upperTail(Math.abs(ranks[g]! - (length * (n + 1)) / 2) / spread);
  });
  return Math.min(all, groups.length * Math.min(...alone));
}
