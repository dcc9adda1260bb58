import { z } from 'zod';
import { FINDING_KINDS, FINDING_STATUSES, SEVERITIES } from '../../../src/model/finding.ts';
import { COMPLETENESS_STATES } from '../../../src/model/completeness.ts';
import { JOURNEY_STATUSES } from '../../../src/model/journey.ts';
import type { FindingKind } from '../../../src/model/finding.ts';

/**
 * The search parameters of each page: the contract of a deep link. What cannot be understood is dropped rather than
 * refused, so that an old or mistyped link still opens its page.
 */
const text = z.string().optional().catch(undefined);
const number = z.coerce.number().int().optional().catch(undefined);
const kinds = Object.keys(FINDING_KINDS) as [FindingKind, ...FindingKind[]];
const kind = z.enum(kinds).optional().catch(undefined);
const severity = z.enum(SEVERITIES).optional().catch(undefined);

export const RECORD_SORTS = ['started', 'ended', 'duration', 'key', 'status', 'steps', 'findings', 'severity', 'completeness'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

export const recordsSearch = z.object({
  type: text,
  status: z.enum(JOURNEY_STATUSES).optional().catch(undefined),
  system: text,
  finding: kind,
  severity,
  completeness: z.enum(COMPLETENESS_STATES).optional().catch(undefined),
  conflict: z.enum(['any', 'claimed', 'reused']).optional().catch(undefined),
  q: text,
  sort: z.enum(RECORD_SORTS).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type RecordsSearch = z.infer<typeof recordsSearch>;

export const findingsSearch = z.object({
  kind,
  subkind: text,
  severity,
  system: text,
  /** Default: what is not settled. */
  status: z
    .enum([...FINDING_STATUSES, 'all'])
    .optional()
    .catch(undefined),
  /** Id of an incident. */
  incident: text,
});
export type FindingsSearch = z.infer<typeof findingsSearch>;

/** The incident that is open. */
export const incidentsSearch = z.object({ incident: text });

export const JOURNEY_VIEWS = ['graph', 'timeline', 'events', 'state', 'payloads', 'identity'] as const;
export type JourneyView = (typeof JOURNEY_VIEWS)[number];

export const journeySearch = z.object({
  view: z.enum(JOURNEY_VIEWS).optional().catch(undefined),
  /** Id of the selected step, `s3`. */
  step: text,
  /** Id of the selected event. */
  event: number,
  /** Id of the selected finding. */
  finding: text,
  /** `raw`: times as the sources tell them, where clocks were corrected. */
  times: z.enum(['raw']).optional().catch(undefined),
});
export type JourneySearch = z.infer<typeof journeySearch>;

export const SOURCES_VIEWS = ['list', 'rejected', 'folders'] as const;
export type SourcesView = (typeof SOURCES_VIEWS)[number];

export const sourcesSearch = z.object({
  view: z.enum(SOURCES_VIEWS).optional().catch(undefined),
  /** Id of the selected source. */
  source: number,
  /** Code of the selected reason, among the rejected entries. */
  reason: text,
});

/** The type whose usual path is shown, or the passport (`new`: one that is not kept yet). */
export const flowsSearch = z.object({ type: text, passport: text });

export const importSearch = z.object({ plan: text, job: text });
