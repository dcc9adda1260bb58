/**
 * A log-spaced histogram of positive durations in microseconds: mergeable, with a bounded relative error of its quantiles
 * (DDSketch, Masson, Rim, Lee 2019). Bin i holds the values in [γ^i, γ^(i+1)) µs; values below 1 µs fall into bin 0.
 */
export interface Sketch {
  readonly bins: Float64Array;
  count: number;
  max: number;
}

/** Ratio of a bin's edges: quantiles are off by at most 2.5 %. */
export const GAMMA = 1.05;
const LOG_GAMMA = Math.log(GAMMA);
/** γ^665 µs is 3.9 years: longer durations share the last bin. */
export const BINS = 666;

export function createSketch(): Sketch {
  return { bins: new Float64Array(BINS), count: 0, max: 0 };
}

/** The bin of a duration in microseconds. */
export function binOf(duration: number): number {
  if (!(duration > 1)) return 0;
  const bin = Math.floor(Math.log(duration) / LOG_GAMMA);
  return bin >= BINS ? BINS - 1 : bin;
}

/** The geometric middle of a bin, in microseconds; 0 for the first. */
export function middleOf(bin: number): number {
  return bin === 0 ? 0 : Math.exp((bin + 0.5) * LOG_GAMMA);
}

/** ln of the geometric middle of a bin. */
export function logMiddleOf(bin: number): number {
  return bin === 0 ? 0 : (bin + 0.5) * LOG_GAMMA;
}

/** Adds one duration (µs). Negative ones count as 0: an effect cannot precede its cause. */
export function add(sketch: Sketch, duration: number): void {
  const bin = binOf(duration);
  sketch.bins[bin] = (sketch.bins[bin] as number) + 1;
  sketch.count++;
  if (duration > sketch.max) sketch.max = duration;
}

/** Adds all that `from` holds to `into`. */
export function merge(into: Sketch, from: Sketch): void {
  for (let i = 0; i < BINS; i++) into.bins[i] = (into.bins[i] as number) + (from.bins[i] as number);
  into.count += from.count;
  into.max = Math.max(into.max, from.max);
}

/** The bin in which the share `q` (0..1) of the values is reached; -1 when there are none. */
export function quantileBin(sketch: Sketch, q: number): number {
  if (sketch.count === 0) return -1;
  const target = Math.max(1, Math.ceil(q * sketch.count));
  let seen = 0;
  for (let i = 0; i < BINS; i++) {
    seen += sketch.bins[i] as number;
    if (seen >= target) return i;
  }
  return BINS - 1;
}

/** The quantile `q` (0..1) in microseconds. */
export function quantile(sketch: Sketch, q: number): number {
  const bin = quantileBin(sketch, q);
  return bin < 0 ? 0 : Math.min(middleOf(bin), sketch.max);
}

/** The quantile `q` (0..1), interpolated geometrically within its bin: for comparing spreads, where a whole bin is too coarse. */
export function interpolatedQuantile(sketch: Sketch, q: number): number {
  const target = q * sketch.count;
  let seen = 0;
  for (let i = 0; i < BINS; i++) {
    const count = sketch.bins[i] as number;
    if (count > 0 && seen + count >= target) return i === 0 ? (target - seen) / count : GAMMA ** (i + (target - seen) / count);
    seen += count;
  }
  return sketch.max;
}

/** Distance of the quartiles, in microseconds: a spread that neither outliers nor the tail move. */
export function interquartileRange(sketch: Sketch): number {
  return interpolatedQuantile(sketch, 0.75) - interpolatedQuantile(sketch, 0.25);
}
