import { CARRIER_TYPES, TECHNICAL_TYPES } from '../model/record.ts';
import type { PairTable } from './pair-table.ts';
import { isRootName, rootRank } from './priors.ts';
import type { Resolved } from './records.ts';
import { cardinality, reversed } from './relations.ts';
import type { Partners, Relation } from './relations.ts';
import type { TypeRelation } from './types.ts';

/** A relation with its owner decided. */
export interface Owned {
  readonly relation: Relation;
  /** Type index of the owner, undefined when neither owns the other. */
  readonly owner: number | undefined;
  /** Whether `described.from` is the relation's left side. */
  readonly leftFirst: boolean;
  readonly described: TypeRelation;
}

/**
 * Decides for each relation which type owns the other, so that owners form no circle. Hubs and technical types own nothing and are
 * owned by nothing. The "one" side of 1:n owns, unless it collects what it would own (an invoice over several orders). In 1:1 the
 * one without which the other never is owns; then the one that more systems mention, the likelier root by name, the earlier, the more
 * frequent, the first by name. n:m relates peers, unless several is the exception on one side (one shipment in twenty carries two orders). Where these decisions form a
 * circle, the relation with the fewest links gives way.
 */
export function decideOwners(
  relations: readonly Relation[],
  links: PairTable,
  resolved: Resolved,
  hubs: ReadonlySet<number>,
): readonly Owned[] {
  const glue = (type: number): boolean => !hubs.has(type) && !TECHNICAL_TYPES.has(resolved.types[type]!);
  const wishes = relations.map((relation) => ({ relation, ...wish(relation, links, resolved, glue) }));
  const owners = new Map<number, Set<number>>();
  const strongestFirst = wishes
    .filter((item) => item.owner !== undefined)
    .toSorted((a, b) => b.relation.links.length - a.relation.links.length);
  const refused = new Set<Relation>();
  for (const { relation, owner } of strongestFirst) {
    if (owner === undefined) continue;
    const child = owner === relation.left ? relation.right : relation.left;
    if (reaches(owners, owner, child)) {
      refused.add(relation);
      continue;
    }
    const set = owners.get(child);
    if (set === undefined) owners.set(child, new Set([owner]));
    else set.add(owner);
  }
  return wishes.map((item) =>
    refused.has(item.relation)
      ? describe({ ...item, owner: undefined, reason: 'neither owns the other: it would close a circle' })
      : describe(item),
  );

  function describe(item: { relation: Relation; owner: number | undefined; reason: string }): Owned {
    const { relation, owner, reason } = item;
    const { types } = resolved;
    const leftFirst = owner !== undefined ? owner === relation.left : first(relation);
    const seen = cardinality(relation);
    const [from, to] = leftFirst ? [relation.left, relation.right] : [relation.right, relation.left];
    const [ofFrom, ofTo] = leftFirst ? [relation.ofLeft, relation.ofRight] : [relation.ofRight, relation.ofLeft];
    const described: TypeRelation = {
      from: types[from]!,
      to: types[to]!,
      cardinality: leftFirst ? seen : reversed(seen),
      pairs: relation.links.length,
      partnersOfFrom: ofFrom.p95,
      partnersOfTo: ofTo.p95,
      owner: owner === undefined ? undefined : types[owner]!,
      reason,
    };
    return { relation, owner, leftFirst, described };
  }

  /** Without an owner the hub stands first, then the first by name. */
  function first(relation: Relation): boolean {
    const left = glue(relation.left);
    if (left !== glue(relation.right)) return !left;
    return resolved.types[relation.left]! < resolved.types[relation.right]!;
  }
}

/** Whether one gets from `type` to `target` by going up through owners. */
function reaches(owners: ReadonlyMap<number, ReadonlySet<number>>, type: number, target: number): boolean {
  if (type === target) return true;
  for (const owner of owners.get(type) ?? []) if (reaches(owners, owner, target)) return true;
  return false;
}

interface Wish {
  readonly owner: number | undefined;
  readonly reason: string;
}

function wish(relation: Relation, links: PairTable, resolved: Resolved, glue: (type: number) => boolean): Wish {
  const { left, right } = relation;
  const leftName = resolved.types[left]!;
  const rightName = resolved.types[right]!;
  for (const type of [left, right]) {
    if (!glue(type)) return { owner: undefined, reason: `a ${resolved.types[type]!} touches many records and only gives context` };
  }
  if (CARRIER_TYPES.has(leftName) !== CARRIER_TYPES.has(rightName)) return ofCarrier(relation, resolved);
  const seen = cardinality(relation);
  switch (seen) {
    case 'n:m':
      if (seldom(relation.ofLeft) && seldom(relation.ofRight)) return tie(relation, links, resolved);
      if (seldom(relation.ofRight)) return oneOwnsMany(relation, left, right, links, resolved);
      if (seldom(relation.ofLeft)) return oneOwnsMany(relation, right, left, links, resolved);
      return { owner: undefined, reason: `a ${leftName} goes with several of type ${rightName} and the other way round: peers` };
    case '1:n':
      return oneOwnsMany(relation, left, right, links, resolved);
    case 'n:1':
      return oneOwnsMany(relation, right, left, links, resolved);
    case '1:1':
      return tie(relation, links, resolved);
  }
}

/** What a carrier brings owns it, unless it usually brings several. */
function ofCarrier(relation: Relation, { types }: Resolved): Wish {
  const { left, right } = relation;
  const leftCarries = CARRIER_TYPES.has(types[left]!);
  const carrier = types[leftCarries ? left : right]!;
  const carried = types[leftCarries ? right : left]!;
  if (!seldom(leftCarries ? relation.ofLeft : relation.ofRight))
    return { owner: undefined, reason: `one ${carrier} carries several of type ${carried} and owns none` };
  return { owner: leftCarries ? right : left, reason: `each ${carrier} carries one ${carried}, or nearly` };
}

/** Whether having several partners is more than noise, but still the exception: one in four at most. */
function seldom(partners: Partners): boolean {
  return partners.exceeding <= 0.25 * partners.records;
}

/**
 * The one owns the many, unless it collects them: it comes after them, or both have names that say which of them a journey follows
 * (a payment for several orders). If it collects several only now and then, the two are as good as one to one.
 */
function oneOwnsMany(relation: Relation, one: number, many: number, links: PairTable, resolved: Resolved): Wish {
  const oneName = resolved.types[one]!;
  const manyName = resolved.types[many]!;
  const lesser = isRootName(oneName) && rootRank(oneName) > rootRank(manyName);
  if (lesser || (rootRank(oneName) >= rootRank(manyName) && comesLater(relation, one === relation.left, links, resolved))) {
    if (seldom(one === relation.left ? relation.ofLeft : relation.ofRight)) return tie(relation, links, resolved);
    const why = lesser ? `a journey follows the ${manyName}` : 'it comes after them';
    return { owner: undefined, reason: `one ${oneName} goes with several of type ${manyName}, but ${why}: it collects them and owns none` };
  }
  return { owner: one, reason: `each ${manyName} goes with one ${oneName}, one ${oneName} with several` };
}

/** Whether the one side usually starts when half of the other's life is over. */
function comesLater(relation: Relation, leftIsOne: boolean, links: PairTable, resolved: Resolved): boolean {
  const { first, last } = resolved.records;
  let counted = 0;
  let later = 0;
  for (const link of relation.links) {
    const one = leftIsOne ? links.left(link) : links.right(link);
    const many = leftIsOne ? links.right(link) : links.left(link);
    const lead = first[one]! - first[many]!;
    if (Number.isNaN(lead)) continue;
    counted++;
    if (lead > 0 && lead >= (last[many]! - first[many]!) / 2) later++;
  }
  return later > counted / 2;
}

/** At most this share of the records of a type is seen without what they depend on: logs begin and end in the middle of things. */
const SEEN_ALONE = 0.02;

/** Where fewer of one type than this go with the other, the other is something that may happen to it (a return), or it is itself what may lead there (a session). */
const USUALLY = 0.5;

/**
 * The type of which a part exists without the other one, which in turn needs it: existence dependency, told by total and partial participation in a
 * relation (Chen 1976). A claim that is refused has no dossier; were the dossier its owner, refused claims would be journeys of a type
 * of their own, judged by each other. Undefined where neither side or both are complete, or the other is not the usual course of it.
 */
function existsAlone({ left, right, ofLeft, ofRight }: Relation, { stats }: Resolved): number | undefined {
  const shareOfLeft = ofLeft.records / stats.records[left]!;
  const shareOfRight = ofRight.records / stats.records[right]!;
  const [whole, part] = [Math.max(shareOfLeft, shareOfRight), Math.min(shareOfLeft, shareOfRight)];
  if (1 - whole > SEEN_ALONE || 1 - part <= SEEN_ALONE || part < USUALLY) return undefined;
  return shareOfLeft < shareOfRight ? left : right;
}

function tie(relation: Relation, links: PairTable, resolved: Resolved): Wish {
  const { left, right } = relation;
  const { types, stats } = resolved;
  const told = (owner: number, why: string): Wish => {
    const other = owner === left ? right : left;
    return { owner, reason: `each ${types[owner]!} goes with one ${types[other]!}, or nearly; the ${types[owner]!} ${why}` };
  };
  const exists = existsAlone(relation, resolved);
  if (exists !== undefined)
    return told(exists, `exists without the ${types[exists === left ? right : left]!}, which hardly exists without it`);
  // An order is known to all systems that know it, under whichever of its numbers.
  const known = resolved.baseTypes[left] === resolved.baseTypes[right] ? stats.systems : stats.systemsOfType;
  const systems = known[left]! - known[right]!;
  if (systems !== 0) return told(systems > 0 ? left : right, 'is known to more systems');
  const rank = rootRank(types[left]!) - rootRank(types[right]!);
  if (rank !== 0) return told(rank < 0 ? left : right, 'is what a journey usually follows');
  const { first } = resolved.records;
  let earlier = 0;
  for (const link of relation.links) {
    const lead = first[links.left(link)]! - first[links.right(link)]!;
    if (lead < 0) earlier++;
    else if (lead > 0) earlier--;
  }
  if (earlier !== 0) return told(earlier > 0 ? left : right, 'comes first');
  const entries = stats.entries[left]! - stats.entries[right]!;
  if (entries !== 0) return told(entries > 0 ? left : right, 'is mentioned more often');
  return told(types[left]! < types[right]! ? left : right, 'stands first by name');
}
