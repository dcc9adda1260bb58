import type { SystemCoverage } from './coverage.ts';
import { survival } from './kaplan-meier.ts';
import type { Predecessor } from './predecessors.ts';
import { AGAIN, eachJourney, FAILED, NEGATIVE } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import { summarise } from './durations.ts';
import { add, createSketch } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { wilsonLower } from './statistics.ts';
import { learnGiven } from './given.ts';
import type { Looked } from './given.ts';
import type { Given, Variant } from './types.ts';

/** What was learned of one pair: what follows how often, by when, and except where. */
export interface Follow {
  readonly pair: Predecessor;
  readonly horizon: number;
  readonly eligible: number;
  readonly followed: number;
  readonly unless: readonly Variant[];
  readonly given: Given | undefined;
}

/** Share of those who ever do it that must have had the time to do it. */
const HORIZON_QUANTILE = 0.99;
/** … and, because the 99th percentile of few is uncertain, this many robust standard deviations: 1 in 10,000 of a log-normal. */
const HORIZON_Z = 3.72;
/** … but no longer than this many times that percentile: waits of two kinds (the same day, or over the weekend) are no log-normal. */
const HORIZON_SLACK = 3;
/** Exceptions are made to what usually follows: where it follows in fewer journeys than this, it is an exception itself. */
const MAJORITY = 0.5;
/** A variant is believed from this many journeys on. */
const MIN_VARIANT = 5;
/** In a variant at least this share does not go on; by chance it would be far less. */
const VARIANT_SHARE = 0.5;

/** One look at a pair in one journey. */
interface Look {
  readonly pair: number;
  readonly happened: boolean;
  /** Row of the last occurrence of the first step. */
  readonly row: number;
  /** How long (µs) the second step could have been seen after the last occurrence of the first. */
  readonly watched: number;
  /** How long (µs) it took from the first occurrence of the first step, which may wait for more of its kind; NaN if it did not happen. */
  readonly waited: number;
}

/**
 * Eventually-follows with right-censoring. A first pass finds, by Kaplan–Meier (1958), the time by which 99 % of those who ever go
 * on have gone on, with a margin; only journeys that could be watched for as long count as eligible (a landmark, so that those near the end of the
 * data bias the share in neither direction). What marks the journeys that do not go on (a cancellation, a refusal) is then
 * found among their other steps and set aside as a variant.
 */
export function learnFollows(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  stepCount: number,
  systemOf: (step: number) => string,
  coverage: SystemCoverage,
): Follow[] {
  const byFrom: number[][] = Array.from({ length: stepCount }, () => []);
  pairs.forEach((pair, i) => byFrom[pair.from]?.push(i));
  const looks = lookAll(rows, pairs, byFrom, systemOf, coverage, stepCount);

  const waits = pairs.map(createSketch);
  const censored = pairs.map(createSketch);
  looks((look) => {
    if (!look.happened) add(censored[look.pair] as Sketch, Math.max(0, look.watched));
    else if (look.waited >= 0) add(waits[look.pair] as Sketch, look.waited);
  });
  const horizons = pairs.map((_, i) => horizonOf(waits[i] as Sketch, censored[i] as Sketch));
  const variants = findVariants(rows, pairs, horizons, looks);

  const eachEligible = (visit: (look: Looked, from: number) => void): void =>
    looks((look, from, to) => {
      if (look.watched < (horizons[look.pair] as number) || isVariant(rows, from, to, variants[look.pair] as readonly Variant[])) return;
      visit(look, from);
    });
  const counts = learnGiven(rows, pairs, stepCount, eachEligible);
  return pairs.map((pair, i) => ({ pair, horizon: horizons[i] as number, ...counts[i]!, unless: variants[i] as readonly Variant[] }));
}

/** The time (µs) by which practically all who ever do it have done it. */
export function horizonOf(followed: Sketch, censored: Sketch): number {
  const model = summarise(followed);
  const { horizon } = survival(followed, censored, HORIZON_QUANTILE);
  if (model === undefined) return horizon;
  const tail = Math.exp(model.logMedian + HORIZON_Z * model.logSpread);
  return Math.max(horizon, Math.min(tail, HORIZON_SLACK * horizon));
}

type Looks = (visit: (look: Look, from: number, to: number) => void) => void;

function lookAll(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  byFrom: readonly (readonly number[])[],
  systemOf: (step: number) => string,
  coverage: SystemCoverage,
  stepCount: number,
): Looks {
  const ends = pairs.map((pair) => coverage.endOf(systemOf(pair.to)) ?? coverage.dataEnd);
  // Before the log begins nothing can be seen to follow: what was due then teaches nothing.
  const begins = pairs.map((pair) => coverage.startOf(systemOf(pair.to)) ?? Number.NEGATIVE_INFINITY);
  return (visit) => {
    const rowOf = new Int32Array(stepCount).fill(-1);
    const firstOf = new Int32Array(stepCount).fill(-1);
    eachJourney(rows, (from, to) => {
      for (let row = from; row < to; row++) {
        rowOf[rows.step[row] as number] = row;
        if (((rows.flags[row] as number) & AGAIN) === 0) firstOf[rows.step[row] as number] = row;
      }
      for (let row = from; row < to; row++) {
        const step = rows.step[row] as number;
        const nexts = byFrom[step] as readonly number[];
        // The last occurrence counts: what follows may follow any of them.
        if (nexts.length === 0 || rowOf[step] !== row || ((rows.flags[row] as number) & FAILED) !== 0) continue;
        const end = rows.end[row] as number;
        if (Number.isNaN(end)) continue;
        for (const pair of nexts) {
          const { to: effect, detour } = pairs[pair] as Predecessor;
          if (end < (begins[pair] as number) || (detour !== undefined && (rowOf[detour] as number) >= from)) continue;
          const next = firstOf[effect] as number;
          const happened = next >= from;
          const since = (pairs[pair] as Predecessor).basis === 'end' ? rows.end : rows.lastStart;
          const waited = happened ? (rows.start[next] as number) - (since[firstOf[step] as number] as number) : Number.NaN;
          visit({ pair, happened, row, watched: (ends[pair] as number) - end, waited }, from, to);
        }
      }
    });
  };
}

/** Which steps stand in the journeys that did not go on, and nearly never in those that did. */
function findVariants(rows: JourneyRows, pairs: readonly Predecessor[], horizons: readonly number[], looks: Looks): Variant[][] {
  const absent = pairs.map(() => new Map<number, number>());
  const missing = new Uint32Array(pairs.length);
  looks((look, from, to) => {
    if (look.happened || look.watched < (horizons[look.pair] as number)) return;
    missing[look.pair] = (missing[look.pair] as number) + 1;
    countFeatures(rows, from, to, absent[look.pair] as Map<number, number>);
  });
  const present = absent.map((counts) => {
    const kept = new Map<number, number>();
    for (const [feature, count] of counts) if (count >= MIN_VARIANT) kept.set(feature, 0);
    return kept;
  });
  const total = new Uint32Array(pairs.length);
  looks((look, from, to) => {
    const counts = present[look.pair] as Map<number, number>;
    if (counts.size === 0 || look.watched < (horizons[look.pair] as number)) return;
    total[look.pair] = (total[look.pair] as number) + 1;
    if (look.happened) countFeatures(rows, from, to, counts, true);
  });
  return pairs.map((pair, i) => {
    const base = (missing[i] as number) / Math.max(1, total[i] as number);
    const found: Variant[] = [];
    if (base > 1 - MAJORITY) return found;
    for (const [feature, withStep] of present[i] as Map<number, number>) {
      const without = (absent[i] as Map<number, number>).get(feature) ?? 0;
      const step = feature >> 1;
      if (step === pair.to || (step === pair.from && (feature & 1) === 0)) continue;
      const trials = without + withStep;
      if (without / trials >= VARIANT_SHARE && wilsonLower(without, trials) > base) found.push({ step, negative: (feature & 1) === 1 });
    }
    return found;
  });
}

/** Features of a journey: `2 × step` for a step it has, `+ 1` for one with a negative outcome. Failed steps explain nothing. */
function countFeatures(rows: JourneyRows, from: number, to: number, counts: Map<number, number>, onlyKnown = false): void {
  for (let row = from; row < to; row++) {
    const flags = rows.flags[row] as number;
    if ((flags & (FAILED | AGAIN)) !== 0) continue;
    const feature = (rows.step[row] as number) * 2;
    bump(counts, feature, onlyKnown);
    if ((flags & NEGATIVE) !== 0) bump(counts, feature + 1, onlyKnown);
  }
}

function bump(counts: Map<number, number>, feature: number, onlyKnown: boolean): void {
  const count = counts.get(feature);
  if (count === undefined && onlyKnown) return;
  counts.set(feature, (count ?? 0) + 1);
}

function isVariant(rows: JourneyRows, from: number, to: number, unless: readonly Variant[]): boolean {
  if (unless.length === 0) return false;
  for (let row = from; row < to; row++) {
    for (const variant of unless) {
      if (rows.step[row] !== variant.step) continue;
      if (!variant.negative || ((rows.flags[row] as number) & NEGATIVE) !== 0) return true;
    }
  }
  return false;
}
