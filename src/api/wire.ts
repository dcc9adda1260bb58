import { z } from 'zod';
import { FINDING_KINDS, SEVERITIES } from '../model/finding.ts';
import { ABSENCES, HOP_REASONS, JOURNEY_STATUSES } from '../model/journey.ts';
import { STATUSES } from '../model/status.ts';
import { ROLES } from '../intake/mapper.ts';

/**
 * The shapes that cross a transport and that `--json` prints. They are kept apart from the internal types: those may
 * change, these are the contract (`ARCHITECTURE.md`, "Contract"). Times are ISO-8601 UTC text, durations milliseconds.
 */

export const isoTime = z.string();
const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const recordRef = z.object({ type: z.string(), key: z.string() });

/** One piece of evidence: an event, the file it came from and its place there. */
export const evidence = z.object({
  event: z.number().int(),
  source: z.string(),
  line: z.number().int(),
  at: nullable(isoTime),
  system: z.string(),
  step: z.string(),
});
export type WireEvidence = z.infer<typeof evidence>;

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
  steps: z.array(step),
  hops: z.array(hop),
  state: z.array(stateField),
  findings: z.array(finding),
  coverage: z.array(coverage),
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

export const sourceRow = z.object({
  id: z.number().int(),
  name: z.string(),
  path: z.string(),
  format: z.string(),
  profile: z.string(),
  system: nullable(z.string()),
  zone: nullable(z.string()),
  events: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  bytes: z.number(),
  sha256: z.string(),
  importedAt: isoTime,
  coverage: nullable(z.object({ from: isoTime, to: isoTime })),
  /** Systems seen in it. */
  systems: z.array(z.string()),
});
export type WireSource = z.infer<typeof sourceRow>;

export const rejection = z.object({
  source: z.string(),
  sourceId: nullable(z.number().int()),
  line: nullable(z.number().int()),
  offset: nullable(z.number()),
  length: nullable(z.number().int()),
  code: z.string(),
  /** One sentence with the file and the place. */
  reason: z.string(),
  excerpt: z.string(),
});
export type WireRejection = z.infer<typeof rejection>;

/** `import --json`. */
export const importSummary = z.object({
  sources: z.array(
    z.object({
      name: z.string(),
      format: z.string(),
      profile: z.string(),
      events: z.number().int(),
      rejected: z.number().int(),
      duplicates: z.number().int(),
      sha256: z.string(),
      coverage: z.object({ from: nullable(isoTime), to: nullable(isoTime) }),
      /** `imported`, or `known` when the same content was there already. */
      outcome: z.enum(['imported', 'known', 'refused']),
    }),
  ),
  /** Files that could not be imported at all, one sentence each. */
  refused: z.array(z.object({ path: z.string(), reason: z.string() })),
  events: z.number().int(),
  records: z.number().int(),
  journeys: z.number().int(),
  findings: z.number().int(),
  seconds: z.number(),
});
export type WireImportSummary = z.infer<typeof importSummary>;

export const fieldMapping = z.object({
  path: z.string(),
  role: z.enum(ROLES),
  type: z.string().optional(),
  format: z.string().optional(),
  values: z.record(z.string(), z.enum(STATUSES)).optional(),
  confidence: z.number(),
  reason: z.string(),
  samples: z.array(z.string()),
});
export type WireFieldMapping = z.infer<typeof fieldMapping>;

export const mapping = z.object({
  profile: z.string(),
  base: z.string().optional(),
  title: z.string(),
  confidence: z.number(),
  reason: z.string(),
  system: z.string(),
  systemReason: z.string(),
  zone: z.string(),
  zoneReason: z.string(),
  kind: z.enum(['step', 'snapshot', 'note']),
  fields: z.array(fieldMapping),
  step: z.string().optional(),
  flow: z.string().optional(),
});
export type WireMapping = z.infer<typeof mapping>;

/** One stream that an import would read, and how it would be understood. */
export const planPart = z.object({
  /** Stable within one plan. */
  id: z.string(),
  name: z.string(),
  path: z.string(),
  bytes: nullable(z.number()),
  outcome: z.enum(['ready', 'known', 'refused']),
  /** Why refused, or `already imported as …`. */
  reason: z.string(),
  format: z.string(),
  formatReason: z.string(),
  mapping: nullable(mapping),
  /** The first events as they would be imported. */
  preview: z.array(
    z.object({
      at: nullable(isoTime),
      system: z.string(),
      flow: nullable(z.string()),
      step: z.string(),
      status: z.enum(STATUSES),
      statusRaw: nullable(z.string()),
      records: z.array(recordRef),
      line: z.number().int(),
    }),
  ),
});
export type WirePlanPart = z.infer<typeof planPart>;

export const plan = z.object({ id: z.string(), parts: z.array(planPart) });
export type WirePlan = z.infer<typeof plan>;

/** What an import or an analysis is doing. */
export const jobProgress = z.object({
  job: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** `Reading`, `Indexing`, `Analysing` … */
  stage: z.string(),
  detail: z.string(),
  bytes: z.number(),
  totalBytes: nullable(z.number()),
  entries: z.number(),
  rejected: z.number(),
  /** Entries a second over the last seconds. */
  rate: z.number(),
  remainingSeconds: nullable(z.number()),
  summary: nullable(importSummary),
  error: nullable(z.object({ code: z.string(), message: z.string() })),
});
export type WireJobProgress = z.infer<typeof jobProgress>;

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
