import type { DurationModel } from '../flows/index.ts';
import type { Baseline, Finding, FindingKind, FindingSubkind, Measure, Severity } from '../model/finding.ts';
import type { Absence, Journey, Step } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { oneLine } from '../model/text.ts';
import type { Micros } from '../model/time.ts';
import { findingId } from './key.ts';
import type { Detection } from './types.ts';

/** Baselines rest on at least this many comparable journeys; with fewer there is nothing to judge by (METHODS "Few data"). */
export const MIN_OBSERVATIONS = 30;

export const NOTHING: Detection = Object.freeze({ findings: Object.freeze([]), ghosts: Object.freeze([]), ghostHops: Object.freeze([]) });

/** What a detector says; the rest is filled in. */
export interface Claim {
  readonly kind: FindingKind;
  readonly subkind: FindingSubkind;
  readonly severity: Severity;
  readonly confidence: number;
  readonly record?: RecordRef;
  /** Where it is: the step's system, flow and name are taken over. */
  readonly place: { readonly system: string; readonly flow: string | undefined; readonly step: string } | undefined;
  /** What it is about where one place may have several: the field that disagrees. */
  readonly facet?: string;
  readonly steps: readonly string[];
  readonly at: Micros | undefined;
  readonly title: string;
  readonly explanation: string;
  readonly expected: string;
  readonly actual: string;
  readonly absence?: Absence;
  readonly evidence: readonly number[];
  readonly baseline?: Baseline;
  /** What was held against the threshold, where one decided: a false alarm can raise it (`teaching.ts`). */
  readonly measured?: Measure;
  /** The source's own words for what went wrong: what groups findings of one cause. */
  readonly cause?: string;
}

/** Completes a claim. `judge` numbers those that are alike. */
export function finding(journey: Journey, claim: Claim): Finding {
  const record = claim.record ?? journey.record;
  const { place } = claim;
  const { kind, subkind, facet } = claim;
  const [system, flow, step] = [place?.system, place?.flow, place?.step];
  return {
    id: findingId({ kind, subkind, record, system, flow, step, facet, nth: undefined }),
    kind,
    subkind,
    severity: claim.severity,
    confidence: Math.round(Math.min(1, Math.max(0, claim.confidence)) * 1000) / 1000,
    record,
    system,
    flow,
    step,
    steps: claim.steps,
    at: claim.at,
    // Values and names come from the logs and may have lines; what is said of them has one.
    title: oneLine(claim.title),
    explanation: oneLine(claim.explanation),
    expected: oneLine(claim.expected),
    actual: oneLine(claim.actual),
    absence: claim.absence,
    evidence: claim.evidence,
    baseline: claim.baseline,
    facet,
    nth: undefined,
    measured: claim.measured,
    cause: claim.cause === undefined ? undefined : oneLine(claim.cause),
  };
}

/** The baseline a finding is shown against. */
export function baselineOf(model: DurationModel, observed: number): Baseline {
  const { observations, median, p95, p99, edges, counts } = model;
  return { observations, median: Math.round(median), p95: Math.round(p95), p99: Math.round(p99), observed, edges, counts };
}

/** All events of a step, those of the last attempt first. */
export function evidenceOf(step: Step): number[] {
  const events: number[] = [];
  for (let i = step.attempts.length - 1; i >= 0; i--) events.push(...(step.attempts[i]?.events ?? []));
  return events;
}

/** `3 steps`, `1 step`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `99 of 100`, or `99.2 %` for large numbers. */
export function shareText(hits: number, trials: number): string {
  if (trials <= 100) return `${hits} of ${trials}`;
  const percent = (100 * hits) / trials;
  return `${percent > 99.95 && hits < trials ? '> 99.9' : (Math.round(percent * 10) / 10).toString()} %`;
}
