/** n of m: of what can be judged about one side of a journey, how much is as it should be. `of` is 0 where nothing can. */
export interface Factor {
  readonly met: number;
  readonly of: number;
}

/** The three sides of a journey that make it complete. */
export const COMPLETENESS_FACTORS = ['systems', 'fields', 'times'] as const;
export type CompletenessFactor = (typeof COMPLETENESS_FACTORS)[number];

/**
 * How complete a journey is, in three counts: systems that it had to reach by now, fields on which the systems that tell them agree, and steps and
 * ways between them that were on time.
 */
export type CompletenessCounts = Readonly<Record<CompletenessFactor, Factor>>;

/** `complete`: all that is known is as it should be. `lacking`: something is not. `unknown`: nothing is known. */
export const COMPLETENESS_STATES = ['complete', 'lacking', 'unknown'] as const;
export type CompletenessState = (typeof COMPLETENESS_STATES)[number];

/**
 * The counts as one number (0..1): the product of the shares that are known. Undefined where none is: nothing is assumed of what cannot be known, so
 * the number is to be told together with the factors that it was made of.
 */
export function completenessShare(counts: CompletenessCounts): number | undefined {
  let share: number | undefined;
  for (const name of COMPLETENESS_FACTORS) {
    const { met, of } = counts[name];
    if (of > 0) share = (share ?? 1) * (met / of);
  }
  return share;
}

/** `57 %`, `—` where nothing is known. What is not whole is never rounded to 100 %. */
export function percentText(share: number | null): string {
  if (share === null) return '—';
  return `${share < 1 ? Math.min(99, Math.round(100 * share)) : 100} %`;
}

/** Something that a journey lacks, or of which cannot be said yet whether it does. */
export interface Lack {
  /** `wms`, `amount of order SO-1042`, `wms pick`. */
  readonly name: string;
  /** The rest of the sentence: `never heard of it`. */
  readonly why: string;
  /** The id of its step, where the journey has one that shows it. */
  readonly step: string | undefined;
}

export interface FactorDetail extends Factor {
  /** Where nothing can be judged: why. */
  readonly unknown: string | undefined;
  /** `of - met` of them. */
  readonly lacks: readonly Lack[];
  /** What does not count yet, or cannot: its time is not over, its log does not reach that far. */
  readonly undecided: readonly Lack[];
}

/** The counts with what is behind them, for people. */
export type Completeness = Readonly<Record<CompletenessFactor, FactorDetail>>;
