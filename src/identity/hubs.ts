import { formatDuration } from '../model/time.ts';
import type { PairTable } from './pair-table.ts';
import { isHubName, isRootName } from './priors.ts';
import type { Resolved } from './records.ts';
import { groupSide } from './relations.ts';
import type { Partners, Relation, Side } from './relations.ts';
import type { HubType } from './types.ts';

/** Further partners (beyond each record's first) below which the data cannot tell. */
const ENOUGH = 10;

/** A hub and the index of its kind. */
export interface Hub extends HubType {
  readonly kind: number;
  /** Whether its partners keep coming as long as the data runs, as a customer's do, and do not just pass it, as those of a batch. */
  readonly lasting: boolean;
}

type Leaning = 'hub' | 'part-of' | 'unknown';

interface Look {
  readonly partner: number;
  readonly leaning: Leaning;
  readonly lasting: boolean;
  readonly links: number;
  readonly reason: string;
}

/** What was found of relations before, see `findHubs`. Holds for one set of records. */
export class HubMemory {
  readonly looks = new Map<Relation, readonly [left: Look, right: Look]>();
  /** Type → `distanceByChance`. */
  readonly chances = new Map<number, number>();
}

/**
 * Finds the types that touch many unrelated records and must never tie them together.
 *
 * The partners of a part come within the life of its owner; the partners of a hub keep coming for as long as the window is long, so that a
 * longer window brings more of them. Measured without assuming a window: the median distance between the first times of two partners of
 * the same record, against that of two random records of the partner's type. Near 1 means that knowing the record says nothing about when
 * its partners come (a hub); near 0 that they come together (an owner, or a batch). A batch shows in that its partners live on without it.
 *
 * The name decides only where this cannot: fewer than 10 further partners, or no times.
 */
export function findHubs(relations: readonly Relation[], links: PairTable, resolved: Resolved, memory: HubMemory): readonly Hub[] {
  const looks = new Map<number, Look[]>();
  const leftOf = (link: number): number => links.left(link);
  const rightOf = (link: number): number => links.right(link);
  const perRecord = new Uint32Array(resolved.records.count + 1);
  const put = (type: number, look: Look): void => {
    const list = looks.get(type);
    if (list === undefined) looks.set(type, [look]);
    else list.push(look);
  };
  const byChance = (type: number): number => {
    let value = memory.chances.get(type);
    if (value === undefined) memory.chances.set(type, (value = distanceByChance(type, resolved)));
    return value;
  };
  for (const relation of relations) {
    let both = memory.looks.get(relation);
    if (both === undefined) {
      both = [
        look(relation, relation.ofLeft, relation.ofRight, relation.left, relation.right),
        look(relation, relation.ofRight, relation.ofLeft, relation.right, relation.left),
      ];
      memory.looks.set(relation, both);
    }
    put(relation.left, both[0]);
    put(relation.right, both[1]);
  }
  const hubs: Hub[] = [];
  resolved.types.forEach((type, index) => {
    const found = hubFor(type, looks.get(index) ?? [], resolved);
    if (found !== undefined) hubs.push({ kind: index, type, ...found });
  });
  return hubs.toSorted((a, b) => (a.type < b.type ? -1 : 1));

  function look(relation: Relation, mine: Partners, theirs: Partners, type: number, partner: number): Look {
    const name = resolved.types[type]!;
    const partnerName = resolved.types[partner]!;
    const count = relation.links.length;
    const arrivals = count - mine.records;
    const base = { partner, lasting: false, links: count };
    if (arrivals < ENOUGH) return { ...base, leaning: 'unknown', reason: '' };
    const rooted = isRootName(name);
    const many = `one ${name} goes with up to ${mine.p95} of type ${partnerName}`;
    const chance = byChance(partner);
    if (!(chance > 0)) {
      const crowd = !rooted && mine.p95 >= 10 && mine.p95 >= 3 * theirs.p95 && theirs.many;
      return { ...base, leaning: crowd ? 'hub' : 'unknown', reason: `${many}, and the other way round` };
    }
    const [own, other] = type === relation.left ? [leftOf, rightOf] : [rightOf, leftOf];
    const side = groupSide(relation.links, own, perRecord);
    const apart = distanceWithin(side, other, resolved);
    const ratio = apart / chance;
    const keepsComing = rooted ? ratio >= 0.4 && mine.p95 >= 20 : (ratio >= 0.4 && mine.p95 >= 5) || (ratio >= 0.6 && arrivals >= 30);
    if (keepsComing) {
      return {
        ...base,
        leaning: 'hub',
        lasting: true,
        reason: `${many}, ${formatDuration(apart)} apart, as far as any two: they keep coming as long as the data runs`,
      };
    }
    if (!rooted && mine.p95 >= ENOUGH && liveWithout(side, other, resolved)) {
      return {
        ...base,
        leaning: 'hub',
        reason: `${many}, which live on without it: it only touches them`,
      };
    }
    return { ...base, leaning: ratio <= 0.2 && mine.p95 < ENOUGH ? 'part-of' : 'unknown', reason: '' };
  }
}

function hubFor(type: string, looks: readonly Look[], resolved: Resolved): Pick<Hub, 'lasting' | 'reason'> | undefined {
  const found = looks.filter((look) => look.leaning === 'hub').toSorted((a, b) => b.links - a.links)[0];
  if (found !== undefined) return { lasting: found.lasting, reason: found.reason };
  if (!isHubName(type)) return undefined;
  // The name is overruled where all further partners come together, and nothing that usually has a journey of its own is among them.
  const told = looks.filter((look) => look.leaning !== 'unknown');
  const overruled = told.length > 0 && looks.every((look) => !isRootName(resolved.types[look.partner]!));
  if (overruled) return undefined;
  return { lasting: true, reason: `a ${type} usually touches many unrelated records, and the data is too thin to say otherwise` };
}

/** Median distance, in microseconds, between the first times of partners of the same record. */
function distanceWithin({ records, start, items }: Side, other: (link: number) => number, resolved: Resolved): number {
  const { first } = resolved.records;
  const distances: number[] = [];
  for (let i = 0; i < records.length; i++) {
    const count = start[i + 1]! - start[i]!;
    if (count < 2) continue;
    if (count === 2) {
      const distance = Math.abs(first[other(items[start[i]!]!)]! - first[other(items[start[i]! + 1]!)]!);
      if (!Number.isNaN(distance)) distances.push(distance);
      continue;
    }
    const times: number[] = [];
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      const time = first[other(items[k]!)]!;
      if (!Number.isNaN(time)) times.push(time);
    }
    // Sorted, so that the pairing does not depend on how records are numbered.
    times.sort((a, b) => a - b);
    const half = times.length >> 1;
    for (let k = 0; k < half; k++) distances.push(times[k + half]! - times[k]!);
  }
  return median(distances);
}

/**
 * The same between any two records of a type: pairs at a stride that shares no factor with the count, so that neighbours in the
 * files are no pair.
 */
function distanceByChance(type: number, resolved: Resolved): number {
  const times: number[] = [];
  for (let record = 1; record <= resolved.records.count; record++) {
    const time = resolved.records.first[record]!;
    if (resolved.typeOf[record] === type && !Number.isNaN(time)) times.push(time);
  }
  const count = times.length;
  if (count < 2) return Number.NaN;
  const sorted = Float64Array.from(times).sort();
  const distances: number[] = [];
  // Golden-ratio steps over the sorted times visit the distances evenly: a deterministic stand-in for random pairs.
  const pairs = Math.min(count, 10_000);
  for (let i = 0; i < pairs; i++) {
    const a = Math.floor((i / pairs) * count);
    const b = Math.floor(((i * 0.6180339887498949) % 1) * count);
    if (a !== b) distances.push(Math.abs(sorted[a]! - sorted[b]!));
  }
  return median(distances);
}

/** Whether at least half of the partners spend most of their life outside of the record's. */
function liveWithout({ records, start, items }: Side, other: (link: number) => number, resolved: Resolved): boolean {
  const { first, last } = resolved.records;
  let counted = 0;
  let outside = 0;
  for (let i = 0; i < records.length; i++) {
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      const partner = other(items[k]!);
      const life = last[partner]! - first[partner]!;
      if (!(life > 0)) continue;
      counted++;
      const before = Math.max(0, Math.min(life, first[records[i]!]! - first[partner]!));
      const after = Math.max(0, Math.min(life, last[partner]! - last[records[i]!]!));
      if (before + after >= life / 2) outside++;
    }
  }
  return counted >= ENOUGH && outside >= counted / 2;
}

function median(values: number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1]!;
}
