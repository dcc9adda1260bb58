import { openTime } from './open-hours.ts';
import { FAILED } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import { add, createSketch, interquartileRange } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import type { LatencyBasis, OpenHours } from './types.ts';

/** Where two steps stand in both orders more often than this they are concurrent (Heuristics Miner, Weijters 2006). */
const ORDER_SHARE = 0.95;
/** A cause stands before nearly all occurrences of its effect; the rest may have been logged badly. */
export const SUPPORT_SHARE = 0.9;
/** Candidates whose latencies are compared, nearest first. */
const CANDIDATES = 5;

/** How often a step stands before another one, `y * size + x`, and how often it is there at all. */
export interface Counts {
  readonly before: Uint32Array;
  /** Sum of the rows between the two. */
  readonly distance: Uint32Array;
  readonly seen: Uint32Array;
  readonly size: number;
  /** How often `y` was seen while the system of `x` was not logged, so that `x` could not be. */
  unseen(x: number, y: number): number;
}

/** How often `y` occurs where `x` would have been seen as well. */
export function seenWith({ seen, unseen }: Counts, x: number, y: number): number {
  return (seen[y] as number) - unseen(x, y);
}

export interface Candidate {
  readonly from: number;
  readonly sinceEnd: Sketch;
  readonly sinceStart: Sketch;
  /** The latency in the hours at which the effect begins, where there are such. */
  readonly open: { readonly hours: OpenHours; readonly latency: Sketch } | undefined;
}

/** The steps that stand before another one wherever both are, and that are wanted for it: the nearest of them. */
export function nearestBefore(counts: Counts, y: number, isWanted: (x: number, count: number) => boolean): number[] {
  const list: { from: number; far: number }[] = [];
  for (let x = 0; x < counts.size; x++) {
    const count = counts.before[y * counts.size + x] as number;
    if (!isBefore(counts, x, y) || !isWanted(x, count)) continue;
    list.push({ from: x, far: (counts.distance[y * counts.size + x] as number) / count });
  }
  list.sort((a, b) => a.far - b.far || a.from - b.from);
  return list.slice(0, CANDIDATES).map(({ from }) => from);
}

/** Whether a step stands before another one in nearly all journeys that have both. */
export function isBefore({ before, size }: Counts, x: number, y: number): boolean {
  const count = before[y * size + x] as number;
  return count > 0 && count >= ORDER_SHARE * (count + (before[x * size + y] as number));
}

/** @param hours those of the effect */
export function createCandidate(from: number, hours: OpenHours | undefined): Candidate {
  const open = hours === undefined ? undefined : { hours, latency: createSketch() };
  return { from, sinceEnd: createSketch(), sinceStart: createSketch(), open };
}

/** Adds how long it took from a row to something that began at `start`; nothing after a failure. */
export function measureFrom(rows: JourneyRows, row: number, start: number, { sinceEnd, sinceStart, open }: Candidate): void {
  if (((rows.flags[row] as number) & FAILED) !== 0) return;
  const fromEnd = start - (rows.end[row] as number);
  if (fromEnd >= 0) add(sinceEnd, fromEnd);
  const fromStart = start - (rows.lastStart[row] as number);
  if (fromStart >= 0) add(sinceStart, fromStart);
  if (open !== undefined && fromStart >= 0)
    add(open.latency, openTime(open.hours, fromEnd >= 0 ? start - fromEnd : start - fromStart, start));
}

/** From the end, unless the step mostly begins before the other has ended. */
export function basisOf(candidate: Candidate): LatencyBasis {
  return candidate.sinceEnd.count >= SUPPORT_SHARE * candidate.sinceStart.count ? 'end' : 'start';
}

/** The latencies by that basis. */
export function sketchOf(candidate: Candidate): Sketch {
  return basisOf(candidate) === 'end' ? candidate.sinceEnd : candidate.sinceStart;
}

/**
 * The interquartile range of the time since a candidate, µs: of open time where the effect waits for open hours. Else all that lies before a night
 * would tell as little of when a step begins in the morning.
 */
export function spreadOf(candidate: Candidate): number {
  return interquartileRange(candidate.open?.latency ?? sketchOf(candidate));
}
