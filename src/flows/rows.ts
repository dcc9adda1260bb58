import type { Step } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { isFailure } from '../model/status.ts';

export const FAILED = 1;
/** Cancelled, skipped or discarded: an outcome that is no error and yet means "do not go on". */
export const NEGATIVE = 2;
/** Later occurrence of a step that the journey has had before. */
export const AGAIN = 4;
/** Took several attempts, and no source declared them. */
export const RETRIED = 8;
/** Later occurrence of a step for the same record: the same payment made again, not another one. */
export const SAME = 16;

/**
 * The journeys of one type as columns, one row a step, about 32 bytes a step, so that expectations can be found in several passes. Beyond
 * `limit` rows it keeps a fixed share of the journeys, chosen by a hash of their key: the same ones in whatever order
 * they come.
 */
export class JourneyRows {
  journeys = 0;
  rows = 0;
  /** `starts[j] .. starts[j + 1]` delimit the rows of journey j. */
  starts = new Uint32Array(1024);
  hashes = new Uint32Array(1024);
  step = new Uint32Array(4096);
  /** Start of the first attempt, start of the last attempt, end of the last attempt; µs, NaN when unknown. */
  start = new Float64Array(4096);
  lastStart = new Float64Array(4096);
  end = new Float64Array(4096);
  flags = new Uint8Array(4096);
  /** Number of what a step is about; see `abouts`. */
  about = new Uint16Array(4096);
  /** What steps are about, by their numbers; see `aboutOf`. */
  readonly abouts: string[] = [];
  private mask = 0;
  private readonly limit: number;
  /** Of the journey that is open: what each of its rows is about. */
  private records: RecordRef[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether journeys with this hash are kept at present. */
  keeps(hash: number): boolean {
    return (hash & this.mask) === 0;
  }

  /** Opens a journey; its rows are added next. */
  begin(hash: number): void {
    if (this.rows >= this.limit) this.thin();
    if (this.journeys + 2 > this.starts.length) {
      this.starts = grown(this.starts, Uint32Array);
      this.hashes = grown(this.hashes, Uint32Array);
    }
    this.records = [];
    this.hashes[this.journeys] = hash;
    this.journeys++;
    this.starts[this.journeys] = this.rows;
  }

  add(step: number, from: Step): void {
    const first = this.starts[this.journeys - 1] as number;
    let flags = flagsOf(from);
    for (let row = this.rows - 1; row >= first; row--) {
      if (this.step[row] !== step) continue;
      flags |= AGAIN;
      if (!isSame(this.records[row - first], from.record)) continue;
      flags |= SAME;
      break;
    }
    this.records.push(from.record);
    if (this.rows === this.step.length) this.grow();
    const row = this.rows++;
    const last = from.attempts.at(-1);
    this.step[row] = step;
    this.start[row] = from.startedAt ?? Number.NaN;
    this.lastStart[row] = last?.at ?? from.startedAt ?? Number.NaN;
    this.end[row] = from.endedAt ?? last?.at ?? Number.NaN;
    this.flags[row] = flags;
    this.about[row] = this.typeOf(aboutOf(from));
    this.starts[this.journeys] = this.rows;
  }

  private typeOf(type: string): number {
    const known = this.abouts.indexOf(type);
    return known >= 0 ? known : this.abouts.push(type) - 1;
  }

  private grow(): void {
    this.step = grown(this.step, Uint32Array);
    this.start = grown(this.start, Float64Array);
    this.lastStart = grown(this.lastStart, Float64Array);
    this.end = grown(this.end, Float64Array);
    this.flags = grown(this.flags, Uint8Array);
    this.about = grown(this.about, Uint16Array);
  }

  /** Halves the share of journeys that is kept. */
  private thin(): void {
    this.mask = this.mask * 2 + 1;
    let kept = 0;
    let out = 0;
    for (let j = 0; j < this.journeys; j++) {
      const from = this.starts[j] as number;
      const to = this.starts[j + 1] as number;
      if (!this.keeps(this.hashes[j] as number)) continue;
      for (const column of [this.step, this.start, this.lastStart, this.end, this.flags, this.about]) column.copyWithin(out, from, to);
      this.hashes[kept] = this.hashes[j] as number;
      this.starts[kept] = out;
      out += to - from;
      kept++;
      this.starts[kept] = out;
    }
    this.journeys = kept;
    this.rows = out;
  }
}

/** The kind of record that a step is about: its type, and whether others share it. */
export function aboutOf({ record, isShared }: Step): string {
  return isShared === true ? `shared ${record.type}` : record.type;
}

function flagsOf(step: Step): number {
  let flags = 0;
  if (isFailure(step.status)) flags |= FAILED;
  if (step.status === 'cancelled' || step.status === 'skipped' || step.status === 'discarded') flags |= NEGATIVE;
  if (step.attempts.length > 1 && step.attempts.every((attempt) => attempt.declared === undefined)) flags |= RETRIED;
  return flags;
}

interface Column {
  readonly length: number;
  set(from: this): void;
}

function grown<T extends Column>(column: T, make: new (length: number) => T): T {
  const bigger = new make(column.length * 2);
  bigger.set(column);
  return bigger;
}

function isSame(a: RecordRef | undefined, b: RecordRef): boolean {
  return a === b || (a?.key === b.key && a.type === b.type);
}

/** Calls back with the range of rows of each journey. */
export function eachJourney(rows: JourneyRows, visit: (from: number, to: number) => void): void {
  for (let j = 0; j < rows.journeys; j++) visit(rows.starts[j] as number, rows.starts[j + 1] as number);
}
