import { groupBy } from './grouping.ts';
import { BATCH_SIZE } from './observations.ts';
import type { SettledObservations } from './observations.ts';
import { PairTable } from './pair-table.ts';
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
 * Pairs cannot be looked up in `links` any more afterwards.
 * @param sides what the entries' links say
 * @param learn what the links say that stand in the table then
 * @returns whether there were any
 */
export function addExecutionLinks(links: PairTable, carried: PairTable, resolved: Resolved, sides: Sides, learn: () => Sides): boolean {
  const size = links.size;
  const suggested = new SuggestedBehind(size);
  // Of types whose owner is known. They teach nothing about the others, so they come behind those.
  const further = new PairTable();
  eachSuggestion(links, carried, resolved, sides, (left, right, evidence, side, leftSingle, rightSingle) => {
    if (side === 'unknown') suggested.saw(links.add(left, right, 0, evidence), evidence, leftSingle, rightSingle);
    else if (links.find(left, right) < 0) further.add(left, right, 0, evidence);
  });
  if (links.size > size) {
    const learned = learn();
    links.keepBehind(size, (link) => {
      const side = learned(resolved.typeOf[links.left(link)]!, resolved.typeOf[links.right(link)]!);
      return suggested.evidence(link, side);
    });
  }
  links.append(further);
  links.seal();
  return links.size > size;
}

/** Evidence that is later than any. */
const NONE = 0xffff_ffff;

/** What executions say of links behind the first `size` ones of a table: the first event that shows each, by what its execution carries. */
class SuggestedBehind {
  readonly #size: number;
  #leftSingle = new Uint32Array(1024).fill(NONE);
  #rightSingle = new Uint32Array(1024).fill(NONE);
  #bothSingle = new Uint32Array(1024).fill(NONE);

  constructor(size: number) {
    this.#size = size;
  }

  saw(link: number, evidence: number, leftSingle: boolean, rightSingle: boolean): void {
    const at = link - this.#size;
    if (at >= this.#leftSingle.length) {
      this.#leftSingle = longer(this.#leftSingle);
      this.#rightSingle = longer(this.#rightSingle);
      this.#bothSingle = longer(this.#bothSingle);
    }
    if (leftSingle && evidence < this.#leftSingle[at]!) this.#leftSingle[at] = evidence;
    if (rightSingle && evidence < this.#rightSingle[at]!) this.#rightSingle[at] = evidence;
    if (leftSingle && rightSingle && evidence < this.#bothSingle[at]!) this.#bothSingle[at] = evidence;
  }

  /** The event that shows a link of types of which `side` owns the other; undefined when none does. */
  evidence(link: number, side: OwnerSide): number | undefined {
    const at = link - this.#size;
    const found = this.#first(at, side);
    return found === NONE ? undefined : found;
  }

  #first(at: number, side: OwnerSide): number {
    switch (side) {
      case 'left':
        return this.#leftSingle[at]!;
      case 'right':
        return this.#rightSingle[at]!;
      case 'neither':
        return this.#bothSingle[at]!;
      case 'unknown':
        return Math.min(this.#leftSingle[at]!, this.#rightSingle[at]!);
    }
  }
}

function longer(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil(1.5 * column.length)).fill(NONE, column.length);
  larger.set(column);
  return larger;
}

/**
 * A link that an execution suggests, unless an entry names the two together.
 * @param side which type owns the other; unknown where no entry names the types together
 * @param leftSingle whether the execution carries no other record of the same type; likewise `rightSingle`
 */
type Suggest = (left: number, right: number, evidence: number, side: OwnerSide, leftSingle: boolean, rightSingle: boolean) => void;

function eachSuggestion(links: PairTable, carried: PairTable, resolved: Resolved, sides: Sides, suggest: Suggest): void {
  const { typeOf, types, records } = resolved;
  const { start, items } = groupBy(carried.size, records.count + 1, (pair) => carried.left(pair));
  const owners = new OwnersOf(links, resolved, sides);
  const perType = new Uint32Array(types.length);
  /** Looks at two records that one execution carries. */
  const look = (one: number, other: number): void => {
    const a = carried.right(one);
    const b = carried.right(other);
    const straight = typeOf[a]! < typeOf[b]!;
    const left = straight ? a : b;
    const right = straight ? b : a;
    const leftType = typeOf[left]!;
    const rightType = typeOf[right]!;
    if (leftType === rightType) return;
    const side = sides(leftType, rightType);
    // Peers and context: what the entries name together is enough.
    if (side === 'neither') return;
    const leftSingle = perType[leftType] === 1;
    const rightSingle = perType[rightType] === 1;
    if (!allows(side, leftSingle, rightSingle)) return;
    if (side === 'left' && owners.has(right, leftType)) return;
    if (side === 'right' && owners.has(left, rightType)) return;
    suggest(left, right, Math.max(carried.evidence(one), carried.evidence(other)), side, leftSingle, rightSingle);
  };
  for (let execution = 1; execution < start.length - 1; execution++) {
    const from = start[execution]!;
    const to = start[execution + 1]!;
    if (to - from < 2 || to - from > BATCH_SIZE) continue;
    for (let k = from; k < to; k++) perType[typeOf[carried.right(items[k]!)]!]!++;
    for (let k = from; k < to; k++) for (let j = k + 1; j < to; j++) look(items[k]!, items[j]!);
    for (let k = from; k < to; k++) perType[typeOf[carried.right(items[k]!)]!] = 0;
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
