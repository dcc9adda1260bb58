import { DeclaredHops } from './declared.ts';
import { driftsOf } from './drifts.ts';
import { EdgeStore, selected, spreadOf, type ClockEdge } from './edges.ts';
import type { ClockJourney, ClockStep } from './rows.ts';
import { observeUsual } from './usual.ts';

/** Hops whose order is only usual must be this many, and their fastest must belong to the rest: see `ofOneKind`. */
const MIN_USUAL = 100;
const TAIL = 6;
/** Of its hops this share may be of another kind. */
const MOST_OTHERS = 0.03;

/** All hops between clocks whose order is known without time. */
export function observe(steps: readonly ClockStep[], journeys: readonly ClockJourney[]): readonly ClockEdge[] {
  const store = new EdgeStore();
  const declared = new DeclaredHops(steps, store);
  for (const journey of journeys) declared.observe(journey);
  const none = declared.notReturns();
  observeUsual(journeys, steps, store);
  return store.all.flatMap((edge): ClockEdge[] => {
    if (none.has(edge)) return [];
    const usable = edge.declared || !edge.isOrdered ? edge : ofOneKind(edge);
    return usable === undefined ? [] : [usable];
  });
}

/**
 * Latencies have a longest and a shortest, and the shortest is near: where some hops are far faster than the faster half, they are of another kind (the first
 * of several tries, an effect that came by another way), and no bound on a clock. A few are left out; undefined where they are more: then the effect may as
 * well come first.
 */
function ofOneKind(edge: ClockEdge): ClockEdge | undefined {
  if (edge.differences.length < MIN_USUAL) return undefined;
  const sorted = Float64Array.from(edge.differences).sort();
  const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))]!;
  const fence = at(0.5) - TAIL * Math.max(1, at(0.5) - at(0.25));
  const others = sorted.findIndex((difference) => difference >= fence);
  if (others === 0) return edge;
  return others <= MOST_OTHERS * sorted.length ? selected(edge, (i) => edge.differences[i]! >= fence) : undefined;
}

/** Hops as they would be if no clock drifted. */
export interface Steady {
  readonly edges: readonly ClockEdge[];
  readonly drifts: ReadonlyMap<number, number>;
  /** When steady clocks would show what they do. */
  readonly at: number;
  /** How much time lies before and after that. */
  readonly reach: number;
}

export function steady(edges: readonly ClockEdge[]): Steady {
  const drifts = driftsOf(edges.map((edge) => ({ ...edge, spread: spreadOf(edge.differences) })));
  let [from, to] = [Infinity, -Infinity];
  for (const { times } of edges) {
    for (const time of times) {
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  }
  const at = Math.round((from + to) / 2);
  const steadied = edges.map((edge): ClockEdge => {
    const drift = (drifts.get(edge.to) ?? 0) - (drifts.get(edge.from) ?? 0);
    if (drift === 0) return edge;
    return { ...edge, differences: edge.differences.map((difference, i) => difference - drift * (edge.times[i]! - at)) };
  });
  return { edges: steadied, drifts, at, reach: (to - from) / 2 };
}
