import { carriedText, type CarriedBy } from '../../model/carrier.ts';
import { clockLabel, clockText } from '../../model/clock-text.ts';
import type { SkewedClock } from '../../model/clock.ts';
import { SEVERITIES, type Baseline, type Finding } from '../../model/finding.ts';
import type { Attempt, Coverage, Hop, HopReason, Journey, StateField, Step } from '../../model/journey.ts';
import { oneLine } from '../../model/text.ts';
import { formatIso, MICROS_PER_MS, type Micros, micros } from '../../model/time.ts';
import type { DurationModel } from '../../flows/types.ts';
import { usualLatency } from '../../findings/index.ts';
import type { DetectorContext, Verdict } from '../../findings/types.ts';
import { NOTHING_SAID, type Said } from '../../workspace/readers/findings.ts';
import type { EventListRow, EvidenceRow } from '../../workspace/readers/events.ts';
import type {
  WireBaseline,
  WireCarriedBy,
  WireClock,
  WireConflict,
  WireCoverage,
  WireEvidence,
  WireFinding,
  WireHop,
  WireJourney,
  WireStateField,
  WireStep,
} from '../wire.ts';
import type { Completeness } from '../../model/completeness.ts';
import { wireCompleteness } from './completeness.ts';
import type { RawTimes } from './raw-times.ts';

/** Internal shapes → the contract's. The only place that turns microseconds into ISO text and milliseconds. */

export function isoOrNull(time: number | null | undefined): string | null {
  return time === undefined || time === null ? null : formatIso(micros(time));
}

export function millis(duration: number): number {
  return Math.round(duration) / MICROS_PER_MS;
}

function between(from: Micros | undefined, to: Micros | undefined): number | null {
  return from === undefined || to === undefined ? null : millis(to - from);
}

/** 0 none, 1 info, 2 warning, 3 critical → its word. */
export function severityWord(code: number): (typeof SEVERITIES)[number] | null {
  return SEVERITIES[code - 1] ?? null;
}

export type EvidenceIndex = ReadonlyMap<number, EvidenceRow>;

export function wireEvidence(events: readonly number[], index: EvidenceIndex): WireEvidence[] {
  const rows: WireEvidence[] = [];
  for (const event of events) {
    const row = index.get(event);
    if (row === undefined) continue;
    rows.push({ event, source: row.source, line: row.line, at: isoOrNull(row.time), system: row.system, step: row.step });
  }
  return rows;
}

function wireBaseline(baseline: Baseline): WireBaseline {
  return {
    observations: baseline.observations,
    medianMs: millis(baseline.median),
    p95Ms: millis(baseline.p95),
    p99Ms: millis(baseline.p99),
    observedMs: millis(baseline.observed),
    edgesMs: baseline.edges.map(millis),
    counts: [...baseline.counts],
  };
}

/** How a document came to its execution. */
export function wireCarriedBy(how: CarriedBy | undefined): WireCarriedBy | null {
  return how === undefined ? null : { via: how.via, execution: how.id, why: carriedText(how) };
}

export function wireFinding(finding: Finding, index: EvidenceIndex, said: Said = NOTHING_SAID): WireFinding {
  return {
    id: finding.id,
    kind: finding.kind,
    subkind: finding.subkind,
    severity: finding.severity,
    confidence: finding.confidence,
    record: finding.record ?? null,
    system: finding.system ?? null,
    flow: finding.flow ?? null,
    step: finding.step ?? null,
    steps: [...finding.steps],
    at: isoOrNull(finding.at),
    title: finding.title,
    explanation: finding.explanation,
    expected: finding.expected,
    actual: finding.actual,
    absence: finding.absence ?? null,
    evidence: wireEvidence(finding.evidence, index),
    baseline: finding.baseline === undefined ? null : wireBaseline(finding.baseline),
    status: said.status,
    note: said.note === '' ? null : (said.note ?? null),
    decidedAt: said.at ?? null,
    taughtBy: said.taughtBy ?? null,
    ...(finding.offset === undefined ? {} : { offsetMs: millis(finding.offset) }),
  };
}

function wireAttempt(attempt: Attempt, raw: RawTimes): WireStep['attempts'][number] {
  return {
    at: isoOrNull(attempt.at),
    endedAt: isoOrNull(attempt.end),
    status: attempt.status,
    statusRaw: attempt.statusRaw ?? null,
    error: attempt.error ?? null,
    event: attempt.events[0] ?? 0,
    events: [...attempt.events],
    raw: raw.isCorrected(attempt) ? { at: isoOrNull(raw.of(attempt.at, attempt)), endedAt: isoOrNull(raw.of(attempt.end, attempt)) } : null,
  };
}

function wireStep(step: Step, raw: RawTimes): WireStep {
  return {
    id: step.id,
    system: step.system,
    flow: step.flow ?? null,
    step: step.step,
    record: step.record,
    startedAt: isoOrNull(step.startedAt),
    endedAt: isoOrNull(step.endedAt),
    durationMs: between(step.startedAt, step.endedAt),
    status: step.status,
    attempts: step.attempts.map((attempt) => wireAttempt(attempt, raw)),
    absent: step.absence !== undefined,
    absence: step.absence ?? null,
    branch: step.branch,
    raw: rawOf(step, raw),
  };
}

function rawOf({ startedAt, endedAt, attempts }: Step, raw: RawTimes): WireStep['raw'] {
  if (!attempts.some((attempt) => raw.isCorrected(attempt))) return null;
  const told = (time: Micros | undefined): string | null => {
    const attempt = attempts.find(({ at, end }) => at === time || end === time);
    return isoOrNull(attempt === undefined ? time : raw.of(time, attempt));
  };
  return { startedAt: told(startedAt), endedAt: told(endedAt) };
}

const WHY: Record<HopReason, string> = {
  'parent-span': 'the second step names the first as its parent span',
  'parent-execution': 'the second step runs in an execution that the first one started',
  sequence: 'the source has them in this order',
  time: 'the second step is the next one in time',
  expected: 'this step usually follows',
};

function wireHop(hop: Hop, model: DurationModel | undefined): WireHop {
  return {
    from: hop.from,
    to: hop.to,
    latencyMs: hop.latency === undefined ? null : millis(hop.latency),
    crossesSystem: hop.crossesSystem,
    why: WHY[hop.reason],
    reason: hop.reason,
    usualMs: model === undefined ? null : { median: millis(model.median), p95: millis(model.p95), observations: model.observations },
  };
}

function wireState(field: StateField): WireStateField {
  return {
    field: field.field,
    record: field.record,
    values: field.values.map((value) => ({ system: value.system, value: value.value, at: isoOrNull(value.at), event: value.event })),
    agree: field.agree,
  };
}

export function wireCoverage(coverage: readonly Coverage[]): WireCoverage[] {
  return coverage.map(({ system, from, to }) => ({ system, from: formatIso(from), to: formatIso(to) }));
}

const MS_A_DAY = 86_400_000;

/** What is said of a clock that is off. */
export function wireClock(skewed: SkewedClock): WireClock {
  const { system, skew, against, alike } = skewed;
  const bound = (value: number): number | null => (Number.isFinite(value) ? millis(value) : null);
  return {
    system,
    verdict: skew.verdict,
    offsetMs: millis(skew.offset),
    driftMsPerDay: Math.round(skew.drift * MS_A_DAY * 1000) / 1000,
    interval: { fromMs: bound(skew.low), toMs: bound(skew.high) },
    evidence: { hops: skew.hops, backwards: skew.backwards, declared: skew.declared, against: [...against], alike },
    label: oneLine(clockLabel(skewed)),
    text: oneLine(clockText(skewed)),
  };
}

/** A journey with its verdict, as `trace --json` prints it. */
export function wireJourney(
  journey: Journey,
  verdict: Verdict,
  about: {
    readonly context: DetectorContext;
    readonly completeness: Completeness;
    readonly events: number;
    readonly evidence: EvidenceIndex;
    readonly documents: readonly EventListRow[];
    readonly said: ReadonlyMap<string, Said>;
    readonly conflicts: readonly WireConflict[];
    readonly clocks: readonly SkewedClock[];
    readonly raw: RawTimes;
  },
): WireJourney {
  const all = [...journey.steps, ...verdict.ghosts];
  return {
    record: { ...journey.record, aliases: [...journey.aliases] },
    status: verdict.status,
    statusReason: verdict.statusReason,
    startedAt: isoOrNull(journey.startedAt),
    endedAt: isoOrNull(journey.endedAt),
    durationMs: between(journey.startedAt, journey.endedAt),
    systems: [...journey.systems],
    related: journey.related.map((related) => ({
      ...related.record,
      relation: related.relation,
      confidence: related.confidence,
      evidence: wireEvidence(related.events, about.evidence),
    })),
    conflicts: [...about.conflicts],
    steps: all.map((step) => wireStep(step, about.raw)),
    hops: [...journey.hops, ...verdict.ghostHops].map((hop) => wireHop(hop, usualLatency(journey, hop, about.context))),
    state: journey.state.map(wireState),
    completeness: wireCompleteness(about.completeness),
    findings: verdict.findings.map((finding) => wireFinding(finding, about.evidence, about.said.get(finding.id))),
    coverage: wireCoverage(about.context.scope.coverage),
    clocks: about.clocks.map(wireClock),
    documents: about.documents.map((row) => ({
      event: row.id,
      source: row.source,
      line: row.line,
      at: isoOrNull(row.time),
      system: row.system,
      step: row.step,
      carriedBy: wireCarriedBy(row.carriedBy),
    })),
    events: about.events,
    dataEndsAt: isoOrNull(about.context.dataEnd),
  };
}
