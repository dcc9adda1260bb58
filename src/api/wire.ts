import { z } from 'zod';
import { FINDING_KINDS, FINDING_STATUSES, SEVERITIES } from '../model/finding.ts';
import { ABSENCES, HOP_REASONS, JOURNEY_STATUSES } from '../model/journey.ts';
import { STATUSES } from '../model/status.ts';
import { completeness, completenessCounts } from './wire-completeness.ts';
import { clock, evidence, isoTime, nullable, recordRef } from './wire-basics.ts';
import { conflict } from './wire-identity.ts';
import { carriedBy } from './wire-intake.ts';

export * from './wire-basics.ts';
export * from './wire-completeness.ts';
export * from './wire-incidents.ts';
export * from './wire-flows.ts';
export * from './wire-identity.ts';
export * from './wire-intake.ts';
export * from './wire-lifecycle.ts';

/**
 * The shapes that cross a transport and that `--json` prints. They are kept apart from the internal types: those may
 * change, these are the contract (`ARCHITECTURE.md`, "Contract"). Times are ISO-8601 UTC text, durations milliseconds.
 */

export const baseline = z.object({
  observations: z.number().int(),
  medianMs: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  observedMs: z.number(),
  /** Histogram edges in ms, log-spaced: one more than counts. */
  edgesMs: z.array(z.number()),
  counts: z.array(z.number()),
});
export type WireBaseline = z.infer<typeof baseline>;

const kinds = Object.keys(FINDING_KINDS) as [keyof typeof FINDING_KINDS, ...(keyof typeof FINDING_KINDS)[]];
export const findingKind = z.enum(kinds);
export const severity = z.enum(SEVERITIES);
export const absence = z.enum(ABSENCES);
export const findingStatus = z.enum(FINDING_STATUSES);

export const finding = z.object({
  id: z.string(),
  kind: findingKind,
  subkind: z.string(),
  severity,
  confidence: z.number(),
  record: nullable(recordRef),
  system: nullable(z.string()),
  flow: nullable(z.string()),
  step: nullable(z.string()),
  /** Ids of the steps in the journey's graph it concerns. */
  steps: z.array(z.string()),
  at: nullable(isoTime),
  title: z.string(),
  explanation: z.string(),
  expected: z.string(),
  actual: z.string(),
  absence: nullable(absence),
  evidence: z.array(evidence),
  baseline: nullable(baseline),
  /** How it stands by what somebody said. `resolved` and `false-alarm` are settled and not counted. */
  status: findingStatus,
  note: nullable(z.string()),
  decidedAt: nullable(isoTime),
  /** Id of the false alarm that raised the threshold below which this one lies. */
  taughtBy: nullable(z.string()),
  /** Only for `clock`: by how much the clock is ahead, in the middle of the data; negative is behind. */
  offsetMs: z.number().optional(),
});
export type WireFinding = z.infer<typeof finding>;

export const attempt = z.object({
  at: nullable(isoTime),
  endedAt: nullable(isoTime),
  status: z.enum(STATUSES),
  statusRaw: nullable(z.string()),
  error: nullable(z.string()),
  /** The event that opened it; `events` has all of them. */
  event: z.number().int(),
  events: z.array(z.number().int()),
  /** The times as the source tells them, where its clock was corrected. */
  raw: nullable(z.object({ at: nullable(isoTime), endedAt: nullable(isoTime) })),
});
export type WireAttempt = z.infer<typeof attempt>;

export const step = z.object({
  id: z.string(),
  system: z.string(),
  flow: nullable(z.string()),
  step: z.string(),
  record: recordRef,
  startedAt: nullable(isoTime),
  endedAt: nullable(isoTime),
  durationMs: nullable(z.number()),
  status: z.enum(STATUSES),
  attempts: z.array(attempt),
  absent: z.boolean(),
  absence: nullable(absence),
  branch: z.number().int(),
  /** The times as the sources tell them, where a clock was corrected. */
  raw: nullable(z.object({ startedAt: nullable(isoTime), endedAt: nullable(isoTime) })),
});
export type WireStep = z.infer<typeof step>;

export const hop = z.object({
  from: z.string(),
  to: z.string(),
  latencyMs: nullable(z.number()),
  crossesSystem: z.boolean(),
  /** Why this order: one sentence. */
  why: z.string(),
  reason: z.enum(HOP_REASONS),
  /** What is usual for this hop, when enough journeys made it. */
  usualMs: nullable(z.object({ median: z.number(), p95: z.number(), observations: z.number().int() })),
});
export type WireHop = z.infer<typeof hop>;

export const stateField = z.object({
  field: z.string(),
  record: recordRef,
  values: z.array(z.object({ system: z.string(), value: z.string(), at: nullable(isoTime), event: z.number().int() })),
  agree: z.boolean(),
});
export type WireStateField = z.infer<typeof stateField>;

export const coverage = z.object({ system: z.string(), from: isoTime, to: isoTime });
export type WireCoverage = z.infer<typeof coverage>;

export const related = z.object({
  type: z.string(),
  key: z.string(),
  relation: z.enum(['child', 'parent', 'peer', 'context']),
  confidence: z.number(),
  evidence: z.array(evidence),
});
export type WireRelated = z.infer<typeof related>;

/** A document of a journey: the state of a record as one system saw it. */
export const journeyDocument = evidence.extend({
  /** How it is known which execution carried it; null where nothing says it. */
  carriedBy: nullable(carriedBy),
});

/** `trace --json`. */
export const journey = z.object({
  record: recordRef.extend({ aliases: z.array(z.string()) }),
  status: z.enum(JOURNEY_STATUSES),
  /** One sentence: why this status. */
  statusReason: z.string(),
  startedAt: nullable(isoTime),
  endedAt: nullable(isoTime),
  durationMs: nullable(z.number()),
  systems: z.array(z.string()),
  related: z.array(related),
  /** What the data contradicts itself about, at most 20: never hidden. */
  conflicts: z.array(conflict),
  steps: z.array(step),
  hops: z.array(hop),
  state: z.array(stateField),
  completeness,
  findings: z.array(finding),
  coverage: z.array(coverage),
  /** Clocks that are off and stamped some of it. Order, latencies and delays are judged by corrected times. */
  clocks: z.array(clock),
  /** Its documents in time order, at most 1,000: what carried each, where that is known. */
  documents: z.array(journeyDocument),
  /** Number of events, notes included. */
  events: z.number().int(),
  /** End of the data of the whole workspace: nothing later can be known. */
  dataEndsAt: nullable(isoTime),
});
export type WireJourney = z.infer<typeof journey>;

/** A line in a list of events. */
export const eventRow = z.object({
  id: z.number().int(),
  at: nullable(isoTime),
  endedAt: nullable(isoTime),
  system: z.string(),
  flow: nullable(z.string()),
  step: z.string(),
  kind: z.enum(['step', 'snapshot', 'note']),
  status: z.enum(STATUSES),
  statusRaw: nullable(z.string()),
  error: nullable(z.string()),
  source: z.string(),
  line: z.number().int(),
  /** Of a document: how it is known which execution carried it. Null where nothing says it, and for all other events. */
  carriedBy: nullable(carriedBy),
});
export type WireEventRow = z.infer<typeof eventRow>;

/** Everything about one event: what was understood, and the bytes it came from. */
export const eventDetail = eventRow.extend({
  identifiers: z.array(z.object({ type: z.string(), value: z.string(), path: z.string(), key: z.string() })),
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
  execution: nullable(z.string()),
  attempt: nullable(z.number().int()),
  precision: z.string(),
  zone: nullable(z.string()),
  /** The entry as a tree, for the payload view. Undefined when the bytes no longer parse. */
  payload: z.unknown(),
  raw: z.object({
    text: z.string(),
    /** Whether `text` was cut for display. */
    truncated: z.boolean(),
    offset: z.number(),
    length: z.number().int(),
    line: z.number().int(),
    sha256: z.string(),
    sourceId: z.number().int(),
    format: z.string(),
    profile: z.string(),
  }),
});
export type WireEventDetail = z.infer<typeof eventDetail>;

export const recordRow = z.object({
  type: z.string(),
  key: z.string(),
  aliases: z.array(z.string()),
  status: z.enum(JOURNEY_STATUSES),
  startedAt: nullable(isoTime),
  endedAt: nullable(isoTime),
  durationMs: nullable(z.number()),
  systems: z.array(z.string()),
  steps: z.number().int(),
  attempts: z.number().int(),
  events: z.number().int(),
  findings: z.number().int(),
  completeness: completenessCounts,
  /** Worst severity among its findings, and the title of the worst and surest one. */
  severity: nullable(severity),
  worst: nullable(z.string()),
});
export type WireRecord = z.infer<typeof recordRow>;

export const searchHit = z.object({
  type: z.string(),
  key: z.string(),
  /** The identifier that matched, when it is not the key. */
  matched: z.string(),
  /** The record whose journey answers for it: itself, or the order a shipment belongs to. */
  journey: nullable(recordRef),
  status: nullable(z.enum(JOURNEY_STATUSES)),
  severity: nullable(severity),
});
export type WireSearchHit = z.infer<typeof searchHit>;

export const workspaceInfo = z.object({
  path: z.string(),
  name: z.string(),
  events: z.number().int(),
  records: z.number().int(),
  journeys: z.number().int(),
  findings: z.object({ info: z.number().int(), warning: z.number().int(), critical: z.number().int() }),
  sources: z.number().int(),
  rejected: z.number().int(),
  from: nullable(isoTime),
  to: nullable(isoTime),
  coverage: z.array(coverage),
  recordTypes: z.array(z.object({ type: z.string(), journeys: z.number().int() })),
  version: z.string(),
  /** Increases with every change of the data: what a cache is keyed by. */
  revision: z.number().int(),
});
export type WireWorkspaceInfo = z.infer<typeof workspaceInfo>;
