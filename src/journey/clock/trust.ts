import { lowest, spreadOf, type ClockEdge } from './edges.ts';

/** Two clocks go with each other while no larger share of their hops runs backwards. */
const MOST_BACKWARDS = 0.02;
/** The fastest hop of a kind takes at least this share of how much such hops vary, for it to be compared. */
const LEAST_RATIO = 0.01;

/** What is known of one kind of hops: how long the fastest takes, and how much they vary. */
interface Kind {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly spread: number;
}

/** In which order clocks are taken for true: first those that most others go with. */
export class Trust {
  readonly #kinds: readonly Kind[];
  readonly #clocks = new Map<number, { agreeing: number; hops: number }>();
  /** For each two clocks that do not go with each other: by how much. */
  readonly #contradictions = new Map<string, number>();

  constructor(edges: readonly ClockEdge[]) {
    this.#kinds = edges.map(({ from, to, differences }) => ({ from, to, low: lowest(differences), spread: spreadOf(differences) }));
    const pairs = new Map<string, { readonly clocks: readonly [number, number]; backwards: number; hops: number }>();
    for (const { from, to, certain } of edges) {
      const pair = pairs.get(keyOf(from, to)) ?? { clocks: [from, to], backwards: 0, hops: 0 };
      pairs.set(keyOf(from, to), pair);
      pair.hops += certain.length;
      pair.backwards += certain.filter((difference) => difference < 0).length;
    }
    for (const [key, { clocks, backwards, hops }] of pairs) {
      const agree = backwards <= MOST_BACKWARDS * hops;
      for (const clock of clocks) {
        const known = this.#clocks.get(clock) ?? { agreeing: 0, hops: 0 };
        this.#clocks.set(clock, { agreeing: known.agreeing + (agree ? 1 : -1), hops: known.hops + hops });
      }
      if (agree) continue;
      const lows = this.#kinds.filter((kind) => keyOf(kind.from, kind.to) === key).map(({ low }) => low);
      this.#contradictions.set(key, -Math.min(...lows));
    }
  }

  /** Whether there are hops with a clock at all. */
  knows(clock: number): boolean {
    return this.#clocks.has(clock);
  }

  /** Whether clock `a` is to be taken for true rather than `b`. */
  isBefore(a: number, b: number): boolean {
    const [x, y] = [this.#clocks.get(a)!, this.#clocks.get(b)!];
    if (x.agreeing !== y.agreeing) return x.agreeing > y.agreeing;
    const by = this.#contradictions.get(keyOf(a, b));
    const oddity = by === undefined ? 0 : this.#oddity(b, a, by) - this.#oddity(a, b, by);
    return oddity !== 0 ? oddity < 0 : x.hops !== y.hops ? x.hops > y.hops : a < b;
  }

  /**
   * How odd the fastest hops would be if `off` were off by `by`, and not `other`. Kinds of hops are alike in how their fastest compares with how much they vary
   * (latencies are log-like), so that one whose fastest takes long for that was made longer by a clock.
   */
  #oddity(off: number, other: number, by: number): number {
    const isAhead = this.#kinds.some((kind) => kind.from === off && kind.to === other && kind.low < 0);
    const ratios = this.#kinds.map(({ from, to, low, spread }) => {
      const touched = (from === off || to === off) && from !== other && to !== other;
      const longer = touched ? ((to === off) === isAhead ? by : -by) : 0;
      return Math.log(Math.max(LEAST_RATIO, (low - longer) / Math.max(1, spread)));
    });
    const touches = ({ from, to }: Kind, clock: number): boolean => from === clock || to === clock;
    const isNear = this.#kinds.map((kind) => touches(kind, off) !== touches(kind, other));
    const near = ratios.filter((_, i) => isNear[i]!);
    const far = ratios.filter((_, i) => !isNear[i]! && !touches(this.#kinds[i]!, off));
    const usual = medianOf(far.length > 0 ? far : near);
    return near.reduce((sum, ratio) => sum + Math.abs(ratio - usual), 0);
  }
}

function keyOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
