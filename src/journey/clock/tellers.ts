import { spreadOf } from './edges.ts';
import type { ClockJourney } from './rows.ts';

/** Journeys by which kinds of files are compared. */
const MOST_COMPARED = 500;
const LEAST_COMPARED = 30;
/** Two steps are near if they are within this many of the spreads of the time between them … */
const NEAR_SPREADS = 10;
/** … or within a minute: less than any two zones are apart. */
const NEAR = 60_000_000;

/**
 * Which kinds of files about one system were stamped by one clock. They are taken to be, unless the two steps of theirs whose time apart varies least lie
 * far from each other: then one of the two was read with a wrong zone, or stands on another machine. `systemOf` numbers the systems of the clocks. The
 * result is the number of the clock that each is one with.
 */
export function oneClock(journeys: readonly ClockJourney[], systemOf: readonly number[]): readonly number[] {
  const tightest = new Map<string, { a: number; b: number; spread: number; middle: number }>();
  for (const { a, b, differences } of pairsOf(journeys, systemOf)) {
    if (differences.length < LEAST_COMPARED) continue;
    const spread = spreadOf(differences);
    const known = tightest.get(`${a} ${b}`);
    if (known !== undefined && known.spread <= spread) continue;
    const middle = Float64Array.from(differences).sort()[differences.length >> 1]!;
    tightest.set(`${a} ${b}`, { a, b, spread, middle: Math.abs(middle) });
  }
  const one = systemOf.map((_, clock) => clock);
  for (const { a, b, spread, middle } of tightest.values()) {
    if (middle > Math.max(NEAR, NEAR_SPREADS * spread)) continue;
    const [keep, drop] = [Math.min(one[a]!, one[b]!), Math.max(one[a]!, one[b]!)];
    one.forEach((clock, i) => {
      if (clock === drop) one[i] = keep;
    });
  }
  return one;
}

interface StepPair {
  readonly a: number;
  readonly b: number;
  readonly differences: number[];
}

/** Steps of two kinds of files about one system, with their times apart. */
function pairsOf(journeys: readonly ClockJourney[], systemOf: readonly number[]): Iterable<StepPair> {
  const several = new Set(systemOf.filter((system, clock) => systemOf.indexOf(system) !== clock));
  const pairs = new Map<number, Map<number, StepPair>>();
  if (several.size === 0) return [];
  const chosen = journeys.toSorted((x, y) => x.hash - y.hash).slice(0, MOST_COMPARED);
  for (const { events } of chosen) {
    const first = new Map<number, { readonly clock: number; readonly time: number }>();
    for (const { step, clock, time } of events) if (several.has(systemOf[clock]!) && !first.has(step)) first.set(step, { clock, time });
    for (const [x, one] of first) {
      for (const [y, other] of first) {
        if (one.clock >= other.clock || systemOf[one.clock] !== systemOf[other.clock]) continue;
        const known = pairs.get(x) ?? new Map<number, StepPair>();
        pairs.set(x, known);
        const pair = known.get(y) ?? { a: one.clock, b: other.clock, differences: [] };
        known.set(y, pair);
        pair.differences.push(other.time - one.time);
      }
    }
  }
  return [...pairs.values()].flatMap((known) => [...known.values()]);
}
