import type { Status } from './status.ts';
import type { Micros } from './time.ts';

/** A field of a payload or log entry that says something about the state of a record: an amount, a currency, a status, a quantity. */
export interface Attribute {
  readonly name: string;
  /** Set for numbers; text is then absent. */
  readonly number: number | undefined;
  readonly text: string | undefined;
}

/**
 * An understood entry, as the pure stages see it. Strings are shared with the workspace's dictionary, so an array of
 * a million events holds a few hundred distinct ones.
 */
export interface Event {
  readonly id: number;
  readonly source: number;
  /**
   * Ordinal of the entry within its source, or the number that the source declares for it (event id, sequence number): the tie-break where times
   * are equal or absent.
   */
  readonly entry: number;
  readonly time: Micros | undefined;
  /** When the source tells both a start and an end (or a duration), `time` is the start. */
  readonly end: Micros | undefined;
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  readonly status: Status;
  readonly statusRaw: string | undefined;
  /** Identifier id of the execution or trace that this entry belongs to. */
  readonly execution: number | undefined;
  readonly parentExecution: number | undefined;
  /** 52-bit hash of the span id, and of its parent's: compare only within one execution. */
  readonly span: number | undefined;
  readonly parentSpan: number | undefined;
  /** The declared attempt number (1-based), when the source has one. */
  readonly attempt: number | undefined;
  readonly error: string | undefined;
  /** 52-bit hash over the entry's business content (identifiers and attributes, no times, ids of executions, attempts or errors); 0 when there is none. */
  readonly fingerprint: number;
  /** Ids of the business records that the entry mentions. */
  readonly records: readonly number[];
  readonly attributes: readonly Attribute[];
  /**
   * `step`: something happened. `snapshot`: a document that shows the state of a record at a time.
   * `note`: a log line that tells about a step but is no step of its own (a message inside an execution).
   */
  readonly kind: EventKind;
}

/** The order is the database code: never reorder, only append. */
export const EVENT_KINDS = ['step', 'snapshot', 'note'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
