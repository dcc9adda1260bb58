import type { HandRoots } from './by-hand/seams.ts';
import type { Owned } from './ownership.ts';
import type { PairTable } from './pair-table.ts';
import type { Resolved } from './records.ts';
import type { Reused } from './reused.ts';
import { shared32 } from './shared.ts';

/**
 * The journey each record belongs to, going up from owner to owner. Types form no circle (see `decideOwners`), so neither do records.
 * A record with several owners of one type or of several belongs to the one it shares most entries with; then to that of the type which
 * itself has fewer owners, then to the first by key. The others stay linked. What belongs to a number that stands for several things belongs to the one
 * of them that lived then, unless something else says whose it is. What was said by hand goes before all that.
 */
export function findRoots(owned: readonly Owned[], links: PairTable, resolved: Resolved, reused: Reused, byHand?: HandRoots): Uint32Array {
  const { records } = resolved;
  const parent = shared32(records.count + 1);
  const shared = new Uint32Array(records.count + 1);
  const height = heights(owned, resolved.types.length);
  for (const { relation, owner } of owned) {
    if (owner === undefined) continue;
    const leftOwns = owner === relation.left;
    for (const link of relation.links) {
      const owning = leftOwns ? links.left(link) : links.right(link);
      const child = leftOwns ? links.right(link) : links.left(link);
      const isReused = reused.has(owning);
      if (reused.has(child) || (isReused && reused.isMeant(child))) continue;
      const above = isReused ? reused.at(owning, records.first[child]!) : owning;
      // Only upwards: what is meant has an owner above it or none, so no circle closes.
      if (isReused && height[resolved.typeOf[above]!]! > height[resolved.typeOf[child]!]!) continue;
      const known = parent[child]!;
      const count = isReused ? 0 : links.count(link);
      if (known !== 0 && !closer(above, count, known, shared[child]!, height, resolved)) continue;
      parent[child] = above;
      shared[child] = count;
    }
  }
  byHand?.hang(parent);
  // In place: a way that was shortened before leads to the same top.
  for (let record = 1; record <= records.count; record++) {
    let top = record;
    while (parent[top] !== 0) top = parent[top]!;
    if (top !== record) parent[record] = top;
  }
  for (let record = 1; record <= records.count; record++) if (parent[record] === 0) parent[record] = record;
  // Asked for by its number alone, it is the first of the things that it stands for.
  for (const record of reused.records()) parent[record] = parent[reused.at(record, Number.NaN)]!;
  return parent;
}

function closer(a: number, aCount: number, b: number, bCount: number, height: Uint32Array, resolved: Resolved): boolean {
  if (aCount !== bCount) return aCount > bCount;
  const types = height[resolved.typeOf[a]!]! - height[resolved.typeOf[b]!]!;
  if (types !== 0) return types < 0;
  const { type, key } = resolved.records;
  return type(a) === type(b) ? key(a) < key(b) : type(a) < type(b);
}

/** How many owners stand above a type on the longest way up. */
function heights(owned: readonly Owned[], types: number): Uint32Array {
  const height = new Uint32Array(types);
  // At most `types` rounds: the longest way has no circle.
  for (let round = 0; round < types; round++) {
    let changed = false;
    for (const { relation, owner } of owned) {
      if (owner === undefined) continue;
      const child = owner === relation.left ? relation.right : relation.left;
      if (height[child]! > height[owner]!) continue;
      height[child] = height[owner]! + 1;
      changed = true;
    }
    if (!changed) break;
  }
  return height;
}
