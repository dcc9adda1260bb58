import type { Expectations } from '../flows/types.ts';
import type { DetectorContext } from '../findings/types.ts';
import type { JudgedRows } from '../workspace/derived-writer.ts';
import type { JourneyMaterial } from './material.ts';

/** What a long analysis says and asks while it runs. */
export interface AnalysisHooks {
  /** `done` of `total` in the unit of the stage. */
  progress(stage: string, done: number, total: number): void;
  /** Throws when the user cancelled. */
  check(): void;
  /** A stage has ended that needed much more than the next one: what it leaves may be collected now. */
  release?(): void;
  /** Starts another thread that does part of the work on journeys. Undefined: all of it is done here. */
  readonly helper?: (material: JourneyMaterial) => JourneyHelper;
}

/** A thread that works on journeys beside the one that runs the analysis. */
export interface JourneyHelper {
  learn(): Promise<Expectations>;
  /**
   * Judges chunks until none is left. `cursor[0]` is the next chunk that nobody has taken, shared by all who judge.
   * `use` is called with the rows of each chunk, in any order.
   */
  judge(context: DetectorContext, cursor: Int32Array, use: (chunk: number, rows: JudgedRows) => void): Promise<void>;
  end(): Promise<void>;
}
