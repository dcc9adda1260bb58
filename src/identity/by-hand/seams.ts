import type { Merges } from '../aliases.ts';
import type { SettledObservations } from '../observations.ts';
import type { IdentifierTable } from '../types.ts';
import type { UnitOf } from './spellings.ts';

/** Where what people said meets what the data says: all that the rest of identity knows of it. */

/** For the making of records. */
export interface HandSpellings {
  /** Which identifiers are one record where the data says otherwise. */
  spell(table: IdentifierTable, seen: SettledObservations, merges: Merges): UnitOf;
  /** Tells which kind each identifier is of by the data. */
  kinds(kindOf: (id: number) => number): void;
}

/** For the ways up from record to record. */
export interface HandRoots {
  /**
   * Hangs records where they were linked by hand, and takes those apart that were unlinked and still lead to each other over a third one. What the data
   * says gives way where it would close a circle.
   * @param parent record → its owner, 0 for none
   */
  hang(parent: Uint32Array): void;
}

/** For what executions stand for. */
export interface HandRuns {
  /** Whether an execution does not stand for a record that it carries. */
  isApart(execution: number, record: number): boolean;
  /** Gives executions the root of the records that own them by hand. */
  carry(rootOfExecution: Uint32Array, rootOf: Uint32Array): void;
}
