import type { Clock } from '../../model/clock.ts';
import type { SystemSpan } from '../../workspace/analysis-reader.ts';
import type { Db } from '../../workspace/open.ts';

/** Which clock stamped what a source shows of a system. */
export class ClockTable {
  /** In the order of their names, which no import changes. */
  readonly clocks: readonly Clock[];
  readonly #bySource: ReadonlyMap<number, ReadonlyMap<number, number>>;

  constructor(db: Db, spans: readonly SystemSpan[], names: readonly string[]) {
    const tellers = tellersOf(db);
    const told = spans.map(({ source, system }) => ({
      source,
      system,
      clock: { system: names[system] ?? '', teller: tellers.get(source) ?? '' },
    }));
    const keys = [...new Set(told.map(({ clock }) => keyOf(clock)))].toSorted();
    const numbers = new Map(keys.map((key, number) => [key, number]));
    const clocks: Clock[] = [];
    const bySource = new Map<number, Map<number, number>>();
    for (const { source, system, clock } of told) {
      const number = numbers.get(keyOf(clock))!;
      clocks[number] = clock;
      const own = bySource.get(source) ?? new Map<number, number>();
      bySource.set(source, own.set(system, number));
    }
    this.clocks = clocks;
    this.#bySource = bySource;
  }

  /** System id → number of the clock; undefined where the source shows nothing. */
  of(source: number): ReadonlyMap<number, number> | undefined {
    return this.#bySource.get(source);
  }

  /** The sources that a clock stamped, ascending. */
  sourcesOf(clock: number): readonly number[] {
    return [...this.#bySource]
      .filter(([, own]) => [...own.values()].includes(clock))
      .map(([source]) => source)
      .toSorted((a, b) => a - b);
  }
}

function keyOf({ system, teller }: Clock): string {
  return `${system}\u0000${teller}`;
}

/** What files have in common that one machinery writes. */
function tellersOf(db: Db): ReadonlyMap<number, string> {
  const rows = db.prepare("SELECT id, format, profile, coalesce(zone, '') FROM source WHERE state = 'complete'").raw().all();
  return new Map(
    (rows as [number, string, string, string][]).map(([id, format, profile, zone]) => [id, `${format} ${profile} ${zone}`.trim()]),
  );
}
