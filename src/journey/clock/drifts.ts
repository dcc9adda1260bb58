/** Times between two clocks: of one kind of hops, or of two points that journeys pass. */
export interface Between {
  readonly from: number;
  readonly to: number;
  /** When, and how much later by the other clock; NaN where one of the two was not passed. */
  readonly times: ArrayLike<number>;
  readonly differences: ArrayLike<number>;
  /** How much they vary. */
  readonly spread: number;
}

/** Stretches of time whose medians show a drift, and how many hops each must have on average. */
const STRETCHES = 12;
const LEAST_IN_STRETCH = 10;
/** Two paces differ if over all the time they part by this many times what the stretches scatter by, and by this share of what the differences vary by. */
const CLEAR = 4;
const MATTERS = 0.25;
/** … and by this many microseconds in one: no clock drifts by less that matters here (RFC 5905: quartz by some ten in a second). */
const LEAST_DRIFT = 1e-6;
/** Fewer than this say nothing of a drift. */
export const LEAST_DRIFTING = STRETCHES * LEAST_IN_STRETCH;

/**
 * By how much clocks drift: clock → how much it gains in a microsecond, against the ones that most others run alike with. Clocks that are not in it do not
 * drift as far as can be told. Clocks are joined by what varies least between them (Prim 1957).
 */
export function driftsOf(between: readonly Between[]): ReadonlyMap<number, number> {
  const left = new Set(between.toSorted((a, b) => a.spread - b.spread || a.from - b.from || a.to - b.to));
  const drifts = new Map<number, number>();
  let group = new Set<number>();
  while (left.size > 0) {
    const near = [...left].find(({ from, to }) => group.has(from) || group.has(to));
    const next = near ?? [...left][0]!;
    if (near === undefined) {
      settle(group, drifts);
      group = new Set([next.from]);
      drifts.set(next.from, 0);
    }
    left.delete(next);
    const { from, to } = next;
    if (group.has(from) && group.has(to)) continue;
    const { slope, error } = slopeOf(next);
    const [clock, pace] = group.has(from) ? [to, drifts.get(from)! + slope] : [from, drifts.get(to)! - slope];
    const known = [...group].map((other) => drifts.get(other)!);
    const alike = known.reduce((best, other) => (Math.abs(other - pace) < Math.abs(best - pace) ? other : best), Infinity);
    drifts.set(clock, Math.abs(alike - pace) <= error ? alike : pace);
    group.add(clock);
  }
  settle(group, drifts);
  return drifts;
}

/** The pace that most clocks of a group share is taken for the right one. */
function settle(group: ReadonlySet<number>, drifts: Map<number, number>): void {
  const paces = Map.groupBy(group, (clock) => drifts.get(clock)!);
  const [right] = [...paces].toSorted(([a, x], [b, y]) => y.length - x.length || Math.abs(a) - Math.abs(b))[0] ?? [0];
  for (const clock of group) drifts.set(clock, drifts.get(clock)! - right);
}

/**
 * How fast the differences grow, and how sure that is. The line through the medians of stretches of time, its slope being the median of the slopes between all
 * of them (Theil 1950, Sen 1968), is not moved by a few odd days.
 */
function slopeOf({ times, differences, spread }: Between): { readonly slope: number; readonly error: number } {
  const both = Array.from(times, (time, i) => ({ time, difference: differences[i]! })).filter(
    ({ difference }) => !Number.isNaN(difference),
  );
  if (both.length < LEAST_DRIFTING) return { slope: 0, error: Infinity };
  both.sort((a, b) => a.time - b.time);
  const stretches = Array.from({ length: STRETCHES }, (_, i) => {
    const own = both.slice(Math.floor((i * both.length) / STRETCHES), Math.floor(((i + 1) * both.length) / STRETCHES));
    return { time: own[own.length >> 1]!.time, middle: medianOf(own.map(({ difference }) => difference)) };
  });
  const slope = medianOf(
    stretches.flatMap((one, i) =>
      stretches.slice(i + 1).flatMap((other) => (other.time > one.time ? [(other.middle - one.middle) / (other.time - one.time)] : [])),
    ),
  );
  const rests = stretches.map(({ time, middle }) => middle - slope * (time - stretches[0]!.time));
  const usual = medianOf(rests);
  const scatter = medianOf(rests.map((rest) => Math.abs(rest - usual)));
  const length = stretches.at(-1)!.time - stretches[0]!.time;
  return length > 0
    ? { slope, error: Math.max(LEAST_DRIFT, (CLEAR * scatter) / length, (MATTERS * spread) / length) }
    : { slope: 0, error: Infinity };
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
