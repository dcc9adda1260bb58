import type { Identity, LinkTable } from '../identity/types.ts';
import type { RelatedRecord } from '../model/journey.ts';

/** For each record, the others it is linked with, seen from it. */
export interface RelatedIndex {
  of(record: number): readonly RelatedRecord[];
}

/**
 * The links that say something a journey does not say by itself: from a root to what it owns, between two roots, and from a hub or a
 * batch execution to a root. That two children of one order stand in one entry, or that a customer goes with each of them, follows.
 */
export function essentialLinks({ links, records, rootOf }: Identity): LinkTable {
  const kept: number[] = [];
  for (let i = 0; i < links.count; i++) {
    const a = links.parent[i]!;
    const b = links.child[i]!;
    const rootA = rootOf[a]!;
    const rootB = rootOf[b]!;
    if ((records.technical[a] === 1 && rootA !== 0 && rootA !== a) || (records.technical[b] === 1 && rootB !== 0 && rootB !== b)) continue;
    const aStands = rootA === a;
    const bStands = rootB === b;
    if (rootB === a || rootA === b || (aStands && bStands) || (aStands && rootB === 0) || (bStands && rootA === 0)) kept.push(i);
  }
  const pick = (column: Uint32Array): Uint32Array => Uint32Array.from(kept, (i) => column[i]!);
  return {
    count: kept.length,
    parent: pick(links.parent),
    child: pick(links.child),
    relation: pick(links.relation),
    entries: pick(links.entries),
    evidence: Float64Array.from(kept, (i) => links.evidence[i]!),
  };
}

/** How many related records one journey lists; a hub has thousands. */
const MOST_RELATED = 50;

/** Index over the link table in both directions, as compressed rows. */
export function relatedIndex(identity: Identity, links: LinkTable): RelatedIndex {
  const { records } = identity;
  const start = new Uint32Array(records.count + 2);
  for (let i = 0; i < links.count; i++) {
    start[links.parent[i]! + 1]!++;
    start[links.child[i]! + 1]!++;
  }
  for (let r = 1; r < start.length; r++) start[r]! += start[r - 1]!;
  const fill = start.slice();
  const rows = new Uint32Array(links.count * 2);
  for (let i = 0; i < links.count; i++) {
    rows[fill[links.parent[i]!]!++] = i;
    rows[fill[links.child[i]!]!++] = i;
  }
  return {
    of(record) {
      const related: RelatedRecord[] = [];
      const to = Math.min(start[record + 1]!, start[record]! + MOST_RELATED);
      for (let k = start[record]!; k < to; k++) related.push(describe(identity, links, rows[k]!, record));
      return related;
    },
  };
}

function describe(identity: Identity, links: LinkTable, link: number, from: number): RelatedRecord {
  const { records, relations, rootOf } = identity;
  const isParent = links.parent[link] === from;
  const other = isParent ? links.child[link]! : links.parent[link]!;
  const relation = relations[links.relation[link]!];
  const entries = links.entries[link]!;
  return {
    record: { type: records.type[other]!, key: records.key[other]! },
    relation: relationOf(relation?.owner, isParent, rootOf[other]!),
    events: [links.evidence[link]!],
    // One shared entry may be a coincidence of two numbers; a few are not (Laplace's rule of succession).
    confidence: (entries + 1) / (entries + 2),
  };
}

/** In a relation that has an owner, the parent of the link is the owner (both ends may be of one type). */
function relationOf(owner: string | undefined, isParent: boolean, rootOfOther: number): RelatedRecord['relation'] {
  if (rootOfOther === 0) return 'context';
  if (owner === undefined) return 'peer';
  return isParent ? 'child' : 'parent';
}
