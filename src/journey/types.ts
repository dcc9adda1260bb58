import type { Event } from '../model/event.ts';
import type { Coverage, RelatedRecord } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';

/** Everything that building one journey needs: data in, data out. */
export interface JourneyInput {
  readonly root: RecordRef;
  readonly aliases: readonly string[];
  /** All events of the root and of what it owns, in any order. */
  readonly events: readonly Event[];
  /** The records that `Event.records` names. */
  record(id: number): RecordRef;
  /** Name of an execution (identifier id), for explanations. */
  execution(id: number): string;
  readonly related: readonly RelatedRecord[];
}

/** What is known about the data around the journeys. */
export interface DataScope {
  readonly coverage: readonly Coverage[];
  /** System → by how much its times may be wrong at most, in microseconds, as far as it is known: how coarse they are, and what is not known of its clock. */
  readonly clockErrors?: Readonly<Record<string, number>>;
}
