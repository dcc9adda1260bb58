import type { Families } from './families.ts';
import { PairTable } from './pair-table.ts';
import type { IdentifierTable, MentionChunk } from './types.ts';

/** Entries that name more are batches: what stands beside each other in them is not related by that. */
export const BATCH_SIZE = 50;

/** How two families of one type behave where one entry names members of both. */
export interface Meeting {
  readonly left: number;
  readonly right: number;
  /** Members of both with the same core. */
  agree: number;
  /**
   * Members beside one with another core, although each family has the core of the other: as one family they would contradict each
   * other.
   */
  disagree: number;
  /** Members beside one with another core, whether the families have both or not. */
  apart: number;
}

/**
 * Everything that identity needs of the events, kept per identifier and per pair of identifiers, never per event.
 * All of it is sums, minima and maxima: the order of the chunks does not matter.
 */
export class Observations {
  readonly families: Families;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Entries that name the identifier. */
  readonly entries: Uint32Array;
  /** Entries that name the same core again in another spelling: counted once for the record. */
  readonly repeats: Uint32Array;
  /** 1 for identifiers that stood in the column of executions. */
  readonly executions: Uint8Array;
  /** Pairs of identifiers in one entry, of different types or at least families, the smaller id left. */
  readonly pairs: PairTable;
  /** Execution (left) and business identifier (right) that stand in one entry. */
  readonly carried: PairTable;
  readonly meetings = new Map<number, Meeting>();
  #spelled: PairTable | undefined;
  readonly #systems: Uint32Array[] = [];
  readonly #systemIndex = new Map<number, number>();
  #lastSystem = -1;
  #lastSystemIndex = 0;
  readonly #contextIndex = new Map<number, number>();
  /** Bits of the first 32 contexts by identifier; further ones, which are rare, as pairs. */
  readonly #commonContexts: Uint32Array;
  readonly #rareContexts = new PairTable();
  readonly #table: IdentifierTable;
  /** The identifiers of the entry at hand, and 1 for those that spell a core which another one already stands for. */
  readonly #ids = new Uint32Array(BATCH_SIZE + 1);
  readonly #twin = new Uint8Array(BATCH_SIZE + 1);
  /** How many of each type the entry at hand names. Zeroed after use. */
  readonly #perType: Uint16Array;

  constructor(table: IdentifierTable, families: Families) {
    this.#table = table;
    this.families = families;
    const size = families.typeOf.length;
    this.first = new Float64Array(size).fill(Number.NaN);
    this.last = new Float64Array(size).fill(Number.NaN);
    this.entries = new Uint32Array(size);
    this.repeats = new Uint32Array(size);
    this.executions = new Uint8Array(size);
    this.pairs = new PairTable(size);
    this.carried = new PairTable(size);
    this.#commonContexts = new Uint32Array(size);
    this.#perType = new Uint16Array(families.types.length);
  }

  /** How many different systems were seen so far. */
  get systemCount(): number {
    return this.#systemIndex.size;
  }

  /** Whether the system (0 … `systemCount`-1) mentioned the identifier. */
  mentions(system: number, id: number): boolean {
    return ((this.#systems[system >>> 5]![id]! >>> (system & 31)) & 1) === 1;
  }

  /** Which families have which cores: pairs of core + 1 and family + 1. Made when first asked for. */
  spelled(): PairTable {
    if (this.#spelled !== undefined) return this.#spelled;
    const { coreOf, familyOf } = this.families;
    this.#spelled = new PairTable(coreOf.length);
    for (let id = 1; id < coreOf.length; id++) this.#spelled.add(coreOf[id]! + 1, familyOf[id]! + 1, 1, id);
    return this.#spelled;
  }

  /**
   * Calls `visit` for every identifier and every company it was seen in: the types in an entry as bits (`typeBit`), and whether it
   * had an execution.
   */
  eachContext(visit: (id: number, types: number, inExecution: boolean) => void): void {
    for (const [context, index] of this.#contextIndex) {
      if (index >= 32) continue;
      const bit = 1 << index;
      for (let id = 1; id < this.#commonContexts.length; id++) {
        if ((this.#commonContexts[id]! & bit) !== 0) visit(id, context >>> 1, (context & 1) === 1);
      }
    }
    for (let pair = 0; pair < this.#rareContexts.size; pair++) {
      const context = this.#rareContexts.right(pair);
      visit(this.#rareContexts.left(pair), context >>> 1, (context & 1) === 1);
    }
  }

  observe(chunk: MentionChunk): void {
    for (let i = 0; i < chunk.count; i++) {
      const time = chunk.time[i]!;
      const system = this.#system(chunk.system[i]!);
      const event = chunk.firstEvent + i;
      const from = chunk.idStart[i]!;
      const to = chunk.idStart[i + 1]!;
      const execution = chunk.execution[i]!;
      if (execution !== 0) {
        this.#mention(execution, time, system);
        this.executions[execution] = 1;
      }
      if (from === to) continue;
      let context = 0;
      for (let k = from; k < to; k++) {
        const id = chunk.identifier[k]!;
        this.#mention(id, time, system);
        context |= typeBit(this.families.typeOf[id]!);
        if (execution !== 0) this.carried.add(execution, id, 1, event);
      }
      context = ((context << 1) | (execution === 0 ? 0 : 1)) >>> 0;
      this.#context(chunk.identifier, from, to, context);
      if (to - from > 1) this.#pairs(chunk.identifier, from, to, event);
    }
  }

  #mention(id: number, time: number, system: number): void {
    this.entries[id]!++;
    if (!(time >= this.first[id]!)) this.first[id] = Number.isNaN(time) ? this.first[id]! : time;
    if (!(time <= this.last[id]!)) this.last[id] = Number.isNaN(time) ? this.last[id]! : time;
    this.#systems[system >>> 5]![id]! |= 1 << (system & 31);
  }

  #system(name: number): number {
    if (name === this.#lastSystem) return this.#lastSystemIndex;
    let index = this.#systemIndex.get(name);
    if (index === undefined) {
      index = this.#systemIndex.size;
      this.#systemIndex.set(name, index);
      if ((index & 31) === 0) this.#systems.push(new Uint32Array(this.families.typeOf.length));
    }
    this.#lastSystem = name;
    this.#lastSystemIndex = index;
    return index;
  }

  #context(identifier: Uint32Array, from: number, to: number, context: number): void {
    let index = this.#contextIndex.get(context);
    if (index === undefined) this.#contextIndex.set(context, (index = this.#contextIndex.size));
    for (let k = from; k < to; k++) {
      const id = identifier[k]!;
      if (index < 32) this.#commonContexts[id]! |= 1 << index;
      else this.#rareContexts.add(id, context, 1, 0);
    }
  }

  #pairs(identifier: Uint32Array, from: number, to: number, event: number): void {
    if (to - from > BATCH_SIZE) return;
    const { typeOf, coreOf, familyOf } = this.families;
    let count = 0;
    let spellings = false;
    for (let k = from; k < to; k++) {
      const id = identifier[k]!;
      let twin = 0;
      let known = false;
      for (let at = 0; at < count; at++) {
        const other = this.#ids[at]!;
        if (typeOf[other] !== typeOf[id]) continue;
        known ||= other === id;
        if (familyOf[other] !== familyOf[id]) spellings = true;
        if (coreOf[other] !== coreOf[id] || other === id) continue;
        // One of the spellings counts; which one must not depend on the order of files, so the first by text.
        if (this.#table.value(id) < this.#table.value(other)) {
          if (this.#twin[at] === 0) this.repeats[other]!++;
          this.#twin[at] = 1;
        } else {
          twin = 1;
        }
      }
      if (known) {
        this.entries[id]!--;
        continue;
      }
      if (twin === 1) this.repeats[id]!++;
      this.#twin[count] = twin;
      this.#ids[count++] = id;
    }
    for (let a = 0; a < count; a++) if (this.#twin[a] === 0) this.#perType[typeOf[this.#ids[a]!]!]!++;
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        const left = this.#ids[a]!;
        const right = this.#ids[b]!;
        const leftType = typeOf[left]!;
        const rightType = typeOf[right]!;
        if (leftType === rightType) {
          // Two numbers of one type in two spellings: perhaps a sales order and its purchase order.
          if (familyOf[left] === familyOf[right] || coreOf[left] === coreOf[right] || this.#perType[leftType] !== 2) continue;
        } else if (this.#perType[leftType]! > 1 && this.#perType[rightType]! > 1) {
          // Two orders and two payments in one entry: it does not say which goes with which.
          continue;
        }
        this.pairs.add(Math.min(left, right), Math.max(left, right), this.#twin[a]! + this.#twin[b]! > 0 ? 0 : 1, event);
      }
    }
    for (let a = 0; a < count; a++) this.#perType[typeOf[this.#ids[a]!]!] = 0;
    if (spellings) meet(this.meetings, this.families, this.spelled(), identifier.subarray(from, to));
  }
}

/** Bit of a type: the first 30 types have their own, the rest share one. */
export function typeBit(type: number): number {
  return 1 << Math.min(type, 30);
}

/**
 * Counts, for each two families of one type among `ids`, how many members agree in their core, and how many of the smaller side
 * found no partner.
 * @param spelled which families have which cores, see `Observations.spelled`
 */
export function meet(meetings: Map<number, Meeting>, families: Families, spelled: PairTable, ids: ArrayLike<number>): void {
  const sides = new Map<number, Set<number>>();
  for (let i = 0; i < ids.length; i++) {
    const family = families.familyOf[ids[i]!]!;
    const cores = sides.get(family);
    if (cores === undefined) sides.set(family, new Set([families.coreOf[ids[i]!]!]));
    else cores.add(families.coreOf[ids[i]!]!);
  }
  const list = [...sides].toSorted((a, b) => a[0] - b[0]);
  for (let a = 0; a < list.length; a++) {
    for (let b = a + 1; b < list.length; b++) {
      const [left, leftCores] = list[a]!;
      const [right, rightCores] = list[b]!;
      if (families.families[left]!.type !== families.families[right]!.type) continue;
      const key = left * families.families.length + right;
      let meeting = meetings.get(key);
      if (meeting === undefined) meetings.set(key, (meeting = { left, right, agree: 0, disagree: 0, apart: 0 }));
      const agree = [...leftCores].filter((core) => rightCores.has(core)).length;
      const smaller = Math.min(leftCores.size, rightCores.size);
      const contradicting = Math.min(alsoIn(leftCores, rightCores, right, spelled), alsoIn(rightCores, leftCores, left, spelled));
      meeting.agree += agree;
      meeting.apart += smaller - agree;
      meeting.disagree += contradicting;
    }
  }
}

/** How many of the cores that found no partner in the entry have one in the other family. */
function alsoIn(cores: ReadonlySet<number>, beside: ReadonlySet<number>, family: number, spelled: PairTable): number {
  let count = 0;
  for (const core of cores) if (!beside.has(core) && spelled.find(core + 1, family + 1) >= 0) count++;
  return count;
}
