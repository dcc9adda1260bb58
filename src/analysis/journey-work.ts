import { createLearner } from '../flows/index.ts';
import type { Expectations } from '../flows/types.ts';
import { judge } from '../findings/index.ts';
import type { DetectorContext } from '../findings/types.ts';
import type { JudgedRows } from '../workspace/derived-writer.ts';
import type { Db } from '../workspace/open.ts';
import { JourneyBuilder } from './journey-builder.ts';
import { addRows } from './judged.ts';
import type { JourneyMaterial } from './material.ts';
import { sampleOf } from './sample.ts';

/** Journeys judged at a time: some tens of milliseconds of work. */
export const CHUNK_JOURNEYS = 256;

/** How many chunks the journeys of a workspace make. */
export function chunkCount({ roots }: JourneyMaterial): number {
  return Math.ceil(roots.length / CHUNK_JOURNEYS);
}

/** The part of an analysis that knows one journey at a time: any number of threads may do it side by side. */
export class JourneyWork {
  readonly #material: JourneyMaterial;
  readonly #builder: JourneyBuilder;
  /** Throws when the user cancelled. */
  readonly #check: () => void;

  constructor(db: Db, material: JourneyMaterial, check: () => void) {
    this.#material = material;
    this.#builder = new JourneyBuilder(db, material);
    this.#check = check;
  }

  /** Learns what is usual, from a sample where there are many. */
  learn(): Expectations {
    const { roots, coverage } = this.#material;
    const learner = createLearner();
    const wanted = sampleOf(roots, (root) => this.#builder.record(root));
    roots.forEach((root, i) => {
      if (i % 1000 === 0) this.#check();
      if (wanted(root)) learner.observe(this.#builder.build(root));
    });
    return learner.finish({ coverage });
  }

  /** Judges the journeys of one chunk. Each journey is built anew: kept, a million events as objects cost more time in the garbage collector. */
  judge(chunk: number, context: DetectorContext): JudgedRows {
    this.#check();
    const rows: JudgedRows = { journeys: [], findings: [] };
    const { roots, keeper } = this.#material;
    for (const root of roots.subarray(chunk * CHUNK_JOURNEYS, (chunk + 1) * CHUNK_JOURNEYS)) {
      const journey = this.#builder.build(root);
      addRows(rows, keeper[root]!, journey, judge(journey, context), this.#builder.eventsOf(root));
    }
    return rows;
  }
}
