import type { Attribute } from './event.ts';
import type { RecordRef } from './record.ts';
import type { Status } from './status.ts';
import type { Micros } from './time.ts';

export const JOURNEY_STATUSES = ['completed', 'incomplete', 'failed', 'open', 'unknown'] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

/** One try of a step. */
export interface Attempt {
  readonly at: Micros | undefined;
  readonly end: Micros | undefined;
  readonly status: Status;
  readonly statusRaw: string | undefined;
  readonly error: string | undefined;
  /** Ids of the events this attempt was read from, first is the one that opened it. */
  readonly events: readonly number[];
  readonly execution: number | undefined;
  /** Attempt number the source declared, if it did. */
  readonly declared: number | undefined;
  readonly fingerprint: number;
}

/** How a step that did not happen is drawn and judged. */
export const ABSENCES = ['confirmed', 'outside-coverage', 'still-open'] as const;
export type Absence = (typeof ABSENCES)[number];

/** One named stage of a journey, with 1..n attempts (0 for a ghost: a step that was expected and is absent). */
export interface Step {
  /** `s1`, `s2` … in causal order; `g1` … for ghosts. Stable for the same data. */
  readonly id: string;
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  readonly record: RecordRef;
  readonly startedAt: Micros | undefined;
  readonly endedAt: Micros | undefined;
  readonly status: Status;
  readonly attempts: readonly Attempt[];
  /** Whether what it is about belongs to other journeys as well: a delivery that several orders share. Absent: no. */
  readonly isShared?: boolean;
  /** Set for ghosts only. */
  readonly absence: Absence | undefined;
  /** 0-based branch: steps of different branches have no order among themselves. */
  readonly branch: number;
}

/** Why one step is held to come before the other, strongest first. */
export const HOP_REASONS = ['parent-span', 'parent-execution', 'sequence', 'time', 'expected'] as const;
export type HopReason = (typeof HOP_REASONS)[number];

/** The way from one step to the next. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  /** Microseconds from the end of `from` to the start of `to`; undefined where a time is missing. May be negative. */
  readonly latency: number | undefined;
  readonly crossesSystem: boolean;
  readonly reason: HopReason;
}

/** What one system last said about one field. */
export interface StateValue {
  readonly system: string;
  /** The step or document in which it was told: an amount of a refund is not the amount of the order. */
  readonly step: string;
  readonly value: string;
  readonly attribute: Attribute;
  readonly at: Micros | undefined;
  readonly event: number;
}

/**
 * Whether a field holds a word for the state of its record; the state before a change (`previous_status`) is none any more.
 * Each system has words of its own for states: that two differ does not say that the systems disagree.
 */
export function isStateField(field: string): boolean {
  return (field.endsWith('status') || field.endsWith('state')) && !field.startsWith('previous') && !field.startsWith('old_');
}

/** A field that at least two systems tell about. */
export interface StateField {
  readonly field: string;
  readonly record: RecordRef;
  readonly values: readonly StateValue[];
  readonly agree: boolean;
}

/** What a step or document last said of a field about one record: the root, or the shipment or invoice that it names. */
export interface ToldValue extends StateValue {
  readonly about: RecordRef;
}

/** A field that several steps or documents tell, each for itself. */
export interface ToldField {
  readonly field: string;
  readonly values: readonly ToldValue[];
}

export interface RelatedRecord {
  readonly record: RecordRef;
  readonly relation: 'child' | 'parent' | 'peer' | 'context';
  /** Entries that mention both. */
  readonly events: readonly number[];
  readonly confidence: number;
}

/** When a system was logged. Absence outside of it proves nothing. */
export interface Coverage {
  readonly system: string;
  readonly from: Micros;
  readonly to: Micros;
}

/** All that happened to one record and to what belongs to it, in causal order. */
export interface Journey {
  readonly record: RecordRef;
  readonly aliases: readonly string[];
  readonly status: JourneyStatus;
  readonly statusReason: string;
  readonly startedAt: Micros | undefined;
  readonly endedAt: Micros | undefined;
  readonly systems: readonly string[];
  readonly steps: readonly Step[];
  readonly hops: readonly Hop[];
  readonly state: readonly StateField[];
  readonly told: readonly ToldField[];
  readonly related: readonly RelatedRecord[];
}
