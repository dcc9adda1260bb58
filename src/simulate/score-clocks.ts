import { tally } from './score-rows.ts';
import type { Tally } from './score-rows.ts';
import type { TruthClock } from './truth.ts';

export interface ClockError {
  readonly system: string;
  /** The true offset, at the middle of the data. */
  readonly trueMs: number;
  readonly errorMs: number;
}

/** What is said of a clock, as far as it is scored. */
interface ClockClaim {
  readonly subkind: string;
  readonly system?: string | null | undefined;
  readonly offsetMs?: number | undefined;
}

/** Sets what was said of clocks against how they really ran: each wrong clock is a fault, each other one that is accused a false alarm. */
export class ClockScore {
  readonly errors: ClockError[] = [];
  readonly false: string[] = [];
  readonly #wrong: ReadonlyMap<string, TruthClock>;
  readonly #found = new Set<string>();

  constructor(clocks: readonly TruthClock[]) {
    this.#wrong = new Map(clocks.map((clock) => [clock.system, clock]));
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
    if (offsetMs !== undefined) this.errors.push({ system: clock.system, trueMs, errorMs: offsetMs - trueMs });
  }

  missed(): readonly string[] {
    return [...this.#wrong.values()]
      .filter(({ system }) => !this.#found.has(system))
      .map(({ system, offsetMs, driftMs }) => `clock/skew ${system}: ahead by ${offsetMs} ms, and ${driftMs} ms more at the end`);
  }

  /** Adds the counts to a table of subkinds or of kinds. */
  count(subkinds: Map<string, Tally>, name = 'clock/skew'): void {
    if (this.#wrong.size + this.false.length === 0) return;
    const entry = tally(subkinds, name);
    entry.injected += this.#wrong.size;
    entry.found += this.#found.size;
    entry.missed += this.#wrong.size - this.#found.size;
    entry.false += this.false.length;
  }
}
