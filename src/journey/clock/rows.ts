/** What of an event matters for clocks. Ids are 0 where there is none; times in microseconds, NaN where there is none. */
export interface ClockEvent {
  readonly id: number;
  readonly clock: number;
  /** Number of the step: the same system, flow and name as told by one clock. */
  readonly step: number;
  readonly time: number;
  readonly end: number;
  /** How far the time may be from the moment it stands for, because it was cut off or rounded when it was written. */
  readonly resolution: number;
  readonly execution: number;
  readonly parentExecution: number;
  readonly span: number;
  readonly parentSpan: number;
  /** Whether `time` is known to be the start, and cannot be that of a line written when the work was done. */
  readonly isStart: boolean;
}

/** The events of one journey, ordered by their own times. */
export interface ClockJourney {
  /** Journeys of one type are compared with each other. */
  readonly type: number;
  /** A hash of what it is about, by which journeys are chosen where a few are enough. */
  readonly hash: number;
  readonly events: readonly ClockEvent[];
}

/** Which step a number stands for. */
export interface ClockStep {
  readonly clock: number;
  /** A name that is the same whatever the order of imports. */
  readonly name: string;
}
