/**
 * A clock is what stamped the times of one system in files of one kind: all files of the same format, profile and zone that show the system were
 * written by the same machinery. Two kinds of files that show one system may have been stamped by two machines, and are two clocks.
 */
export interface Clock {
  readonly system: string;
  /** What its files have in common: format, profile and zone. */
  readonly teller: string;
}

/** How far a clock is ahead of the others, as a function of its own time. Microseconds. */
export interface ClockOffset {
  /** By how much it is ahead at `at`; negative: behind. */
  readonly offset: number;
  /** How much it gains in a microsecond: 1e-6 is 1 µs a second. 0 for a clock that runs as fast as the others. */
  readonly drift: number;
  readonly at: number;
}

/** `clock`: corrected. `zone`: corrected, and almost certainly a zone that was read wrongly. `unclear`: not corrected, as it may be none. */
export type ClockVerdict = 'clock' | 'zone' | 'unclear';

/** What is said of one clock that does not go with the others. Times and durations in microseconds. */
export interface ClockSkew extends ClockOffset {
  /** Index of the clock. */
  readonly clock: number;
  readonly verdict: ClockVerdict;
  /** What the offset must lie between; infinite where hops bound it on one side only. */
  readonly low: number;
  readonly high: number;
  /** Hops with this clock that were looked at, and how many of them would run backwards without the correction. */
  readonly hops: number;
  readonly backwards: number;
  /** Of those, how many rest on what the log declares: spans, executions. The others rest on what usually causes what. */
  readonly declared: number;
  /** The clocks that it was compared with. */
  readonly against: readonly number[];
  /** Events of hops that run backwards, two of each: the cause and the effect. */
  readonly evidence: readonly number[];
}

/** By how much a clock is ahead at one of its own times. */
export function aheadAt({ offset, drift, at }: ClockOffset, time: number): number {
  return drift === 0 ? offset : Math.round(offset + drift * (time - at));
}

/** A clock that does not go with the others, and what is said of it. */
export interface SkewedClock extends Clock {
  readonly skew: Omit<ClockSkew, 'clock' | 'against'>;
  /** Whether it has no hops of its own, and was taken to be the clock of the same system's other files. */
  readonly alike: boolean;
  /** The systems of the clocks that it was compared with, sorted. */
  readonly against: readonly string[];
  /** Ids of the sources that it stamped. */
  readonly sources: readonly number[];
}

/** Whether times of this clock are corrected. */
export function isCorrected(verdict: ClockVerdict): boolean {
  return verdict !== 'unclear';
}
