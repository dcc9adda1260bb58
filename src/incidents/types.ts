import type { Finding, Severity } from '../model/finding.ts';
import type { Absence, Coverage } from '../model/journey.ts';
import type { Micros } from '../model/time.ts';

/** What grouping looks at of a finding. */
export interface IncidentFinding extends Pick<
  Finding,
  'id' | 'kind' | 'subkind' | 'severity' | 'system' | 'flow' | 'step' | 'facet' | 'cause' | 'at'
> {
  readonly absence: Absence | undefined;
  /** Id of the journey it was found in. */
  readonly journey: number;
}

/** What is known of the time in which incidents may have happened. */
export interface IncidentScope {
  readonly coverage: readonly Coverage[];
  readonly dataEnd: Micros | undefined;
  /** When journeys began (µs), ascending: how busy the company was when. */
  readonly starts: Float64Array;
}

/** Whether an incident is over; `unknown` where its rhythm cannot be told. */
export type IncidentState = 'over' | 'going-on' | 'unknown';

/** Findings of one cause that belong together in time. */
export interface Incident {
  readonly id: string;
  readonly cause: Cause;
  readonly severity: Severity;
  /** In the order of their times; those without come last. */
  readonly findings: readonly IncidentFinding[];
  /** Distinct ids. */
  readonly journeys: readonly number[];
  readonly from: Micros | undefined;
  readonly to: Micros | undefined;
  /** Whether it stands out in time from what the cause does otherwise. */
  readonly burst: boolean;
  /** Usual time between two of them (µs); undefined where fewer than two moments are known. */
  readonly usualGap: number | undefined;
  readonly state: IncidentState;
}

/** What findings of one incident have in common by definition. */
export interface Cause {
  /** Identifies it: the hash of all that follows. */
  readonly key: string;
  readonly kind: Finding['kind'];
  /** Undefined where failures that were recovered and those that were not have the same cause. */
  readonly subkind: Finding['subkind'] | undefined;
  readonly system: string | undefined;
  readonly flow: string | undefined;
  readonly step: string | undefined;
  readonly facet: string | undefined;
  /** The error as all of them say it, `<*>` for what differs; undefined where nothing is said. */
  readonly signature: string | undefined;
}
