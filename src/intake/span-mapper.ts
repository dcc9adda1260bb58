import type { BatchBuilder } from './batch.ts';
import type { Place } from './entry.ts';
import type { Spans } from './spans.ts';

/**
 * Turns an entry as spans into one event of the batch. False: the entry is wanted as a tree, and nothing was done with it: it has something out of
 * the ordinary (a time that cannot be read), or its shape does not say where the values are.
 * @param entry the 0-based ordinal of the entry in its source
 */
export type SpanMapper = (spans: Spans, place: Place, entry: number, into: BatchBuilder) => boolean;

/** What `watch` checks of every event, for those that do not pass through it. */
export interface SpanChecks {
  /** Whether a time can be when something happened; to be asked once for each event that has one. */
  readonly accepts: (time: number) => boolean;
  /** Counts an entry; the number of its event where the order of the source is turned around, else undefined. */
  readonly ordinal: () => number | undefined;
}
