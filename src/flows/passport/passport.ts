import type { Severity } from '../../model/finding.ts';
import type { Thresholds } from '../types.ts';
import type { Window } from './windows.ts';

/**
 * A flow passport: what the people who run an integration declare of it, as they wrote it in YAML beside its code. Plain JSON. Names of steps
 * stand as `system.step` or `system.flow.step`, and are told apart by comparing the whole text, because either name may hold dots.
 */
export interface Passport {
  /** kebab-case; one passport of a name in a workspace. */
  readonly name: string;
  readonly title: string | undefined;
  /** The type of record whose journeys it is about. */
  readonly record: string;
  readonly owner: string | undefined;
  readonly runbook: string | undefined;
  /** Of what is found by it, where the rule itself says none. */
  readonly severity: Severity | undefined;
  /** How long the logs of these systems are kept, in microseconds. */
  readonly retention: number | undefined;
  readonly thresholds: Partial<Thresholds>;
  readonly steps: readonly DeclaredStep[];
  readonly systems: readonly DeclaredSystem[];
  readonly fields: readonly DeclaredField[];
  /** Kept and checked; not judged yet. */
  readonly volume: readonly DeclaredVolume[];
}

interface Rule {
  /** 1-based line in the file. */
  readonly line: number;
  readonly severity: Severity | undefined;
}

interface Requirement extends Rule {
  /** The step that makes it due; undefined: nothing does. */
  readonly after: string | undefined;
  readonly window: Window | undefined;
  /** Steps in whose journeys it is not due; undefined: what the data shows. */
  readonly unless: readonly string[] | undefined;
}

export interface DeclaredStep extends Requirement {
  readonly step: string;
  /** May be absent; a window then only judges it when it comes. */
  readonly optional: boolean;
  /** A journey may end with it. */
  readonly end: boolean;
  /** Longest it may run, in microseconds. */
  readonly takes: number | undefined;
}

/** A system that must hear of the record. */
export interface DeclaredSystem extends Requirement {
  readonly system: string;
}

/** A field that two systems must agree on. */
export interface DeclaredField extends Rule {
  readonly field: string;
  /** `system` or `system.step`: who leads, and who follows. */
  readonly between: readonly [string, string];
  /** Differences up to this are none. */
  readonly tolerance: { readonly absolute: number } | { readonly share: number } | undefined;
  /** Word of the one who leads → words of the other that mean the same; both folded. */
  readonly values: { readonly [value: string]: readonly string[] } | undefined;
  /** Younger disagreement (µs) is in flight; undefined: by the usual time between their updates. */
  readonly within: number | undefined;
  /** They are not to be compared. */
  readonly ignore: boolean;
}

export const PERIODS = ['hour', 'day', 'business day', 'week', 'month'] as const;

export interface DeclaredVolume extends Rule {
  readonly step: string;
  readonly per: (typeof PERIODS)[number];
  readonly atLeast: number | undefined;
  readonly atMost: number | undefined;
}
