/** What a long analysis says and asks while it runs. */
export interface AnalysisHooks {
  /** `done` of `total` in the unit of the stage. */
  progress(stage: string, done: number, total: number): void;
  /** Throws when the user cancelled. */
  check(): void;
}
