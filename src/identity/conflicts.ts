import { CARRIER_TYPES } from '../model/record.ts';
import type { HandLinks } from './by-hand/hand-links.ts';
import type { Owned } from './ownership.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import type { Partners } from './relations.ts';
import type { Reused } from './reused.ts';
import type { Conflict, ConflictClaim } from './types.ts';

/**
 * Finds what the data contradicts itself about, as far as it matters for who is who:
 * - a record that several records of its owner's type claim, where having several is the exception that noise may explain (see `TOLERATED` in
 *   `relations.ts`: of fewer than fifty records one exception already says that several are usual, and nothing is a conflict);
 * - a number that stands for several things.
 * What somebody decided (an owner by hand, a merge, a split) is settled.
 */
export function findConflicts(
  owned: readonly Owned[],
  links: PairTable,
  resolved: Resolved,
  reused: Reused,
  byHand: Pick<HandLinks, 'hasOwner'> | undefined,
): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (const one of owned) {
    const { relation, owner } = one;
    if (owner === undefined) continue;
    const leftOwns = owner === relation.left;
    // What carries several from one system to another is a batch, and no contradiction.
    if (CARRIER_TYPES.has(resolved.types[leftOwns ? relation.right : relation.left]!)) continue;
    const children = leftOwns ? relation.ofRight : relation.ofLeft;
    if (children.many || children.exceeding === 0) continue;
    const childOf = (link: number): number => (leftOwns ? links.right(link) : links.left(link));
    const ownerOf = (link: number): number => (leftOwns ? links.left(link) : links.right(link));
    for (const [record, claiming] of severalOf(relation.links, childOf, resolved.records.count)) {
      if (reused.has(record) || resolved.byHand?.[record] === 1 || byHand?.hasOwner(record)) continue;
      // A number that was given twice is told once, as such.
      if (claiming.some((link) => reused.has(ownerOf(link)) || resolved.byHand?.[ownerOf(link)] === 1)) continue;
      const claims = claiming.map((link) => ({ record: ownerOf(link), entries: links.count(link), evidence: links.evidence(link) }));
      conflicts.push({ kind: 'claimed', record, reason: usual(one, children, resolved), claims: byKey(claims, resolved) });
    }
  }
  const beside = besideReused(owned, links, reused);
  for (const record of reused.records()) {
    const claims = reused
      .meant(record)
      .map((meant) => beside.get(record)?.find((claim) => claim.record === meant) ?? { record: meant, entries: 0, evidence: 0 });
    const reason = 'they differ in what each of them has once, so they are two things with one number';
    conflicts.push({ kind: 'reused', record, reason, claims: byKey(claims, resolved) });
  }
  return conflicts.toSorted((a, b) => compare(nameOf(a.record, resolved), nameOf(b.record, resolved)) || compare(a.kind, b.kind));
}

/** Records that stand in several links, with these. */
function severalOf(members: Uint32Array, recordOf: (link: number) => number, records: number): Map<number, number[]> {
  const seen = new Uint8Array(records + 1);
  const several = new Map<number, number[]>();
  for (const link of members) {
    const record = recordOf(link);
    if (seen[record] === 1) several.set(record, []);
    seen[record] = 1;
  }
  if (several.size > 0) for (const link of members) several.get(recordOf(link))?.push(link);
  return several;
}

function usual({ relation, owner }: Owned, { records, exceeding }: Partners, { types }: Resolved): string {
  const child = types[owner === relation.left ? relation.right : relation.left]!;
  return `${(records - exceeding).toLocaleString('en')} of ${records.toLocaleString('en')} of type ${child} go with one ${types[owner!]!}`;
}

/** What entries say of numbers that stand for several things: number → each record beside it. */
function besideReused(owned: readonly Owned[], links: PairTable, reused: Reused): ReadonlyMap<number, readonly ConflictClaim[]> {
  const beside = new Map<number, ConflictClaim[]>();
  if (reused.size === 0) return beside;
  for (const number of reused.records()) beside.set(number, []);
  for (const { relation } of owned) {
    for (const link of relation.links) {
      const [left, right] = [links.left(link), links.right(link)];
      const told = { entries: links.count(link), evidence: links.evidence(link) };
      beside.get(left)?.push({ record: right, ...told });
      beside.get(right)?.push({ record: left, ...told });
    }
  }
  return beside;
}

function byKey(claims: readonly ConflictClaim[], resolved: Resolved): readonly ConflictClaim[] {
  return claims.toSorted((a, b) => compare(nameOf(a.record, resolved), nameOf(b.record, resolved)));
}

function nameOf(record: number, { records }: Resolved): string {
  return `${records.type(record)} ${records.key(record)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
