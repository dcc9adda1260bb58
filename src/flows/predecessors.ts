import type { JourneyRows } from './rows.ts';
import { AGAIN, FAILED } from './rows.ts';
import { add, createSketch, interquartileRange } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import type { LatencyBasis } from './types.ts';

/** The step that best tells when another one begins. */
export interface Predecessor {
  readonly from: number;
  readonly to: number;
  readonly basis: LatencyBasis;
  readonly sketch: Sketch;
  /** Journeys in which `from` comes first, and in which `to` does. */
  readonly inOrder: number;
  readonly reversed: number;
}

/** Where two steps stand in both orders more often than this they are concurrent (Heuristics Miner, Weijters 2006). */
const ORDER_SHARE = 0.95;
/** A cause stands before nearly all occurrences of its effect; the rest may have been logged badly. */
const SUPPORT_SHARE = 0.9;
/** Candidates whose latencies are compared, nearest first. */
const CANDIDATES = 5;
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
/** … which must be absent in this many journeys to tell. */
const MIN_WITHOUT = 3;

/**
 * For each step the one whose end (or start) best predicts when it begins: among the steps that stand before it in nearly
 * all journeys, the one with the smallest interquartile range of the latency. If latencies add up independently along a causal
 * chain, the variance of the time since an ancestor grows with every step between, and the time since a step on a parallel branch
 * carries that branch's variance as well: so the direct cause has the smallest. Where that is close, a step without which the other
 * still happens (a branch that was lost) is no cause.
 */
export function findPredecessors(rows: JourneyRows, stepCount: number, systemOf: (step: number) => string): Predecessor[] {
  const { dense, size } = frequentSteps(rows, stepCount);
  const before = new Uint32Array(size * size);
  const distance = new Uint32Array(size * size);
  const seen = new Uint32Array(size);
  eachJourney(rows, (from, to) => {
    for (let b = from; b < to; b++) {
      const y = dense[rows.step[b] as number] as number;
      if (y < 0 || ((rows.flags[b] as number) & AGAIN) !== 0 || Number.isNaN(rows.start[b])) continue;
      seen[y] = (seen[y] as number) + 1;
      for (let a = b - 1; a >= from && b - a <= WINDOW; a--) {
        const x = dense[rows.step[a] as number] as number;
        if (x < 0 || ((rows.flags[a] as number) & AGAIN) !== 0) continue;
        const cell = y * size + x;
        before[cell] = (before[cell] as number) + 1;
        distance[cell] = (distance[cell] as number) + (b - a);
      }
    }
  });
  const candidates = chooseCandidates(before, distance, seen, size);
  measure(rows, dense, candidates);
  const stepOf = new Int32Array(size);
  for (let i = 0; i < stepCount; i++) if ((dense[i] as number) >= 0) stepOf[dense[i] as number] = i;
  const found: Predecessor[] = [];
  for (let y = 0; y < size; y++) {
    const system = systemOf(stepOf[y] as number);
    const isOwn = (from: number): boolean => systemOf(stepOf[from] as number) === system;
    const best = bestOf(candidates[y] ?? [], isOwn, (from) => (seen[y] as number) - (before[y * size + from] as number));
    if (best === undefined) continue;
    const basis = basisOf(best);
    found.push({
      from: stepOf[best.from] as number,
      to: stepOf[y] as number,
      basis,
      sketch: basis === 'end' ? best.sinceEnd : best.sinceStart,
      inOrder: before[y * size + best.from] as number,
      reversed: before[best.from * size + y] as number,
    });
  }
  return found;
}

interface Candidate {
  readonly from: number;
  readonly sinceEnd: Sketch;
  readonly sinceStart: Sketch;
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

function chooseCandidates(before: Uint32Array, distance: Uint32Array, seen: Uint32Array, size: number): Candidate[][] {
  const chosen: Candidate[][] = [];
  for (let y = 0; y < size; y++) {
    const list: { from: number; far: number }[] = [];
    for (let x = 0; x < size; x++) {
      const count = before[y * size + x] as number;
      const reverse = before[x * size + y] as number;
      if (count < SUPPORT_SHARE * (seen[y] as number) || count < ORDER_SHARE * (count + reverse)) continue;
      list.push({ from: x, far: (distance[y * size + x] as number) / count });
    }
    list.sort((a, b) => a.far - b.far || a.from - b.from);
    chosen.push(list.slice(0, CANDIDATES).map(({ from }) => ({ from, sinceEnd: createSketch(), sinceStart: createSketch() })));
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
          if (a < from || ((rows.flags[a] as number) & FAILED) !== 0) continue;
          const sinceEnd = start - (rows.end[a] as number);
          if (sinceEnd >= 0) add(candidate.sinceEnd, sinceEnd);
          const sinceStart = start - (rows.lastStart[a] as number);
          if (sinceStart >= 0) add(candidate.sinceStart, sinceStart);
        }
      }
      rowOf[y] = b;
    }
  });
}

/** From the end, unless the step mostly begins before the other has ended. */
function basisOf(candidate: Candidate): LatencyBasis {
  return candidate.sinceEnd.count >= SUPPORT_SHARE * candidate.sinceStart.count ? 'end' : 'start';
}

function bestOf(
  candidates: readonly Candidate[],
  isOwn: (from: number) => boolean,
  without: (from: number) => number,
): Candidate | undefined {
  const ranges = candidates.map((candidate) =>
    interquartileRange(basisOf(candidate) === 'end' ? candidate.sinceEnd : candidate.sinceStart),
  );
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
  if (dispensable < MIN_WITHOUT) return chosen;
  const close = candidates.filter((_, i) => (ranges[i] as number) <= SPREAD_CLOSE * (ranges[best] as number));
  const better = close.reduce((least, other) => (without(other.from) < without(least.from) ? other : least));
  return without(better.from) * NECESSITY <= dispensable ? better : chosen;
}

/** Calls back with the range of rows of each journey. */
export function eachJourney(rows: JourneyRows, visit: (from: number, to: number) => void): void {
  for (let j = 0; j < rows.journeys; j++) visit(rows.starts[j] as number, rows.starts[j + 1] as number);
}
