import type { Calendar } from './calendar.ts';
import type { Clocks } from './clocks.ts';
import type { Coverage } from './coverage.ts';
import type { FaultRates } from './faults.ts';
import type { TruthWriter } from './truth.ts';

/** What a run is to be, with everything decided. */
export interface Plan {
  readonly seed: number;
  readonly cases: number;
  readonly plain: boolean;
  readonly window: Calendar;
  readonly rates: FaultRates;
  readonly clocks: Clocks;
  readonly coverage: Coverage;
  readonly overlapMs: number;
  readonly noise: number;
  readonly broken: number;
}

export interface RunHooks {
  readonly truth: TruthWriter;
  readonly signal: AbortSignal | undefined;
  progress(this: void, cases: number, events: number): void;
}

export interface RunResult {
  readonly events: number;
}
