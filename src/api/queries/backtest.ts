import { judge } from '../../findings/index.ts';
import type { DetectorContext } from '../../findings/types.ts';
import { checkPassport, withPassports } from '../../flows/index.ts';
import { UserError } from '../../model/errors.ts';
import type { Db } from '../../workspace/open.ts';
import { findingsOf, journeysInOrder, type JourneyCursor } from '../../workspace/readers/in-order.ts';
import type { WireBacktest } from '../wire.ts';
import type { Rebuilder } from './rebuild.ts';

/** Journeys that one answer looks at: some tenths of a second, between which others are answered and the caller may have gone. */
const CHUNK = 512;
const MICROS_PER_DAY = 86_400_000_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4;

export type BacktestPart = Pick<WireBacktest, 'passport' | 'record' | 'journeys' | 'changed' | 'weeks' | 'differing'> & {
  /** Journeys looked at, also those of other types. */
  readonly done: number;
  /** Where the next part begins; undefined: this was the last one. */
  readonly next: JourneyCursor | undefined;
};

interface Prepared {
  readonly yaml: string;
  readonly revision: number;
  readonly name: string;
  readonly record: string;
  readonly context: DetectorContext;
}

/**
 * Judges the stored journeys as they would be judged with a passport in place of the one of its name, a part at a time, and holds that against the
 * stored findings. Writes nothing.
 */
export class Backtest {
  readonly #db: Db;
  readonly #rebuilder: Rebuilder;
  #prepared: Prepared | undefined;

  constructor(db: Db, rebuilder: Rebuilder) {
    this.#db = db;
    this.#rebuilder = rebuilder;
  }

  /** Throws `UserError` `passport-invalid` when the passport cannot be used. */
  part(yaml: string, after: JourneyCursor): BacktestPart {
    const { name, record, context } = this.#prepare(yaml);
    const rows = journeysInOrder(this.#db, after, CHUNK);
    const wanted = rows.filter(({ type }) => type === record);
    const stored = findingsOf(
      this.#db,
      wanted.map(({ id }) => id),
    );
    const weeks = new Weeks();
    const differing: BacktestPart['differing'] = [];
    for (const row of wanted) {
      const before = stored.get(row.id) ?? [];
      const { findings } = judge(this.#rebuilder.build(row, false).journey, context);
      const now = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
      const week = weekOf(row.from);
      for (const { kind, subkind } of before) weeks.add(week, `${kind}/${subkind}`, 'before');
      for (const { kind, subkind } of now) weeks.add(week, `${kind}/${subkind}`, 'after');
      const known = new Set(before.map(({ id }) => id));
      const kept = new Set(now.map(({ id }) => id));
      const appeared = now.filter(({ id }) => !known.has(id));
      const gone = before.filter(({ id }) => !kept.has(id));
      if (appeared.length + gone.length > 0)
        differing.push({ record: { type: row.type, key: row.key }, appeared: appeared.map(named), gone: gone.map(named) });
    }
    const last = rows.at(-1);
    return {
      passport: name,
      record,
      journeys: wanted.length,
      changed: differing.length,
      weeks: weeks.rows(),
      differing,
      done: rows.length,
      next: last === undefined || rows.length < CHUNK ? undefined : { from: last.from, id: last.id },
    };
  }

  #prepare(yaml: string): Prepared {
    const { revision, learned, passports, context } = this.#rebuilder.shared();
    if (this.#prepared?.yaml === yaml && this.#prepared.revision === revision) return this.#prepared;
    const { passport, complaints } = checkPassport(yaml, learned);
    if (passport === undefined) throw new UserError('passport-invalid', firstError(complaints, 'the passport'), 'the passport');
    const others = passports.filter(({ name }) => name !== passport.name);
    const { name, record } = passport;
    return (this.#prepared = {
      yaml,
      revision,
      name,
      record,
      context: { ...context, expectations: withPassports(learned, [...others, passport]) },
    });
  }
}

/** The first error of a passport as one sentence with its place. */
export function firstError(
  complaints: readonly { readonly line: number; readonly column: number; readonly level: string; readonly message: string }[],
  name: string,
): string {
  const errors = complaints.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first === undefined) return `${name} cannot be used`;
  return `${name}, line ${first.line}, column ${first.column}: ${first.message}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`;
}

function named({ kind, subkind, title }: { readonly kind: string; readonly subkind: string; readonly title: string }): {
  kind: string;
  title: string;
} {
  return { kind: `${kind}/${subkind}`, title };
}

/** The Monday of a moment's week, in UTC: `2026-03-02`. */
function weekOf(time: number | null): string {
  if (time === null) return '';
  const day = Math.floor(time / MICROS_PER_DAY);
  const monday = Math.floor((day - FIRST_MONDAY) / 7) * 7 + FIRST_MONDAY;
  return new Date(monday * (MICROS_PER_DAY / 1000)).toISOString().slice(0, 10);
}

type WeekRow = WireBacktest['weeks'][number];

/** Counts by week and kind. */
export class Weeks {
  readonly #counts = new Map<string, WeekRow>();

  add(week: string, kind: string, side: 'before' | 'after', count = 1): void {
    const key = `${week} ${kind}`;
    let row = this.#counts.get(key);
    if (row === undefined) this.#counts.set(key, (row = { week, kind, before: 0, after: 0 }));
    row[side] += count;
  }

  rows(): WeekRow[] {
    return [...this.#counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}
