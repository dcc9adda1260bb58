import { z } from 'zod';
import { FINDING_KINDS, SEVERITIES } from '../model/finding.ts';
import { JOURNEY_STATUSES } from '../model/journey.ts';
import { isoTime, nullable, recordRef } from './wire-basics.ts';

/** The shapes of what happens to findings over time: taught thresholds, changes between analyses. */
const kinds = Object.keys(FINDING_KINDS) as [keyof typeof FINDING_KINDS, ...(keyof typeof FINDING_KINDS)[]];

/** A threshold that a false alarm raised. */
export const taughtThreshold = z.object({
  kind: z.enum(kinds),
  subkind: z.string(),
  type: z.string(),
  system: nullable(z.string()),
  flow: nullable(z.string()),
  step: nullable(z.string()),
  /** The field that it is about, where it is about one. */
  facet: nullable(z.string()),
  parameter: z.enum(['duration', 'lag', 'attempts', 'difference']),
  /** Up to this nothing is reported: milliseconds for `duration` and `lag`, else a plain number. */
  value: z.number(),
  /** The false alarm that taught it, with its title and note. Opened again, it takes the threshold back. */
  finding: z.string(),
  title: z.string(),
  note: z.string(),
  decidedAt: isoTime,
  /** How many other findings it silences now. */
  silences: z.number().int(),
});
export type WireTaughtThreshold = z.infer<typeof taughtThreshold>;

const severities = z.object({ info: z.number().int(), warning: z.number().int(), critical: z.number().int() });

/** What one import changed. */
export const changeSet = z.object({
  id: z.number().int(),
  at: isoTime,
  sources: z.array(z.string()),
  removed: z.array(z.string()),
  /** What was said of who is who in between, as sentences. */
  decided: z.array(z.string()),
  new: severities,
  /** Findings that are there no more: they resolved themselves. */
  gone: severities,
  /** Of those, the ones to whose journey entries arrived late. */
  late: z.number().int(),
  flipped: z.array(z.object({ from: z.enum(JOURNEY_STATUSES), to: z.enum(JOURNEY_STATUSES), count: z.number().int() })),
});
export type WireChangeSet = z.infer<typeof changeSet>;

export const changeKind = z.enum(['new', 'gone', 'flipped']);

export const change = z.object({
  what: changeKind,
  record: nullable(recordRef),
  /** Null for a verdict that flipped. */
  finding: nullable(
    z.object({
      id: z.string(),
      kind: z.enum(kinds),
      subkind: z.string(),
      severity: z.enum(SEVERITIES),
      title: z.string(),
      /** Of one that was known and got worse: its severity before. */
      before: nullable(z.enum(SEVERITIES)),
    }),
  ),
  /** Of a verdict that flipped; null for findings. */
  from: nullable(z.enum(JOURNEY_STATUSES)),
  to: nullable(z.enum(JOURNEY_STATUSES)),
  /** `arrived`: entries came to the journey; `gone`: entries of it are gone; `decided`: somebody said who is who; `usual`: none of these, what is usual or the end of the data changed. */
  why: z.enum(['arrived', 'gone', 'decided', 'usual']),
  /** Why, as a sentence. */
  reason: z.string(),
  /** The sources whose entries arrived. */
  sources: z.array(z.string()),
});
export type WireChange = z.infer<typeof change>;
