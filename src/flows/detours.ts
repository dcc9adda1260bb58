import { createCandidate, isBefore, measureFrom, nearestBefore, seenWith, spreadOf, SUPPORT_SHARE } from './candidates.ts';
import type { Candidate, Counts } from './candidates.ts';
import { AGAIN, eachJourney } from './rows.ts';
import type { JourneyRows } from './rows.ts';
import type { OpenHours } from './types.ts';

/** A step that most journeys come to directly and some by another step. */
export interface Detour {
  /** From the step on the way round, where there is one. */
  readonly via: Candidate;
  /** From the usual cause, in the journeys that do not go round. */
  readonly direct: Candidate;
}

/** A way round is taken by as many journeys: with fewer, what follows it could not be judged. */
const MIN_JOURNEYS = 60;
/** The step on the way round tells this many times better when the next begins than the usual cause does in the same journeys. */
const CLEARLY_BETTER = 1.5;

/**
 * Which steps are reached in two ways: an approval comes after a survey where there is one, and otherwise after the dossier was opened. A step that
 * too few journeys have to be the cause of all is the cause where it is, if it comes after the usual cause, before the step, and tells
 * far better when that begins: by the spread of the latency in the journeys that have all three, as with causes themselves.
 * Without this, a journey that ends on the way round seems to have lost the step right behind the usual cause, and what is usual mixes both ways.
 *
 * @param usual the cause of each step; undefined where there is none
 * @param hoursOf the open hours of each step
 */
export function findDetours(
  rows: JourneyRows,
  dense: Int32Array,
  counts: Counts,
  usual: readonly (Candidate | undefined)[],
  hoursOf: (y: number) => OpenHours | undefined,
): readonly (Detour | undefined)[] {
  const ways = usual.map((cause, y) => (cause === undefined ? [] : waysRound(counts, cause.from, y, hoursOf(y))));
  if (ways.every((list) => list.length === 0)) return [];
  eachEffect(rows, dense, usual, (y, cause, rowOf, start, from) => {
    for (const way of ways[y]!) {
      const row = rowOf[way.via.from]!;
      if (row < from) continue;
      measureFrom(rows, row, start, way.via);
      measureFrom(rows, cause, start, way.beside);
    }
  });
  const chosen = ways.map(best);
  const detours = chosen.map((via, y) => (via === undefined ? undefined : { via, direct: createCandidate(usual[y]!.from, hoursOf(y)) }));
  eachEffect(rows, dense, usual, (y, cause, rowOf, start, from) => {
    const detour = detours[y];
    if (detour !== undefined && rowOf[detour.via.from]! < from) measureFrom(rows, cause, start, detour.direct);
  });
  return detours;
}

interface Way {
  readonly via: Candidate;
  /** From the usual cause, in the journeys that go this way. */
  readonly beside: Candidate;
}

function waysRound(counts: Counts, cause: number, y: number, hours: OpenHours | undefined): Way[] {
  const isWay = (x: number, count: number): boolean =>
    x !== cause && count >= MIN_JOURNEYS && count < SUPPORT_SHARE * seenWith(counts, x, y) && isBefore(counts, cause, x);
  return nearestBefore(counts, y, isWay).map((from) => ({ via: createCandidate(from, hours), beside: createCandidate(cause, hours) }));
}

/** The way that tells best, if it tells far better than the usual cause. */
function best(ways: readonly Way[]): Candidate | undefined {
  let found: Candidate | undefined;
  for (const { via, beside } of ways) {
    if (via.sinceStart.count < MIN_JOURNEYS || spreadOf(via) * CLEARLY_BETTER > spreadOf(beside)) continue;
    if (found === undefined || spreadOf(via) < spreadOf(found)) found = via;
  }
  return found;
}

/** Calls back with the first occurrence of each step that follows its usual cause: with the row of that, and the latest row of each step so far. */
function eachEffect(
  rows: JourneyRows,
  dense: Int32Array,
  usual: readonly (Candidate | undefined)[],
  visit: (y: number, cause: number, rowOf: Int32Array, start: number, from: number) => void,
): void {
  const rowOf = new Int32Array(usual.length).fill(-1);
  eachJourney(rows, (from, to) => {
    for (let row = from; row < to; row++) {
      const y = dense[rows.step[row]!]!;
      if (y < 0) continue;
      const before = usual[y]?.from;
      const start = rows.start[row]!;
      const cause = before === undefined ? -1 : rowOf[before]!;
      if (cause >= from && !Number.isNaN(start) && (rows.flags[row]! & AGAIN) === 0) visit(y, cause, rowOf, start, from);
      rowOf[y] = row;
    }
  });
}
