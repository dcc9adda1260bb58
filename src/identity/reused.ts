import type { Hub } from './hubs.ts';
import type { Owned } from './ownership.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import { groupSide } from './relations.ts';
import type { Partners, Relation } from './relations.ts';

/** A context that says the same of this share of all records tells nobody apart. */
const TELLING = 0.5;

/** Numbers that stand for several things, and which. */
export class Reused {
  /** Record → the records of another number, one for each of the things it stands for. By record number. */
  readonly #meant: ReadonlyMap<number, readonly number[]>;
  readonly #things: ReadonlySet<number>;
  readonly #resolved: Resolved;

  constructor(meant: ReadonlyMap<number, readonly number[]>, resolved: Resolved) {
    this.#meant = meant;
    this.#things = new Set([...meant.values()].flat());
    this.#resolved = resolved;
  }

  get size(): number {
    return this.#meant.size;
  }

  has(record: number): boolean {
    return this.#meant.has(record);
  }

  /** Whether some number may mean this record. */
  isMeant(record: number): boolean {
    return this.#things.has(record);
  }

  /** The records that the number may mean. */
  meant(record: number): readonly number[] {
    return this.#meant.get(record) ?? [];
  }

  records(): Iterable<number> {
    return this.#meant.keys();
  }

  /** Which of them it means at a time: the one whose life is nearest; of equals the first by key, without a time the first to live. */
  at(record: number, time: number): number {
    const { first, last, key } = this.#resolved.records;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of this.meant(record)) {
      const at = Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
      const away = at === Number.NEGATIVE_INFINITY ? (first[candidate] ?? 0) : Math.max(0, first[candidate]! - at, at - last[candidate]!);
      if (best !== 0 && !(away < least || (away === least && key(candidate) < key(best)))) continue;
      best = candidate;
      least = away;
    }
    return best;
  }
}

/**
 * Finds numbers that were given twice. A purchase order number is unique for its buyer only: beside the ERP's own numbers, which are unique, it shows. Two numbers of
 * one thing go one to one, or nearly (see `kinds.ts`); a record that goes with several of the other number stands for several things where these differ in a
 * lasting context that each of them has once (a customer), and agree in none. Where they agree, one thing was made twice.
 */
export function findReused(owned: readonly Owned[], hubs: readonly Hub[], links: PairTable, resolved: Resolved): Reused {
  const { baseTypes } = resolved;
  const perRecord = new Uint32Array(resolved.records.count + 1);
  const several = new Map<number, number[]>();
  for (const { relation, owner } of owned) {
    const { left, right, ofLeft, ofRight } = relation;
    if (owner === undefined || left === right || baseTypes[left] !== baseTypes[right] || !seldom(ofLeft) || !seldom(ofRight)) continue;
    for (const [own, other] of [
      [(link: number) => links.left(link), (link: number) => links.right(link)],
      [(link: number) => links.right(link), (link: number) => links.left(link)],
    ] as const) {
      const { records, start, items } = groupSide(relation.links, own, perRecord);
      records.forEach((record, i) => {
        if (start[i + 1]! - start[i]! < 2) return;
        several.set(record, (several.get(record) ?? []).concat(Array.from(items.subarray(start[i], start[i + 1]), other)));
      });
    }
  }
  const meant = new Map<number, readonly number[]>();
  if (several.size > 0) {
    const contexts = contextsOf(new Set([...several.values()].flat()), owned, hubs, links, resolved);
    for (const [record, partners] of several) {
      const apart = thingsOf(partners, contexts, resolved);
      if (apart.length > 1) meant.set(record, apart);
    }
  }
  // What another number means is a thing itself.
  const things = new Set([...meant.values()].flat());
  for (const record of meant.keys()) if (things.has(record)) meant.delete(record);
  return new Reused(meant, resolved);
}

/** The exception, not the rule: at most one in four, as with owners. */
function seldom({ exceeding, records }: Partners): boolean {
  return exceeding <= 0.25 * records;
}

/** Record → its one partner of a lasting context; for each context that tells records apart. */
type Context = ReadonlyMap<number, number>;

function contextsOf(
  wanted: ReadonlySet<number>,
  owned: readonly Owned[],
  hubs: readonly Hub[],
  links: PairTable,
  resolved: Resolved,
): readonly Context[] {
  const lasting = new Set(hubs.filter((hub) => hub.lasting).map((hub) => hub.kind));
  const byKind = new Map<number, Map<number, number>>();
  for (const { relation } of owned) {
    for (const [hub, ofRecord, hubOf, recordOf] of [
      [relation.left, relation.ofRight, (link: number) => links.left(link), (link: number) => links.right(link)],
      [relation.right, relation.ofLeft, (link: number) => links.right(link), (link: number) => links.left(link)],
    ] as const) {
      if (!lasting.has(hub) || ofRecord.many || !tellsApart(relation, hubOf)) continue;
      const context = byKind.get(hub) ?? new Map<number, number>();
      byKind.set(hub, context);
      for (const link of relation.links) {
        const record = recordOf(link);
        if (wanted.has(record)) context.set(record, context.has(record) && context.get(record) !== hubOf(link) ? 0 : hubOf(link));
      }
    }
  }
  return [...byKind.entries()].toSorted(([a], [b]) => (resolved.types[a]! < resolved.types[b]! ? -1 : 1)).map(([, context]) => context);
}

/** Whether two records drawn at random would mostly differ in it. */
function tellsApart({ links }: Relation, hubOf: (link: number) => number): boolean {
  const counts = new Map<number, number>();
  for (const link of links) counts.set(hubOf(link), (counts.get(hubOf(link)) ?? 0) + 1);
  let agree = 0;
  for (const count of counts.values()) agree += (count / links.length) ** 2;
  return agree <= TELLING;
}

/** One of each group of records that are the same thing as far as the contexts tell; fewer than two when they do not tell it. */
function thingsOf(partners: readonly number[], contexts: readonly Context[], { records }: Resolved): readonly number[] {
  const things: number[] = [];
  for (const partner of partners.toSorted((a, b) => (records.key(a) < records.key(b) ? -1 : 1))) {
    if (things.every((thing) => differ(thing, partner, contexts))) things.push(partner);
  }
  return things;
}

function differ(a: number, b: number, contexts: readonly Context[]): boolean {
  let differs = false;
  for (const context of contexts) {
    const [x, y] = [context.get(a) ?? 0, context.get(b) ?? 0];
    if (x === 0 || y === 0) continue;
    if (x === y) return false;
    differs = true;
  }
  return differs;
}
