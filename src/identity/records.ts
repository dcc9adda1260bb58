import { TECHNICAL_TYPES } from '../model/record.ts';
import { ruleBetween } from './aliases.ts';
import type { Merges } from './aliases.ts';
import type { Family } from './families.ts';
import type { HandSpellings } from './by-hand/seams.ts';
import { countOnce, madeByHand, type UnitOf } from './by-hand/spellings.ts';
import { findKinds, type Kinds } from './kinds.ts';
import type { SettledObservations } from './observations.ts';
import { shared32 } from './shared.ts';
import { typeStats, type TypeStats } from './type-stats.ts';
import type { AliasRule, IdentifierTable, RecordTable } from './types.ts';

/** Records, and how identifiers became them. */
export interface Resolved {
  readonly records: RecordTable;
  readonly recordOf: Uint32Array;
  readonly ruleOf: Uint8Array;
  readonly rules: readonly AliasRule[];
  /** Record id → kind (see `kinds.ts`), an index into `types` and `baseTypes`. */
  readonly typeOf: Uint16Array;
  /** Kind → name of its type. */
  readonly types: readonly string[];
  /** Kind → index of its type among the types of the identifiers. */
  readonly baseTypes: readonly number[];
  readonly stats: TypeStats;
  /** 1 for records that decisions made other than the data would; undefined where there are none. */
  readonly byHand: Uint8Array | undefined;
}

const SAME: AliasRule = { id: 'same', explanation: 'written the same', confidence: 1 };
const BY_HAND: AliasRule = { id: 'by-hand', explanation: 'merged by hand', confidence: 1 };
const CASE: AliasRule = { id: 'case', explanation: 'the same but for upper and lower case, or for characters around it', confidence: 1 };
/** Stands for a pair of families in `explain`. */
const HAND = -1;
/** `ruleOf` is a byte. */
const MOST_RULES = 255;

/**
 * Makes one record of each core in each group of families. The key is the spelling of the family that most systems use; then the more
 * human one (letters in front, no path, no padding), then the more frequent, then the first by text: one choice for a type where it has
 * the spelling, so that a list does not mix them. Takes over the times and counts of `seen`, which has none afterwards.
 * @param hand what people decided; its units go before cores and groups
 */
export function resolveRecords(table: IdentifierTable, seen: SettledObservations, merges: Merges, hand?: HandSpellings): Resolved {
  const { families } = seen;
  const size = table.count + 1;
  const rank = rankFamilies(seen);
  const unitOf = hand?.spell(table, seen, merges);
  const recordOfUnit = new Map<number, number>();
  const recordOf = shared32(size);
  const keeper = new Uint32Array(size);
  let count = 0;
  // Records of one core, one for each group that has it: nearly always a single one, so the others stand aside.
  const head = new Uint32Array(families.cores);
  const others = new Map<number, number[]>();
  const groupOf = (id: number): number => merges.groupOf[families.familyOf[id]!]!;
  for (let id = 1; id < size; id++) {
    const unit = unitOf?.get(id);
    if (unit !== undefined) {
      const known = recordOfUnit.get(unit);
      if (known === undefined) recordOfUnit.set(unit, ++count);
      const record = (recordOf[id] = known ?? count);
      if (known === undefined || better(id, keeper[record]!, rank, seen, table)) keeper[record] = id;
      continue;
    }
    const group = groupOf(id);
    const core = families.coreOf[id]!;
    const isKnown = (record: number): boolean => groupOf(keeper[record]!) === group;
    const known = head[core] !== 0 && isKnown(head[core]!) ? head[core]! : others.get(core)?.find(isKnown);
    if (known === undefined) {
      recordOf[id] = ++count;
      keeper[count] = id;
      if (head[core] === 0) head[core] = count;
      else if (others.has(core)) others.get(core)!.push(count);
      else others.set(core, [count]);
      continue;
    }
    recordOf[id] = known;
    if (better(id, keeper[known]!, rank, seen, table)) keeper[known] = id;
  }
  const keepers = shared32(count + 1);
  keepers.set(keeper.subarray(0, count + 1));
  const { rules, ruleOf } = explain(table, seen, merges, recordOf, keepers);
  const kinds = findKinds(seen, merges);
  const typeOf = new Uint16Array(count + 1);
  for (let record = 1; record <= count; record++) typeOf[record] = kinds.of(keeper[record]!);
  const stats =
    hand === undefined || unitOf === undefined || unitOf.size === 0
      ? typeStats(seen, recordOf, typeOf, kinds.typeOf)
      : statsWithoutHand(seen, kinds, hand, unitOf);
  const records = tabulate(table, seen, recordOf, keepers);
  const byHand = unitOf === undefined ? undefined : madeByHand(unitOf, recordOf, count);
  return { records, recordOf, ruleOf, rules, typeOf, types: kinds.names, baseTypes: kinds.typeOf, stats, byHand };
}

/** What types as wholes say where some records are made by hand: each identifier counts for the kind that the data says. Entries that name two spellings count once. */
function statsWithoutHand(seen: SettledObservations, kinds: Kinds, hand: HandSpellings, unitOf: UnitOf): TypeStats {
  const { length } = seen.families.typeOf;
  hand.kinds((id) => kinds.of(id));
  countOnce(seen, unitOf);
  return typeStats(
    seen,
    Uint32Array.from({ length }, (_, id) => id),
    Uint16Array.from({ length }, (_, id) => (id === 0 ? 0 : kinds.of(id))),
    kinds.typeOf,
  );
}

function better(id: number, kept: number, rank: Uint32Array, seen: SettledObservations, table: IdentifierTable): boolean {
  const ranks = rank[seen.families.familyOf[id]!]! - rank[seen.families.familyOf[kept]!]!;
  if (ranks !== 0) return ranks < 0;
  const entries = seen.entries[id]! - seen.entries[kept]!;
  return entries !== 0 ? entries > 0 : table.value(id) < table.value(kept);
}

/** Family → its place among all families, the best spelling first. */
function rankFamilies(seen: SettledObservations): Uint32Array {
  const { families } = seen;
  const count = families.families.length;
  const entries = new Float64Array(count);
  const systems = Array.from({ length: count }, () => 0);
  for (let id = 1; id < families.familyOf.length; id++) entries[families.familyOf[id]!]! += seen.entries[id]!;
  for (let system = 0; system < seen.systemCount; system++) {
    const has = new Uint8Array(count);
    for (let id = 1; id < families.familyOf.length; id++) if (seen.mentions(system, id)) has[families.familyOf[id]!] = 1;
    for (let family = 0; family < count; family++) systems[family]! += has[family]!;
  }
  const order = Array.from({ length: count }, (_, family) => family).toSorted(
    (a, b) =>
      systems[b]! - systems[a]! ||
      humanity(families.families[b]!) - humanity(families.families[a]!) ||
      entries[b]! - entries[a]! ||
      (families.families[a]!.example < families.families[b]!.example ? -1 : 1),
  );
  const rank = new Uint32Array(count);
  order.forEach((family, place) => (rank[family] = place));
  return rank;
}

function humanity(family: Family): number {
  return (family.prefix === '' ? 0 : 4) + (family.base === '' ? 2 : 0) + (family.width === 0 ? 1 : 0);
}

function tabulate(table: IdentifierTable, seen: SettledObservations, recordOf: Uint32Array, keeper: Uint32Array): RecordTable {
  const count = keeper.length - 1;
  const { types, typeOf } = seen.families;
  const isTechnical = types.map((name) => (TECHNICAL_TYPES.has(name) ? 1 : 0));
  const technical = new Uint8Array(count + 1);
  for (let record = 1; record <= count; record++) technical[record] = isTechnical[typeOf[keeper[record]!]!]!;
  const spellings = new Uint8Array(count + 1);
  for (let id = 1; id <= table.count; id++) spellings[recordOf[id]!] = Math.min(2, spellings[recordOf[id]!]! + 1);
  const { first, last, entries, repeats } = seen.takeTimes();
  // In place: a record's number is at most that of its first identifier, so what is written was read before.
  for (let id = 1, made = 0; id <= table.count; id++) {
    const record = recordOf[id]!;
    const counted = entries[id]! - (spellings[record]! > 1 ? repeats[id]! : 0);
    const from = first[id]!;
    const to = last[id]!;
    if (record > made) {
      made = record;
      first[record] = from;
      last[record] = to;
      entries[record] = counted;
      continue;
    }
    entries[record]! += counted;
    if (from < first[record]! || Number.isNaN(first[record]!)) first[record] = from;
    if (to > last[record]! || Number.isNaN(last[record]!)) last[record] = to;
  }
  const type = (record: number): string => table.type(keeper[record]!);
  const key = (record: number): string => table.value(keeper[record]!);
  const end = count + 1;
  return {
    count,
    keeper,
    type,
    key,
    technical,
    first: first.subarray(0, end),
    last: last.subarray(0, end),
    events: entries.subarray(0, end),
  };
}

/** Why each identifier is a spelling of its record: by comparison with the record's key. */
function explain(table: IdentifierTable, seen: SettledObservations, merges: Merges, recordOf: Uint32Array, keeper: Uint32Array) {
  const { families } = seen;
  const rules: AliasRule[] = [SAME, CASE];
  const ruleOf = new Uint8Array(table.count + 1);
  const index = new Map<number, number>();
  const count = families.families.length;
  for (let id = 1; id <= table.count; id++) {
    const key = keeper[recordOf[id]!]!;
    if (key === id) continue;
    const left = families.familyOf[id]!;
    const right = families.familyOf[key]!;
    if (families.coreOf[id] !== families.coreOf[key] || merges.groupOf[left] !== merges.groupOf[right]) {
      if (!index.has(HAND)) index.set(HAND, rules.push(BY_HAND) - 1);
      ruleOf[id] = index.get(HAND)!;
      continue;
    }
    if (left === right) {
      ruleOf[id] = 1;
      continue;
    }
    const pair = left * count + right;
    let rule = index.get(pair);
    if (rule === undefined) {
      const made = ruleOfPair(left, right, seen, merges);
      rule =
        rules.length < MOST_RULES
          ? rules.push(made) - 1
          : Math.max(
              1,
              rules.findIndex((known) => known.id === made.id),
            );
      index.set(pair, rule);
    }
    ruleOf[id] = rule;
  }
  return { rules, ruleOf };
}

function ruleOfPair(left: number, right: number, seen: SettledObservations, merges: Merges): AliasRule {
  const { families } = seen;
  const count = families.families.length;
  const from = families.families[left]!;
  const to = families.families[right]!;
  const verdict = merges.accepted.get(Math.min(left, right) * count + Math.max(left, right));
  const type = families.types[from.type]!;
  const lead = `${from.example} and ${to.example} are two ways to write one ${type}`;
  const id = ruleBetween(from, to);
  // The two met only through a third spelling: as sure as the less sure of those two steps.
  if (verdict === undefined)
    return { id, explanation: `${lead}: both meet in a third spelling`, confidence: throughThird(left, right, count, merges) };
  return { id, explanation: `${lead}: ${verdict.reason}`, confidence: verdict.confidence };
}

function throughThird(left: number, right: number, count: number, merges: Merges): number {
  let best = 0;
  const step = (a: number, b: number): number => merges.accepted.get(Math.min(a, b) * count + Math.max(a, b))?.confidence ?? 0;
  for (let third = 0; third < count; third++) {
    if (merges.groupOf[third] === merges.groupOf[left]) best = Math.max(best, Math.min(step(left, third), step(third, right)));
  }
  return best > 0 ? best : 0.5;
}
