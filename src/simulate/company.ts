import type { Calendar } from './calendar.ts';
import type { Clocks } from './clocks.ts';
import type { LogPart } from './coverage.ts';
import type { Fault, Injection, Places } from './faults.ts';
import type { DayFiles } from './files.ts';
import type { Output } from './output.ts';

/**
 * How a company is described. The framework (`run.ts`) draws when its cases (orders, claims, shipments) begin and which of them carry a fault,
 * asks the company to live each of them, and hands what every system wrote, by time, to the company's writer. Skewed clocks, logs that end
 * early, overlapping files, noise and the truth are the framework's: a company says only what is its own.
 *
 * To add one: a folder beside `shop` and `insurer` whose `index.ts` calls `defineCompany`, and a line in `companies.ts`. `live` must be a
 * function of its arguments alone (a generator for each case: `new Random(seed, stream + index)`), so that memory does not grow with the
 * number of cases and a case does not depend on the others. What several cases share (a batch run, an invoice over several orders) is gathered by
 * the writer, which sees everything by time; its identity must follow from the time or from the case (see `shop/write-boomi.ts`).
 */
export interface CompanySpec<E extends SimEntry> {
  readonly id: string;
  /** For the user, such as `a web shop`. */
  readonly title: string;
  readonly cases: { readonly one: string; readonly many: string };
  /** Record type by which the truth names a case. Findings are matched by key alone. */
  readonly recordType: string;
  readonly systems: readonly SystemSpec[];
  /** IANA zone of the local times that carry no offset, if there are any: whoever imports has to say it. */
  readonly zone?: string;
  readonly rhythm: Rhythm;
  readonly faults: FaultSpec;
  /** Logs that are not whole unless told otherwise. */
  readonly coverage?: (window: Calendar) => readonly LogPart[];
  /** The name of a step: entries of one system and one name are the same step. */
  stepOf(this: void, event: E): string;
  live(this: void, request: LifeRequest): Life<E>;
  writer(this: void, desk: Desk): Writer<E>;
  /** The same as plain events in one file, for measuring. */
  readonly plain?: PlainSpec<E>;
  /** Flow passports: what was promised, which whoever imports has to say; no part of the logs. */
  readonly passports?: readonly Promised[];
}

/** A flow passport by its name. */
export interface Promised {
  readonly name: string;
  readonly yaml: string;
}

/** A system: what somebody who gets its logs has to know. Each has a format, a zone and a spelling of its own. */
export interface SystemSpec {
  readonly name: string;
  readonly format: string;
  readonly zone: string;
  /** How it spells the identifiers it knows. */
  readonly spelling: string;
}

export interface Rhythm {
  /** The window for so many cases from a first day (epoch milliseconds at midnight UTC). */
  window(this: void, start: number, cases: number): Calendar;
  /** Cases that begin in the hour at `at`, in arbitrary units. */
  weight(this: void, at: number): number;
  /** How long before the end of the data a case must begin to carry a fault, in milliseconds: its absence must be provable. */
  readonly margin: number;
}

export interface FaultSpec {
  readonly places: Places;
  /** What is injected unless told otherwise. */
  readonly usual: readonly Fault[];
  /**
   * What a detector may rightly report as well, because it follows from the fault: `kind/subkind`, or `kind` for all of its subkinds. A score
   * counts these neither as found nor as false alarms.
   */
  consequences(this: void, injection: Injection): readonly string[];
}

/** One thing that one system writes down. Keep all of a company's in one shape (same keys, same order): there are millions. */
export interface SimEntry {
  /** Epoch milliseconds, true time, at which it began. It is written when it is over. */
  readonly at: number;
  readonly durationMs: number;
  readonly system: string;
}

export interface LifeRequest {
  readonly seed: number;
  /** 0-based number of the case among `cases`. */
  readonly index: number;
  readonly cases: number;
  /** When it begins. */
  readonly at: number;
  readonly injection: Injection | undefined;
}

/** What became of a case. */
export interface Life<E extends SimEntry> {
  /** None before the case begins; in any order. */
  readonly events: readonly E[];
  /** The identifier that the truth names it by. */
  readonly key: string;
  /** All other identifiers of it, in every spelling: a finding may be filed under any. None that it shares with another case. */
  readonly related: readonly string[];
  /** Name of a legitimate kind of life, such as `plain` or `cancelled`. */
  readonly variant: string;
  /** What the injection did; undefined when it had no occasion. Then the case is lived again without. */
  readonly struck: Struck | undefined;
}

/** What was really done to a case, for the truth. */
export interface Struck {
  readonly system: string;
  readonly step: string;
  readonly at: number;
  readonly note: string;
}

/** What a writer is given. */
export interface Desk {
  readonly seed: number;
  /** Daily files: what overlaps and is noisy by itself. */
  readonly files: DayFiles;
  /** For files of another kind, such as pages of an answer. */
  readonly output: Output;
  /** For entries that the writer makes up by itself: the clock of the system that they are from. */
  readonly clocks: Clocks;
}

export interface Writer<E extends SimEntry> {
  /** An entry whose `at` is what its system's clock showed; `now` is the true time. `now` never goes back. */
  write(this: void, event: E, now: number): void;
  /** Entries written so far. */
  events(this: void): number;
  finish(this: void): void;
}

export interface PlainSpec<E extends SimEntry> {
  /** Faults that only exports would show. */
  readonly hidden: readonly Fault[];
  /** Moves a fault to where plain events show it. */
  adapt(this: void, injection: Injection): Injection;
  writer(this: void, desk: Desk): Writer<E>;
}
