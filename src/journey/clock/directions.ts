import { differencesOf, type Branch, type Passages, type Point } from './tree.ts';

/** A branch of the tree of causes with its direction: the points that may be the cause, and those that may be the effect. */
export interface Direct {
  readonly from: number;
  readonly to: number;
  readonly causes: ReadonlySet<number>;
  readonly effects: ReadonlySet<number>;
}

/** Two points of one clock have an order if this share of the journeys passes them in it. */
const ORDER_SHARE = 0.98;

/**
 * Gives the branches of a tree their direction without comparing two clocks: first those that one clock orders, then from there on. What has a cause causes
 * its other neighbours (Rebane and Pearl 1987), unless it has two: there branches meet, and what else it touches may be a third.
 */
export function directionsOf(branches: readonly Branch[], points: readonly Point[], passages: Passages): readonly Direct[] {
  const found = new Map<Branch, Direct>();
  for (const branch of branches) {
    const order = ownOrder(points, passages, branch.a, branch.b);
    if (order !== 0) found.set(branch, direct(branch, order === 1));
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const branch of branches) {
      if (found.has(branch)) continue;
      const [a, b] = [causesOf(branch.asA, found), causesOf(branch.asB, found)];
      // Both have one cause already: this would be the second of either.
      if (a === 1 && b === 0) found.set(branch, direct(branch, true));
      else if (b === 1 && a === 0) found.set(branch, direct(branch, false));
    }
  }
  return [...found.values()];
}

/** How many known branches lead to one of the points from outside. */
function causesOf(side: ReadonlySet<number>, found: ReadonlyMap<Branch, Direct>): number {
  let count = 0;
  for (const { from, to } of found.values()) if (side.has(to) && !side.has(from)) count++;
  return count;
}

function direct({ a, b, asA, asB }: Branch, isForward: boolean): Direct {
  return isForward ? { from: a, to: b, causes: asA, effects: asB } : { from: b, to: a, causes: asB, effects: asA };
}

/** 1: `a` comes first, −1: `b`; 0: two clocks tell of them, or one tells of both orders. */
function ownOrder(points: readonly Point[], passages: Passages, a: number, b: number): -1 | 0 | 1 {
  const [x, y] = [points[a]!, points[b]!];
  if (x.clock !== y.clock) return 0;
  if (x.step === y.step) return x.isEnd ? -1 : 1;
  const differences = differencesOf(passages[a]!.times, passages[b]!.times);
  const before = differences.filter((difference) => difference > 0).length;
  const after = differences.filter((difference) => difference < 0).length;
  if (before >= ORDER_SHARE * differences.length) return 1;
  return after >= ORDER_SHARE * differences.length ? -1 : 0;
}
