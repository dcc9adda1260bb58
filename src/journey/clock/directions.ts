import { keepTimetable } from './timetable.ts';
import { differencesOf, type Branch, type Passages, type Point } from './tree.ts';

/** A branch of the tree of causes with its direction: the points that may be the cause, and those that may be the effect. */
export interface Direct {
  readonly from: number;
  readonly to: number;
  readonly causes: ReadonlySet<number>;
  readonly effects: ReadonlySet<number>;
  readonly branch: Branch;
}

/** Two points of one clock have an order if this share of the journeys passes them in it. */
const ORDER_SHARE = 0.98;
/** Standard errors at which times apart are held to be skewed, and how skewed they must be at least. */
const SURE = 3;
const LEAST_SKEWED = 0.05;
/** The standard error of the octile skewness of evenly spread values times the root of their number; that of normal ones is 1.07. */
const SKEW_ERROR = 1.155;
/** Half of the times apart must lie within ten minutes of each other: over longer times the hours of the day shape them. */
const LONGEST_SPREAD = 600_000_000;

/**
 * Gives the branches of a tree their direction without comparing two clocks: first those that one clock orders, then those whose times apart are skewed, then
 * from there on. What has a cause causes its other neighbours (Rebane and Pearl 1987), unless it has two: there branches meet, and what else it touches may
 * be a third.
 */
export function directionsOf(branches: readonly Branch[], points: readonly Point[], passages: Passages): readonly Direct[] {
  const found = new Map<Branch, Direct>();
  for (const branch of branches) {
    const order = ownOrder(branch, points, passages) || skewOrder(passages[branch.a]!.times, passages[branch.b]!.times);
    if (order !== 0) found.set(branch, direct(branch, order === 1));
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const branch of branches) {
      if (found.has(branch)) continue;
      const [a, b] = [causesOf(branch.asA, branch.asB, found), causesOf(branch.asB, branch.asA, found)];
      // Both have one cause already: this would be the second of either.
      if (a === 1 && b === 0) found.set(branch, direct(branch, true));
      else if (b === 1 && a === 0) found.set(branch, direct(branch, false));
    }
  }
  return [...found.values()];
}

/**
 * Latencies have a shortest and no longest, so that the times of an effect after its cause have their tail on the far side, by however much a clock is off. 1:
 * of positive latencies, −1: of negative ones, 0: it cannot be told. The skewness is that of the octiles (Hinkley 1975), which outliers do not move. Two branches
 * of one cause that vary alike have none.
 */
export function skewOrder(from: Float64Array, to: Float64Array): -1 | 0 | 1 {
  const sorted = Float64Array.from(differencesOf(from, to)).sort();
  const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? 0;
  const width = at(0.875) - at(0.125);
  if (width <= 0 || at(0.75) - at(0.25) > LONGEST_SPREAD) return 0;
  const skew = (at(0.875) + at(0.125) - 2 * at(0.5)) / width;
  if (Math.abs(skew) <= Math.max(LEAST_SKEWED, (SURE * SKEW_ERROR) / Math.sqrt(sorted.length))) return 0;
  if (keepTimetable(from, to)) return 0;
  return skew > 0 ? 1 : -1;
}

/**
 * How many known branches lead to one of the points from outside, and surely so: one that may as well lead to the other side says nothing, and of those that may
 * lead elsewhere one is enough.
 */
function causesOf(side: ReadonlySet<number>, other: ReadonlySet<number>, found: ReadonlyMap<Branch, Direct>): number {
  let sure = 0;
  let possible = 0;
  for (const { from, to, effects } of found.values()) {
    if (!side.has(to) || side.has(from) || !effects.isDisjointFrom(other)) continue;
    if (effects.isSubsetOf(side)) sure++;
    else possible++;
  }
  return sure === 0 && possible > 0 ? 1 : sure;
}

function direct(branch: Branch, isForward: boolean): Direct {
  const { a, b, asA, asB } = branch;
  return isForward ? { from: a, to: b, causes: asA, effects: asB, branch } : { from: b, to: a, causes: asB, effects: asA, branch };
}

/** 1: `a` comes first, −1: `b`; 0: no clock tells of both, or one tells of both orders. */
function ownOrder({ asA, asB }: Branch, points: readonly Point[], passages: Passages): -1 | 0 | 1 {
  const orders = new Set<-1 | 0 | 1>();
  for (const a of asA) for (const b of asB) if (points[a]!.clock === points[b]!.clock) orders.add(orderOf(points, passages, a, b));
  const [order, ...others] = orders;
  return order === undefined || others.length > 0 ? 0 : order;
}

function orderOf(points: readonly Point[], passages: Passages, a: number, b: number): -1 | 0 | 1 {
  const [x, y] = [points[a]!, points[b]!];
  if (x.step === y.step) return x.isEnd ? -1 : 1;
  const differences = differencesOf(passages[a]!.times, passages[b]!.times);
  const before = differences.filter((difference) => difference > 0).length;
  const after = differences.filter((difference) => difference < 0).length;
  if (before >= ORDER_SHARE * differences.length) return 1;
  return after >= ORDER_SHARE * differences.length ? -1 : 0;
}
