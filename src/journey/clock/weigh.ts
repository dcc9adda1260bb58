import { outliersOf, type ClockEdge } from './edges.ts';
import { fitLine, type BoundAt, type Line } from './drift.ts';
import { aheadAt, type ClockOffset } from '../../model/clock.ts';

/** An edge between a clock whose offset is sought and one whose offset is known. */
export interface Side {
  readonly edge: ClockEdge;
  readonly known: ClockOffset;
  /** Whether the sought clock is that of the effect: then the edge bounds its offset from above, else from below. */
  readonly isEffect: boolean;
}

/** What bounds an offset, over time: the tightest of each stretch. */
export interface Bounds {
  readonly upper: readonly BoundAt[];
  readonly lower: readonly BoundAt[];
}

/** Stretches of time in which the tightest bound is kept, to see a drift. */
const STRETCHES = 48;
/** A drift shows in at least this many of them. */
const MIN_STRETCHES = 8;

/** The tightest bounds, stretch by stretch. Times are those of the sought clock's hops. */
export function boundsOf(sides: readonly Side[]): Bounds {
  const all = sides.map((side) => ({ side, bounds: hopBounds(side) }));
  let from = Infinity;
  let to = -Infinity;
  for (const { bounds } of all) {
    for (const { time } of bounds) {
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  }
  const tightest = (isEffect: boolean): readonly BoundAt[] => {
    const found: (BoundAt | undefined)[] = [];
    for (const { side, bounds } of all) {
      if (side.isEffect !== isEffect) continue;
      for (const bound of bounds) {
        const stretch = to > from ? Math.min(STRETCHES - 1, Math.floor((STRETCHES * (bound.time - from)) / (to - from))) : 0;
        const known = found[stretch];
        if (known === undefined || (isEffect ? bound.value < known.value : bound.value > known.value)) found[stretch] = bound;
      }
    }
    return found.filter((bound) => bound !== undefined);
  };
  return { upper: tightest(true), lower: tightest(false) };
}

/** What each hop of an edge says of the offset, without those that are too tight by accident. */
function hopBounds({ edge, known, isEffect }: Side): readonly BoundAt[] {
  const bounds = edge.times.map((time, i): BoundAt => {
    const other = aheadAt(known, time);
    const difference = edge.differences[i]!;
    return { time, value: isEffect ? other + difference : other - difference };
  });
  bounds.sort((a, b) => (isEffect ? a.value - b.value : b.value - a.value));
  return bounds.slice(outliersOf(bounds.length));
}

/**
 * The drift that the bounds show, or undefined where a constant offset says as much: a line must lie twice as near to the bounds as a constant, and
 * rise over all the time by more than they scatter around it.
 */
export function driftOf(bounds: Bounds): Line | undefined {
  const { upper, lower } = bounds;
  if (Math.max(upper.length, lower.length) < MIN_STRETCHES) return undefined;
  const times = [...upper, ...lower].map(({ time }) => time);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const { line, room } = fitLine(upper, lower, (from + to) / 2);
  if (room < 0) return undefined;
  const side = upper.length >= lower.length ? upper : lower;
  const sloped = scatter(side, (time) => line.value + line.slope * (time - line.at));
  const level = scatter(side, () => line.value);
  return sloped < level / 2 && Math.abs(line.slope) * (to - from) > 3 * sloped ? line : undefined;
}

/** Median distance of bounds from their own median around a course. */
function scatter(bounds: readonly BoundAt[], course: (time: number) => number): number {
  const rests = Float64Array.from(bounds, ({ time, value }) => value - course(time)).sort();
  const median = rests[rests.length >> 1]!;
  return rests.map((rest) => Math.abs(rest - median)).sort()[rests.length >> 1]!;
}

/** What the hops of a clock say for and against an offset. */
export interface Weighed {
  readonly hops: number;
  readonly backwards: number;
  readonly declared: number;
  /** Hops that still run backwards with the offset. */
  readonly left: number;
  /** Whether a habit of one step, to write its line when the work is done, could be all there is. */
  readonly mayBeHabit: boolean;
  readonly evidence: readonly number[];
}

/** A step is late if this many of its hops run backwards. */
const MIN_OF_STEP = 10;
/** What steps of one clock are off by is alike within this factor. */
const ALIKE = 2;
const MOST_EVIDENCE = 10;

/** Counts the hops that run backwards without and with an offset. */
export function weigh(sides: readonly Side[], offset: ClockOffset): Weighed {
  let hops = 0;
  let backwards = 0;
  let declared = 0;
  let left = 0;
  let isCertain = false;
  const late = new Map<string, { hops: number; most: number }>();
  const worst: { by: number; events: readonly [number, number] }[] = [];
  for (const { edge, known, isEffect } of sides) {
    let own = 0;
    edge.times.forEach((time, i) => {
      const other = isEffect ? aheadAt(known, time) : -aheadAt(known, time);
      const mine = isEffect ? -aheadAt(offset, time) : aheadAt(offset, time);
      hops++;
      if (edge.differences[i]! + other + mine < 0) left++;
      const certain = edge.certain[i]! + other;
      if (certain >= 0) return;
      own++;
      worst.push({ by: certain, events: [edge.causes[i]!, edge.effects[i]!] });
      const step = late.get(edge.fromStep) ?? { hops: 0, most: 0 };
      late.set(edge.fromStep, { hops: step.hops + 1, most: Math.max(step.most, -certain) });
    });
    backwards += own;
    if (edge.declared) declared += own;
    if (!edge.mayBeLate && own >= MIN_OF_STEP) isCertain = true;
  }
  worst.sort((a, b) => a.by - b.by || a.events[0] - b.events[0]);
  const steps = [...late.values()].filter((step) => step.hops >= MIN_OF_STEP).toSorted((a, b) => b.most - a.most);
  const areAlike = steps.length > 1 && steps[0]!.most <= ALIKE * steps[1]!.most;
  const evidence = worst.slice(0, MOST_EVIDENCE).flatMap(({ events }) => events);
  return { hops, backwards, declared, left, mayBeHabit: !isCertain && !areAlike, evidence };
}
