import { boundsBetween, naturalOf } from './bounds.ts';
import type { Closure } from './constraints.ts';
import { lowest, type ClockEdge } from './edges.ts';
import { observe, steady, type Steady } from './observed.ts';
import type { ClockJourney, ClockStep } from './rows.ts';
import type { ClockOffset, ClockSkew, ClockVerdict } from '../../model/clock.ts';
import { Trust } from './trust.ts';
import { boundsOf, driftOf, weigh, type Side } from './weigh.ts';
import { zoneError } from './zone.ts';

/** So many hops must run backwards before a clock is corrected. */
export const MIN_BACKWARDS = 30;
/** Of its hops this share may still run backwards when it is corrected: damaged entries. */
const MOST_LEFT = 0.02;

/** Without bounds of both sides, so many kinds of hops must each by itself put a clock on the same side of the others. */
const MIN_APART = 2;

const TRUE_CLOCK: ClockOffset = Object.freeze({ offset: 0, drift: 0, at: 0 });

/**
 * The clocks that are off, as far as it can be told from hops whose order is known without time: declared by spans and executions, or that of the tree of
 * causes (`usual.ts`). Nothing where no hop runs backwards.
 *
 * Of two clocks only the difference can be known. So they are gone through from the one that most others agree with, which is taken for true; next come all that
 * may be right, then those that are off for certain. Each gets the smallest offset that its bounds allow: none if they allow none. Within its bounds it stands
 * where the fastest hops of both directions would have taken the same share of how much such hops vary (Cristian 1989 takes the middle, which is this for hops
 * that vary alike).
 *
 * Where order bounds a clock on one side only, the shape of latencies bounds the other (`bounds.ts`). As a timer could deceive one kind of hops, two kinds must
 * then put the clock on the same side.
 */
export function estimateClocks(clocks: number, steps: readonly ClockStep[], journeys: readonly ClockJourney[]): readonly ClockSkew[] {
  const edges = observe(steps, journeys);
  if (edges.every((edge) => !edge.isOrdered || edge.certain.every((difference) => difference >= 0))) return [];
  const steadied = steady(edges);
  const { usable, proven, likely } = boundsBetween(clocks, steadied.edges);
  const ordered = edges.map(({ isOrdered }, i) => isOrdered && usable[i]!);
  const hops = { raw: edges.filter((_, i) => ordered[i]!), steady: steadied.edges.filter((_, i) => ordered[i]!) };
  return new Estimate(clocks, hops, { ...steadied, edges: steadied.edges.filter((_, i) => usable[i]!) }, proven, likely).skews();
}

/** Goes through the clocks, one after the other. */
class Estimate {
  readonly #clocks: number;
  readonly #hops: { readonly raw: readonly ClockEdge[]; readonly steady: readonly ClockEdge[] };
  readonly #steady: Steady;
  /** What the order of hops bounds, and that with what their shape says. */
  readonly #proven: Closure;
  readonly #likely: Closure;
  /** The clocks that others are compared with, and their offsets; and what would be left of those without drifts. */
  readonly #known = new Map<number, ClockOffset>();
  readonly #knownSteady = new Map<number, ClockOffset>();
  readonly #skews: ClockSkew[] = [];

  constructor(
    clocks: number,
    hops: { readonly raw: readonly ClockEdge[]; readonly steady: readonly ClockEdge[] },
    steadied: Steady,
    proven: Closure,
    likely: Closure,
  ) {
    this.#clocks = clocks;
    this.#hops = hops;
    this.#steady = steadied;
    this.#proven = proven;
    this.#likely = likely;
  }

  skews(): readonly ClockSkew[] {
    const trust = new Trust(this.#hops.raw);
    const first = (clocks: readonly number[]): number => clocks.reduce((best, clock) => (trust.isBefore(clock, best) ? clock : best));
    const left = new Set(Array.from({ length: this.#clocks }, (_, clock) => clock).filter((clock) => trust.knows(clock)));
    while (left.size > 0) {
      const near = [...left].filter((clock) => sidesOf(clock, this.#hops.raw, this.#known).length > 0);
      const bounded = [...left].filter((clock) => this.#isBounded(clock));
      // What may be right goes first, and before that what bounds on both sides say so of, if over other clocks: all that is known narrows down the rest.
      const right = bounded.filter((clock) => this.#mayBeRight(clock));
      const perhaps = near.filter((clock) => this.#mayBeRight(clock));
      const sure = bounded.filter((clock) => this.#isOff(clock));
      const next = first([right, perhaps, sure, near, [...left]].find((some) => some.length > 0)!);
      left.delete(next);
      if (right.length > 0 || (near.length === 0 && sure.length === 0)) this.#know(next, TRUE_CLOCK);
      else this.#place(next);
    }
    return this.#skews.toSorted((a, b) => a.clock - b.clock);
  }

  #isBounded(clock: number): boolean {
    const { low, high } = this.#interval(clock);
    return Number.isFinite(low) && Number.isFinite(high);
  }

  #mayBeRight(clock: number): boolean {
    const { low, high } = this.#interval(clock);
    return (this.#steady.drifts.get(clock) ?? 0) === 0 && low <= 0 && high >= 0;
  }

  /** @param rest the offset of a clock without its drift */
  #know(clock: number, rest: ClockOffset): void {
    this.#knownSteady.set(clock, rest);
    this.#known.set(clock, this.#withDrift(clock, rest));
  }

  #withDrift(clock: number, rest: ClockOffset): ClockOffset {
    const drift = this.#steady.drifts.get(clock) ?? 0;
    if (drift === 0) return rest;
    const at = rest.drift === 0 ? this.#steady.at : rest.at;
    return { offset: Math.round(rest.offset + drift * (at - this.#steady.at)), drift: rest.drift + drift, at };
  }

  #place(clock: number): void {
    const found = this.#offsetOf(clock);
    if (found === undefined) {
      this.#know(clock, TRUE_CLOCK);
      return;
    }
    const { low, high, rest } = found;
    const offset = this.#withDrift(clock, rest);
    const sides = sidesOf(clock, this.#hops.raw, this.#known);
    const { hops, left } = weigh(sides, offset);
    // Hops with clocks of which nothing is known yet run backwards as well, and say that something is off; by how much is between the bounds.
    const { backwards, declared, mayBeHabit, evidence } = weigh(
      low > 0 || high < 0 ? sidesOf(clock, this.#hops.raw, this.#known, TRUE_CLOCK) : sides,
      offset,
    );
    const proven = this.#interval(clock, this.#proven);
    const bounded = this.#isOff(clock);
    const isSure = !found.contradictory && left <= MOST_LEFT * hops && !mayBeHabit && (declared >= MIN_BACKWARDS || bounded);
    if (backwards < MIN_BACKWARDS || (!isSure && declared < MIN_BACKWARDS)) {
      // Not enough to say anything; where the bounds leave it no room, nothing is compared with it.
      return;
    }
    const zone = offset.drift === 0 ? zoneError(low, high) : undefined;
    const verdict: ClockVerdict = !isSure ? 'unclear' : zone === undefined ? 'clock' : 'zone';
    const beside = sidesOf(clock, this.#steady.edges, this.#known);
    const against = [...new Set(beside.map(({ edge }) => (edge.from === clock ? edge.to : edge.from)))].toSorted((a, b) => a - b);
    const placed = verdict === 'zone' && zone !== undefined ? { ...offset, offset: zone } : offset;
    this.#skews.push({ clock, verdict, ...placed, low: proven.low, high: proven.high, hops, backwards, declared, against, evidence });
    if (isSure) this.#know(clock, verdict === 'zone' ? placed : rest);
  }

  /** The offset of a clock without its drift, and its bounds; undefined where none is needed. */
  #offsetOf(clock: number): (Interval & { readonly rest: ClockOffset; readonly contradictory: boolean }) | undefined {
    const bounds = boundsOf(sidesOf(clock, this.#hops.steady, this.#knownSteady));
    const interval = this.#interval(clock);
    const drift = driftOf(bounds);
    const middle = [...bounds.upper, ...bounds.lower].reduce((sum, { time }, _, { length }) => sum + time / length, 0);
    if (drift !== undefined) {
      const at = (side: readonly { time: number; value: number }[], of: (...values: number[]) => number, none: number): number =>
        side.length === 0 ? none : of(...side.map(({ time, value }) => value - drift.slope * (time - drift.at)));
      const [low, high] = [at(bounds.lower, Math.max, -Infinity), at(bounds.upper, Math.min, Infinity)];
      const rest = { offset: Math.round(within({ ...interval, low, high })), drift: drift.slope, at: Math.round(drift.at) };
      return { ...interval, low, high, rest, contradictory: false };
    }
    const contradictory = interval.low > interval.high;
    if (this.#mayBeRight(clock)) return undefined;
    const isBounded = Number.isFinite(interval.low) || Number.isFinite(interval.high);
    return { ...interval, rest: { offset: isBounded ? Math.round(within(interval)) : 0, drift: 0, at: Math.round(middle) }, contradictory };
  }

  /** Whether it is off for certain, given that hops run backwards: order bounds it on both sides, or enough tells the same. */
  #isOff(clock: number): boolean {
    const { low, high } = this.#interval(clock, this.#proven);
    return (Number.isFinite(low) && Number.isFinite(high)) || this.#apart(clock) >= MIN_APART;
  }

  /**
   * How many kinds of hops put a clock on the same side of the others, each by itself. One that drifts may be right in the middle of the time: what counts is
   * when it is off most.
   */
  #apart(clock: number): number {
    const drift = this.#steady.drifts.get(clock) ?? 0;
    const proven = this.#interval(clock, this.#proven);
    const sides = sidesOf(clock, this.#steady.edges, this.#knownSteady).map(({ edge, known: { offset }, isEffect }) => {
      const natural = naturalOf(edge);
      const most = edge.isOrdered ? Math.min(natural.high, lowest(edge.differences)) : natural.high;
      const [low, high] = isEffect ? [offset + natural.low, offset + most] : [offset - most, offset - natural.low];
      return { low, high, isOrdered: edge.isOrdered };
    });
    // What follows from the order of several hops, over clocks of which nothing is known yet, counts once.
    const told = (isSo: (side: Pick<Interval, 'low' | 'high'>) => boolean): number => {
      const own = sides.filter(isSo);
      return own.length + (isSo(proven) && !own.some(({ isOrdered }) => isOrdered) ? 1 : 0);
    };
    const counts = [-1, 0, 1].flatMap((end) => {
      const gained = end * drift * this.#steady.reach;
      return [told(({ low }) => low + gained > 0), told(({ high }) => high + gained < 0)];
    });
    return Math.max(...counts);
  }

  /** What constant offsets of the clocks that are known leave for another. */
  #interval(clock: number, closure = this.#likely): Interval {
    let [low, high, lowSpread, highSpread] = [-Infinity, Infinity, 0, 0];
    for (const [other, { offset }] of this.#knownSteady) {
      const most = offset + closure.most(other, clock);
      const least = offset - closure.most(clock, other);
      if (most < high) [high, highSpread] = [most, closure.spread(other, clock)];
      if (least > low) [low, lowSpread] = [least, closure.spread(clock, other)];
    }
    return { low, high, lowSpread, highSpread };
  }
}

/** The edges between a clock and those that are known, and the others with an offset that is assumed for them if there is one. */
function sidesOf(
  clock: number,
  edges: readonly ClockEdge[],
  known: ReadonlyMap<number, ClockOffset>,
  unknown?: ClockOffset,
): readonly Side[] {
  return edges.flatMap((edge): Side[] => {
    if (edge.to !== clock && edge.from !== clock) return [];
    const isEffect = edge.to === clock;
    const other = known.get(isEffect ? edge.from : edge.to) ?? unknown;
    return other === undefined ? [] : [{ edge, known: other, isEffect }];
  });
}

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowSpread: number;
  readonly highSpread: number;
}

/** A place between bounds: where the shares of both sides are as their spreads; the bound itself where there is only one. */
function within({ low, high, lowSpread, highSpread }: Interval): number {
  if (!Number.isFinite(low)) return high;
  if (!Number.isFinite(high)) return low;
  const spread = lowSpread + highSpread;
  const share = spread > 0 ? lowSpread / spread : 0.5;
  return low + (high - low) * share;
}
