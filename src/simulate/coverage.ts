import type { Calendar } from './calendar.ts';

/** What is left of a system's log: nothing, or from `from` (included) to `until` (not included), in true time. */
export interface LogPart {
  readonly system: string;
  readonly from: number;
  readonly until: number;
}

/** Which systems were logged when. */
export class Coverage {
  readonly #window: Calendar;
  readonly #parts: ReadonlyMap<string, LogPart>;

  constructor(window: Calendar, parts: readonly LogPart[]) {
    this.#window = window;
    this.#parts = new Map(parts.map((part) => [part.system, part]));
  }

  /** Systems of which there is no log at all. */
  isAbsent(system: string): boolean {
    const part = this.#parts.get(system);
    return part !== undefined && part.from >= part.until;
  }

  /** Whether what a system wrote at a true time is in its log. */
  has(system: string, at: number): boolean {
    const part = this.#parts.get(system);
    if (part === undefined) return at < this.#window.end;
    return at >= part.from && at < part.until;
  }
}
