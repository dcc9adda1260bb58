import type { PlannedPart } from '../../intake/plan.ts';
import type { PartResult } from './import-job.ts';
import type { FileResult } from './watches.ts';

/** Puts together what became of each file, from what became of its parts: an archive has many. */
export class FileResults {
  readonly #files = new Map<string, FileResult>();

  constructor(parts: readonly PlannedPart[]) {
    for (const part of parts) {
      if (part.outcome === 'refused') this.#merge(part.path, 'failed', 0, 0, part.reason);
      else this.#merge(part.path, 'known', 0, 0, '');
    }
  }

  add({ part, outcome, refusal }: PartResult): void {
    if (refusal !== undefined) this.#merge(part.path, 'failed', 0, 0, refusal.reason);
    else if (outcome?.outcome === 'imported') this.#merge(part.path, 'imported', outcome.events, outcome.rejected, '');
  }

  get all(): readonly FileResult[] {
    return [...this.#files.values()];
  }

  #merge(path: string, outcome: FileResult['outcome'], events: number, rejected: number, message: string): void {
    const before = this.#files.get(path);
    const failed = outcome === 'failed' || before?.outcome === 'failed';
    this.#files.set(path, {
      path,
      outcome: failed ? 'failed' : outcome === 'known' ? (before?.outcome ?? 'known') : outcome,
      events: (before?.events ?? 0) + events,
      rejected: (before?.rejected ?? 0) + rejected,
      message: message === '' ? (before?.message ?? '') : message,
    });
  }
}
