import { BINS, middleOf } from './sketch.ts';
import type { Sketch } from './sketch.ts';

export interface Survival {
  /** Share that ever does it, as far as the data reaches. */
  readonly share: number;
  /** Time (µs) by which the asked share of those who ever do it have done it. */
  readonly horizon: number;
}

/**
 * Kaplan–Meier estimate (1958) of the time until something follows, over the bins of two sketches: how long it took where it
 * followed, and how long it was watched for in vain where it did not (right-censored: the data ended). Within a bin, what
 * followed counts as earlier than what was cut off, as usual.
 */
export function survival(followed: Sketch, censored: Sketch, quantile: number): Survival {
  let atRisk = followed.count + censored.count;
  let surviving = 1;
  const curve: number[] = [];
  for (let i = 0; i < BINS; i++) {
    const events = followed.bins[i] as number;
    if (events > 0) surviving *= 1 - events / atRisk;
    curve.push(1 - surviving);
    atRisk -= events + (censored.bins[i] as number);
  }
  const share = 1 - surviving;
  const bin = share === 0 ? 0 : curve.findIndex((reached) => reached >= quantile * share);
  return { share, horizon: middleOf(Math.min(BINS - 1, bin + 1)) };
}
