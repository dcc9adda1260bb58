import type { Severity } from '../model/finding.ts';
import type { Window } from './passport/windows.ts';

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
  /** What is usual at which time, where the data proves that it follows the hour or the weekday. */
  readonly rhythm?: Rhythm;
  /** How long it takes in open hours, where that tells far better what is slow. Then it is judged by this alone. */
  readonly open?: OpenClock;
}

/** Days and hours (UTC) at which something begins. */
export interface OpenHours {
  /** Bit 0 is Monday. */
  readonly days: number;
  /** Bit 0 is from midnight to one. */
  readonly hours: number;
}

/** A clock that stands still outside of open hours, and what is usual by it. */
export interface OpenClock {
  readonly hours: OpenHours;
  readonly model: DurationModel;
  /** Open time (µs) by which practically all who ever do it have done it, with the margin of `FollowExpectation.horizon`. */
  readonly horizon: number;
}

/** How a rhythm is told apart: by parts of the day, by days of the week, or by both. */
export type RhythmParts = 'hours' | 'weekdays' | 'both';

/** Baselines by part of the day or week, numbered as in `flows/rhythm-parts.ts`; null for parts that were seen too rarely. */
export interface Rhythm {
  readonly parts: RhythmParts;
  readonly models: readonly (DurationModel | null)[];
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
  /** Fields that are declared to agree, whatever was learned of them. Absent: none. */
  readonly declaredFields?: readonly DeclaredAgreement[];
  /** What judges otherwise than usual. Absent: nothing. */
  readonly thresholds?: Partial<Thresholds>;
}

/** From where on something is worth telling; a passport may say otherwise for its record type. */
export interface Thresholds {
  /** Slower than usual by less than this factor is of no practical effect … */
  readonly slowTimes: number;
  /** … and so is less than this (µs) more than usual. */
  readonly slowMoreThan: number;
  /** A step counts as expected when at 97.5 % confidence it follows in at least this share of comparable journeys. */
  readonly usualShare: number;
  /** Two fields are the same when at 97.5 % confidence they agree in at least this share of journeys. */
  readonly agreeShare: number;
}

/** Where an expectation was declared, and who answers for it. */
export interface Declaration {
  /** Name of the passport, and the line in it. */
  readonly passport: string;
  readonly line: number;
  readonly owner: string | undefined;
  readonly runbook: string | undefined;
  readonly severity: Severity | undefined;
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
  /** Share of those journeys in which it occurs more than once for the same record: not once for each of two payments. */
  readonly sameShare?: number;
  /** 99th percentile of the attempts it takes. */
  readonly attemptsP99: number;
  /** The longest it is declared to take (µs). */
  readonly takes?: { readonly most: number; readonly declared: Declaration };
  /** Declared as an end: nothing needs to follow. */
  readonly mayEnd?: boolean;
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
  /** Between two runs of `step` long waits are usual. Absent: they are not. */
  readonly pauses?: Pauses;
  /** Steps, or steps with a negative outcome, that mark the variants in which it does not follow (cancelled, fraud). */
  readonly unless: readonly Variant[];
  /** A step on a way round: where it is, the step follows that one instead, as another follow says. */
  readonly detour?: number | undefined;
  /** It follows in journeys of this kind only, and `eligible` are of that kind. Absent: in all. */
  readonly given?: Given;
  /** Absent: learned. */
  readonly declared?: DeclaredFollow;
  /** Learned, and a passport says something else of its step: what it tells of times is used, its absence is no claim. */
  readonly overruled?: boolean;
}

/** From when until when (µs) a step was done for nobody. */
export type Pause = readonly [from: number, to: number];

/** Pauses in which somebody waited, ascending, and the longest wait (µs) through one that is usual. */
export interface Pauses {
  readonly spans: readonly Pause[];
  readonly most: number;
}

/** What a passport says of a follow. One rule is one object, however many steps it makes due or is met by. */
export interface DeclaredFollow extends Declaration {
  readonly required: boolean;
  /** By when, counted from the end of `after`. Absent: by the learned time. */
  readonly window: Window | undefined;
  /** Any of these steps meets it: the same step in several flows, all steps of a system. */
  readonly metBy: readonly number[];
  /** The system that must hear of the record, where any of its steps will do. */
  readonly system: string | undefined;
}

/** Two tellers of a field that are declared to agree. */
export interface DeclaredAgreement extends Declaration {
  readonly field: string;
  /** `system` or `system.step`; the first one leads. */
  readonly a: string;
  readonly b: string;
  readonly tolerance: { readonly absolute: number } | { readonly share: number } | undefined;
  /** Folded word of A → folded words of B that mean the same. Words that are not in it must be the same. */
  readonly values: { readonly [word: string]: readonly string[] } | undefined;
  /** Younger disagreement (µs) is in flight; undefined: by what was learned of them. */
  readonly within: number | undefined;
  /** They are not compared. */
  readonly ignore: boolean;
}

/** What tells beforehand that something will follow: a step that stands before, or the kind of record that the step before is about; see `aboutOf`. */
export type Given = { readonly step: number } | { readonly about: string };

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
  /**
   * For vocabularies that differ: `paid` of A goes with `PAYMENT_RECEIVED` of B, with counts, and with the journeys in which A, and in which B, was told last.
   */
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    readonly count: number;
    readonly last?: { readonly a: number; readonly b: number };
  }[];
  /** Words of either side in journeys of which the other side told nothing: `REJECTED` of the claims goes with no payment at all. */
  readonly alone?: {
    readonly a: readonly { readonly word: string; readonly count: number }[];
    readonly b: readonly { readonly word: string; readonly count: number }[];
  };
  /** Journeys in which A, and in which B, was told last; neither where both were told at the same time. */
  readonly last?: { readonly a: number; readonly b: number };
  /** B is A times this, as gross is net with its tax. Absent: 1. */
  readonly factor?: number;
  /** The same of all pairs that tell this field in steps of the same names and go together in the same way: the order and the invoice of another partner. */
  readonly kin?: { readonly journeys: number; readonly agreed: number };
  /** How they go together where one of them tells the field of several records (an order of two shipments). Absent: nothing is known of that. */
  readonly several?: SeveralExpectation;
  /** Younger disagreement (µs) is in flight. Absent: by `lag`. */
  readonly grace?: number;
}

export interface SeveralExpectation {
  /** `sum`: what one tells of several adds up to what the other tells; `each`: all tell the same; `same`: what both tell of the same record agrees. */
  readonly as: 'sum' | 'same' | 'each';
  readonly journeys: number;
  readonly agreed: number;
  /** Of a sum: who tells the parts, and how long (µs) after a part the last of them may come. */
  readonly parts?: 'a' | 'b';
  readonly patience?: number;
}
