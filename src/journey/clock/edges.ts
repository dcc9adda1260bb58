/** Hops of one kind from one clock to another whose order is known without time: the cause at one point of a step, the effect at one of another. */
export interface ClockEdge {
  readonly from: number;
  readonly to: number;
  /** Steps by name, to tell a clock from a habit of one step. */
  readonly fromStep: string;
  readonly toStep: string;
  readonly declared: boolean;
  /** Whether the cause comes first. Of two points that are merely near each other nobody knows which one does. */
  readonly isOrdered: boolean;
  /** Whether a timetable sets when both happen: then the time between them is no latency. */
  readonly isTimed: boolean;
  /**
   * Whether the point of the cause may be earlier than it says: a line with one time, written when the work was done. In the tree of causes such a line stands
   * behind the work, as its time varies with it.
   */
  readonly mayBeLate: boolean;
  /** Time of the cause, by its own clock. */
  readonly times: number[];
  /** Time of the effect less that of the cause, plus its resolution: at least the offset of `to` less that of `from`. */
  readonly differences: number[];
  /**
   * The same between points that hold whichever way a duration was meant (where an end was written as a start, the start told is the end), and if the time of
   * the cause was rounded up. A hop runs backwards for certain only if this is negative.
   */
  readonly certain: number[];
  /** The two events of each. */
  readonly causes: number[];
  readonly effects: number[];
}

/** One hop, to be kept with its edge. */
export interface ClockHop {
  readonly time: number;
  readonly difference: number;
  readonly certain: number;
  readonly cause: number;
  readonly effect: number;
}

/** Collects hops by the steps they lead from and to. */
export class EdgeStore {
  readonly #edges = new Map<string, ClockEdge>();

  edge(key: string, make: () => Omit<ClockEdge, 'times' | 'differences' | 'certain' | 'causes' | 'effects'>): ClockEdge {
    let edge = this.#edges.get(key);
    if (edge === undefined) this.#edges.set(key, (edge = { ...make(), times: [], differences: [], certain: [], causes: [], effects: [] }));
    return edge;
  }

  get all(): readonly ClockEdge[] {
    return [...this.#edges.values()];
  }
}

export function addHop(edge: ClockEdge, hop: ClockHop): void {
  edge.times.push(hop.time);
  edge.differences.push(hop.difference);
  edge.certain.push(hop.certain);
  edge.causes.push(hop.cause);
  edge.effects.push(hop.effect);
}

/** The edge with some of its hops only. */
export function selected(edge: ClockEdge, keeps: (hop: number) => boolean): ClockEdge {
  const some = <T>(values: readonly T[]): T[] => values.filter((_, hop) => keeps(hop));
  return {
    ...edge,
    times: some(edge.times),
    differences: some(edge.differences),
    certain: some(edge.certain),
    causes: some(edge.causes),
    effects: some(edge.effects),
  };
}

/** A wait is at most this many times what such waits vary by, unless it is set to be constant. */
export const FAR = 10;

/** Of the smallest differences this share is taken for damaged entries, and left out … */
const OUTLIER_SHARE = 0.01;
/** … but never more than this many. */
const MOST_OUTLIERS = 32;

/** How many of `count` differences may be too small by accident. */
export function outliersOf(count: number): number {
  return Math.min(MOST_OUTLIERS, Math.floor(count * OUTLIER_SHARE));
}

/** The lower envelope of differences: the smallest that is not taken for an accident. */
export function lowest(differences: ArrayLike<number>): number {
  const sorted = Float64Array.from(differences).sort();
  return sorted[outliersOf(sorted.length)] ?? Infinity;
}

/** Half of the values lie this far apart: how much a latency varies. */
export function spreadOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? 0;
  return at(0.75) - at(0.25);
}
