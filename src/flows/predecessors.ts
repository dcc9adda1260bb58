import { basisOf, createCandidate, measureFrom, nearestBefore, seenWith, sketchOf, spreadOf, SUPPORT_SHARE } from './candidates.ts';
import type { Candidate, Counts } from './candidates.ts';
import type { SystemCoverage } from './coverage.ts';
import { findDetours } from './detours.ts';
import { AGAIN, eachJourney, FAILED } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import type { Sketch } from './sketch.ts';
import type { LatencyBasis, OpenHours } from './types.ts';

/** The step that best tells when another one begins. */
export interface Predecessor {
  readonly from: number;
  readonly to: number;
  readonly basis: LatencyBasis;
  readonly sketch: Sketch;
  /** Journeys in which `from` comes first, and in which `to` does. */
  readonly inOrder: number;
  readonly reversed: number;
  /** A step that journeys may have on the way: those that have it are not of this pair, but of another one that begins there. */
  readonly detour: number | undefined;
}

/** Distinct steps back that are looked at: beyond it lies nothing that tells when a step begins. */
const WINDOW = 24;
/** Steps seen in fewer journeys are not judged, so nothing is learned about what leads to them. */
const MIN_JOURNEYS = 5;
/** Dense pair tables stay below 6 MB. */
const MAX_STEPS = 700;
/** Spreads closer than this are the same: then the nearer step is the cause. */
const SPREAD_TIE = 1.1;
/** Spreads within this factor may be those of two branches: then it counts which step the other cannot do without. */
const SPREAD_CLOSE = 1.5;
/** A cause is missed at most a third as often as a step that merely stands before … */
const NECESSITY = 3;
/** … which must be absent in this many journeys to tell; in one where the effect waits for open hours, since then spreads tell nothing. */
const MIN_WITHOUT = 3;

/**
 * For each step the one whose end (or start) best predicts when it begins: among the steps that stand before it in nearly
 * all journeys, the one with the smallest interquartile range of the latency. If latencies add up independently along a causal
 * chain, the variance of the time since an ancestor grows with every step between, and the time since a step on a parallel branch
 * carries that branch's variance as well: so the direct cause has the smallest. Where that is close, a step without which the other
 * still happens (a branch that was lost) is no cause. Where some journeys go another way (`detours.ts`), there are two pairs, the way round first.
 */
export function findPredecessors(
  rows: JourneyRows,
  stepCount: number,
  systemOf: (step: number) => string,
  coverage: SystemCoverage,
  hours: readonly (OpenHours | undefined)[],
): Predecessor[] {
  const { dense, size } = frequentSteps(rows, stepCount);
  const before = new Uint32Array(size * size);
  const distance = new Uint32Array(size * size);
  const seen = new Uint32Array(size);
  const stepOf = new Int32Array(size);
  for (let i = 0; i < stepCount; i++) if ((dense[i] as number) >= 0) stepOf[dense[i] as number] = i;
  const unseen = new Unseen(coverage, Array.from(stepOf, systemOf));
  eachJourney(rows, (from, to) => {
    for (let b = from; b < to; b++) {
      const y = dense[rows.step[b] as number] as number;
      if (y < 0 || ((rows.flags[b] as number) & AGAIN) !== 0 || Number.isNaN(rows.start[b])) continue;
      seen[y] = (seen[y] as number) + 1;
      unseen.add(y, rows.start[b] as number);
      for (let a = b - 1; a >= from && b - a <= WINDOW; a--) {
        const x = dense[rows.step[a] as number] as number;
        // What failed leads to nothing that usually follows: what comes all the same has another cause.
        if (x < 0 || ((rows.flags[a] as number) & (AGAIN | FAILED)) !== 0) continue;
        const cell = y * size + x;
        before[cell] = (before[cell] as number) + 1;
        distance[cell] = (distance[cell] as number) + (b - a);
      }
    }
  });
  const counts: Counts = { before, distance, seen, size, unseen: (x, y) => unseen.of(x, y) };
  const hoursOf = (y: number): OpenHours | undefined => hours[stepOf[y] as number];
  const candidates = chooseCandidates(counts, hoursOf);
  measure(rows, dense, candidates);
  const best = candidates.map((list, y) => {
    const system = systemOf(stepOf[y] as number);
    const isOwn = (from: number): boolean => systemOf(stepOf[from] as number) === system;
    return bestOf(list, isOwn, (from) => seenWith(counts, from, y) - (before[y * size + from] as number));
  });
  const detours = findDetours(rows, dense, counts, best, hoursOf);
  const pairOf = (candidate: Candidate, y: number, detour: number | undefined): Predecessor => {
    return {
      from: stepOf[candidate.from] as number,
      to: stepOf[y] as number,
      basis: basisOf(candidate),
      sketch: sketchOf(candidate),
      inOrder: before[y * size + candidate.from] as number,
      reversed: before[candidate.from * size + y] as number,
      detour,
    };
  };
  return best.flatMap((candidate, y) => {
    if (candidate === undefined) return [];
    const detour = detours[y];
    if (detour === undefined) return pairOf(candidate, y, undefined);
    return [pairOf(detour.via, y, undefined), pairOf(detour.direct, y, stepOf[detour.via.from])];
  });
}

/** Counts how often steps occur before the log of another system begins or after it has ended: that they lack its steps teaches nothing. */
class Unseen {
  readonly #systems: readonly { readonly from: number; readonly to: number; readonly counts: Uint32Array }[];
  /** By step. */
  readonly #of: readonly (Uint32Array | undefined)[];

  /** @param systems of each step */
  constructor(coverage: SystemCoverage, systems: readonly string[]) {
    const logged = new Map<string, { from: number; to: number; counts: Uint32Array }>();
    for (const system of systems) {
      const [from, to] = [coverage.startOf(system), coverage.endOf(system)];
      if (from !== undefined && to !== undefined) logged.set(system, { from, to, counts: new Uint32Array(systems.length) });
    }
    this.#systems = [...logged.values()];
    this.#of = systems.map((system) => logged.get(system)?.counts);
  }

  add(y: number, time: number): void {
    for (const { from, to, counts } of this.#systems) if (time < from || time > to) counts[y]!++;
  }

  of(x: number, y: number): number {
    return this.#of[x]?.[y] ?? 0;
  }
}

function frequentSteps(rows: JourneyRows, stepCount: number): { dense: Int32Array; size: number } {
  const counts = new Uint32Array(stepCount);
  for (let row = 0; row < rows.rows; row++) counts[rows.step[row] as number] = (counts[rows.step[row] as number] as number) + 1;
  const order = Array.from(counts.keys()).filter((i) => (counts[i] as number) >= MIN_JOURNEYS);
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const dense = new Int32Array(stepCount).fill(-1);
  const size = Math.min(order.length, MAX_STEPS);
  for (let i = 0; i < size; i++) dense[order[i] as number] = i;
  return { dense, size };
}

function chooseCandidates(counts: Counts, hoursOf: (y: number) => OpenHours | undefined): Candidate[][] {
  const chosen: Candidate[][] = [];
  for (let y = 0; y < counts.size; y++) {
    const isUsual = (x: number, count: number): boolean => count >= SUPPORT_SHARE * seenWith(counts, x, y);
    chosen.push(nearestBefore(counts, y, isUsual).map((from) => createCandidate(from, hoursOf(y))));
  }
  return chosen;
}

function measure(rows: JourneyRows, dense: Int32Array, candidates: readonly (readonly Candidate[])[]): void {
  const rowOf = new Int32Array(candidates.length).fill(-1);
  eachJourney(rows, (from, to) => {
    for (let b = from; b < to; b++) {
      const y = dense[rows.step[b] as number] as number;
      if (y < 0) continue;
      const start = rows.start[b] as number;
      if (!Number.isNaN(start) && ((rows.flags[b] as number) & AGAIN) === 0) {
        for (const candidate of candidates[y] as readonly Candidate[]) {
          const a = rowOf[candidate.from] as number;
          if (a >= from) measureFrom(rows, a, start, candidate);
        }
      }
      rowOf[y] = b;
    }
  });
}

function bestOf(
  candidates: readonly Candidate[],
  isOwn: (from: number) => boolean,
  without: (from: number) => number,
): Candidate | undefined {
  const ranges = candidates.map(spreadOf);
  let best = -1;
  // Nearest first: a farther one must be clearly better.
  candidates.forEach((candidate, i) => {
    if (candidate.sinceStart.count === 0) return;
    if (best < 0 || (ranges[i] as number) * SPREAD_TIE < (ranges[best] as number)) best = i;
  });
  if (best < 0) return undefined;
  // Where nothing else tells them apart, a step goes on from its own system.
  const own = candidates.findIndex((other, i) => isOwn(other.from) && (ranges[i] as number) <= SPREAD_TIE * (ranges[best] as number));
  const chosen = candidates[
    own >= 0 && without(candidates[own]?.from ?? 0) <= without(candidates[best]?.from ?? 0) ? own : best
  ] as Candidate;
  const dispensable = without(chosen.from);
  if (dispensable < (chosen.open === undefined ? MIN_WITHOUT : 1)) return chosen;
  const close = candidates.filter((_, i) => (ranges[i] as number) <= SPREAD_CLOSE * (ranges[best] as number));
  const better = close.reduce((least, other) => (without(other.from) < without(least.from) ? other : least));
  return without(better.from) * NECESSITY <= dispensable ? better : chosen;
}
