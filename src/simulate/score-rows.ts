import { wilson } from './wilson.ts';
import type { Share } from './wilson.ts';

export interface KindScore {
  /** `kind/subkind`, or `kind` in a sum over its subkinds. */
  readonly name: string;
  readonly injected: number;
  /** Faults with at least one finding of exactly this kind and subkind. */
  readonly found: number;
  /** Of those not found: reported under another subkind of the same kind. */
  readonly otherSubkind: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly precision: Share;
  readonly recall: Share;
  readonly f1: number | undefined;
}

/** Counts of one kind. */
export interface Tally {
  injected: number;
  found: number;
  other: number;
  missed: number;
  false: number;
}

/** The tally of a name, made when there is none. */
export function tally(map: Map<string, Tally>, name: string): Tally {
  let entry = map.get(name);
  if (entry === undefined) {
    entry = { injected: 0, found: 0, other: 0, missed: 0, false: 0 };
    map.set(name, entry);
  }
  return entry;
}

/** Tallies as rows, by name. */
export function rows(map: ReadonlyMap<string, Tally>): readonly KindScore[] {
  return [...map.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => ({
      name,
      injected: count.injected,
      found: count.found,
      otherSubkind: count.other,
      missed: count.missed,
      falseAlarms: count.false,
      precision: wilson(count.found, count.found + count.false),
      recall: wilson(count.found, count.injected),
      f1: count.found + count.missed + count.false === 0 ? undefined : (2 * count.found) / (2 * count.found + count.missed + count.false),
    }));
}
