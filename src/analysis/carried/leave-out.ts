import type { SourceTold } from '../../workspace/derived-writer.ts';
import type { Db } from '../../workspace/open.ts';
import { eventRanges } from '../../workspace/readers/carriers.ts';
import type { Overlap } from '../overlap/find-overlap.ts';
import type { Carried } from './resolve.ts';

/**
 * Leaves out what sidecars tell of themselves and what copies of a document repeat, beside what sources tell alike. A copy brought nothing if
 * one that came before it says as much.
 * @param revision source → the revision that brought it; those of the import at hand are absent
 */
export function leaveOut(db: Db, overlap: Overlap, carried: Carried, revision: ReadonlyMap<number, number>): Overlap {
  const { shadow } = overlap;
  if (carried.leftOut.size === 0) return overlap;
  const events = new Map<number, number>();
  const copied = new Set([...carried.leftOut, ...carried.copies.flat()]);
  for (const { source, first, count } of eventRanges(db, copied)) {
    events.set(source, (events.get(source) ?? 0) + count);
    if (carried.leftOut.has(source)) for (let event = first; event < first + count; event++) shadow.add(event);
  }
  const sources = new Map<number, SourceTold>(overlap.sources);
  for (const sidecar of carried.sidecars.keys()) sources.delete(sidecar);
  const came = (source: number): number => revision.get(source) ?? Infinity;
  for (const group of carried.copies) {
    const byArrival = group.toSorted((a, b) => (came(a) < came(b) ? -1 : Number(came(a) > came(b))));
    const told = new Set<number | undefined>();
    for (const source of byArrival) {
      const execution = carried.carrying.get(source)?.execution;
      const brings = !told.has(execution) && (execution !== undefined || told.size === 0);
      told.add(execution);
      if (brings) sources.delete(source);
      else sources.set(source, { duplicates: events.get(source) ?? 0, updated: 0 });
    }
  }
  return { shadow, sources };
}
