/**
 * What normally happens, learned from the journeys of a workspace. Plain JSON: it is stored with the workspace, so that one
 * journey can be judged later without reading the others. Durations in microseconds.
 */

/** Log-spaced summary of a duration; made by `flows/durations.ts`. */
export interface DurationModel {
  readonly observations: number;
  /** Median and robust spread of ln(duration in µs), MAD × 1.4826. */
  readonly logMedian: number;
  readonly logSpread: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** A step as the model knows it: where it happens and what it is called. */
export interface StepKey {
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
}

export interface Expectations {
  readonly version: number;
  readonly byType: { readonly [recordType: string]: TypeExpectations };
}

/** Of one type of root record. What stands here beyond `journeys` and `steps` is the learner's own. */
export interface TypeExpectations {
  readonly journeys: number;
  readonly steps: readonly StepExpectation[];
  readonly hops: readonly HopExpectation[];
  readonly follows: readonly FollowExpectation[];
  readonly fields: readonly FieldExpectation[];
}

export interface StepExpectation extends StepKey {
  /** Journeys that have this step. */
  readonly journeys: number;
  readonly duration: DurationModel | undefined;
  /** Share of those journeys in which nothing followed it although there was time: how normal it is to end here. */
  readonly endsShare: number;
  /** Share of those journeys in which it occurs more than once. */
  readonly repeatsShare: number;
}

export interface HopExpectation {
  /** Indexes into `steps`. */
  readonly from: number;
  readonly to: number;
  readonly latency: DurationModel | undefined;
}

/** Eventually-follows with right-censoring: of the journeys that had `after`, and had the time, how many had `step`. */
export interface FollowExpectation {
  readonly after: number;
  readonly step: number;
  readonly eligible: number;
  readonly followed: number;
  /** Time from the end of `after` to the start of `step`. */
  readonly latency: DurationModel | undefined;
}

/** A field that systems agree on in nearly all journeys, or the pairs of words that go together. */
export interface FieldExpectation {
  readonly field: string;
  readonly recordType: string;
  readonly systemA: string;
  readonly systemB: string;
  readonly journeys: number;
  readonly agreed: number;
  /** For vocabularies that differ: `paid` of A goes with `PAYMENT_RECEIVED` of B, with counts. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly count: number }[];
}
