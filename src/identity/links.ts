import { groupBy } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import { BATCH_SIZE } from './observations.ts';
import type { SettledObservations } from './observations.ts';
import { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';

/**
 * Links that stand in one entry, as pairs of records, the one of the type with the smaller index left. `count` is entries that
 * mention both.
 */
export function entryLinks(seen: SettledObservations, resolved: Resolved): PairTable {
  // With room for what executions add.
  const links = new PairTable(Math.ceil(1.2 * seen.pairs.size));
  const { pairs } = seen;
  for (let pair = 0; pair < pairs.size; pair++) {
    const a = resolved.recordOf[pairs.left(pair)]!;
    const b = resolved.recordOf[pairs.right(pair)]!;
    // Two spellings of one record, or two orders of one kind: no link.
    if (resolved.typeOf[a] === resolved.typeOf[b]) continue;
    addLink(links, resolved, a, b, pairs.count(pair), pairs.evidence(pair));
  }
  return links;
}

function addLink(links: PairTable, resolved: Resolved, a: number, b: number, count: number, evidence: number): void {
  if (resolved.typeOf[a]! < resolved.typeOf[b]!) links.add(a, b, count, evidence);
  else links.add(b, a, count, evidence);
}

/** Which records each execution carries: pairs of execution record (left) and business record (right). */
export function carriedRecords(seen: SettledObservations, resolved: Resolved): PairTable {
  const { carried } = seen;
  const result = new PairTable(carried.size);
  for (let pair = 0; pair < carried.size; pair++) {
    result.add(
      resolved.recordOf[carried.left(pair)]!,
      resolved.recordOf[carried.right(pair)]!,
      carried.count(pair),
      carried.evidence(pair),
    );
  }
  return result;
}

/**
 * Adds links between records that stand in different entries of one execution. Entries say more than executions, so an execution links
 * two types only where it carries one record of the owning type, and only to children that have no owner of that type yet. Of types that
 * no entry names together the owner is learned first, from the executions that carry one record of either. Such links count 0 entries.
 * @param sides what the entries' links say
 * @param learn what the links say that stand in the table then
 * @returns whether there were any
 */
export function addExecutionLinks(
  links: PairTable,
  carried: PairTable,
  resolved: Resolved,
  sides: Sides,
  learn: () => Sides,
): boolean {
  const byExecution = groupBy(carried.size, resolved.records.count + 1, (pair) => carried.left(pair));
  // All are decided against the links as they are: no execution's links decide what the next may add.
  const { known, open } = newLinks(links, carried, byExecution, resolved, sides);
  if (open.length > 0) {
    const size = links.size;
    for (const link of open) links.add(link.left, link.right, 0, link.evidence);
    const learned = learn();
    links.truncate(size);
    for (const link of open) {
      const side = learned(resolved.typeOf[link.left]!, resolved.typeOf[link.right]!);
      if (allows(side, link.leftSingle, link.rightSingle)) known.push(link);
    }
  }
  for (const { left, right, evidence } of known) links.add(left, right, 0, evidence);
  return known.length > 0;
}

interface NewLink {
  readonly left: number;
  readonly right: number;
  readonly evidence: number;
  /** Whether the execution carries no other record of the same type. */
  readonly leftSingle: boolean;
  readonly rightSingle: boolean;
}

/** The links that executions suggest: between types of which the owner is known, and between types that no entry names together. */
function newLinks(
  links: PairTable,
  carried: PairTable,
  byExecution: Grouping,
  resolved: Resolved,
  sides: Sides,
): { known: NewLink[]; open: NewLink[] } {
  const { typeOf, types } = resolved;
  const owned = ownedThrough(links, resolved, sides);
  const perType = new Uint32Array(types.length);
  const known: NewLink[] = [];
  const open: NewLink[] = [];
  for (let execution = 1; execution <= resolved.records.count; execution++) {
    const from = byExecution.start[execution]!;
    const to = byExecution.start[execution + 1]!;
    if (to - from < 2 || to - from > BATCH_SIZE) continue;
    for (let k = from; k < to; k++) perType[typeOf[carried.right(byExecution.items[k]!)]!]!++;
    for (let k = from; k < to; k++) {
      const a = carried.right(byExecution.items[k]!);
      for (let j = k + 1; j < to; j++) {
        const b = carried.right(byExecution.items[j]!);
        const straight = typeOf[a]! < typeOf[b]!;
        const left = straight ? a : b;
        const right = straight ? b : a;
        const leftType = typeOf[left]!;
        const rightType = typeOf[right]!;
        if (leftType === rightType) continue;
        const side = sides(leftType, rightType);
        // Peers and context: what the entries name together is enough.
        if (side === 'neither') continue;
        const leftSingle = perType[leftType] === 1;
        const rightSingle = perType[rightType] === 1;
        if (!allows(side, leftSingle, rightSingle) || links.find(left, right) >= 0) continue;
        if (side === 'left' && owned.find(right, leftType + 1) >= 0) continue;
        if (side === 'right' && owned.find(left, rightType + 1) >= 0) continue;
        const evidence = Math.max(carried.evidence(byExecution.items[k]!), carried.evidence(byExecution.items[j]!));
        (side === 'unknown' ? open : known).push({ left, right, evidence, leftSingle, rightSingle });
      }
    }
    for (let k = from; k < to; k++) perType[typeOf[carried.right(byExecution.items[k]!)]!] = 0;
  }
  return { known, open };
}

/** Whether an execution that carries one or several of either type may link them. */
function allows(side: OwnerSide, leftSingle: boolean, rightSingle: boolean): boolean {
  switch (side) {
    case 'left':
      return leftSingle;
    case 'right':
      return rightSingle;
    case 'neither':
      return leftSingle && rightSingle;
    case 'unknown':
      return leftSingle || rightSingle;
  }
}

export type OwnerSide = 'left' | 'right' | 'neither' | 'unknown';
/** Which of two types owns the other, the smaller type index first. */
export type Sides = (left: number, right: number) => OwnerSide;

/** Pairs of child record (left) and type index + 1 of an owner it already has (right). */
function ownedThrough(links: PairTable, resolved: Resolved, ownerSide: Sides): PairTable {
  const owned = new PairTable(links.size);
  for (let link = 0; link < links.size; link++) {
    const left = links.left(link);
    const right = links.right(link);
    const leftType = resolved.typeOf[left]!;
    const rightType = resolved.typeOf[right]!;
    switch (ownerSide(leftType, rightType)) {
      case 'left':
        owned.add(right, leftType + 1, 1, 0);
        break;
      case 'right':
        owned.add(left, rightType + 1, 1, 0);
        break;
      case 'neither':
      case 'unknown':
        break;
    }
  }
  return owned;
}
