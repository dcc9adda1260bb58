import { close, type Bound, type Closure } from './constraints.ts';
import { FAR, lowest, spreadOf, type ClockEdge } from './edges.ts';

/** What all hops together say of how far clocks may be apart. */
export interface BoundsBetween {
  /** By edge: whether it goes with the others. */
  readonly usable: readonly boolean[];
  /** What the order of hops proves, and that with what their shape says. */
  readonly proven: Closure;
  readonly likely: Closure;
}

/**
 * Takes the bounds together, for clocks that do not drift. What contradicts the rest is left out: what is only usual gives way to what is declared, and what
 * shapes say to what is ordered. A timer makes a wait constant, and then its shape is wrong.
 */
export function boundsBetween(clocks: number, edges: readonly ClockEdge[]): BoundsBetween {
  const ordered = edges.filter(({ isOrdered }) => isOrdered);
  const { contradictory } = close(clocks, ordered.map(boundOf));
  const isOf = (edge: ClockEdge, some: ReadonlySet<number>): boolean => some.has(edge.from) && some.has(edge.to);
  const usable = edges.map((edge) => edge.declared || !isOf(edge, contradictory));
  const used = edges.filter((_, i) => usable[i]!);
  const hops = used.filter(({ isOrdered }) => isOrdered).map(boundOf);
  const proven = close(clocks, hops);
  let shaped = used;
  for (;;) {
    const likely = close(clocks, [...hops, ...shaped.flatMap(shapeOf)]);
    const left = shaped.filter((edge) => !isOf(edge, likely.contradictory));
    if (left.length === shaped.length) return { usable, proven, likely };
    shaped = left;
  }
}

function boundOf({ from, to, differences }: ClockEdge): Bound {
  return { from, to, most: lowest(differences), spread: spreadOf(differences) };
}

function shapeOf(edge: ClockEdge): readonly Bound[] {
  const { from, to, differences } = edge;
  const { low, high } = naturalOf(edge);
  if (!Number.isFinite(low)) return [];
  const spread = FAR * spreadOf(differences);
  return [
    { from, to, most: high, spread },
    { from: to, to: from, most: -low, spread },
  ];
}

/**
 * How far two clocks can be apart going by the shape of the times between them: latencies vary by at least some share of what they are, so that neither point
 * comes before the other by much more than the time between them varies. Infinite where a timetable sets the times, and where the order is declared: that says
 * more.
 */
export function naturalOf({ differences, isTimed, declared }: ClockEdge): { readonly low: number; readonly high: number } {
  if (isTimed || declared) return { low: -Infinity, high: Infinity };
  const reach = FAR * spreadOf(differences);
  const middle = Float64Array.from(differences).sort()[differences.length >> 1]!;
  return { low: middle - reach, high: middle + reach };
}
