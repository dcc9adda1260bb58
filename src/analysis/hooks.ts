import type { Expectations } from '../flows/types.ts';
import type { DetectorContext } from '../findings/types.ts';
import type { JudgedRows } from '../workspace/derived-writer.ts';
import type { Chunks } from './chunks.ts';
import type { JourneyMaterial } from './material.ts';

/** What a long analysis says and asks while it runs. */
export interface AnalysisHooks {
  /** `done` of `total` in the unit of the stage. */
  progress(stage: string, done: number, total: number): void;
  /** Throws when the user cancelled. */
  check(): void;
  /** A stage has ended that needed much more than the next one: what it leaves may be collected now. */
  release?(): void;
  /** Starts another thread that does part of the work. Undefined: all of it is done here. */
  readonly helper?: () => JourneyHelper;
}

/** A thread that works on journeys beside the one that runs the analysis. */
export interface JourneyHelper {
  /** When it writes nothing itself any more. Rejects when it could not be started. */
  readonly ready: Promise<void>;
  /**
   * Learns what is usual, and then judges chunks until none is left, also while the thread that asked is busy with something else. `use` is called
   * with the rows of each chunk it judged, in any order.
   */
  work(material: JourneyMaterial, data: DataRange, chunks: Chunks, use: (chunk: number, rows: JudgedRows) => void): HelperWork;
  end(): Promise<void>;
}

/** What findings are judged in beside the expectations. */
export type DataRange = Omit<DetectorContext, 'expectations'>;

export interface HelperWork {
  readonly learned: Promise<Expectations>;
  /** Every chunk that it took was given to `use`. */
  readonly judged: Promise<void>;
}
