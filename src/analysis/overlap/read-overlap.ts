import { columnBatches, eventCount, eventEnd, sourceRevisions, systemSpans } from '../../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { Carrying } from '../../workspace/event-at.ts';
import { ColumnStore } from '../../workspace/column-store.ts';
import type { Db } from '../../workspace/open.ts';
import { PlaceReader } from '../../workspace/readers/raw-bytes.ts';
import { withCarried } from '../carried/resolve.ts';
import type { AnalysisHooks } from '../hooks.ts';
import { findOverlap, type Overlap } from './find-overlap.ts';
import { mayBeShared, sharedWindows, type Windows } from './windows.ts';

/**
 * Finds what several sources of a workspace tell. Reads only those that show the same system over spans that intersect.
 * @param carrying the executions that carried the documents of a source: one document that two of them carried is told twice
 */
export function readOverlap(
  db: Db,
  rank: ReadonlyMap<number, number>,
  hooks: AnalysisHooks,
  carrying: ReadonlyMap<number, Carrying>,
): Overlap {
  const windows = sharedWindows(systemSpans(db));
  const places = new PlaceReader(db);
  const store = new ColumnStore(db);
  return findOverlap({
    windows,
    batches: windows.size === 0 ? [] : overlapping(db, windows, hooks, carrying),
    end: eventEnd(db),
    rank,
    revision: sourceRevisions(db),
    bytesAt: (source, offset, length) => places.bytes(source, offset, length),
    mentionsOf: (event) => {
      const { firstEvent, identifier, idStart } = store.batchOf(event)!;
      return identifier.subarray(idStart[event - firstEvent], idStart[event - firstEvent + 1]);
    },
  });
}

function* overlapping(db: Db, windows: Windows, hooks: AnalysisHooks, carrying: ReadonlyMap<number, Carrying>): Generator<ColumnBatch> {
  const total = eventCount(db);
  let done = 0;
  for (const batch of columnBatches(db, { wanted: (source, from, to) => mayBeShared(windows, source, from, to) })) {
    yield withCarried(batch, carrying);
    done += batch.count;
    hooks.check();
    hooks.progress('Comparing files', done, total);
  }
}
