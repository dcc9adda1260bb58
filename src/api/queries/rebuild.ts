import type { DetectorContext } from '../../findings/types.ts';
import { withPassports } from '../../flows/index.ts';
import type { Passport } from '../../flows/index.ts';
import type { Expectations } from '../../flows/types.ts';
import { buildJourney } from '../../journey/index.ts';
import type { Journey } from '../../model/journey.ts';
import { micros } from '../../model/time.ts';
import type { SkewedClock } from '../../model/clock.ts';
import { coverageOf, sourceRanks } from '../../workspace/analysis-reader.ts';
import { clockErrors, correctionsOf, skewedClocks, type Corrections } from '../../workspace/clocks.ts';
import type { Db } from '../../workspace/open.ts';
import type { EventReader, ToldEvent } from '../../workspace/readers/events.ts';
import { meta, revision } from '../../workspace/readers/meta.ts';
import { aliasesOf, recordById, relatedRecords } from '../../workspace/readers/records.ts';

const MOST_RELATED = 50;
const NOTHING_LEARNED: Expectations = { version: 0, byType: {} };
/** Names of records kept: neighbours in time share customers and batches. */
const MOST_NAMES = 10_000;

/** What one revision of a workspace has in common for all journeys: read once, not per question. */
export interface Shared {
  readonly revision: number;
  /** What was learned, without what passports declare. */
  readonly learned: Expectations;
  /** The passports of the last analysis. */
  readonly passports: readonly Passport[];
  readonly context: DetectorContext;
  readonly ranks: ReadonlyMap<number, number>;
  /** The clocks that are off, and what of their times is corrected. */
  readonly clocks: readonly SkewedClock[];
  readonly corrections: Corrections;
}

/** Rebuilds journeys from their stored events, with the same pure stages that analysis uses for all. */
export class Rebuilder {
  readonly #db: Db;
  readonly #events: EventReader;
  readonly #names = new Map<number, { readonly type: string; readonly key: string }>();
  #shared: Shared | undefined;

  constructor(db: Db, events: EventReader) {
    this.#db = db;
    this.#events = events;
  }

  shared(): Shared {
    const now = revision(this.#db);
    if (this.#shared?.revision !== now) {
      this.#names.clear();
      const learned = meta<Expectations>(this.#db, 'expectations') ?? NOTHING_LEARNED;
      const passports = meta<readonly Passport[]>(this.#db, 'passports') ?? [];
      const clocks = skewedClocks(this.#db);
      const corrections = correctionsOf(this.#db, clocks);
      const end = meta<number | null>(this.#db, 'data_end') ?? undefined;
      this.#shared = {
        revision: now,
        learned,
        passports,
        context: {
          expectations: withPassports(learned, passports),
          scope: { coverage: coverageOf(this.#db, corrections), clockErrors: clockErrors(this.#db) },
          dataEnd: end === undefined ? undefined : micros(end),
        },
        ranks: sourceRanks(this.#db),
        clocks,
        corrections,
      };
    }
    return this.#shared;
  }

  /** The journey of a root record, and its events as they were told. Its aliases are only for people. */
  build(
    root: { readonly id: number; readonly type: string; readonly key: string },
    withAliases: boolean,
  ): {
    readonly journey: Journey;
    readonly told: readonly ToldEvent[];
  } {
    const { ranks, corrections } = this.shared();
    const told = this.#events.ofJourney(root.id, ranks, corrections);
    const journey = buildJourney({
      root: { type: root.type, key: root.key },
      aliases: withAliases ? aliasesOf(this.#db, root.id, root.key) : [],
      events: told.map(({ event }) => event),
      record: (record) => this.#nameOf(record),
      execution: (execution) =>
        (this.#db.prepare('SELECT value FROM identifier WHERE id = ?').pluck().get(execution) as string | undefined) ?? '',
      related: relatedRecords(this.#db, root.id, MOST_RELATED),
    });
    return { journey, told };
  }

  #nameOf(record: number): { readonly type: string; readonly key: string } {
    let name = this.#names.get(record);
    if (name === undefined) {
      const row = recordById(this.#db, record);
      if (this.#names.size >= MOST_NAMES) this.#names.clear();
      this.#names.set(record, (name = { type: row?.type ?? '', key: row?.key ?? '' }));
    }
    return name;
  }
}
