/** When journeys pass a point, and how much the variance of its times comes from the resolution in which they are written. */
export interface Passing {
  /** By journey; NaN where one does not pass it. */
  readonly times: Float64Array;
  readonly noise: number;
}

/** How a point beside a nearer one compares with it: by how much the variance of the time to a third grows, and the standard error of that. */
export interface Compared {
  readonly gain: number;
  readonly error: number;
  /** Slope of (near − beside) against (far − near), and its standard error. */
  readonly slope: number;
  readonly slopeError: number;
  readonly count: number;
  /** Whether what varies between the near and the far point is mostly the resolution of the near one: then the slope says nothing. */
  readonly isCoarse: boolean;
}

/** Differences further from their median than this many of their spreads are left out: a long wait says nothing of how things usually go. */
const TAILS = 4;
/** Journeys by which it is known how far that is. */
const MEASURED = 300;

/**
 * Compares the time from `beside` to `far` with that from `near` to `far`, journey by journey: their variances differ by the variance between `beside` and `near`
 * and twice the covariance, which is zero if `near` lies between the two. What a coarse resolution adds to either is taken off.
 */
export function moments(beside: Passing, near: Passing, far: Passing): Compared {
  const [b, n, f] = [beside.times, near.times, far.times];
  const x = rangeOf(n, f);
  const y = rangeOf(b, n);
  let [count, sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n.length; i++) {
    const dx = f[i]! - n[i]! - x.middle;
    const dy = n[i]! - b[i]! - y.middle;
    // False for NaN as well.
    if (!(Math.abs(dx) <= x.reach && Math.abs(dy) <= y.reach)) continue;
    count++;
    sumX += dx;
    sumY += dy;
    sumXX += dx * dx;
    sumYY += dy * dy;
    sumXY += dx * dy;
  }
  const m = Math.max(1, count);
  const xx = Math.max(0, sumXX / m - (sumX / m) ** 2);
  const yy = Math.max(0, sumYY / m - (sumY / m) ** 2);
  const xy = sumXY / m - (sumX / m) * (sumY / m);
  const error = Math.sqrt((xx * yy) / m);
  // Late by its resolution, the near point seems nearer to what follows and further from what precedes.
  const covariance = xy + Math.min(near.noise, yy, xx);
  const variance = Math.max(xx / 2, xx - near.noise - far.noise);
  return {
    gain: yy + 2 * xy + near.noise - beside.noise,
    error: 2 * error,
    slope: variance > 0 ? covariance / variance : 0,
    slopeError: variance > 0 ? error / variance : 0,
    count,
    isCoarse: near.noise > xx / 2,
  };
}

/** The median of `to − from`, and how far from it others may lie: alike on both sides, so that no slope arises from the cut. */
function rangeOf(from: Float64Array, to: Float64Array): { readonly middle: number; readonly reach: number } {
  const found = new Float64Array(MEASURED);
  let count = 0;
  for (let i = 0; i < from.length && count < MEASURED; i++) {
    const difference = to[i]! - from[i]!;
    if (!Number.isNaN(difference)) found[count++] = difference;
  }
  const sorted = found.subarray(0, count).sort();
  const at = (q: number): number => sorted[Math.floor(q * (count - 1))] ?? 0;
  return { middle: at(0.5), reach: TAILS * Math.max(1, at(0.75) - at(0.25)) };
}
