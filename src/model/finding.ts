import type { Absence } from './journey.ts';
import type { RecordRef } from './record.ts';
import type { Micros } from './time.ts';

/** The contract's table of kinds. Ids are never reused. */
export const FINDING_KINDS = {
  error: ['failed', 'exhausted'],
  retry: ['declared', 'hidden', 'storm'],
  gap: ['missing-step', 'stopped', 'partial'],
  delay: ['step', 'hop', 'window'],
  mismatch: ['state', 'field', 'stale'],
  order: ['out-of-order'],
  duplicate: ['delivery', 'intent'],
  loss: ['silent'],
  drift: ['schema', 'value', 'semantic', 'process'],
  clock: ['skew'],
} as const;
export type FindingKind = keyof typeof FINDING_KINDS;
export type FindingSubkind = (typeof FINDING_KINDS)[FindingKind][number];

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the finding was judged against, for the small chart beside it. Durations in microseconds. */
export interface Baseline {
  readonly observations: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  /** What the finding measured, in the same unit. */
  readonly observed: number;
  /** Log-spaced histogram: `edges.length === counts.length + 1`. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** How a finding stands. What is `resolved` or a `false-alarm` is settled: it is not counted any more. */
export const FINDING_STATUSES = ['open', 'acknowledged', 'resolved', 'false-alarm'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** Whether nothing is left to do about a finding. */
export function isSettled(status: FindingStatus): boolean {
  return status === 'resolved' || status === 'false-alarm';
}

/** What a detector held against its threshold: microseconds for `duration` and `lag`, else a plain number. */
export interface Measure {
  readonly parameter: 'duration' | 'lag' | 'attempts' | 'difference';
  readonly value: number;
}

/** One problem in one journey. */
export interface Finding {
  /** Stable over re-import and re-analysis of the same data, and over entries that come late: see `findings/key.ts`. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly subkind: FindingSubkind;
  readonly severity: Severity;
  /** 0..1: how sure the detector is that this is so. */
  readonly confidence: number;
  readonly record: RecordRef | undefined;
  readonly system: string | undefined;
  readonly flow: string | undefined;
  readonly step: string | undefined;
  /** Ids of the journey's steps it concerns (`s3`, `g1`), for the marker in the graph. */
  readonly steps: readonly string[];
  readonly at: Micros | undefined;
  /** One line: `ERP → WMS took 2 h 58 m, usually 4.1 s`. */
  readonly title: string;
  /** One or two plain sentences a support engineer can paste into a ticket. */
  readonly explanation: string;
  readonly expected: string;
  readonly actual: string;
  /** Only for `gap`. */
  readonly absence: Absence | undefined;
  /** Event ids, strongest first. */
  readonly evidence: readonly number[];
  readonly baseline: Baseline | undefined;
  /** What it is about where one place has several: the field that disagrees. */
  readonly facet?: string;
  /** The how-manieth of its kind at its place, from 0; undefined for the first. */
  readonly nth?: number;
  /** Undefined where no threshold decided. */
  readonly measured?: Measure;
  /** The source's own words for what went wrong, without what a logger puts around them. */
  readonly cause?: string;
  /** Only for `clock`: by how much the clock is ahead in the middle of the data (µs). */
  readonly offset?: number;
}
