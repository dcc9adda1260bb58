import type { Candidates } from './candidates.ts';
import { RUN_STATE } from './event-keys.ts';

/** A telling of a run that had not finished, and one that says how it ended, by their places among the candidates. */
export interface Update {
  readonly older: number;
  readonly newer: number;
  /** The one that came into the workspace first of all that say how it ended. */
  readonly first: number;
}

export interface SourceOrders {
  /** Source → its place in an order that does not depend on the imports. */
  readonly rank: ReadonlyMap<number, number>;
  /** Source → its place in the order in which sources were imported. */
  readonly arrival: ReadonlyMap<number, number>;
}

const OPEN = 1;
const FINISHED = 2;
const ELSEWHERE = 4;
const MIXED = OPEN | FINISHED | ELSEWHERE;

/**
 * Finds runs that one export showed before they had finished and another one afterwards. A source that tells both of one run is a log, which
 * says when it began and when it ended: then none of its events is an update. Nor is one that names records which the later one does not name.
 * @param sources the source of each candidate
 */
export function findUpdates(
  candidates: Candidates,
  sources: Uint32Array,
  { rank, arrival }: SourceOrders,
  mentionsOf: (event: number) => Uint32Array,
): readonly Update[] {
  const updates: Update[] = [];
  const by = (order: ReadonlyMap<number, number>) => (a: number, b: number) => order.get(sources[a]!)! - order.get(sources[b]!)! || a - b;
  for (const members of mixedRuns(candidates, sources)) {
    if (anyTellsBoth(members, candidates, sources)) continue;
    const finished = members.filter((at) => isFinished(candidates.state[at]!)).sort(by(rank));
    const newer = finished.find((at) => candidates.state[at] === RUN_STATE.ended) ?? finished[0]!;
    const first = finished.toSorted(by(arrival))[0]!;
    const named = new Set(mentionsOf(candidates.event[newer]!));
    for (const older of members) {
      if (isFinished(candidates.state[older]!)) continue;
      // A state that is not known may be final: it takes an end, where there was none, to tell that it was not.
      if (candidates.state[older] === RUN_STATE.unsaid && candidates.state[newer] !== RUN_STATE.ended) continue;
      if (mentionsOf(candidates.event[older]!).every((identifier) => named.has(identifier))) updates.push({ older, newer, first });
    }
  }
  return updates;
}

/** The members of each run that is told both unfinished and finished, and by more than one source. */
function mixedRuns({ count, run, runs, state }: Candidates, sources: Uint32Array): Iterable<number[]> {
  const seen = new Uint8Array(runs + 1);
  const source = new Uint32Array(runs + 1);
  for (let at = 0; at < count; at++) {
    const r = run[at]!;
    if (source[r] === 0) source[r] = sources[at]!;
    seen[r]! |= (isFinished(state[at]!) ? FINISHED : OPEN) | (source[r] === sources[at] ? 0 : ELSEWHERE);
  }
  seen[0] = 0;
  const members = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const r = run[at]!;
    if (seen[r] !== MIXED) continue;
    const list = members.get(r);
    if (list === undefined) members.set(r, [at]);
    else list.push(at);
  }
  return members.values();
}

function anyTellsBoth(members: readonly number[], { state }: Candidates, sources: Uint32Array): boolean {
  const told = new Map<number, number>();
  for (const at of members) {
    const both = (told.get(sources[at]!) ?? 0) | (isFinished(state[at]!) ? FINISHED : OPEN);
    if (both === (OPEN | FINISHED)) return true;
    told.set(sources[at]!, both);
  }
  return false;
}

function isFinished(state: number): boolean {
  return state === RUN_STATE.finished || state === RUN_STATE.ended;
}
