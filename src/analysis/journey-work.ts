import { createLearner } from '../flows/index.ts';
import type { Expectations } from '../flows/types.ts';
import { completenessOf, judge, quietOf, type Quiet } from '../findings/index.ts';
import type { DetectorContext } from '../findings/types.ts';
import type { Shape } from '../journey/index.ts';
import type { Finding } from '../model/finding.ts';
import type { JudgedRows } from '../workspace/derived-writer.ts';
import type { Db } from '../workspace/open.ts';
import { JourneyBuilder } from './journey-builder.ts';
import { addRows, completenessCell, extentOf, type CompletenessCell, type Extent } from './judged.ts';
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
  /** In `#context`. */
  readonly #shapes = new Map<Shape, ShapeVerdict>();
  #context: DetectorContext | undefined;

  constructor(db: Db, material: JourneyMaterial, check: () => void) {
    this.#material = material;
    this.#builder = new JourneyBuilder(db, material);
    this.#check = check;
  }

  /** Learns what is usual, from a sample where there are many. */
  learn(): Expectations {
    const { roots, coverage } = this.#material;
    const learner = createLearner();
    const builder = this.#builder;
    const wanted = sampleOf(
      roots,
      (root) => builder.typeOf(root),
      (root) => builder.keyOf(root),
    );
    roots.forEach((root, i) => {
      if (i % 1000 === 0) this.#check();
      if (wanted(root)) learner.observe(builder.build(root));
    });
    return learner.finish({ coverage });
  }

  /** Judges the journeys of one chunk. Each journey is built anew: kept, a million events as objects cost more time in the garbage collector. */
  judge(chunk: number, context: DetectorContext): JudgedRows {
    this.#check();
    if (this.#context !== context) {
      this.#context = context;
      this.#shapes.clear();
    }
    const rows: JudgedRows = { journeys: [], findings: [] };
    const { roots } = this.#material;
    for (const root of roots.subarray(chunk * CHUNK_JOURNEYS, (chunk + 1) * CHUNK_JOURNEYS)) this.#judge(root, context, rows);
    return rows;
  }

  #judge(root: number, context: DetectorContext, rows: JudgedRows): void {
    const builder = this.#builder;
    const id = this.#material.keeper[root]!;
    const events = builder.eventsOf(root);
    const shape = builder.shape(root);
    const usual = shape === undefined ? undefined : this.#usual(shape, context);
    if (shape !== undefined && usual?.quiet?.holds(builder.particulars) === true) {
      const { journey } = shape;
      const { status, statusReason, completeness } = usual.quiet;
      const from = journey.startedAt === undefined ? undefined : builder.particulars.time(journey.startedAt);
      const to = journey.endedAt === undefined ? undefined : builder.particulars.time(journey.endedAt);
      addRows(
        rows,
        { id, record: builder.record(root), status, statusReason, from, to, extent: usual.extent, completeness, events },
        NO_FINDINGS,
      );
      return;
    }
    const journey = shape === undefined ? builder.buildAnew(root) : builder.fill(shape);
    const { status, statusReason, findings } = judge(journey, context);
    const { record, startedAt: from, endedAt: to } = journey;
    const extent = usual?.extent ?? extentOf(journey);
    const completeness = completenessCell(completenessOf(journey, context));
    addRows(rows, { id, record, status, statusReason, from, to, extent, completeness, events }, findings);
  }

  #usual(shape: Shape, context: DetectorContext): ShapeVerdict {
    let known = this.#shapes.get(shape);
    if (known === undefined) {
      const quiet = quietOf(shape, context);
      known = {
        extent: extentOf(shape.journey),
        quiet: quiet === undefined ? undefined : { ...quiet, completeness: completenessCell(quiet.completeness) },
      };
      this.#shapes.set(shape, known);
    }
    return known;
  }
}

/** What is known of all journeys of a shape. */
interface ShapeVerdict {
  readonly extent: Extent;
  readonly quiet: (Omit<Quiet, 'completeness'> & { readonly completeness: CompletenessCell }) | undefined;
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);
