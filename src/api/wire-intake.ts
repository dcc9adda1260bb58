import { z } from 'zod';
import { ROLES } from '../intake/mapper.ts';
import { STATUSES } from '../model/status.ts';
import { isoTime, nullable, recordRef, clock } from './wire-basics.ts';

/** The shapes of what comes in: sources, rejections, plans, mappings, watched folders and the jobs that read them. Part of `wire.ts`. */

export const unknownStatus = z.object({ word: z.string(), count: z.number().int() });

/** How it is known which execution carried a document: the entry names it, its file's name does, or a file beside it. */
export const carriedBy = z.object({
  via: z.enum(['content', 'file-name', 'sidecar']),
  execution: z.string(),
  /** One sentence. */
  why: z.string(),
});
export type WireCarriedBy = z.infer<typeof carriedBy>;

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
  /** Events that other sources had told when it came. */
  duplicates: z.number().int(),
  /** Events that tell how a run ended which an earlier source showed under way. */
  updated: z.number().int(),
  bytes: z.number(),
  sha256: z.string(),
  importedAt: isoTime,
  coverage: nullable(z.object({ from: isoTime, to: isoTime })),
  /** Systems seen in it. */
  systems: z.array(z.string()),
  encoding: z.string(),
  /** What was odd about its values, one sentence each. */
  notices: z.array(z.string()),
  /** Status words in it that nobody listed, the most frequent first: what they mean can be said in the mapping (`values`). */
  unknownStatuses: z.array(unknownStatus),
  /** The document that it only says something of: it is used up by that, and has no events of its own. */
  sidecarOf: nullable(z.string()),
  /** How it is known which execution carried its documents, where they do not name one. */
  carriedBy: nullable(carriedBy),
  /** Names of other sources with the same content, which is stored once. */
  copies: z.array(z.string()),
  /** Clocks that stamped it and are off. */
  clocks: z.array(clock),
});
export type WireSource = z.infer<typeof sourceRow>;

export const rejection = z.object({
  /** Of a rejected entry; null for a file that was refused as a whole. */
  id: nullable(z.number().int()),
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

export const rejectionGroup = z.object({
  /** Empty for files that were refused as a whole. */
  source: z.string(),
  sourceId: nullable(z.number().int()),
  code: z.string(),
  count: z.number().int(),
  /** Why the first of them was rejected. */
  reason: z.string(),
  /** Whether another mapping could read them (`sources.plan` with `rejected`): they were cut well and not understood. */
  rereadable: z.boolean(),
});
export type WireRejectionGroup = z.infer<typeof rejectionGroup>;

/** A rejected entry with its text and what stands around it. */
export const rejectedText = rejection.extend({
  text: z.string(),
  /** Whether `text` was cut. */
  truncated: z.boolean(),
  before: z.string(),
  after: z.string(),
});
export type WireRejectedText = z.infer<typeof rejectedText>;

/** `import --json`. */
export const importSummary = z.object({
  sources: z.array(
    z.object({
      name: z.string(),
      format: z.string(),
      profile: z.string(),
      events: z.number().int(),
      rejected: z.number().int(),
      /** `events` = `new` + `duplicates` + `updated`: nobody had told them, others had, they tell how a run ended that was under way. */
      new: z.number().int(),
      duplicates: z.number().int(),
      updated: z.number().int(),
      sha256: z.string(),
      coverage: z.object({ from: nullable(isoTime), to: nullable(isoTime) }),
      /** `imported`, or `known` when the same content was there already. */
      outcome: z.enum(['imported', 'known', 'refused']),
      /** What was odd about the values, one sentence each: unknown status words, times at the change of clocks, times that cannot be. */
      notices: z.array(z.string()).optional(),
      /** Only for a file that says where a document comes from that is in the workspace: it has no events of its own. */
      sidecar: z.literal(true).optional(),
      /** Only where a source was read again: its rejected entries before, and how many of those are understood now. */
      reread: z.object({ source: z.number().int(), rejectedBefore: z.number().int(), understood: z.number().int() }).optional(),
    }),
  ),
  /** Files that could not be imported at all, one sentence each. */
  refused: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** Sums over `sources`. */
  events: z.number().int(),
  new: z.number().int(),
  duplicates: z.number().int(),
  updated: z.number().int(),
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
  /** What a user's profile does to get the value (`FieldReading`); carried along. */
  read: z.record(z.string(), z.json()).optional(),
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
  execution: z.string().optional(),
  /** What the source's status words mean by what the user said, whichever field says them. */
  statuses: z.record(z.string(), z.enum(STATUSES)).optional(),
  /** Fields that a user's profile reads beside those of its base. */
  added: z.array(fieldMapping).optional(),
  /** What a user's profile says beyond fields (`SourceReading`); carried along. */
  reading: z.record(z.string(), z.json()).optional(),
  /** How entries are read that this mapping rejects; carried along. */
  otherwise: z.array(z.record(z.string(), z.json())).optional(),
  newestFirst: z.boolean().optional(),
  /** Days that elsewhere stand for no time are times here. */
  zeroIsTime: z.boolean().optional(),
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
      /** The beginning of the entry's text, at most 2,000 bytes; null where it lies beyond what was looked at. */
      raw: nullable(z.string()),
    }),
  ),
  /** How many of the entries that were looked at the mapping understands. */
  sampled: nullable(z.object({ entries: z.number().int(), understood: z.number().int() })),
  /** What is odd about the values of these entries, one sentence each. */
  notices: z.array(z.string()),
  unknownStatuses: z.array(unknownStatus),
  /** Id of the remembered mapping that is proposed (`mappings.list`). */
  remembered: nullable(z.number().int()),
  /** The source that this part is the stored text of. */
  source: nullable(z.number().int()),
  /** For a file that only says where documents beside it come from: the names of those in this plan. Null for all else. */
  sidecarOf: nullable(z.array(z.string())),
});
export type WirePlanPart = z.infer<typeof planPart>;

export const plan = z.object({ id: z.string(), parts: z.array(planPart) });
export type WirePlan = z.infer<typeof plan>;

/** A profile that can be named. */
export const profile = z.object({
  /** Null for a file that cannot be used. */
  id: nullable(z.string()),
  title: z.string(),
  /** The file, of those that the user keeps; null for a platform's. */
  path: nullable(z.string()),
  /** Whether it is used for files that it says it is for, without being named. */
  matches: z.boolean(),
  /** Why the file cannot be used. */
  problem: nullable(z.string()),
});
export type WireProfile = z.infer<typeof profile>;

/** A mapping that the user corrected and imported with; it is proposed for files of the same shape. */
export const learnedMapping = z.object({
  id: z.number().int(),
  /** The file it was corrected for, and its name without numbers, dates and UUIDs: what a file must be called to be alike. */
  name: z.string(),
  stem: z.string(),
  format: z.string(),
  correctedAt: isoTime,
  /** What the user said, one line each. */
  corrections: z.array(z.string()),
  mapping,
});
export type WireLearnedMapping = z.infer<typeof learnedMapping>;

/** A folder whose new and changed files are imported by themselves. */
export const watch = z.object({
  id: z.string(),
  path: z.string(),
  options: z.object({
    profile: z.string().optional(),
    timezone: z.string().optional(),
    system: z.string().optional(),
    encoding: z.string().optional(),
  }),
  addedAt: isoTime,
  /** `missing`: the folder is not there (now). */
  state: z.enum(['waiting', 'importing', 'missing']),
  /** The import under way, for `jobs.watch`. */
  job: nullable(z.string()),
  /** Since the host was started: files imported, files whose content was known, files that failed. */
  taken: z.number().int(),
  known: z.number().int(),
  failed: z.number().int(),
  lastImport: nullable(z.object({ at: isoTime, files: z.number().int(), events: z.number().int(), rejected: z.number().int() })),
  /** The last failure. It is tried again when the file changes. */
  lastError: nullable(z.object({ at: isoTime, file: nullable(z.string()), message: z.string() })),
});
export type WireWatch = z.infer<typeof watch>;

/** How far one file of an import has come. */
export const partProgress = z.object({
  /** Id of the part in its plan. */
  part: z.string(),
  name: z.string(),
  state: z.enum(['reading', 'imported', 'known', 'refused', 'cancelled']),
  /** Bytes of the file on disk that have been read. */
  bytes: z.number(),
  totalBytes: nullable(z.number()),
  entries: z.number(),
  rejected: z.number(),
});
export type WirePartProgress = z.infer<typeof partProgress>;

/** What an import or an analysis is doing. */
export const jobProgress = z.object({
  job: z.string(),
  state: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
  /** `Reading`, `Indexing`, `Analysing` … */
  stage: z.string(),
  detail: z.string(),
  bytes: z.number(),
  totalBytes: nullable(z.number()),
  entries: z.number(),
  rejected: z.number(),
  /** Files to read and files read; null where the job reads none. */
  files: nullable(z.object({ total: z.number().int(), done: z.number().int() })),
  /** The files under way, then the last 20 that are done, the latest first. */
  parts: z.array(partProgress),
  /** Entries a second over the last seconds; 0 while paused. Pauses do not count. */
  rate: z.number(),
  remainingSeconds: nullable(z.number()),
  summary: nullable(importSummary),
  error: nullable(z.object({ code: z.string(), message: z.string() })),
});
export type WireJobProgress = z.infer<typeof jobProgress>;
