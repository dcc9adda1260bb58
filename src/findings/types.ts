import type { DeclaredAgreement, DeclaredFollow, DurationModel, Expectations, FieldExpectation, Thresholds } from '../flows/types.ts';
import type { DataScope } from '../journey/types.ts';
import type { Finding, FindingKind, FindingSubkind } from '../model/finding.ts';
import type { Hop, Journey, JourneyStatus, StateValue, Step, ToldValue } from '../model/journey.ts';
import type { Micros } from '../model/time.ts';

export interface DetectorContext {
  readonly expectations: Expectations;
  readonly scope: DataScope;
  /** End of the data: nothing later can be known. */
  readonly dataEnd: Micros | undefined;
}

/** What a detector says of one journey. Ghosts are the steps it misses, drawn as outlines. */
export interface Detection {
  readonly findings: readonly Finding[];
  readonly ghosts: readonly Step[];
  readonly ghostHops: readonly Hop[];
}

/** What is said of a detector in the reference, which is generated from it. */
export interface DetectorInfo {
  readonly id: string;
  readonly version: number;
  readonly kind: FindingKind;
  readonly subkinds: readonly FindingSubkind[];
  readonly title: string;
  /** What it looks for, why it matters, how it decides, when it stays silent: one paragraph each. */
  readonly doc: {
    readonly what: string;
    readonly why: string;
    readonly how: string;
    readonly silent: string;
    /** What a false alarm changes (`teaching.ts`); where nothing is said, only itself. */
    readonly teaches?: string;
  };
  readonly parameters: readonly { readonly name: string; readonly value: number | string; readonly meaning: string }[];
}

/** One detector of problems in single journeys: pure, versioned, documented. */
export interface Detector extends DetectorInfo {
  detect(journey: Journey, context: DetectorContext): Detection;
  /**
   * Whether it finds nothing in any journey of a shape (see `journey/shape.ts`) of which `conditions` hold; it adds those it needs. Ranks in
   * the shape's journey can be compared and nothing else, and no step in it was tried more than once.
   */
  isSilent(journey: Journey, context: DetectorContext, conditions: Conditions): boolean;
}

/** What must hold of the times and values of a journey so that nothing is to be said of it. */
export interface Conditions {
  /** These are not slow. Ranks. */
  readonly durations: {
    readonly from: number;
    readonly to: number;
    readonly model: DurationModel;
    readonly thresholds: Thresholds;
  }[];
  /** These take no longer than is declared (µs). Ranks. */
  readonly limits: { readonly from: number; readonly to: number; readonly most: number }[];
  /** These are done within their declared windows. Ranks. */
  readonly windows: { readonly from: number; readonly to: number; readonly declared: DeclaredFollow }[];
  /** What steps and documents say of fields goes together. */
  readonly matches: Match[];
  /** These states of systems agree where they should, and their words go together. */
  readonly pairs: ValuePair[];
  /** These mean the same, as is declared. */
  readonly agreements: { readonly a: StateValue; readonly b: StateValue; readonly declared: DeclaredAgreement }[];
}

/** What two tellers say of one field in one journey, in the order of their expectation. */
export interface Match {
  readonly a: readonly ToldValue[];
  readonly b: readonly ToldValue[];
  readonly field: string;
  readonly expectation: FieldExpectation;
}

/** Two values that are compared, in the order of their expectation. */
export interface ValuePair {
  readonly a: StateValue;
  readonly b: StateValue;
  readonly expectation: FieldExpectation;
  /** Whether they must be the same, and whether they are words that must go together. */
  readonly mustAgree: boolean;
  readonly areWords: boolean;
}

/** A journey with everything said about it. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly ghosts: readonly Step[];
  readonly ghostHops: readonly Hop[];
  readonly status: JourneyStatus;
  readonly statusReason: string;
}
