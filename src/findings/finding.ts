import type { DurationModel } from '../flows/index.ts';
import { fnv1a } from '../flows/index.ts';
import type { Baseline, Finding, FindingKind, FindingSubkind, Severity } from '../model/finding.ts';
import type { Absence, Journey, Step } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { oneLine } from '../model/text.ts';
import type { Micros } from '../model/time.ts';
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
  /** Tells apart several of the same kind at the same place in one journey. */
  readonly ordinal?: number;
  readonly steps: readonly string[];
  readonly at: Micros | undefined;
  readonly title: string;
  readonly explanation: string;
  readonly expected: string;
  readonly actual: string;
  readonly absence?: Absence;
  readonly evidence: readonly number[];
  readonly baseline?: Baseline;
}

/** Completes a claim. The id depends only on what is claimed of whom and where, so it survives a new import of the same data. */
export function finding(journey: Journey, claim: Claim): Finding {
  const record = claim.record ?? journey.record;
  const { place } = claim;
  return {
    id: idOf([
      claim.kind,
      claim.subkind,
      record.type,
      record.key,
      place?.system ?? '',
      place?.flow ?? '',
      place?.step ?? '',
      claim.ordinal ?? 0,
    ]),
    kind: claim.kind,
    subkind: claim.subkind,
    severity: claim.severity,
    confidence: Math.round(Math.min(1, Math.max(0, claim.confidence)) * 1000) / 1000,
    record,
    system: place?.system,
    flow: place?.flow,
    step: place?.step,
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
  };
}

/** The id of a finding: a hash of what is claimed of whom and where. */
export function idOf(parts: readonly (string | number)[]): string {
  const name = parts.join('|');
  return hex(fnv1a(name)) + hex(fnv1a(name, 0x9747b28c));
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
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
