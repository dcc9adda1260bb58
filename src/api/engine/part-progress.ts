import type { PlannedPart } from '../../intake/plan.ts';
import type { PartProgress } from '../../intake/read-part.ts';
import type { WireJobProgress, WirePartProgress } from '../wire.ts';

/** Finished files that progress still lists: what went by since the user last looked. */
export const MOST_FINISHED_PARTS = 20;

interface Row {
  readonly name: string;
  readonly totalBytes: number | null;
  progress: PartProgress;
  state: WirePartProgress['state'];
}

const NOTHING: PartProgress = { diskBytes: 0, entries: 0, rejected: 0 };

/** How far each file of an import has come. What it says is bounded, however many files there are. */
export class PartBoard {
  readonly #rows = new Map<string, Row>();
  /** Ids in the order in which their reading ended; only the last ones are kept. */
  #finished: string[] = [];
  #done = 0;
  readonly #total: number;
  #bytes = 0;
  #entries = 0;
  #rejected = 0;

  constructor(total: number) {
    this.#total = total;
  }

  begin(part: PlannedPart): void {
    this.#rows.set(part.id, { name: part.name, totalBytes: part.diskBytes ?? null, progress: NOTHING, state: 'reading' });
  }

  advance(id: string, progress: PartProgress): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#bytes += progress.diskBytes - row.progress.diskBytes;
    this.#entries += progress.entries - row.progress.entries;
    this.#rejected += progress.rejected - row.progress.rejected;
    row.progress = progress;
  }

  end(id: string, state: Exclude<WirePartProgress['state'], 'reading'>): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    row.state = state;
    this.#done++;
    this.#finished.push(id);
    if (this.#finished.length > MOST_FINISHED_PARTS) this.#rows.delete(this.#finished.shift()!);
  }

  /** Those being read first, then the finished ones, the latest first. */
  get progress(): Pick<WireJobProgress, 'bytes' | 'entries' | 'rejected' | 'files' | 'parts'> {
    const wire = (id: string, row: Row): WirePartProgress => ({
      part: id,
      name: row.name,
      state: row.state,
      bytes: row.progress.diskBytes,
      totalBytes: row.totalBytes,
      entries: row.progress.entries,
      rejected: row.progress.rejected,
    });
    const reading = [...this.#rows].filter(([, row]) => row.state === 'reading').map(([id, row]) => wire(id, row));
    const finished = this.#finished.toReversed().map((id) => wire(id, this.#rows.get(id)!));
    return {
      bytes: this.#bytes,
      entries: this.#entries,
      rejected: this.#rejected,
      files: { total: this.#total, done: this.#done },
      parts: [...reading, ...finished],
    };
  }
}
