import { groupBy } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import type { TypeRelation } from './types.ts';

/** Share of records that may exceed one partner before the relation is held to be "many": noise, re-used numbers, mistakes. */
const TOLERATED = 0.02;

/** What the links say about two types; `left` has the smaller type index. */
export interface Relation {
  readonly left: number;
  readonly right: number;
  /** Links of this relation, as indexes into the link table. */
  readonly links: Uint32Array;
  readonly ofLeft: Partners;
  readonly ofRight: Partners;
}

/** How many partners the records of one side have. Records without any do not count. */
export interface Partners {
  readonly records: number;
  readonly p95: number;
  /** Records with more than one. */
  readonly exceeding: number;
  /** Whether more than noise has several. */
  readonly many: boolean;
  /** Links grouped by record of this side: keys are `records` in ascending order. */
  readonly bySide: Sides;
}

/** Links of one relation by record: links of `keys[i]` are `items[start[i]..start[i+1]]`. */
export interface Sides {
  readonly keys: Uint32Array;
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/**
 * Groups all links by their two types and measures the partners both ways. Ordered by the names of the types.
 * @param known measured before on a table that begins with the same links: what got no further link is taken over
 */
export function measureRelations(links: PairTable, resolved: Resolved, known: readonly Relation[] = []): Relation[] {
  const { typeOf, types } = resolved;
  const size = types.length;
  const key = (link: number): number => typeOf[links.left(link)]! * size + typeOf[links.right(link)]!;
  const grouping = groupBy(links.size, size * size, key);
  const dense = new Uint32Array(resolved.records.count + 1);
  const relations: Relation[] = [];
  const before = new Map(known.map((relation) => [relation.left * size + relation.right, relation]));
  for (let left = 0; left < size; left++) {
    for (let right = left + 1; right < size; right++) {
      const members = membersOf(grouping, left * size + right);
      if (members.length === 0) continue;
      const same = before.get(left * size + right);
      if (same?.links.length === members.length) {
        relations.push(same);
        continue;
      }
      const ofLeft = partners(members, (link) => links.left(link), dense);
      const ofRight = partners(members, (link) => links.right(link), dense);
      relations.push({ left, right, links: members, ofLeft, ofRight });
    }
  }
  const name = (relation: Relation): string => [types[relation.left]!, types[relation.right]!].toSorted().join('\0');
  return relations.toSorted((a, b) => compare(name(a), name(b)) || a.left - b.left || a.right - b.right);
}

function membersOf(grouping: Grouping, key: number): Uint32Array {
  return grouping.items.subarray(grouping.start[key], grouping.start[key + 1]);
}

/** @param dense scratch, one zero for each record; zeroed again on return */
function partners(members: Uint32Array, sideOf: (link: number) => number, dense: Uint32Array): Partners {
  const records = new Uint32Array(members.length);
  let count = 0;
  for (let i = 0; i < members.length; i++) {
    const record = sideOf(members[i]!);
    if (dense[record]!++ === 0) records[count++] = record;
  }
  const keys = records.slice(0, count).sort();
  const counts = new Uint32Array(count);
  const start = new Uint32Array(count + 1);
  let exceeding = 0;
  for (let i = 0; i < count; i++) {
    counts[i] = dense[keys[i]!]!;
    start[i + 1] = start[i]! + counts[i]!;
    if (counts[i]! > 1) exceeding++;
    // From here on: where the record's next link goes.
    dense[keys[i]!] = start[i]!;
  }
  const items = new Uint32Array(members.length);
  for (let i = 0; i < members.length; i++) items[dense[sideOf(members[i]!)]!++] = members[i]!;
  for (let i = 0; i < count; i++) dense[keys[i]!] = 0;
  const p95 = counts.sort()[Math.min(count - 1, Math.ceil(0.95 * count) - 1)]!;
  return { records: count, p95, exceeding, many: exceeding > TOLERATED * count, bySide: { keys, start, items } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Seen from the left type. */
export function cardinality(relation: Relation): TypeRelation['cardinality'] {
  if (relation.ofLeft.many) return relation.ofRight.many ? 'n:m' : '1:n';
  return relation.ofRight.many ? 'n:1' : '1:1';
}

/** The same seen from the other end. */
export function reversed(value: TypeRelation['cardinality']): TypeRelation['cardinality'] {
  switch (value) {
    case '1:1':
    case 'n:m':
      return value;
    case '1:n':
      return 'n:1';
    case 'n:1':
      return '1:n';
  }
}
