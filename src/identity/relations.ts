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
}

/** Relations as they were measured on the first `links` links of a table. */
export interface Measured {
  readonly relations: readonly Relation[];
  readonly links: number;
}

const NOTHING: Measured = { relations: [], links: 0 };

/**
 * Groups all links by their two types and measures the partners both ways. Ordered by the names of the types.
 * @param known measured before on a table that begins with the same links: what got no further link is taken over
 */
export function measureRelations(links: PairTable, resolved: Resolved, known: Measured = NOTHING): Relation[] {
  const { typeOf, types, byHand } = resolved;
  const size = types.length;
  const pairs = size * size;
  const pairOf = (link: number): number => typeOf[links.left(link)]! * size + typeOf[links.right(link)]!;
  // Records that were made by hand teach nothing about others, unless nothing else is known of two types: they stand in groups of their own.
  const keyOf =
    byHand === undefined
      ? pairOf
      : (link: number): number => pairOf(link) + (byHand[links.left(link)] === 1 || byHand[links.right(link)] === 1 ? pairs : 0);
  const grouping = groupBy(links.size - known.links, byHand === undefined ? pairs : 2 * pairs, (item) => keyOf(known.links + item));
  const perRecord = new Uint32Array(resolved.records.count + 1);
  const relations: Relation[] = [];
  const before = new Map(known.relations.map((relation) => [relation.left * size + relation.right, relation]));
  for (let left = 0; left < size; left++) {
    for (let right = left + 1; right < size; right++) {
      const same = before.get(left * size + right);
      const key = left * size + right;
      let members = membersOf(grouping, key);
      if (members.length === 0 && same === undefined && byHand !== undefined) members = membersOf(grouping, key + pairs);
      const added = members.map((item) => known.links + item);
      if (added.length === 0) {
        if (same !== undefined) relations.push(same);
        continue;
      }
      const all = same === undefined ? added : joined(same.links, added);
      const ofLeft = partners(all, (link) => links.left(link), perRecord);
      const ofRight = partners(all, (link) => links.right(link), perRecord);
      relations.push({ left, right, links: all, ofLeft, ofRight });
    }
  }
  const name = (relation: Relation): string => [types[relation.left]!, types[relation.right]!].toSorted().join('\0');
  return relations.toSorted((a, b) => compare(name(a), name(b)) || a.left - b.left || a.right - b.right);
}

function joined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function membersOf(grouping: Grouping, key: number): Uint32Array {
  return grouping.items.subarray(grouping.start[key], grouping.start[key + 1]);
}

/** @param perRecord scratch, one zero for each record; zeroed again on return */
function partners(members: Uint32Array, sideOf: (link: number) => number, perRecord: Uint32Array): Partners {
  let records = 0;
  let most = 0;
  for (let i = 0; i < members.length; i++) {
    const count = ++perRecord[sideOf(members[i]!)]!;
    if (count === 1) records++;
    if (count > most) most = count;
  }
  // How many records have so many partners.
  const having = new Uint32Array(most + 1);
  for (let i = 0; i < members.length; i++) {
    const record = sideOf(members[i]!);
    if (perRecord[record] === 0) continue;
    having[perRecord[record]!]!++;
    perRecord[record] = 0;
  }
  const exceeding = records - having[1]!;
  return { records, p95: percentile95(having, records), exceeding, many: exceeding > TOLERATED * records };
}

function percentile95(having: Uint32Array, records: number): number {
  let left = Math.ceil(0.95 * records);
  for (let count = 1; count < having.length; count++) {
    left -= having[count]!;
    if (left <= 0) return count;
  }
  return 0;
}

/** Links of one relation by record: links of one record are `items[start[i]..start[i + 1]]`, for each `i` below `records`. */
export interface Side {
  readonly records: Uint32Array;
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/** Groups the links of a relation by the record that `sideOf` finds on one of their sides. */
export function groupSide(members: Uint32Array, sideOf: (link: number) => number, perRecord: Uint32Array): Side {
  const found = new Uint32Array(members.length);
  let count = 0;
  for (let i = 0; i < members.length; i++) {
    const record = sideOf(members[i]!);
    if (perRecord[record]!++ === 0) found[count++] = record;
  }
  const records = found.subarray(0, count);
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    start[i + 1] = start[i]! + perRecord[records[i]!]!;
    // From here on: where the record's next link goes.
    perRecord[records[i]!] = start[i]!;
  }
  const items = new Uint32Array(members.length);
  for (let i = 0; i < members.length; i++) items[perRecord[sideOf(members[i]!)]!++] = members[i]!;
  for (let i = 0; i < count; i++) perRecord[records[i]!] = 0;
  return { records, start, items };
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
