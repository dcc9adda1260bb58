import type { Passport } from '../flows/index.ts';
import type { LinkTable, TypeRelation } from '../identity/types.ts';
import type { Coverage } from '../model/journey.ts';
import type { Corrections } from '../workspace/clocks.ts';
import type { Carrying } from '../workspace/event-at.ts';
import type { SharedIdentifiers } from '../workspace/identifier-values.ts';
import type { AliasIndex } from './alias-index.ts';
import type { LinkRows } from './link-rows.ts';

/**
 * Everything that journeys are built from beside their events, as plain data over shared buffers: a thread that helps with the analysis
 * gets it without a copy.
 */
export interface JourneyMaterial {
  readonly names: readonly string[];
  readonly identifiers: SharedIdentifiers;
  /** Identifier id → record id. */
  readonly recordOf: Uint32Array;
  /** Record id → the identifier that is its key. */
  readonly keeper: Uint32Array;
  /** Record id → the record whose journey it is part of; 0 for hubs. */
  readonly rootOf: Uint32Array;
  /** The records that have a journey, by the first of their events: neighbours need the same column batches. */
  readonly roots: Uint32Array;
  /** `events[eventStart[root]..eventStart[root + 1]]` are the ids of a root's events, ascending. */
  readonly eventStart: Uint32Array;
  readonly events: Uint32Array;
  readonly links: LinkTable;
  readonly relations: readonly TypeRelation[];
  readonly aliases: AliasIndex;
  readonly linkRows: LinkRows;
  /** Source id → rank, the same whatever the order of imports. */
  readonly sourceRanks: ReadonlyMap<number, number>;
  readonly coverage: readonly Coverage[];
  /** What is declared beside what is learned. */
  readonly passports: readonly Passport[];
  /** Source → the execution that carried its documents, where they do not name one. */
  readonly carriedBy: ReadonlyMap<number, Carrying>;
  /** By how much the clocks of sources are off. */
  readonly corrections: Corrections;
}
