import type { LinkTable } from '../identity/types.ts';
import type { RecordRef } from '../model/record.ts';
import type { RelatedRecord } from '../model/journey.ts';
import type { JourneyMaterial } from './material.ts';

/** For each record, the others it is linked with, seen from it. */
export interface RelatedIndex {
  of(record: number): readonly RelatedRecord[];
  /** What the first of these says that `other` is to `record`; undefined when it is not among them. */
  relationTo(record: number, other: number): RelatedRecord['relation'] | undefined;
}

/** How many related records one journey lists; a hub has thousands. */
const MOST_RELATED = 50;

/** The links of each record in both directions, as compressed rows in shared buffers: `rows[start[record]..start[record + 1]]`. */
export interface LinkRows {
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
}

/** Groups links by the records at both of their ends. */
export function linkRows(links: LinkTable, records: number): LinkRows {
  const start = new Uint32Array(new SharedArrayBuffer(4 * (records + 2)));
  for (let i = 0; i < links.count; i++) {
    start[links.parent[i]! + 1]!++;
    start[links.child[i]! + 1]!++;
  }
  for (let r = 1; r < start.length; r++) start[r]! += start[r - 1]!;
  const fill = start.slice();
  const rows = new Uint32Array(new SharedArrayBuffer(4 * 2 * links.count));
  for (let i = 0; i < links.count; i++) {
    rows[fill[links.parent[i]!]!++] = i;
    rows[fill[links.child[i]!]!++] = i;
  }
  return { start, rows };
}

/** The records that each record is linked with. `name` says what a record is called. */
export function relatedIndex(material: JourneyMaterial, name: (record: number) => RecordRef): RelatedIndex {
  const { links } = material;
  const { start, rows } = material.linkRows;
  const endOf = (record: number): number => Math.min(start[record + 1]!, start[record]! + MOST_RELATED);
  return {
    of(record) {
      const related: RelatedRecord[] = [];
      for (let k = start[record]!; k < endOf(record); k++) related.push(describe(material, rows[k]!, record, name));
      return related;
    },
    relationTo(record, other) {
      for (let k = start[record]!; k < endOf(record); k++) {
        const link = rows[k]!;
        const isParent = links.parent[link] === record;
        if ((isParent ? links.child[link] : links.parent[link]) !== other) continue;
        return relationOf(material.relations[links.relation[link]!]?.owner, isParent, material.rootOf[other]!);
      }
      return undefined;
    },
  };
}

function describe(
  { links, relations, rootOf }: JourneyMaterial,
  link: number,
  from: number,
  name: (record: number) => RecordRef,
): RelatedRecord {
  const isParent = links.parent[link] === from;
  const other = isParent ? links.child[link]! : links.parent[link]!;
  const relation = relations[links.relation[link]!];
  const entries = links.entries[link]!;
  return {
    record: name(other),
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
