/**
 * A burst is this many times as dense as usual. Between day and night companies are busy by three to five times; that is no incident.
 */
const DENSITY = 8;
/** Fewer are no burst. */
const MIN_EVENTS = 3;

/** From and to, both included, as places in the list of times. */
export interface Burst {
  readonly first: number;
  readonly last: number;
}

/**
 * Bursts in a list of times by the two-state automaton of Kleinberg (Bursty and Hierarchical Structure in Streams, KDD 2002): gaps are exponential, with
 * the usual rate or with one that is `DENSITY` times as high; entering the higher state costs, leaving it does not; the cheapest course of states
 * (Viterbi) says when there was a burst. Linear in the number of times.
 *
 * The price of entering is not γ ln n as in the paper but ln(n / chance): of events that come by chance, the gain of a run that begins at one of them
 * exceeds x with probability e^-x (its exponential has the mean 1), so that this is the price at which n of them have a burst with that probability at most.
 *
 * @param times ascending, any unit
 * @param span length of the time in which they could have come, same unit
 * @param chance probability with which events without a burst may be taken for one
 */
export function bursts(times: readonly number[], span: number, chance: number): readonly Burst[] {
  const gaps = times.length - 1;
  if (times.length < MIN_EVENTS || span <= 0) return [];
  const usual = times.length / span;
  const dense = usual * DENSITY;
  const price = Math.log(times.length / chance);
  // Cost of the cheapest course so far that ends in each state, and whether the last step came from the higher one.
  let [low, high] = [0, price];
  const lowFromHigh = new Uint8Array(gaps);
  const highFromHigh = new Uint8Array(gaps);
  for (let i = 0; i < gaps; i++) {
    const gap = (times[i + 1] as number) - (times[i] as number);
    const toLow = Math.min(low, high);
    const toHigh = Math.min(low + price, high);
    lowFromHigh[i] = high < low ? 1 : 0;
    highFromHigh[i] = high <= low + price ? 1 : 0;
    low = toLow + cost(usual, gap);
    high = toHigh + cost(dense, gap);
  }
  const inBurst = new Uint8Array(gaps);
  let state = high < low ? 1 : 0;
  for (let i = gaps - 1; i >= 0; i--) {
    inBurst[i] = state;
    state = (state === 1 ? highFromHigh : lowFromHigh)[i] as number;
  }
  return runs(inBurst);
}

/** Negative logarithm of the exponential density. */
function cost(rate: number, gap: number): number {
  return rate * gap - Math.log(rate);
}

/** Runs of gaps within a burst, as the times around them. */
function runs(inBurst: Uint8Array): Burst[] {
  const found: Burst[] = [];
  for (let i = 0; i < inBurst.length; i++) {
    if (inBurst[i] === 0) continue;
    const first = i;
    while (inBurst[i + 1] === 1) i++;
    if (i + 2 - first >= MIN_EVENTS) found.push({ first, last: i + 1 });
  }
  return found;
}
