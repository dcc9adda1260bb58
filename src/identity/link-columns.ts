import { SEVERAL } from './assign.ts';
import type { Assignment } from './assign.ts';
import { groupBy } from './grouping.ts';
import type { Owned } from './ownership.ts';
import { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import { shared32 } from './shared.ts';
import type { LinkTable, TypeRelation } from './types.ts';

/** Relations and links as the rest of the program sees them. */
export interface Linked {
  readonly relations: readonly TypeRelation[];
  readonly links: LinkTable;
}

/**
 * Puts the links into columns, by parent and then child: of an owning relation the parent is the owner, else the record of `relation.from`.
 * Adds batch executions: linked, as context, to the roots of what they carry.
 */
export function linkColumns(
  owned: readonly Owned[],
  links: PairTable,
  carried: PairTable,
  assignment: Assignment,
  resolved: Resolved,
): Linked {
  const batches = batchLinks(carried, assignment);
  const relations = owned.map((item) => item.described);
  const batchRelation = new Map<number, number>();
  const size = resolved.types.length;
  const kinds = new Map<number, number>();
  for (let link = 0; link < batches.size; link++) {
    const kind = resolved.typeOf[batches.left(link)]! * size + resolved.typeOf[batches.right(link)]!;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const label = (kind: number): string => `${resolved.types[Math.floor(kind / size)]!} ${resolved.types[kind % size]!}`;
  for (const [kind] of [...kinds].toSorted((a, b) => (label(a[0]) === label(b[0]) ? a[0] - b[0] : label(a[0]) < label(b[0]) ? -1 : 1))) {
    batchRelation.set(kind, relations.length);
    relations.push(describeBatches(kind, size, batches, resolved));
  }
  let count = batches.size;
  owned.forEach(({ relation, owner }) => {
    for (const link of relation.links) if (says(links.left(link), links.right(link), owner !== undefined, assignment, resolved)) count++;
  });
  const pair = new Uint32Array(count);
  const relationOf = new Uint32Array(count);
  let at = 0;
  owned.forEach(({ relation, owner }, index) => {
    for (const link of relation.links) {
      if (!says(links.left(link), links.right(link), owner !== undefined, assignment, resolved)) continue;
      relationOf[at] = index;
      pair[at++] = link;
    }
  });
  for (let link = 0; link < batches.size; link++) {
    relationOf[at] = batchRelation.get(resolved.typeOf[batches.left(link)]! * size + resolved.typeOf[batches.right(link)]!)!;
    pair[at++] = link;
  }
  const ordinary = owned.length;
  const parentOf = (i: number): number => {
    const relation = relationOf[i]!;
    if (relation >= ordinary) return batches.left(pair[i]!);
    return owned[relation]!.leftFirst ? links.left(pair[i]!) : links.right(pair[i]!);
  };
  const childOf = (i: number): number => {
    const relation = relationOf[i]!;
    if (relation >= ordinary) return batches.right(pair[i]!);
    return owned[relation]!.leftFirst ? links.right(pair[i]!) : links.left(pair[i]!);
  };
  const order = byParentAndChild(count, resolved.records.count, parentOf, childOf);
  const table = {
    count,
    parent: shared32(count),
    child: shared32(count),
    relation: shared32(count),
    entries: shared32(count),
    evidence: shared32(count),
  };
  for (let i = 0; i < count; i++) {
    const from = order[i]!;
    const source = relationOf[from]! < ordinary ? links : batches;
    table.parent[i] = parentOf(from);
    table.child[i] = childOf(from);
    table.relation[i] = relationOf[from]!;
    table.entries[i] = source.count(pair[from]!);
    table.evidence[i] = source.evidence(pair[from]!);
  }
  return { relations, links: table };
}

/** The links by parent and then child: two counting sorts, the second of them stable, so that children stay in order. */
export function byParentAndChild(
  count: number,
  records: number,
  parentOf: (link: number) => number,
  childOf: (link: number) => number,
): Uint32Array {
  const byChild = groupBy(count, records + 1, childOf).items;
  const byParent = groupBy(count, records + 1, (i) => parentOf(byChild[i]!)).items;
  for (let i = 0; i < count; i++) byParent[i] = byChild[byParent[i]!]!;
  return byParent;
}

/** Whether a link between two records, one of which may own the other, says more than their journeys do, see `LinkTable`. */
function says(a: number, b: number, owned: boolean, { rootOf }: Assignment, { records }: Resolved): boolean {
  const rootA = rootOf[a]!;
  const rootB = rootOf[b]!;
  // An execution that is part of another record's journey is no record that anybody looks at.
  if (records.technical[a] === 1 && rootA !== 0 && rootA !== a) return false;
  if (records.technical[b] === 1 && rootB !== 0 && rootB !== b) return false;
  const aStands = rootA === a;
  const bStands = rootB === b;
  // What is owned from two journeys belongs to one of them only.
  if (owned && rootA !== rootB) return true;
  return rootB === a || rootA === b || (aStands && bStands) || (aStands && rootB === 0) || (bStands && rootA === 0);
}

/** Executions that carry several roots (left), and these roots (right). */
function batchLinks(carried: PairTable, assignment: Assignment): PairTable {
  const batches = new PairTable();
  for (let pair = 0; pair < carried.size; pair++) {
    const execution = carried.left(pair);
    const root = assignment.rootOf[carried.right(pair)]!;
    if (root === 0 || root === execution || assignment.rootOfExecution[execution] !== SEVERAL) continue;
    batches.add(execution, root, carried.count(pair), carried.evidence(pair));
  }
  return batches;
}

function describeBatches(kind: number, size: number, batches: PairTable, resolved: Resolved): TypeRelation {
  const from = Math.floor(kind / size);
  const to = kind % size;
  const perFrom = new Map<number, number>();
  const perTo = new Map<number, number>();
  let pairs = 0;
  for (let link = 0; link < batches.size; link++) {
    if (resolved.typeOf[batches.left(link)] !== from || resolved.typeOf[batches.right(link)] !== to) continue;
    pairs++;
    perFrom.set(batches.left(link), (perFrom.get(batches.left(link)) ?? 0) + 1);
    perTo.set(batches.right(link), (perTo.get(batches.right(link)) ?? 0) + 1);
  }
  const partnersOfFrom = p95(perFrom);
  const partnersOfTo = p95(perTo);
  const many = partnersOfFrom > 1;
  const back = partnersOfTo > 1;
  const cardinality = many ? (back ? 'n:m' : '1:n') : back ? 'n:1' : '1:1';
  const type = resolved.types[from]!;
  const reason = `one ${type} carries several journeys and is part of none: context`;
  return { from: type, to: resolved.types[to]!, cardinality, pairs, partnersOfFrom, partnersOfTo, owner: undefined, reason };
}

function p95(counts: ReadonlyMap<number, number>): number {
  const sorted = Uint32Array.from(counts.values()).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)] ?? 0;
}
