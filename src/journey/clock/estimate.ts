import { close, type Bound, type Closure } from './constraints.ts';
import { DeclaredHops } from './declared.ts';
import { EdgeStore, lowest, spreadOf, type ClockEdge } from './edges.ts';
import type { ClockJourney, ClockStep } from './rows.ts';
import type { ClockOffset, ClockSkew, ClockVerdict } from '../../model/clock.ts';
import { Trust } from './trust.ts';
import { observeUsual } from './usual.ts';
import { boundsOf, driftOf, weigh, type Side } from './weigh.ts';
import { zoneError } from './zone.ts';

/** So many hops must run backwards before a clock is corrected. */
export const MIN_BACKWARDS = 30;
/** Of its hops this share may still run backwards when it is corrected: damaged entries. */
const MOST_LEFT = 0.02;
/** Hops whose order is only usual must be this many, and their fastest must belong to the rest: see `isUsable`. */
const MIN_USUAL = 100;
const TAIL = 6;

const TRUE_CLOCK: ClockOffset = Object.freeze({ offset: 0, drift: 0, at: 0 });

/**
 * The clocks that are off, as far as it can be told from hops whose order is known without time: declared by spans and executions, or that of the tree of
 * causes (`usual.ts`). Nothing where no hop runs backwards.
 *
 * Of two clocks only the difference can be known. So they are gone through from the one that most others agree with, which is taken for true, and
 * each gets the smallest offset that its bounds allow: none if they allow none. Within its bounds it stands where the fastest hops of both directions
 * would have taken the same share of how much such hops vary (Cristian 1989 takes the middle, which is this for hops that vary alike).
 */
export function estimateClocks(clocks: number, steps: readonly ClockStep[], journeys: readonly ClockJourney[]): readonly ClockSkew[] {
  const edges = observe(steps, journeys);
  if (edges.every((edge) => edge.certain.every((difference) => difference >= 0))) return [];
  const { usable, closure } = consistent(clocks, edges);
  return new Estimate(clocks, usable, closure).skews();
}

function observe(steps: readonly ClockStep[], journeys: readonly ClockJourney[]): readonly ClockEdge[] {
  const store = new EdgeStore();
  const declared = new DeclaredHops(steps, store);
  for (const journey of journeys) declared.observe(journey);
  const none = declared.notReturns();
  observeUsual(journeys, steps, store);
  return store.all.filter((edge) => !none.has(edge) && (edge.declared || isUsable(edge)));
}

/**
 * Latencies have a longest and a shortest, and the shortest is near: where some hops are far faster than the faster half, they are of another kind (a variant
 * in which the effect comes first), and no bound on a clock.
 */
function isUsable({ differences }: ClockEdge): boolean {
  if (differences.length < MIN_USUAL) return false;
  const sorted = Float64Array.from(differences).sort();
  const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))]!;
  const median = at(0.5);
  return median - lowest(differences) <= TAIL * Math.max(1, median - at(0.25));
}

/** Edges that do not contradict each other where offsets are constant; what is only usual gives way to what is declared. */
function consistent(clocks: number, edges: readonly ClockEdge[]): { readonly usable: readonly ClockEdge[]; readonly closure: Closure } {
  const closure = close(clocks, edges.map(boundOf));
  if (closure.contradictory.size === 0) return { usable: edges, closure };
  const usable = edges.filter((edge) => edge.declared || !closure.contradictory.has(edge.from) || !closure.contradictory.has(edge.to));
  return { usable, closure: close(clocks, usable.map(boundOf)) };
}

function boundOf({ from, to, differences }: ClockEdge): Bound {
  return { from, to, most: lowest(differences), spread: spreadOf(differences) };
}

/** Goes through the clocks, one after the other. */
class Estimate {
  readonly #clocks: number;
  readonly #edges: readonly ClockEdge[];
  readonly #closure: Closure;
  /** The clocks that others are compared with, and their offsets. */
  readonly #known = new Map<number, ClockOffset>();
  readonly #skews: ClockSkew[] = [];

  constructor(clocks: number, edges: readonly ClockEdge[], closure: Closure) {
    this.#clocks = clocks;
    this.#edges = edges;
    this.#closure = closure;
  }

  skews(): readonly ClockSkew[] {
    const trust = new Trust(this.#edges);
    const left = new Set(Array.from({ length: this.#clocks }, (_, clock) => clock).filter((clock) => trust.knows(clock)));
    while (left.size > 0) {
      const near = [...left].filter((clock) => this.#sides(clock).length > 0);
      const next = (near.length > 0 ? near : [...left]).reduce((best, clock) => (trust.isBefore(clock, best) ? clock : best));
      left.delete(next);
      if (near.length === 0) this.#known.set(next, TRUE_CLOCK);
      else this.#place(next);
    }
    return this.#skews.toSorted((a, b) => a.clock - b.clock);
  }

  #place(clock: number): void {
    const sides = this.#sides(clock);
    const found = this.#offsetOf(clock, sides);
    if (found === undefined) {
      this.#known.set(clock, TRUE_CLOCK);
      return;
    }
    const { low, high, offset } = found;
    const { hops, backwards, declared, left, mayBeHabit, evidence } = weigh(sides, offset);
    const bounded = Number.isFinite(low) && Number.isFinite(high);
    const isSure = !found.contradictory && left <= MOST_LEFT * hops && !mayBeHabit && (declared >= MIN_BACKWARDS || bounded);
    if (backwards < MIN_BACKWARDS || (!isSure && declared < MIN_BACKWARDS)) {
      // Not enough to say anything; where the bounds leave it no room, nothing is compared with it.
      return;
    }
    const zone = offset.drift === 0 ? zoneError(low, high) : undefined;
    const verdict: ClockVerdict = !isSure ? 'unclear' : zone === undefined ? 'clock' : 'zone';
    const against = [...new Set(sides.map(({ edge }) => (edge.from === clock ? edge.to : edge.from)))].toSorted((a, b) => a - b);
    const placed = verdict === 'zone' && zone !== undefined ? { ...offset, offset: zone } : offset;
    this.#skews.push({ clock, verdict, ...placed, low, high, hops, backwards, declared, against, evidence });
    if (isSure) this.#known.set(clock, placed);
  }

  /** The offset of a clock and its bounds; undefined where none is needed. */
  #offsetOf(
    clock: number,
    sides: readonly Side[],
  ): (Interval & { readonly offset: ClockOffset; readonly contradictory: boolean }) | undefined {
    const bounds = boundsOf(sides);
    const interval = this.#interval(clock);
    const drift = driftOf(bounds);
    const middle = [...bounds.upper, ...bounds.lower].reduce((sum, { time }, _, { length }) => sum + time / length, 0);
    if (drift !== undefined) {
      const at = (side: readonly { time: number; value: number }[], of: (...values: number[]) => number, none: number): number =>
        side.length === 0 ? none : of(...side.map(({ time, value }) => value - drift.slope * (time - drift.at)));
      const [low, high] = [at(bounds.lower, Math.max, -Infinity), at(bounds.upper, Math.min, Infinity)];
      const offset = { offset: Math.round(within({ ...interval, low, high })), drift: drift.slope, at: Math.round(drift.at) };
      return { ...interval, low, high, offset, contradictory: false };
    }
    const contradictory = interval.low > interval.high;
    if (!contradictory && interval.low <= 0 && interval.high >= 0) return undefined;
    return { ...interval, offset: { offset: Math.round(within(interval)), drift: 0, at: Math.round(middle) }, contradictory };
  }

  /** What constant offsets of the clocks that are known leave for another. */
  #interval(clock: number): Interval {
    let [low, high, lowSpread, highSpread] = [-Infinity, Infinity, 0, 0];
    for (const [other, { offset }] of this.#known) {
      const most = offset + this.#closure.most(other, clock);
      const least = offset - this.#closure.most(clock, other);
      if (most < high) [high, highSpread] = [most, this.#closure.spread(other, clock)];
      if (least > low) [low, lowSpread] = [least, this.#closure.spread(clock, other)];
    }
    return { low, high, lowSpread, highSpread };
  }

  #sides(clock: number): readonly Side[] {
    return this.#edges.flatMap((edge): Side[] => {
      if (edge.to === clock) return this.#side(edge, edge.from, true);
      return edge.from === clock ? this.#side(edge, edge.to, false) : [];
    });
  }

  #side(edge: ClockEdge, other: number, isEffect: boolean): Side[] {
    const known = this.#known.get(other);
    return known === undefined ? [] : [{ edge, known, isEffect }];
  }
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
