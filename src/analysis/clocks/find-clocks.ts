import type { Identity } from '../../identity/types.ts';
import { estimateClocks } from '../../journey/clock/index.ts';
import type { ClockSkew, SkewedClock } from '../../model/clock.ts';
import { systemSpans } from '../../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import type { Db } from '../../workspace/open.ts';
import { hashOf, sampleOf } from '../sample.ts';
import { ClockRows } from './clock-rows.ts';
import { ClockTable } from './clock-table.ts';

/** Journeys of one type by which clocks are compared: enough to see what runs backwards in one of a hundred. */
const MOST_COMPARED = 4000;

/** Times of which nothing is known: longer than any data. JSON has no infinity. */
const UNKNOWN = Number.MAX_SAFE_INTEGER;

export interface FoundClocks {
  readonly clocks: readonly SkewedClock[];
  /** System → by how much its times may be wrong, see `DataScope`. */
  readonly errors: Readonly<Record<string, number>>;
}

/** Compares the clocks of a workspace while its events are gone through once. */
export class ClockFinder {
  readonly #identity: Identity;
  readonly #table: ClockTable;
  readonly #rows: ClockRows;
  /** Root → 1 if its journey is looked at. */
  readonly #wanted: Uint8Array;
  readonly #types = new Map<string, number>();

  constructor(db: Db, identity: Identity, names: readonly string[]) {
    this.#identity = identity;
    this.#table = new ClockTable(db, systemSpans(db), names);
    this.#rows = new ClockRows(this.#table, names);
    this.#wanted = new Uint8Array(identity.records.count + 1);
    if (this.#table.clocks.length < 2) return;
    const wanted = sampleOf(
      rootsOf(identity),
      (root) => this.#typeOf(root),
      (root) => identity.records.key(root),
      MOST_COMPARED,
    );
    for (const root of rootsOf(identity)) if (wanted(root)) this.#wanted[root] = 1;
  }

  add(root: number, batch: ColumnBatch, index: number): void {
    if (this.#wanted[root] === 1) this.#rows.add(root, batch, index);
  }

  /** The clocks that do not go with the others, and by how much times may be wrong when those are corrected. */
  find(): FoundClocks {
    const clocks = this.#skews();
    return { clocks, errors: this.#errors(clocks) };
  }

  #errors(skewed: readonly SkewedClock[]): Readonly<Record<string, number>> {
    const errors: Record<string, number> = {};
    for (const [clock, resolution] of this.#rows.resolutions) {
      const { system, teller } = this.#table.clocks[clock]!;
      const found = skewed.find((each) => each.system === system && each.teller === teller);
      errors[system] = Math.max(errors[system] ?? 0, resolution + (found === undefined ? 0 : uncertaintyOf(found)));
    }
    return errors;
  }

  #skews(): readonly SkewedClock[] {
    const { records } = this.#identity;
    const journeys = this.#rows.journeys(
      (root) => this.#typeOf(root),
      (root) => hashOf(records.key(root)),
    );
    const told = new Set(this.#rows.steps.map(({ clock }) => clock));
    const one = this.#rows.unite(journeys);
    const skews = estimateClocks(this.#table.clocks.length, this.#rows.steps, journeys);
    if (skews.length === 0) return [];
    return this.#table.clocks.flatMap((clock, number): SkewedClock[] => {
      const own = told.has(number) ? skews.find((skew) => skew.clock === one[number]) : undefined;
      const skew = own ?? (told.has(number) ? undefined : this.#alike(clock.system, new Set([...told].map((each) => one[each]!)), skews));
      return skew === undefined ? [] : [this.#skewed(number, skew, own === undefined || one[number] !== number)];
    });
  }

  /**
   * What holds for files of a system that tell of no hop (lists of states): the machine is the one that wrote its other files, if there is one such. Where a
   * zone was read wrongly, that says nothing of files in another form.
   */
  #alike(system: string, told: ReadonlySet<number>, skews: readonly ClockSkew[]): ClockSkew | undefined {
    const others = [...told].filter((clock) => this.#table.clocks[clock]!.system === system);
    const [first, ...rest] = others.map((clock) => skews.find((skew) => skew.clock === clock));
    return first?.verdict === 'clock' && rest.length === 0 ? first : undefined;
  }

  /** The type of a root, as a number. */
  #typeOf(root: number): number {
    const type = this.#identity.records.type(root);
    let number = this.#types.get(type);
    if (number === undefined) this.#types.set(type, (number = this.#types.size));
    return number;
  }

  #skewed(number: number, { clock: _clock, against, ...skew }: ClockSkew, alike: boolean): SkewedClock {
    const systems = new Set(against.map((other) => this.#table.clocks[other]!.system));
    return {
      ...this.#table.clocks[number]!,
      skew: alike ? { ...skew, evidence: [] } : skew,
      alike,
      against: [...systems].toSorted(),
      sources: this.#table.sourcesOf(number),
    };
  }
}

/** By how much a corrected time may be off: half of what the offset lies between, or all of it where hops bound it on one side only. */
function uncertaintyOf({ skew: { verdict, offset, low, high } }: SkewedClock): number {
  if (verdict === 'unclear') return UNKNOWN;
  return Number.isFinite(low) && Number.isFinite(high) ? (high - low) / 2 : Math.abs(offset);
}

function* rootsOf({ rootOf, records }: Identity): Generator<number> {
  for (let record = 1; record <= records.count; record++) if (rootOf[record] === record) yield record;
}
