import type { DecisionOutcome } from '../model/identity-decision.ts';

/** All distinct identifiers of a workspace, by dense id: index 0 is unused. Business and technical (execution, trace) alike. */
export interface IdentifierTable {
  /** Number of identifiers; ids run from 1 to `count`. */
  readonly count: number;
  type(id: number): string;
  value(id: number): string;
}

/**
 * Consecutive events as columns, as the workspace keeps them for analysis. Feeding every chunk of a workspace once, in any
 * chunking, must give the same result.
 */
export interface MentionChunk {
  readonly count: number;
  /** Database id of the first event; the others follow without gaps. */
  readonly firstEvent: number;
  /** Microseconds, NaN when the event has no time. */
  readonly time: Float64Array;
  /** Dictionary id of the system. */
  readonly system: Uint32Array;
  /** Identifier id of the execution or trace the event belongs to, 0 when none. */
  readonly execution: Uint32Array;
  /** Identifier id of the execution that called, was repeated by or went on in the event's own, 0 when none. */
  readonly parentExecution: Uint32Array;
  /** `idStart[i]..idStart[i+1]` delimit event i's identifiers in `identifier`. Business identifiers only: executions stand in `execution`. */
  readonly idStart: Uint32Array;
  readonly identifier: Uint32Array;
  /** Dictionary id of the field that each of them stands in. */
  readonly idPath: Uint32Array;
}

/** Why two spellings are held to be the same record. */
export interface AliasRule {
  readonly id: 'same' | 'case' | 'urn-tail' | 'zero-padding' | 'prefix' | 'separators' | 'by-hand';
  readonly explanation: string;
  readonly confidence: number;
}

/** How many records of one type go with one record of another. */
export interface TypeRelation {
  readonly from: string;
  readonly to: string;
  /** Seen from `from`: `1:n` is one `from`, many `to`. */
  readonly cardinality: '1:1' | '1:n' | 'n:1' | 'n:m';
  readonly pairs: number;
  /** Partners at the 95th percentile, both ways. */
  readonly partnersOfFrom: number;
  readonly partnersOfTo: number;
  /** The owning end, when a journey goes down this relation. */
  readonly owner: string | undefined;
  readonly reason: string;
  /** The decision that made it: then it is the relation of one link. */
  readonly decision?: number;
}

/** A record that several claim, of which usually one does; or a number that was given several times. */
export interface Conflict {
  readonly kind: 'claimed' | 'reused';
  readonly record: number;
  /** What relates the record with those that claim it, as a sentence. */
  readonly reason: string;
  /** The records that claim it, or for which the number stands, by key. */
  readonly claims: readonly ConflictClaim[];
}

export interface ConflictClaim {
  readonly record: number;
  /** Entries that name both. */
  readonly entries: number;
  /** One of them; 0 for none. */
  readonly evidence: number;
}

/** All records as columns, by dense id: index 0 is unused. */
export interface RecordTable {
  readonly count: number;
  /** The identifier that is its key: the spelling the record is known by. */
  readonly keeper: Uint32Array;
  type(record: number): string;
  key(record: number): string;
  /** 1 for executions and traces. */
  readonly technical: Uint8Array;
  /** Earliest and latest time among the events that mention it; NaN when none has a time. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly events: Uint32Array;
}

/**
 * Pairs of records that stand in the same entry or, where it carries one root only, the same execution; only those that say something a
 * journey does not say by itself: from a root to what it owns, from an owner to what belongs to another journey, between two roots, and from a hub
 * or a batch execution to a root.
 * That two children of one order stand in one entry, or that a customer goes with each of them, follows (and would be most of all links).
 */
export interface LinkTable {
  readonly count: number;
  readonly parent: Uint32Array;
  readonly child: Uint32Array;
  /** Index into `relations`. */
  readonly relation: Uint32Array;
  /** Entries that mention both. */
  readonly entries: Uint32Array;
  /** One of them (the first), or the later of two entries of one execution that mention one each. */
  readonly evidence: Uint32Array;
}

export interface HubType {
  readonly type: string;
  readonly reason: string;
}

/** The result of identity: who is who, and which journey each event belongs to. */
export interface Identity {
  readonly records: RecordTable;
  /** Identifier id → record id. */
  readonly recordOf: Uint32Array;
  /** Identifier id → index into `rules`: why it is a spelling of its record. */
  readonly ruleOf: Uint8Array;
  readonly rules: readonly AliasRule[];
  readonly relations: readonly TypeRelation[];
  readonly hubs: readonly HubType[];
  readonly links: LinkTable;
  /** Record id → the record whose journey it is part of (itself for roots); 0 for hubs that only give context. */
  readonly rootOf: Uint32Array;
  readonly conflicts: readonly Conflict[];
  /** What became of each decision that people made, in their order. */
  readonly decided: readonly DecisionOutcome[];
  /**
   * The journeys (root record ids) that event `index` of a chunk belongs to, written to `out` from 0; returns how many.
   * An event that mentions only hubs, or nothing, falls to its execution: to the one root that the execution carries, or
   * to the execution itself when it carries none; a batch execution's own lines belong to none of its many records. An execution that
   * carries none takes the root of the one that called it (or that it repeats), unless that is a batch.
   */
  journeysOf(chunk: MentionChunk, index: number, out: Uint32Array): number;
}
