import { FamilyBuilder, grown, idsOf, typesOfSeveral } from './families.ts';
import type { Families } from './families.ts';
import { Fields } from './fields.ts';
import { meet } from './meetings.ts';
import type { Meeting } from './meetings.ts';
import { splitNumberings } from './numberings.ts';
import { PairTable } from './pair-table.ts';
import type { IdentifierTable, MentionChunk } from './types.ts';

/** Entries that name more are batches: what stands beside each other in them is not related by that. */
export const BATCH_SIZE = 50;

/** Numbers of one type in an entry above which they are a list of records, however they are written. */
const MOST_NAMES = 4;

/**
 * Everything that identity needs of the events, kept per identifier and per pair of identifiers, never per event.
 * All of it is sums, minima and maxima: the order of the chunks does not matter.
 *
 * Identifiers and events are taken as they come, while files are still being read. What depends on how all identifiers are written is
 * settled at the end: entries that name several identifiers of one type wait until then.
 */
export class Observations {
  #spellings = new FamilyBuilder();
  #room = 0;
  first = new Float64Array(0);
  last = new Float64Array(0);
  /** Entries that name the identifier. */
  entries = new Uint32Array(0);
  /** 1 for identifiers that stood in the column of executions. */
  executions = new Uint8Array(0);
  /** Pairs of identifiers in one entry, of different types or at least families, the smaller id left. */
  readonly pairs = new PairTable();
  /** Execution (left) and business identifier (right) that stand in one entry. */
  readonly carried = new PairTable();
  /** Execution (left) and the one it says it comes from (right). */
  readonly parents = new PairTable();
  readonly #systems: Uint32Array[] = [];
  readonly #systemIndex = new Map<number, number>();
  #lastSystem = -1;
  #lastSystemIndex = 0;
  readonly #contextIndex = new Map<number, number>();
  /** Bits of the first 32 contexts by identifier; further ones, which are rare, as pairs. */
  #commonContexts = new Uint32Array(0);
  readonly #rareContexts = new PairTable();
  #fields = new Fields();
  /** Entries that wait for the families, see `Waiting`. */
  readonly #waiting: number[] = [];

  /** Takes the next identifier; the first one has the id 1. */
  identifier(type: string, value: string): void {
    this.#spellings.add(type, value);
  }

  /** How many different systems were seen so far. */
  get systemCount(): number {
    return this.#systemIndex.size;
  }

  /** Whether the system (0 … `systemCount`-1) mentioned the identifier. */
  mentions(system: number, id: number): boolean {
    return ((this.#systems[system >>> 5]![id]! >>> (system & 31)) & 1) === 1;
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

  /** Hands over the times and counts of the identifiers. */
  takeTimes(): Pick<Observations, 'first' | 'last' | 'entries'> {
    const { first, last, entries } = this;
    this.first = NO_TIMES;
    this.last = NO_TIMES;
    this.entries = NO_COUNTS;
    return { first, last, entries };
  }

  /** Lets go of what only says who is who. */
  forgetIdentifiers(): void {
    this.takeTimes();
    this.#systems.length = 0;
  }

  /** Takes a chunk of events. All of its identifiers must have been told. */
  observe(chunk: MentionChunk): void {
    this.#makeRoom();
    const { typeOf } = this.#spellings;
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
        const parent = chunk.parentExecution[i]!;
        if (parent !== 0 && parent !== execution) this.parents.add(execution, parent, 1, event);
      }
      if (from === to) continue;
      let context = 0;
      for (let k = from; k < to; k++) {
        const id = chunk.identifier[k]!;
        this.#mention(id, time, system);
        context |= typeBit(typeOf[id]!);
        this.#fields.note(id, typeOf[id]!, chunk.idPath[k]!);
        if (execution !== 0) this.carried.add(execution, id, 1, event);
      }
      context = ((context << 1) | (execution === 0 ? 0 : 1)) >>> 0;
      this.#context(chunk.identifier, from, to, context);
      if (to - from > 1) this.#pairs(chunk, from, to, event, typeOf);
    }
  }

  /** Settles what waited. Call once, after the last chunk; `table` holds all identifiers. */
  settle(table: IdentifierTable): SettledObservations {
    this.#makeRoom();
    const waiting = this.#waiting;
    const families = splitNumberings(this.#spellings.finish(table), this.#fields.bits, waiting, table);
    this.#spellings = new FamilyBuilder();
    this.#fields = new Fields();
    const settled = new SettledObservations(this, families, table);
    for (let at = 0; at < waiting.length; at += 2 + 2 * waiting[at + 1]!) {
      settled.addEntry(waiting.slice(at + 2, at + 2 + waiting[at + 1]!), waiting[at]!);
    }
    waiting.length = 0;
    return settled;
  }

  #makeRoom(): void {
    const needed = this.#spellings.count + 1;
    if (needed <= this.#room) return;
    this.#room = Math.max(needed, Math.ceil(1.25 * this.#room), 1 << 12);
    const known = this.first.length;
    this.first = grown(this.first, new Float64Array(this.#room)).fill(Number.NaN, known);
    this.last = grown(this.last, new Float64Array(this.#room)).fill(Number.NaN, known);
    this.entries = grown(this.entries, new Uint32Array(this.#room));
    this.executions = grown(this.executions, new Uint8Array(this.#room));
    this.#fields.makeRoom(this.#room);
    this.#commonContexts = grown(this.#commonContexts, new Uint32Array(this.#room));
    for (let i = 0; i < this.#systems.length; i++) this.#systems[i] = grown(this.#systems[i]!, new Uint32Array(this.#room));
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
      if ((index & 31) === 0) this.#systems.push(new Uint32Array(this.#room));
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

  /** The pairs of an entry whose identifiers are all of different types, as they nearly always are. Others wait. */
  #pairs({ identifier, idPath }: MentionChunk, from: number, to: number, event: number, typeOf: Uint16Array): void {
    if (to - from > BATCH_SIZE) return;
    for (let a = from; a < to; a++) {
      for (let b = a + 1; b < to; b++) {
        if (typeOf[identifier[a]!] !== typeOf[identifier[b]!]) continue;
        this.#waiting.push(event, to - from);
        for (let k = from; k < to; k++) this.#waiting.push(identifier[k]!);
        for (let k = from; k < to; k++) this.#waiting.push(this.#fields.note(identifier[k]!, typeOf[identifier[k]!]!, idPath[k]!));
        return;
      }
    }
    for (let a = from; a < to; a++) {
      const left = identifier[a]!;
      for (let b = a + 1; b < to; b++) {
        const right = identifier[b]!;
        this.pairs.add(Math.min(left, right), Math.max(left, right), 1, event);
      }
    }
  }
}

const NO_TIMES = new Float64Array(0);
const NO_COUNTS = new Uint32Array(0);
const NO_FAMILIES: Families = {
  types: [],
  families: [],
  typeOf: new Uint16Array(0),
  familyOf: NO_COUNTS,
  coreOf: NO_COUNTS,
  cores: 0,
};

/** What was observed, and how the identifiers of it are written. */
export class SettledObservations {
  families: Families;
  readonly executions: Uint8Array;
  readonly pairs: PairTable;
  readonly carried: PairTable;
  readonly parents: PairTable;
  /** Entries that name the same core again in another spelling: counted once for the record. */
  repeats: Uint32Array;
  readonly meetings = new Map<number, Meeting>();
  #spelled: PairTable | undefined;
  readonly #seen: Observations;
  readonly #table: IdentifierTable;
  /** How many of each type the entry at hand names. Zeroed after use. */
  readonly #perType: Uint16Array;

  constructor(seen: Observations, families: Families, table: IdentifierTable) {
    this.#seen = seen;
    this.executions = seen.executions;
    this.pairs = seen.pairs;
    this.carried = seen.carried;
    this.parents = seen.parents;
    this.families = families;
    this.#table = table;
    this.repeats = new Uint32Array(families.typeOf.length);
    this.#perType = new Uint16Array(families.types.length);
  }

  get first(): Float64Array {
    return this.#seen.first;
  }
  get last(): Float64Array {
    return this.#seen.last;
  }
  /** Entries that name the identifier. */
  get entries(): Uint32Array {
    return this.#seen.entries;
  }
  /** How many different systems were seen. */
  get systemCount(): number {
    return this.#seen.systemCount;
  }

  /** Whether the system (0 … `systemCount`-1) mentioned the identifier. */
  mentions(system: number, id: number): boolean {
    return this.#seen.mentions(system, id);
  }

  /** Hands over the times and counts of the identifiers. */
  takeTimes(): { first: Float64Array; last: Float64Array; entries: Uint32Array; repeats: Uint32Array } {
    const { repeats } = this;
    this.repeats = NO_COUNTS;
    return { ...this.#seen.takeTimes(), repeats };
  }

  /** Lets go of what only says who is who: when records are there, their company and the executions are all that still counts. */
  forgetIdentifiers(): void {
    this.#seen.forgetIdentifiers();
    this.families = NO_FAMILIES;
    this.repeats = NO_COUNTS;
    this.meetings.clear();
    this.#spelled = undefined;
  }

  /** See `Observations.eachContext`. */
  eachContext(visit: (id: number, types: number, inExecution: boolean) => void): void {
    this.#seen.eachContext(visit);
  }

  /** Which families have which cores, of types that have several: pairs of core + 1 and family + 1. Made when first asked for. */
  spelled(): PairTable {
    if (this.#spelled !== undefined) return this.#spelled;
    const { coreOf, familyOf } = this.families;
    const ids = idsOf(this.families, typesOfSeveral(this.families));
    this.#spelled = new PairTable(ids.length);
    for (const id of ids) this.#spelled.add(coreOf[id]! + 1, familyOf[id]! + 1, 1, id);
    return this.#spelled;
  }

  /** Takes the pairs of an entry that names several identifiers of one type. */
  addEntry(identifiers: readonly number[], event: number): void {
    const { typeOf, coreOf, familyOf } = this.families;
    const { entries, pairs } = this;
    const ids: number[] = [];
    /** 1 for those that spell a core which another one already stands for. */
    const twins: number[] = [];
    let spellings = false;
    for (const id of identifiers) {
      let twin = 0;
      let known = false;
      for (let at = 0; at < ids.length; at++) {
        const other = ids[at]!;
        if (typeOf[other] !== typeOf[id]) continue;
        known ||= other === id;
        if (familyOf[other] !== familyOf[id]) spellings = true;
        if (coreOf[other] !== coreOf[id] || other === id) continue;
        // One of the spellings counts; which one must not depend on the order of files, so the first by text.
        if (this.#table.value(id) < this.#table.value(other)) {
          if (twins[at] === 0) this.repeats[other]!++;
          twins[at] = 1;
        } else {
          twin = 1;
        }
      }
      if (known) {
        entries[id]!--;
        continue;
      }
      if (twin === 1) this.repeats[id]!++;
      twins.push(twin);
      ids.push(id);
    }
    for (let a = 0; a < ids.length; a++) if (twins[a] === 0) this.#perType[typeOf[ids[a]!]!]!++;
    const repeated = this.#repeatedTypes(ids);
    for (let a = 0; a < ids.length; a++) {
      for (let b = a + 1; b < ids.length; b++) {
        const left = ids[a]!;
        const right = ids[b]!;
        const leftType = typeOf[left]!;
        const rightType = typeOf[right]!;
        if (leftType === rightType) {
          // A few numbers of one type, each written in a way of its own: perhaps a sales order, the shop's id of it and its purchase order.
          if (familyOf[left] === familyOf[right] || this.#perType[leftType]! > MOST_NAMES || repeated.includes(leftType)) continue;
        } else if (this.#perType[leftType]! > 1 && this.#perType[rightType]! > 1) {
          // Two orders and two payments in one entry: it does not say which goes with which.
          continue;
        }
        // Where two spellings of one number turn out to be one record, their pair is dropped; else they are two that share a number by chance.
        const counts = (twins[a] === 0 && twins[b] === 0) || (leftType === rightType && coreOf[left] === coreOf[right]);
        pairs.add(Math.min(left, right), Math.max(left, right), counts ? 1 : 0, event);
      }
    }
    for (const id of ids) this.#perType[typeOf[id]!] = 0;
    if (spellings) meet(this.meetings, this.families, () => this.spelled(), identifiers);
  }

  /** Types of which an entry names two numbers that are written alike: a list of records, and none of them the other's name. */
  #repeatedTypes(ids: readonly number[]): readonly number[] {
    const { typeOf, coreOf, familyOf } = this.families;
    const repeated: number[] = [];
    for (let a = 0; a < ids.length; a++) {
      for (let b = a + 1; b < ids.length; b++) {
        const left = ids[a]!;
        const right = ids[b]!;
        if (familyOf[left] === familyOf[right] && coreOf[left] !== coreOf[right]) repeated.push(typeOf[left]!);
      }
    }
    return repeated;
  }
}

/** Bit of a type: the first 30 types have their own, the rest share one. */
export function typeBit(type: number): number {
  return 1 << Math.min(type, 30);
}
