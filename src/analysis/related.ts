import type { Identity } from '../identity/types.ts';
import type { RelatedRecord } from '../model/journey.ts';

/** For each record, the others it is linked with, seen from it. */
export interface RelatedIndex {
  of(record: number): readonly RelatedRecord[];
}

/** How many related records one journey lists; a hub has thousands. */
const MOST_RELATED = 50;

/** Index over the link table in both directions, as compressed rows. */
export function relatedIndex(identity: Identity): RelatedIndex {
  const { links, records } = identity;
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
      for (let k = start[record]!; k < to; k++) related.push(describe(identity, rows[k]!, record));
      return related;
    },
  };
}

function describe(identity: Identity, link: number, from: number): RelatedRecord {
  const { links, records, relations, rootOf } = identity;
  const isParent = links.parent[link] === from;
  const other = isParent ? links.child[link]! : links.parent[link]!;
  const relation = relations[links.relation[link]!];
  const entries = links.entries[link]!;
  return {
    record: { type: records.type[other]!, key: records.key[other]! },
    relation: relationOf(relation?.owner, records.type[from]!, rootOf[other]!),
    events: [links.evidence[link]!],
    // One shared entry may be a coincidence of two numbers; a few are not (Laplace's rule of succession).
    confidence: (entries + 1) / (entries + 2),
  };
}

function relationOf(owner: string | undefined, type: string, rootOfOther: number): RelatedRecord['relation'] {
  if (rootOfOther === 0) return 'context';
  if (owner === undefined) return 'peer';
  return owner === type ? 'child' : 'parent';
}
