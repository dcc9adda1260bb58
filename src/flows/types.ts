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
  /** Spread of ln(duration) above the median: larger than `logSpread` where the upper tail is heavier than that of a log-normal. */
  readonly upperSpread: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Beyond this it is slow at the tolerated rate of false alarms; undefined when nothing seen so far stands out. */
  readonly alarm: number | undefined;
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
  /** Journeys that had the time to go on after it: what `endsShare` is a share of. */
  readonly endsOf: number;
  /** Share of those journeys in which it occurs more than once. */
  readonly repeatsShare: number;
  /** 99th percentile of the attempts it takes. */
  readonly attemptsP99: number;
}

export interface HopExpectation {
  /** Indexes into `steps`. */
  readonly from: number;
  readonly to: number;
  /** Whether the latency counts from the end of `from`, or from its start because `to` usually begins within it. */
  readonly basis: LatencyBasis;
  readonly latency: DurationModel | undefined;
}

export type LatencyBasis = 'end' | 'start';

/** Eventually-follows with right-censoring: of the journeys that had `after`, and had the time, how many had `step`. */
export interface FollowExpectation {
  readonly after: number;
  readonly step: number;
  readonly eligible: number;
  readonly followed: number;
  /** Journeys that have both in this order, and in the other one. */
  readonly inOrder: number;
  readonly reversed: number;
  readonly basis: LatencyBasis;
  /** Time from `after` (its end, or its start) to the start of `step`. */
  readonly latency: DurationModel | undefined;
  /** Time by which practically all (99 %, with a margin) of those who ever do it have done it, corrected for journeys cut off by the end of the data. */
  readonly horizon: number;
  /** Steps, or steps with a negative outcome, that mark the variants in which it does not follow (cancelled, fraud). */
  readonly unless: readonly Variant[];
}

/** Something in a journey that tells its variant: a step that it has, or one that ended negatively (cancelled, skipped, discarded). */
export interface Variant {
  readonly step: number;
  readonly negative: boolean;
}

/** A field that systems agree on in nearly all journeys, or the pairs of words that go together. */
export interface FieldExpectation {
  /** The field as system A tells it. */
  readonly field: string;
  /** The field as system B tells it: the same, except for words of state (`financial_status` of one, `status` of the other). */
  readonly fieldB: string;
  readonly recordType: string;
  readonly systemA: string;
  readonly systemB: string;
  /** The steps (or documents) in which the two were told. */
  readonly stepA: string;
  readonly stepB: string;
  readonly journeys: number;
  readonly agreed: number;
  /** Time between the two systems' last words, over all journeys. */
  readonly lag: DurationModel | undefined;
  /** For vocabularies that differ: `paid` of A goes with `PAYMENT_RECEIVED` of B, with counts. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly count: number }[];
}
