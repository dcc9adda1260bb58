import { roundedUp } from './declared.ts';
import { directionsOf, skewOrder, type Direct } from './directions.ts';
import { addHop, FAR, lowest, spreadOf, type EdgeStore } from './edges.ts';
import { moments } from './moments.ts';
import type { ClockEvent, ClockJourney, ClockStep } from './rows.ts';
import { steadied } from './steady.ts';
import { keepTimetable } from './timetable.ts';
import { differencesOf, spanningTree, type Branch, type Passages, type Point } from './tree.ts';

/** Journeys of a type from which it is learned what causes what; with fewer than the least there is nothing to learn from. */
const MOST_LEARNED = 4000;
const LEAST_LEARNED = 100;
/** Steps of a type that are looked at, the most frequent. */
const MOST_STEPS = 24;
/** A slope below this is that of two branches of one cause; see `isChain`. */
const FORK_SLOPE = -0.25;

/** One-sided 95 %. */
const QUANTILE_95 = 1.645;

/**
 * Hops between clocks that nothing declares, in the order that the tree of causes gives them (see `spanningTree`). Only what is a chain for
 * certain counts: two branches of a cause that nobody logged have no order, and would look like a clock that is off.
 */
export function observeUsual(journeys: readonly ClockJourney[], steps: readonly ClockStep[], edges: EdgeStore): void {
  const byType = Map.groupBy(journeys, (journey) => journey.type);
  for (const list of byType.values()) {
    if (list.length < LEAST_LEARNED) continue;
    const points = pointsOf(list, steps);
    if (new Set(points.map(({ clock }) => clock)).size < 2) continue;
    const chosen = list.toSorted((a, b) => a.hash - b.hash).slice(0, MOST_LEARNED);
    const learned = steadied(points, passagesOf(points, chosen));
    const branches = spanningTree(points, learned);
    const causes = directionsOf(branches, points, learned);
    const isCrossing = ({ a, b, isSure }: Branch): boolean => isSure && points[a]!.clock !== points[b]!.clock;
    const crossing = branches.filter(isCrossing);
    if (crossing.length === 0) continue;
    const passages = passagesOf(points, list);
    for (const branch of crossing) {
      const hop = causes.find((each) => each.branch === branch);
      const isOrdered = hop !== undefined && isChain(hop, causes, learned);
      observe(isOrdered ? hop : { causes: branch.asA, effects: branch.asB }, isOrdered, points, passages, list, steps, edges);
    }
  }
}

/** Keeps each passing of a hop, or of what may be one: from the earliest point that may be the cause to the latest that may be the effect. */
function observe(
  { causes, effects }: Pick<Direct, 'causes' | 'effects'>,
  isOrdered: boolean,
  points: readonly Point[],
  passages: Passages,
  journeys: readonly ClockJourney[],
  steps: readonly ClockStep[],
  edges: EdgeStore,
): void {
  const [cause] = byTime(causes, passages);
  const effect = byTime(effects, passages).at(-1);
  if (cause === undefined || effect === undefined) return;
  const [from, to] = [points[cause]!, points[effect]!];
  const edge = edges.edge(`${from.name} ${isOrdered ? 'precedes' : 'is near'} ${to.name}`, () => ({
    from: from.clock,
    to: to.clock,
    fromStep: steps[from.step]!.name,
    toStep: steps[to.step]!.name,
    declared: false,
    isOrdered,
    isTimed: keepTimetable(passages[cause]!.times, passages[effect]!.times),
    mayBeLate: false,
  }));
  journeys.forEach((journey, i) => {
    const [time, then] = [passages[cause]!.times[i]!, passages[effect]!.times[i]!];
    if (Number.isNaN(then - time)) return;
    const [first, second] = [firstOf(journey, from.step)!, firstOf(journey, to.step)!];
    addHop(edge, {
      time,
      difference: then - time + second.resolution,
      certain: then - first.time + second.resolution + roundedUp(first),
      cause: first.id,
      effect: second.id,
    });
  });
}

/** Points of one clock in the order in which the first journey that passes them all does. */
function byTime(points: ReadonlySet<number>, passages: Passages): readonly number[] {
  const list = [...points];
  const journey = passages[list[0]!]!.times.findIndex((_, i) => list.every((point) => !Number.isNaN(passages[point]!.times[i])));
  return list.toSorted((a, b) => passages[a]!.times[journey]! - passages[b]!.times[journey]! || a - b);
}

/**
 * Whether the effect waits for the cause rather than for something that both wait for. After a late cause, the effect of a chain comes as late; that of a
 * branch does not, so that the time between them is shorter: the slope of (cause − what comes before it) against (effect − cause) is then about minus one
 * half, and zero for a chain. The slope must be known well enough to exclude a branch. Where what comes before varies too much for that, the shape tells: the
 * time between two branches that vary alike has no tail to one side, and none that is far longer than it varies.
 */
function isChain(hop: Direct, all: readonly Direct[], passages: Passages): boolean {
  const { from, to, causes } = hop;
  const [first, second] = [passages[from]!.times, passages[to]!.times];
  const apart = Float64Array.from(differencesOf(first, second)).sort();
  const skew = skewOrder(first, second);
  if (apart.length < LEAST_LEARNED / 2 || skew === -1) return false;
  const [low, middle] = [lowest(apart), apart[apart.length >> 1]!];
  // Branches of which the one is a little faster now and then would seem to run backwards by a little.
  if (skew === 1 && (middle < 0 || low >= 0)) return true;
  if (middle < -FAR * spreadOf(apart) && !keepTimetable(first, second)) return true;
  const before = all.find((other) => causes.has(other.to) && !causes.has(other.from));
  if (before === undefined) return false;
  const { slope, slopeError, count, isCoarse } = moments(passages[before.from]!, passages[from]!, passages[to]!);
  return count >= LEAST_LEARNED / 2 && !isCoarse && slope - QUANTILE_95 * slopeError > FORK_SLOPE;
}

function pointsOf(journeys: readonly ClockJourney[], steps: readonly ClockStep[]): readonly Point[] {
  const counts = new Map<number, { journeys: number; ends: number }>();
  for (const { events } of journeys) {
    const seen = new Set<number>();
    for (const { step, time, end } of events) {
      if (Number.isNaN(time) || seen.has(step)) continue;
      seen.add(step);
      let count = counts.get(step);
      if (count === undefined) counts.set(step, (count = { journeys: 0, ends: 0 }));
      count.journeys++;
      if (end > time) count.ends++;
    }
  }
  return [...counts]
    .filter(([, count]) => count.journeys >= LEAST_LEARNED)
    .toSorted(([a, x], [b, y]) => y.journeys - x.journeys || (steps[a]!.name < steps[b]!.name ? -1 : 1))
    .slice(0, MOST_STEPS)
    .flatMap(([step, { journeys: passed, ends }]) => {
      const { clock, name } = steps[step]!;
      const start: Point = { step, isEnd: false, clock, name: `${name} start` };
      return ends * 2 > passed ? [start, { step, isEnd: true, clock, name: `${name} end` }] : [start];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function passagesOf(points: readonly Point[], journeys: readonly ClockJourney[]): Passages {
  const times = points.map(() => new Float64Array(journeys.length).fill(NaN));
  const resolution = points.map(() => 0);
  const byStep = new Map<number, { start: number; end: number }>();
  points.forEach(({ step, isEnd }, i) => {
    const known = byStep.get(step) ?? { start: -1, end: -1 };
    byStep.set(step, isEnd ? { ...known, end: i } : { ...known, start: i });
  });
  journeys.forEach(({ events }, journey) => {
    for (const event of events) {
      const point = byStep.get(event.step);
      // The first time that a journey passes a step: a repeat has causes of its own.
      if (point === undefined || !Number.isNaN(times[point.start]![journey])) continue;
      times[point.start]![journey] = event.time;
      resolution[point.start] = event.resolution;
      if (point.end < 0 || !(event.end > event.time)) continue;
      times[point.end]![journey] = event.end;
      resolution[point.end] = event.resolution;
    }
  });
  // Cut off anywhere within the resolution alike: the variance of an even distribution.
  return times.map((each, i) => ({ times: each, noise: resolution[i]! ** 2 / 12 }));
}

function firstOf({ events }: ClockJourney, step: number): ClockEvent | undefined {
  return events.find((event) => event.step === step && !Number.isNaN(event.time));
}
