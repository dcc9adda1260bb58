import { tally } from './score-rows.ts';
import type { Tally } from './score-rows.ts';
import type { TruthClock } from './truth.ts';

export interface ClockError {
  readonly system: string;
  /** The true offset, at the middle of the data. */
  readonly trueMs: number;
  readonly errorMs: number;
  /** How far it is off when it is off most: what an error is a share of. One that drifts may be right in the middle. */
  readonly mostMs: number;
}

/** A clock that makes fewer hops of one kind run backwards leaves no trace that anybody could go by. */
const LEAST_BACKWARDS = 30;

/** What is said of a clock, as far as it is scored. */
interface ClockClaim {
  readonly subkind: string;
  readonly system?: string | null | undefined;
  readonly offsetMs?: number | undefined;
}

/**
 * Sets what was said of clocks against how they really ran: each wrong clock that turns hops round is a fault, each right one that is accused a false alarm. A
 * wrong clock that turns nothing round only makes waits longer or shorter: to find it is no error, and not to find it neither.
 */
export class ClockScore {
  readonly errors: ClockError[] = [];
  readonly false: string[] = [];
  readonly #wrong: ReadonlyMap<string, TruthClock>;
  readonly #provable: ReadonlySet<string>;
  readonly #found = new Set<string>();

  constructor(clocks: readonly TruthClock[], backwards?: { readonly [system: string]: number }) {
    this.#wrong = new Map(clocks.map((clock) => [clock.system, clock]));
    const provable = clocks.filter(({ system }) => backwards === undefined || (backwards[system] ?? 0) >= LEAST_BACKWARDS);
    this.#provable = new Set(provable.map(({ system }) => system));
  }

  add({ subkind, system, offsetMs }: ClockClaim): void {
    const clock = this.#wrong.get(system ?? '');
    if (clock === undefined) {
      this.false.push(`clock/${subkind} ${system ?? ''}`);
      return;
    }
    if (this.#found.has(clock.system)) return;
    this.#found.add(clock.system);
    const trueMs = clock.offsetMs + clock.driftMs / 2;
    const mostMs = Math.max(Math.abs(clock.offsetMs), Math.abs(clock.offsetMs + clock.driftMs));
    if (offsetMs !== undefined) this.errors.push({ system: clock.system, trueMs, errorMs: offsetMs - trueMs, mostMs });
  }

  missed(): readonly string[] {
    return [...this.#wrong.values()]
      .filter(({ system }) => this.#provable.has(system) && !this.#found.has(system))
      .map(({ system, offsetMs, driftMs }) => `clock/skew ${system}: ahead by ${offsetMs} ms, and ${driftMs} ms more at the end`);
  }

  /** Adds the counts to a table of subkinds or of kinds. */
  count(subkinds: Map<string, Tally>, name = 'clock/skew'): void {
    const found = [...this.#provable].filter((system) => this.#found.has(system)).length;
    if (this.#wrong.size + this.false.length === 0) return;
    const entry = tally(subkinds, name);
    entry.injected += this.#provable.size;
    entry.found += found;
    entry.missed += this.#provable.size - found;
    entry.false += this.false.length;
  }
}
