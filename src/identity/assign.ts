import { TECHNICAL_TYPES } from '../model/record.ts';
import type { HandRuns } from './by-hand/seams.ts';
import { groupBy } from './grouping.ts';
import { typeBit } from './observations.ts';
import type { SettledObservations } from './observations.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import type { Reused } from './reused.ts';
import type { Identity, MentionChunk } from './types.ts';

/** In `rootOfExecution`: the execution carries records of several journeys. */
export const SEVERAL = 0xffffffff;

export interface Assignment {
  readonly rootOf: Uint32Array;
  /** Record id of an execution → the one root it carries; 0 none; `SEVERAL`. */
  readonly rootOfExecution: Uint32Array;
}

/**
 * Settles what a hub, a technical record and an execution stand for.
 * - Records of glue-free types keep the root they were given, and decide which roots an execution carries.
 * - A hub is a root of its own only if an entry names it without any such record, in no execution or in one of several roots.
 * - An execution belongs to the one such record it carries, or to nothing when there are several. One that carries none belongs where
 * the execution belongs that it comes from; else it is a root.
 * @param rooted the root each record was given; becomes `rootOf`
 */
export function assign(
  seen: SettledObservations,
  resolved: Resolved,
  carried: PairTable,
  hubs: ReadonlySet<number>,
  rooted: Uint32Array,
  reused: Reused,
  byHand?: HandRuns,
): Assignment {
  const { records, types, typeOf, recordOf } = resolved;
  const aside = types.map((type, index) => hubs.has(index) || TECHNICAL_TYPES.has(type));
  const rootOf = rooted;
  const rootOfExecution = new Uint32Array(records.count + 1);
  for (let pair = 0; pair < carried.size; pair++) {
    const record = carried.right(pair);
    if (aside[typeOf[record]!] || reused.has(record)) continue;
    const execution = carried.left(pair);
    if (byHand?.isApart(execution, record)) continue;
    const root = rooted[record]!;
    const known = rootOfExecution[execution]!;
    if (known === 0) rootOfExecution[execution] = root;
    else if (known !== root) rootOfExecution[execution] = SEVERAL;
  }
  byHand?.carry(rootOfExecution, rooted);
  for (let record = 1; record <= records.count; record++) if (aside[typeOf[record]!]) rootOf[record] = 0;
  inherit(seen.parents, recordOf, rootOfExecution);
  rootsOfTheirOwn(seen, resolved, carried, aside, rootOf, rootOfExecution);
  for (let id = 1; id < recordOf.length; id++) {
    if (seen.executions[id] === 0) continue;
    const record = recordOf[id]!;
    const root = rootOfExecution[record]!;
    if (root === SEVERAL) rootOf[record] = 0;
    else rootOf[record] = root === 0 ? record : root;
  }
  return { rootOf, rootOfExecution };
}

/**
 * Gives executions that carry no record the root of those they come from, over any number of steps. Where these lead to several roots, or to a
 * batch, the execution has none: which of the many records it worked on nobody told.
 */
function inherit(parents: PairTable, recordOf: Uint32Array, rootOfExecution: Uint32Array): void {
  if (parents.size === 0) return;
  const byParent = groupBy(parents.size, rootOfExecution.length, (pair) => recordOf[parents.right(pair)]!);
  const inherited = new Uint32Array(rootOfExecution.length);
  const todo: number[] = [];
  for (let record = 1; record < rootOfExecution.length; record++) {
    if (rootOfExecution[record] !== 0 && byParent.start[record] !== byParent.start[record + 1]) todo.push(record);
  }
  // From each to those that come from it. None is told more than two roots, so circles end, and the order does not matter.
  for (let parent = todo.pop(); parent !== undefined; parent = todo.pop()) {
    const root = rootOfExecution[parent] === 0 ? inherited[parent]! : rootOfExecution[parent]!;
    for (let k = byParent.start[parent]!; k < byParent.start[parent + 1]!; k++) {
      const child = recordOf[parents.left(byParent.items[k]!)]!;
      const before = inherited[child]!;
      if (rootOfExecution[child] !== 0 || before === root || before === SEVERAL) continue;
      inherited[child] = before === 0 ? root : SEVERAL;
      todo.push(child);
    }
  }
  for (let record = 1; record < inherited.length; record++) {
    if (inherited[record] !== 0 && inherited[record] !== SEVERAL) rootOfExecution[record] = inherited[record]!;
  }
}

function rootsOfTheirOwn(
  seen: SettledObservations,
  resolved: Resolved,
  carried: PairTable,
  aside: readonly boolean[],
  rootOf: Uint32Array,
  rootOfExecution: Uint32Array,
): void {
  const { recordOf, typeOf, records, baseTypes } = resolved;
  let business = 0;
  aside.forEach((value, kind) => (business |= value ? 0 : typeBit(baseTypes[kind]!)));
  // Types beyond the thirtieth share a bit: where one of them is a hub, a root too many is better than an entry out of reach.
  if (aside.some((value, kind) => value && baseTypes[kind]! >= 30)) business &= ~typeBit(30);
  const undecided = new Uint8Array(records.count + 1);
  seen.eachContext((id, company, inExecution) => {
    const record = recordOf[id]!;
    if (!aside[typeOf[record]!] || (company & business) !== 0) return;
    if (inExecution) undecided[record] = 1;
    else rootOf[record] = record;
  });
  for (let pair = 0; pair < carried.size; pair++) {
    const record = carried.right(pair);
    if (undecided[record] === 0) continue;
    if (rootOfExecution[carried.left(pair)] === SEVERAL) rootOf[record] = record;
  }
}

/** See `Identity.journeysOf`. Made here, where nothing else is in reach: what a function can reach stays in memory with it. */
export function journeyReader(
  recordOf: Uint32Array,
  aside: Uint8Array,
  { rootOf, rootOfExecution }: Assignment,
  reused: Reused,
): Identity['journeysOf'] {
  /** Adds what reused numbers mean at the time, unless the entry tells of one of the things that they stand for. */
  const addMeant = (chunk: MentionChunk, index: number, out: Uint32Array, told: number): number => {
    let count = told;
    for (let k = chunk.idStart[index]!; k < chunk.idStart[index + 1]!; k++) {
      const record = recordOf[chunk.identifier[k]!]!;
      const things = reused.meant(record);
      if (things.length === 0 || things.some((thing) => out.subarray(0, told).includes(rootOf[thing]!))) continue;
      count = put(out, count, rootOf[reused.at(record, chunk.time[index]!)]!);
    }
    return count;
  };
  return (chunk, index, out) => {
    let count = 0;
    const from = chunk.idStart[index]!;
    const to = chunk.idStart[index + 1]!;
    for (let k = from; k < to; k++) {
      const record = recordOf[chunk.identifier[k]!]!;
      if (aside[record] === 0) count = put(out, count, rootOf[record]!);
    }
    if (reused.size > 0) count = addMeant(chunk, index, out, count);
    if (count > 0) return count;
    const execution = recordOf[chunk.execution[index]!]!;
    if (execution !== 0 && rootOfExecution[execution] !== SEVERAL) return put(out, 0, rootOf[execution]!);
    for (let k = from; k < to; k++) {
      const own = rootOf[recordOf[chunk.identifier[k]!]!]!;
      if (own !== 0) count = put(out, count, own);
    }
    return count;
  };
}

/** Appends a root unless it is there already. */
function put(out: Uint32Array, count: number, root: number): number {
  if (root === 0 || count >= out.length) return count;
  for (let i = 0; i < count; i++) if (out[i] === root) return count;
  out[count] = root;
  return count + 1;
}
