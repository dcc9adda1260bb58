import { z } from 'zod';
import { FINDING_KINDS, SEVERITIES } from '../model/finding.ts';
import { isoTime, nullable, recordRef } from './wire-basics.ts';

const kinds = Object.keys(FINDING_KINDS) as [keyof typeof FINDING_KINDS, ...(keyof typeof FINDING_KINDS)[]];

/** Findings of one cause that belong together in time. `incidents --json`. */
export const incident = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  /** One line: what happens where. */
  title: z.string(),
  /** Plain sentences for a ticket: how many, when, whether it is over. */
  explanation: z.string(),
  kind: z.enum(kinds),
  kinds: z.array(z.object({ kind: z.enum(kinds), subkind: z.string(), count: z.number().int() })),
  system: nullable(z.string()),
  flow: nullable(z.string()),
  step: nullable(z.string()),
  /** The error as all of them say it, `<*>` for what differs. */
  signature: nullable(z.string()),
  /** Journeys that are affected. */
  records: z.number().int(),
  findings: z.number().int(),
  /** Of the findings, those that are settled by what somebody said. */
  settled: z.number().int(),
  /** First and last. */
  from: nullable(isoTime),
  to: nullable(isoTime),
  /** Whether it stands out in time from what the same cause does otherwise. */
  burst: z.boolean(),
  usualGapMs: nullable(z.number()),
  /** `over`: nothing came for ten usual gaps, and the log goes on. */
  state: z.enum(['over', 'going-on', 'unknown']),
  /** Up to ten of the records. */
  examples: z.array(recordRef),
});
export type WireIncident = z.infer<typeof incident>;

export const incidentDetail = incident.extend({
  /** Records that touch many others (a customer, a batch) and how many of the affected they touch; the most first, at most ten. */
  customers: z.array(recordRef.extend({ records: z.number().int() })),
  customerTotal: z.number().int(),
  /** Values that the affected have in common and the others that passed the same step have not; the most telling first, at most five. */
  common: z.array(
    z.object({
      field: z.string(),
      value: z.string(),
      affected: z.number().int(),
      affectedOf: z.number().int(),
      others: z.number().int(),
      othersOf: z.number().int(),
      /** Share among the affected over the share among all. */
      lift: z.number(),
      /** Probability that so many have it by chance. */
      byChance: z.number(),
    }),
  ),
  /** How many others passed the same step. */
  comparedWith: z.number().int(),
  /** Findings over the time in which the system was logged: of this incident, and others of the same cause. Null where none has a time. */
  timeline: nullable(z.object({ from: isoTime, to: isoTime, counts: z.array(z.number().int()), others: z.array(z.number().int()) })),
});
export type WireIncidentDetail = z.infer<typeof incidentDetail>;
