import type { Identity, TypeRelation } from '../identity/types.ts';
import type { Coverage } from '../model/journey.ts';
import type { SharedIdentifiers } from '../workspace/identifier-values.ts';

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
  readonly links: SharedLinks;
  readonly relations: readonly TypeRelation[];
  /** Record id → its other spellings, where it has any. */
  readonly aliases: ReadonlyMap<number, readonly string[]>;
  /** Source id → rank, the same whatever the order of imports. */
  readonly sourceRanks: ReadonlyMap<number, number>;
  readonly coverage: readonly Coverage[];
}

/** The links of `Identity`, see there. */
export interface SharedLinks {
  readonly count: number;
  readonly parent: Uint32Array;
  readonly child: Uint32Array;
  readonly relation: Uint32Array;
  readonly entries: Uint32Array;
  readonly evidence: Float64Array;
}

/** Copies a column into memory that threads share. */
export function shared32(column: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}

/** The links of an identity in shared memory. */
export function sharedLinks({ links }: Identity): SharedLinks {
  const evidence = new Float64Array(new SharedArrayBuffer(links.evidence.byteLength));
  evidence.set(links.evidence);
  return {
    count: links.count,
    parent: shared32(links.parent),
    child: shared32(links.child),
    relation: shared32(links.relation),
    entries: shared32(links.entries),
    evidence,
  };
}
