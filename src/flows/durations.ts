import type { DurationModel } from './types.ts';
import { BINS, GAMMA, logMiddleOf, middleOf, quantile, quantileBin } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { upperTail } from './statistics.ts';

/** A spread below this is finer than the histogram and the clocks: ±10 % is no news. */
const SPREAD_FLOOR = 0.1;
/** Consistency factor that makes the MAD estimate σ under a normal distribution. */
const MAD_TO_SIGMA = 1.4826;
/** Standard normal quantile of 95 %. */
const Z_AT_P95 = 1.645;
/** Share of false alarms that is tolerated among the alarms of one model (Benjamini, Hochberg 1995). */
export const FALSE_DISCOVERY_RATE = 0.05;
/** No alarm below this many robust standard deviations, however many there are. */
export const MIN_Z = 3;
/** Charts show about this many bars. */
const CHART_BINS = 32;

/** Summarises a sketch of durations (µs): robust centre and spread of ln(duration), quantiles, and where slow begins. */
export function summarise(sketch: Sketch): DurationModel | undefined {
  if (sketch.count === 0) return undefined;
  const medianBin = quantileBin(sketch, 0.5);
  const logMedian = logMiddleOf(medianBin);
  const logSpread = Math.max(SPREAD_FLOOR, MAD_TO_SIGMA * medianDeviation(sketch, medianBin));
  const p95 = quantile(sketch, 0.95);
  // Where work waits overnight, or for a person, the middle of the distribution says little of its tail: a log-normal laid through
  // the 95th percentile says at least as much. Delays of up to one in twenty leave it alone.
  const upperSpread = Math.max(logSpread, (Math.log(Math.max(1, p95)) - logMedian) / Z_AT_P95);
  return {
    observations: sketch.count,
    logMedian,
    logSpread,
    upperSpread,
    median: Math.min(middleOf(medianBin), sketch.max),
    p95,
    p99: quantile(sketch, 0.99),
    max: sketch.max,
    alarm: alarmFrom(sketch, logMedian, upperSpread),
    ...chart(sketch),
  };
}

/** How many robust standard deviations ln(duration) lies above the usual, by the spread of the side on which it lies. */
export function zScore(model: DurationModel, duration: number): number {
  const deviation = Math.log(Math.max(1, duration)) - model.logMedian;
  return deviation / (deviation > 0 ? model.upperSpread : model.logSpread);
}

/** The median of |ln x − median|, from the bins: deviations grow outward from the median's bin. */
function medianDeviation(sketch: Sketch, medianBin: number): number {
  const half = sketch.count / 2;
  let seen = sketch.bins[medianBin] as number;
  let step = 0;
  while (seen < half && step < BINS) {
    step++;
    seen += (sketch.bins[medianBin - step] ?? 0) + (sketch.bins[medianBin + step] ?? 0);
  }
  return step * Math.log(GAMMA);
}

/**
 * The duration (µs) beyond which slow is slow: the lowest threshold at which the expected number of chance alarms, under a
 * log-normal with this centre and spread, is at most the tolerated share of the alarms it would raise (Benjamini–Hochberg 1995,
 * read off the histogram). Undefined when no threshold keeps that.
 */
function alarmFrom(sketch: Sketch, logMedian: number, logSpread: number): number | undefined {
  let beyond = 0;
  let alarm: number | undefined;
  for (let i = BINS - 1; i >= 0; i--) {
    const count = sketch.bins[i] as number;
    if (count === 0) continue;
    beyond += count;
    const z = (Math.log(GAMMA) * i - logMedian) / logSpread;
    if (z < MIN_Z) break;
    if (sketch.count * upperTail(z) <= FALSE_DISCOVERY_RATE * beyond) alarm = GAMMA ** i;
  }
  return alarm;
}

/** The histogram coarsened to what a small chart can show, from the first to the last filled bin. */
function chart(sketch: Sketch): { readonly edges: readonly number[]; readonly counts: readonly number[] } {
  const first = sketch.bins.findIndex((count) => count > 0);
  const last = sketch.bins.findLastIndex((count) => count > 0);
  const width = Math.max(1, Math.ceil((last - first + 1) / CHART_BINS));
  const edges: number[] = [Math.round(GAMMA ** first)];
  const counts: number[] = [];
  for (let from = first; from <= last; from += width) {
    let sum = 0;
    for (let i = from; i < from + width && i < BINS; i++) sum += sketch.bins[i] as number;
    counts.push(sum);
    edges.push(Math.round(GAMMA ** (from + width)));
  }
  return { edges, counts };
}
