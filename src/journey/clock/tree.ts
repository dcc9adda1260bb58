import { spreadOf } from './edges.ts';
import { moments, type Passing } from './moments.ts';

/** A point of a step that journeys pass: where it starts, or where it ends. */
export interface Point {
  readonly step: number;
  readonly isEnd: boolean;
  readonly clock: number;
  /** The same whatever the order of imports. */
  readonly name: string;
}

/** When journeys pass each of the points. */
export type Passages = readonly Passing[];

/** Two points without another between them. Where the data cannot tell which of several points of one clock it is, all of them are named. */
export interface Branch {
  readonly a: number;
  readonly b: number;
  readonly spread: number;
  readonly asA: ReadonlySet<number>;
  readonly asB: ReadonlySet<number>;
  /** Whether it is sure in which clocks it begins and ends. One that is not still says which way the others go. */
  readonly isSure: boolean;
}

/** Two points must be passed by this many of the journeys looked at for their distance to be known. */
const MIN_TOGETHER = 60;
/** Journeys by which every pair is compared; those that could be meant are compared by all. */
const FIRST_LOOK = 500;
/** A spread whose square is less than this many times what the resolution adds is measured by its variance … */
const COARSE = 40;
/** … of what lies within this many of the spreads around the middle. */
const REACH = 4;
/** The quartiles of normal values lie this many standard deviations apart. */
const NORMAL_QUARTILES = 1.349;
/** A point is told from its neighbour at two standard errors. */
const SURE = 2;

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly spread: number;
}

/**
 * The tree of least total spread over the points (Kruskal 1956), which joins what directly follows each other: along a causal chain the variances of
 * independent latencies add up, as distances do along a tree (Chow and Liu 1968), so that the time to a neighbour varies least. A clock that is off moves
 * all its times alike and changes no variance. Branches are left out where it is not sure in which clock they begin or end.
 */
export function spanningTree(points: readonly Point[], passages: Passages): readonly Branch[] {
  const neighbours = points.map((): number[] => []);
  const group = points.map((_, point) => point);
  const rootOf = (point: number): number => {
    let root = point;
    while (group[root] !== root) root = group[root]!;
    return root;
  };
  const branches: Branch[] = [];
  for (const pair of pairsOf(points, passages)) {
    const [x, y] = [rootOf(pair.a), rootOf(pair.b)];
    if (x === y) continue;
    const placed = nearest(pair, neighbours, points, passages);
    const asA = tied(placed.a, placed.b, neighbours, passages);
    const asB = tied(placed.b, placed.a, neighbours, passages);
    const branch = { ...placed, asA, asB, isSure: isOfOneClock(asA, points) && isOfOneClock(asB, points) };
    neighbours[branch.a]!.push(branch.b);
    neighbours[branch.b]!.push(branch.a);
    group[x] = y;
    branches.push(branch);
  }
  return branches;
}

function pairsOf(points: readonly Point[], passages: Passages): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let b = 0; b < points.length; b++) {
    for (let a = 0; a < b; a++) {
      const differences = differencesOf(passages[a]!.times, passages[b]!.times, FIRST_LOOK);
      if (differences.length >= MIN_TOGETHER)
        pairs.push({ a, b, spread: trueSpread(differences, passages[a]!.noise + passages[b]!.noise) });
    }
  }
  // Points are in the order of their names.
  return pairs.toSorted((x, y) => x.spread - y.spread || x.a - y.a || x.b - y.b);
}

/**
 * How much times apart vary without what the resolution of their clocks adds. Where that is much of it, quartiles jump from one whole second to the next, and the
 * variance tells: that of an even distribution is known, and is taken off.
 */
function trueSpread(differences: readonly number[], noise: number): number {
  const spread = spreadOf(differences);
  if (spread * spread > COARSE * noise) return spread;
  const middle = Float64Array.from(differences).sort()[differences.length >> 1]!;
  const reach = REACH * Math.max(spread, Math.sqrt(12 * noise));
  const near = differences.filter((difference) => Math.abs(difference - middle) <= reach);
  const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
  const variance = near.reduce((sum, value) => sum + (value - mean) ** 2, 0) / near.length;
  return NORMAL_QUARTILES * Math.sqrt(Math.max(0, variance - noise));
}

/**
 * The pair itself, or one beside it in the tree whose time apart varies less when all journeys are asked. Where that cannot be told, two points of one clock go
 * before two of different ones: that clock knows their order.
 */
function nearest({ a, b, spread }: Pair, neighbours: readonly (readonly number[])[], points: readonly Point[], passages: Passages): Pair {
  const better = (point: number, far: number): number | undefined =>
    neighbours[point]!.find((other) => {
      const { gain, error } = moments(passages[other]!, passages[point]!, passages[far]!);
      const own = (each: number): number => (points[each]!.clock === points[far]!.clock ? 1 : 0);
      return gain < SURE * error * (own(other) - own(point));
    });
  for (let left = neighbours.length; left > 0; left--) {
    const betterA = better(a, b);
    const betterB = betterA === undefined ? better(b, a) : undefined;
    if (betterA !== undefined) a = betterA;
    else if (betterB !== undefined) b = betterB;
    else break;
  }
  return { a, b, spread };
}

/** The points that could as well be where a branch to `far` begins. */
function tied(point: number, far: number, neighbours: readonly (readonly number[])[], passages: Passages): ReadonlySet<number> {
  const found = new Set([point]);
  for (const at of found) {
    for (const other of neighbours[at]!) {
      const { gain, error } = moments(passages[other]!, passages[point]!, passages[far]!);
      if (gain < SURE * error || gain === 0) found.add(other);
    }
  }
  return found;
}

function isOfOneClock(side: ReadonlySet<number>, points: readonly Point[]): boolean {
  return new Set([...side].map((point) => points[point]!.clock)).size === 1;
}

/** `to − from` of the journeys that pass both. */
export function differencesOf(from: Float64Array, to: Float64Array, most = Infinity): number[] {
  const differences: number[] = [];
  for (let journey = 0; journey < from.length && differences.length < most; journey++) {
    const difference = to[journey]! - from[journey]!;
    if (!Number.isNaN(difference)) differences.push(difference);
  }
  return differences;
}
