import { FALSE_DISCOVERY_RATE, MIN_Z, upperTail, zScore } from '../flows/index.ts';
import type { DurationModel, Thresholds } from '../flows/index.ts';
import { formatDuration, MICROS_PER_MS } from '../model/time.ts';
import { MIN_OBSERVATIONS } from './finding.ts';

/**
 * Whether a duration (µs) is slow: statistically (beyond the alarm threshold of the model, which keeps the rate of false
 * alarms, and beyond the 99th percentile) and practically (ratio and excess).
 * Returns the confidence that it is no chance (0..1), or undefined when it is not slow or there are too few observations to say.
 */
export function slowness(
  model: DurationModel | undefined,
  duration: number,
  { slowTimes, slowMoreThan }: Pick<Thresholds, 'slowTimes' | 'slowMoreThan'>,
): number | undefined {
  if (model === undefined || model.observations < MIN_OBSERVATIONS) return undefined;
  if (duration < slowTimes * model.median || duration - model.median < slowMoreThan || duration <= model.p99) return undefined;
  const z = zScore(model, duration);
  if (z < MIN_Z) return undefined;
  const byChance = model.observations * upperTail(z);
  if (!(model.alarm !== undefined && duration >= model.alarm) && byChance > FALSE_DISCOVERY_RATE) return undefined;
  // Expected share of chance among what lies at least as far out.
  return 1 - Math.min(FALSE_DISCOVERY_RATE, byChance / Math.max(1, beyond(model, duration)));
}

/** How many observations lie at or beyond a duration, from the chart's bars (a bar counts when it reaches that far). */
export function beyond(model: DurationModel, duration: number): number {
  let sum = 0;
  for (let i = model.counts.length - 1; i >= 0 && (model.edges[i + 1] ?? 0) > duration; i--) sum += model.counts[i] ?? 0;
  return sum;
}

/** `2.6 times the median`, `43 times the median`; for a median of nothing, or of next to nothing, that says nothing. */
export function ratioText(duration: number, usual: number): string {
  const ratio = duration / Math.max(1, usual);
  if (ratio >= 10_000) return 'far above the median';
  return `${ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio)}× the median`;
}

/** A usual duration for sentences: `4.1 s`, `no time`. */
export function usualText(median: number): string {
  return median < MICROS_PER_MS ? 'no time' : formatDuration(median);
}
