import type { IdentityDecision, SpelledIdentifier } from '../../model/identity-decision.ts';
import type { Merges } from '../aliases.ts';
import type { SettledObservations } from '../observations.ts';
import type { IdentifierTable } from '../types.ts';
import { joinByHand } from './contradiction.ts';
import { Units } from './units.ts';

/** Identifiers of records that decisions made other than the data would: identifier id → number of the record that it is to be part of. */
export type UnitOf = ReadonlyMap<number, number>;

/**
 * Divides the spellings of the records that decisions are about. What was said by hand comes first; then each spelling goes with the one that the data
 * joins it to most surely, unless that is forbidden (as in `mergeFamilies`).
 * @param idOf id of an identifier; undefined where no entry names it
 */
export function divideSpellings(
  decisions: readonly IdentityDecision[],
  idOf: (identifier: SpelledIdentifier) => number | undefined,
  table: IdentifierTable,
  seen: SettledObservations,
  merges: Merges,
  refuse: (decision: IdentityDecision, reason: string) => void,
): UnitOf {
  const units = new Units<number>();
  joinByHand(decisions, units, idOf, refuse);
  const records = recordsOf(namedBy(decisions, idOf), seen, merges);
  for (const spellings of records) {
    for (const [a, b] of bySureness(spellings, table, seen, merges)) units.join(a, b);
  }
  return numbered(records, units);
}

/** The identifiers of merges and splits of which both are known. */
function namedBy(decisions: readonly IdentityDecision[], idOf: (identifier: SpelledIdentifier) => number | undefined): Set<number> {
  const named = new Set<number>();
  for (const { kind, a, b } of decisions) {
    if (kind !== 'merge' && kind !== 'split') continue;
    const [left, right] = [idOf(a), idOf(b)];
    if (left !== undefined && right !== undefined) named.add(left).add(right);
  }
  return named;
}

/** The records that the data makes of some identifiers, each as all of its spellings. */
function recordsOf(named: ReadonlySet<number>, { families }: SettledObservations, merges: Merges): readonly number[][] {
  const groups = families.families.length;
  const keyOf = (id: number): number => families.coreOf[id]! * groups + merges.groupOf[families.familyOf[id]!]!;
  const records = new Map<number, number[]>();
  const cores = new Uint8Array(families.cores);
  for (const id of named) {
    records.set(keyOf(id), []);
    cores[families.coreOf[id]!] = 1;
  }
  if (records.size > 0)
    for (let id = 1; id < families.coreOf.length; id++) if (cores[families.coreOf[id]!] === 1) records.get(keyOf(id))?.push(id);
  return [...records.values()];
}

/** Every two spellings of a record, those first that are one most surely. A record has few spellings. */
function bySureness(
  spellings: readonly number[],
  table: IdentifierTable,
  { families }: SettledObservations,
  merges: Merges,
): readonly (readonly [number, number])[] {
  const count = families.families.length;
  const sureness = (a: number, b: number): number => {
    const [left, right] = [families.familyOf[a]!, families.familyOf[b]!];
    if (left === right) return 1;
    return merges.accepted.get(Math.min(left, right) * count + Math.max(left, right))?.confidence ?? 0;
  };
  // By text, not by id: ids follow the order of imports.
  const sorted = spellings.toSorted((a, b) => (table.value(a) < table.value(b) ? -1 : 1));
  return sorted
    .flatMap((a, at) => sorted.slice(at + 1).map((b) => ({ pair: [a, b] as const, sureness: sureness(a, b) })))
    .toSorted((a, b) => b.sureness - a.sureness)
    .map(({ pair }) => pair);
}

/** Leaves out the records that are as the data makes them. */
function numbered(records: readonly (readonly number[])[], units: Units<number>): UnitOf {
  const sizes = new Map<number, number>();
  for (const id of records.flat()) sizes.set(units.of(id), (sizes.get(units.of(id)) ?? 0) + 1);
  const numbers = new Map<number, number>();
  const unitOf = new Map<number, number>();
  for (const spellings of records) {
    if (sizes.get(units.of(spellings[0]!)) === spellings.length && spellings.every((id) => units.of(id) === units.of(spellings[0]!)))
      continue;
    for (const id of spellings) {
      const unit = units.of(id);
      if (!numbers.has(unit)) numbers.set(unit, numbers.size);
      unitOf.set(id, numbers.get(unit)!);
    }
  }
  return unitOf;
}

/** Entries that name two spellings of a record that was merged by hand count once for it: notes them as repeats. */
export function countOnce(seen: SettledObservations, unitOf: UnitOf): void {
  const { coreOf } = seen.families;
  const ids = Map.groupBy(unitOf.keys(), (id) => unitOf.get(id)!);
  for (const spellings of ids.values()) {
    spellings.forEach((a, at) => {
      for (const b of spellings.slice(at + 1)) {
        const pair = coreOf[a] === coreOf[b] ? -1 : seen.pairs.find(Math.min(a, b), Math.max(a, b));
        if (pair >= 0) seen.repeats[b] = Math.min(seen.entries[b]!, seen.repeats[b]! + seen.pairs.count(pair));
      }
    });
  }
}

/** Marks the records that decisions made: they teach nothing of how many go with how many. */
export function madeByHand(unitOf: UnitOf, recordOf: Uint32Array, records: number): Uint8Array {
  const made = new Uint8Array(records + 1);
  for (const id of unitOf.keys()) made[recordOf[id]!] = 1;
  return made;
}
