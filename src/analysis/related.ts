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
    events: links.evidence[link] === 0 ? [] : [links.evidence[link]!],
    // What people say is no guess. One shared entry may be a coincidence of two numbers; a few are not (Laplace's rule of succession).
    confidence: relation?.decision === undefined ? (entries + 1) / (entries + 2) : 1,
  };
}

/** In a relation that has an owner, the parent of the link is the owner (both ends may be of one type). */
function relationOf(owner: string | undefined, isParent: boolean, rootOfOther: number): RelatedRecord['relation'] {
  if (rootOfOther === 0) return 'context';
  if (owner === undefined) return 'peer';
  return isParent ? 'child' : 'parent';
}
