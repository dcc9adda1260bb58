import { groupBy } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import { BATCH_SIZE } from './observations.ts';
import type { SettledObservations } from './observations.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';

/**
 * Links that stand in one entry, as pairs of records, the one of the type with the smaller index left. `count` is entries that
 * mention both. Made of the pairs of identifiers, in place.
 */
export function entryLinks({ pairs }: SettledObservations, { recordOf, typeOf }: Resolved): PairTable {
  pairs.rename(recordOf, (a, b) => {
    const order = typeOf[a]! - typeOf[b]!;
    // Two spellings of one record, or two orders of one kind: no link.
    if (order === 0) return 'dropped';
    return order < 0 ? 'straight' : 'swapped';
  });
  return pairs;
}

/** Which records each execution carries: pairs of execution record (left) and business record (right). In place, like `entryLinks`. */
export function carriedRecords({ carried }: SettledObservations, { records, recordOf }: Resolved): PairTable {
  // Records are numbered in the order of their identifiers: where each has one only, both have the same number.
  if (records.count < recordOf.length - 1) carried.rename(recordOf, () => 'straight');
  return carried;
}

/**
 * Adds links between records that stand in different entries of one execution. Entries say more than executions, so an execution links
 * two types only where it carries one record of the owning type, and only to children that have no owner of that type yet. Of types that
 * no entry names together the owner is learned first, from the executions that carry one record of either. Such links count 0 entries.
 * @param sides what the entries' links say
 * @param learn what the links say that stand in the table then
 * @returns whether there were any
 */
export function addExecutionLinks(links: PairTable, carried: PairTable, resolved: Resolved, sides: Sides, learn: () => Sides): boolean {
  const suggestions = new Suggestions(links, carried, resolved, sides);
  const size = links.size;
  // No execution's links decide what the next may add: those of the entries are left as they are.
  const add = (left: number, right: number, evidence: number): void => links.addBehind(size, left, right, evidence);
  suggestions.each((left, right, evidence, side) => {
    if (side === 'unknown') add(left, right, evidence);
  });
  const learned = links.size > size ? learn() : undefined;
  links.truncate(size);
  suggestions.each((left, right, evidence, side, leftSingle, rightSingle) => {
    if (side === 'unknown' && learned === undefined) return;
    const known = side === 'unknown' ? learned!(resolved.typeOf[left]!, resolved.typeOf[right]!) : side;
    if (allows(known, leftSingle, rightSingle)) add(left, right, evidence);
  });
  return links.size > size;
}

/**
 * A link that an execution suggests, unless an entry names the two together.
 * @param side which type owns the other; unknown where no entry names the types together
 * @param leftSingle whether the execution carries no other record of the same type; likewise `rightSingle`
 */
type Suggest = (left: number, right: number, evidence: number, side: OwnerSide, leftSingle: boolean, rightSingle: boolean) => void;

/** The links that executions suggest. They are found anew whenever they are asked for: kept, they would take more memory than the links. */
class Suggestions {
  readonly #carried: PairTable;
  readonly #byExecution: Grouping;
  readonly #typeOf: Uint16Array;
  readonly #sides: Sides;
  readonly #owners: OwnersOf;
  readonly #perType: Uint32Array;

  constructor(links: PairTable, carried: PairTable, resolved: Resolved, sides: Sides) {
    this.#carried = carried;
    this.#byExecution = groupBy(carried.size, resolved.records.count + 1, (pair) => carried.left(pair));
    this.#typeOf = resolved.typeOf;
    this.#sides = sides;
    this.#owners = new OwnersOf(links, resolved, sides);
    this.#perType = new Uint32Array(resolved.types.length);
  }

  each(suggest: Suggest): void {
    const { start, items } = this.#byExecution;
    const carried = this.#carried;
    const perType = this.#perType;
    for (let execution = 1; execution < start.length - 1; execution++) {
      const from = start[execution]!;
      const to = start[execution + 1]!;
      if (to - from < 2 || to - from > BATCH_SIZE) continue;
      for (let k = from; k < to; k++) perType[this.#typeOf[carried.right(items[k]!)]!]!++;
      for (let k = from; k < to; k++) for (let j = k + 1; j < to; j++) this.#look(items[k]!, items[j]!, suggest);
      for (let k = from; k < to; k++) perType[this.#typeOf[carried.right(items[k]!)]!] = 0;
    }
  }

  /** Looks at two records that one execution carries. */
  #look(one: number, other: number, suggest: Suggest): void {
    const carried = this.#carried;
    const typeOf = this.#typeOf;
    const a = carried.right(one);
    const b = carried.right(other);
    const straight = typeOf[a]! < typeOf[b]!;
    const left = straight ? a : b;
    const right = straight ? b : a;
    const leftType = typeOf[left]!;
    const rightType = typeOf[right]!;
    if (leftType === rightType) return;
    const side = this.#sides(leftType, rightType);
    // Peers and context: what the entries name together is enough.
    if (side === 'neither') return;
    const leftSingle = this.#perType[leftType] === 1;
    const rightSingle = this.#perType[rightType] === 1;
    if (!allows(side, leftSingle, rightSingle)) return;
    if (side === 'left' && this.#owners.has(right, leftType)) return;
    if (side === 'right' && this.#owners.has(left, rightType)) return;
    suggest(left, right, Math.max(carried.evidence(one), carried.evidence(other)), side, leftSingle, rightSingle);
  }
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

/** Through which types each record has an owner: one bit for each type that owns any. */
class OwnersOf {
  /** Type index → its bit; -1 for types that own nothing. */
  readonly #bitOf: Int32Array;
  readonly #words: number;
  readonly #bits: Uint32Array;

  constructor(links: PairTable, { records, typeOf, types }: Resolved, sides: Sides) {
    this.#bitOf = new Int32Array(types.length).fill(-1);
    let owners = 0;
    for (let left = 0; left < types.length; left++) {
      for (let right = left + 1; right < types.length; right++) {
        const side = sides(left, right);
        const owner = side === 'left' ? left : side === 'right' ? right : -1;
        if (owner >= 0 && this.#bitOf[owner]! < 0) this.#bitOf[owner] = owners++;
      }
    }
    this.#words = Math.ceil(owners / 32);
    this.#bits = new Uint32Array((records.count + 1) * this.#words);
    for (let link = 0; link < links.size; link++) {
      const left = links.left(link);
      const right = links.right(link);
      const side = sides(typeOf[left]!, typeOf[right]!);
      if (side === 'left') this.#add(right, typeOf[left]!);
      else if (side === 'right') this.#add(left, typeOf[right]!);
    }
  }

  has(record: number, owner: number): boolean {
    const bit = this.#bitOf[owner]!;
    return bit >= 0 && ((this.#bits[record * this.#words + (bit >>> 5)]! >>> (bit & 31)) & 1) === 1;
  }

  #add(record: number, owner: number): void {
    const bit = this.#bitOf[owner]!;
    this.#bits[record * this.#words + (bit >>> 5)]! |= 1 << (bit & 31);
  }
}
