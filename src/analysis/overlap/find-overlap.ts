import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { SourceTold } from '../../workspace/derived-writer.ts';
import { Candidates } from './candidates.ts';
import type { BytesAt } from './event-keys.ts';
import { Shadow } from './shadow.ts';
import { findUpdates } from './updates.ts';
import type { Windows } from './windows.ts';

export interface OverlapInput {
  readonly windows: Windows;
  /** At least those of the sources in `windows`, in the order of their events. */
  readonly batches: Iterable<ColumnBatch>;
  /** Behind the highest id of an event. */
  readonly end: number;
  /** Source → its place in an order that does not depend on the imports. */
  readonly rank: ReadonlyMap<number, number>;
  /** Source → the revision of the workspace that brought it; those of the import at hand are absent. */
  readonly revision: ReadonlyMap<number, number>;
  readonly bytesAt: BytesAt;
  /** The identifiers that an event names. */
  readonly mentionsOf: (event: number) => Uint32Array;
}

/** What several sources tell. */
export interface Overlap {
  /** The events to leave out: the same whatever the order of imports. */
  readonly shadow: Shadow;
  /** What each source brought that was known, and what it brought up to date, as seen when it was imported. Absent: none. */
  readonly sources: ReadonlyMap<number, SourceTold>;
}

/**
 * Exports overlap: yesterday's file and today's both hold the last hour, and a run that was under way in one has ended in the other. Both
 * copies stay in the workspace, so that each source can be removed; this finds which of them are left out of everything that is derived.
 *
 * An event is left out when a source of lower rank tells all of it as well, as often: equal lines of one source are different happenings.
 * So of each telling as many stay as the source has that tells it most often. An event that tells a run before it had finished is left out
 * when another source tells how the same run ended.
 */
export function findOverlap({ windows, batches, end, rank, revision, bytesAt, mentionsOf }: OverlapInput): Overlap {
  const candidates = new Candidates(batches, windows, bytesAt);
  const shadow = new Shadow(end);
  const sources = new Map<number, { duplicates: number; updated: number }>();
  const told = (source: number): { duplicates: number; updated: number } => {
    let counts = sources.get(source);
    if (counts === undefined) sources.set(source, (counts = { duplicates: 0, updated: 0 }));
    return counts;
  };
  const byRank = [...candidates.stretches.keys()].sort((a, b) => rank.get(a)! - rank.get(b)!);
  eachRepeat(candidates, byRank, (at) => shadow.add(candidates.event[at]!));
  // What was known when a source came is a matter of what came before; within one import the rank decides.
  const came = (source: number): number => revision.get(source) ?? Infinity;
  const byArrival = byRank.toSorted((a, b) => (came(a) < came(b) ? -1 : Number(came(a) > came(b))));
  const known = new Uint8Array(candidates.count);
  eachRepeat(candidates, byArrival, (at, source) => {
    known[at] = 1;
    told(source).duplicates++;
  });
  const sourceOf = candidates.sources();
  const arrival = new Map(byArrival.map((source, place) => [source, place]));
  const brought = new Set<number>();
  for (const { older, first } of findUpdates(candidates, sourceOf, { rank, arrival }, mentionsOf)) {
    shadow.add(candidates.event[older]!);
    if (known[older] === 1) continue;
    // An older export that comes late brings nothing new; else the one that says how the run ended brought it up to date.
    if (came(sourceOf[older]!) > came(sourceOf[first]!)) told(sourceOf[older]!).duplicates++;
    else brought.add(first);
  }
  for (const first of brought) told(sourceOf[first]!).updated++;
  return { shadow, sources };
}

/** Visits, source after source, the events that a source before tells as well: the k-th of a telling, when one of those has at least k of it. */
function eachRepeat(
  { telling, tellings, stretches }: Candidates,
  order: readonly number[],
  visit: (at: number, source: number) => void,
): void {
  const most = new Uint32Array(tellings + 1);
  const here = new Uint32Array(tellings + 1);
  const last = new Uint32Array(tellings + 1);
  order.forEach((source, place) => {
    for (const [from, to] of stretches.get(source)!) {
      for (let at = from; at < to; at++) {
        const group = telling[at]!;
        if (last[group] !== place + 1) {
          last[group] = place + 1;
          if (here[group]! > most[group]!) most[group] = here[group]!;
          here[group] = 0;
        }
        if (++here[group]! <= most[group]!) visit(at, source);
      }
    }
  });
}
