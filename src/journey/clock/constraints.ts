/** `offset(to) − offset(from) ≤ most`, as one kind of hops says. `spread` is how much their latency varies. */
export interface Bound {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly spread: number;
}

/** What follows from bounds: the tightest bound between every two clocks, over any number of clocks in between. */
export interface Closure {
  /** `offset(b) − offset(a)` is at most this; infinite where nothing bounds it. */
  most(a: number, b: number): number;
  spread(a: number, b: number): number;
  /** Clocks on a circle of bounds that no constant offsets can meet: one of them drifts, or something is not what it was taken for. */
  readonly contradictory: ReadonlySet<number>;
}

/** More clocks than this are compared pair by pair only. */
const MOST_CLOCKS = 160;

/**
 * A system of difference constraints has a solution if and only if its graph has no negative circle (Bellman 1958, Ford 1956; Cormen et al., "Difference
 * constraints and shortest paths"). The shortest paths are the tightest bounds that follow: with hops both ways between two clocks they are the
 * interval of Cristian (1989).
 */
export function close(clocks: number, bounds: readonly Bound[]): Closure {
  const most = new Float64Array(clocks * clocks).fill(Infinity);
  const spread = new Float64Array(clocks * clocks);
  for (let i = 0; i < clocks; i++) most[i * clocks + i] = 0;
  for (const bound of bounds) {
    const cell = bound.from * clocks + bound.to;
    if (bound.most >= most[cell]!) continue;
    most[cell] = bound.most;
    spread[cell] = bound.spread;
  }
  const [direct, directSpread] = [most.slice(), spread.slice()];
  if (clocks <= MOST_CLOCKS) shortestPaths(clocks, most, spread);
  const contradictory = new Set<number>();
  for (let a = 0; a < clocks; a++) {
    if (most[a * clocks + a]! < 0) contradictory.add(a);
    // What pairs alone contradict, where longer circles were not looked for.
    for (let b = 0; b < a; b++) {
      if (most[a * clocks + b]! + most[b * clocks + a]! >= 0) continue;
      contradictory.add(a);
      contradictory.add(b);
    }
  }
  // Around a negative circle a path gets shorter for ever: then only what was said of two clocks themselves counts.
  const [bounding, varying] = contradictory.size === 0 ? [most, spread] : [direct, directSpread];
  return {
    most: (a, b) => bounding[a * clocks + b]!,
    spread: (a, b) => varying[a * clocks + b]!,
    contradictory,
  };
}

/** Floyd (1962) and Warshall (1962). */
function shortestPaths(clocks: number, most: Float64Array, spread: Float64Array): void {
  for (let via = 0; via < clocks; via++) {
    for (let a = 0; a < clocks; a++) {
      const first = most[a * clocks + via]!;
      if (first === Infinity) continue;
      for (let b = 0; b < clocks; b++) {
        const cell = a * clocks + b;
        const path = first + most[via * clocks + b]!;
        if (path >= most[cell]!) continue;
        most[cell] = path;
        spread[cell] = spread[a * clocks + via]! + spread[via * clocks + b]!;
      }
    }
  }
}
