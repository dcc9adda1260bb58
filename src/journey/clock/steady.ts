import { driftsOf, LEAST_DRIFTING, type Between } from './drifts.ts';
import { spreadOf } from './edges.ts';
import { differencesOf, type Passages, type Point } from './tree.ts';

/** Journeys by which the two points of two clocks are chosen whose time apart varies least. */
const FIRST_LOOK = 300;

/**
 * The same passages as they would be if no clock drifted against another: a drift makes all times apart vary, and hides what directly follows what. What two
 * clocks drift by shows in the two of their points whose time apart varies least.
 */
export function steadied(points: readonly Point[], passages: Passages): Passages {
  const nearest = new Map<string, { readonly a: number; readonly b: number; readonly spread: number }>();
  for (let b = 0; b < points.length; b++) {
    for (let a = 0; a < b; a++) {
      const [x, y] = [points[a]!.clock, points[b]!.clock];
      if (x === y) continue;
      const found = differencesOf(passages[a]!.times, passages[b]!.times, FIRST_LOOK);
      if (found.length < LEAST_DRIFTING) continue;
      const spread = spreadOf(found);
      const key = x < y ? `${x} ${y}` : `${y} ${x}`;
      if (spread < (nearest.get(key)?.spread ?? Infinity)) nearest.set(key, { a, b, spread });
    }
  }
  const drifts = driftsOf(
    [...nearest.values()].map(({ a, b, spread }): Between => {
      const [times, others] = [passages[a]!.times, passages[b]!.times];
      return { from: points[a]!.clock, to: points[b]!.clock, times, differences: times.map((time, i) => others[i]! - time), spread };
    }),
  );
  return passages.map((passing, i) => {
    const drift = drifts.get(points[i]!.clock) ?? 0;
    if (drift === 0) return passing;
    const from = passing.times.find((time) => !Number.isNaN(time)) ?? 0;
    return { ...passing, times: passing.times.map((time) => time - drift * (time - from)) };
  });
}
