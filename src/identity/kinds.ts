import type { Merges } from './aliases.ts';
import type { SettledObservations } from './observations.ts';

/** More kinds of one type than this are no kinds but noise. */
const MOST_KINDS = 8;

/**
 * Kinds refine types: an order known as `SO-1042` and the ERP's own `4500063352` beside it are both called "order" by the files, but are
 * two things (or two names that only a table could join). Where groups of one type meet in entries under different numbers, each is a
 * kind, and kinds are related like types: the two are linked, one owns the other, and both stand in one journey.
 */
export interface Kinds {
  /** Kind → name of its type. The first kinds are the types themselves, in their order. */
  readonly names: readonly string[];
  /** Kind → type index. */
  readonly typeOf: readonly number[];
  /** Kind of an identifier. */
  of(id: number): number;
}

/** Finds the groups that met under different numbers; of too many, those that met most. */
export function findKinds(seen: SettledObservations, merges: Merges): Kinds {
  const { families } = seen;
  const names = [...families.types];
  const typeOf = families.types.map((_, type) => type);
  const met = new Map<number, number>();
  for (const { left, right, apart } of seen.meetings.values()) {
    const a = merges.groupOf[left]!;
    const b = merges.groupOf[right]!;
    if (apart === 0 || a === b) continue;
    met.set(a, (met.get(a) ?? 0) + apart);
    met.set(b, (met.get(b) ?? 0) + apart);
  }
  // Not the group's number: that depends on the order of the files.
  const first = new Map<number, string>();
  families.families.forEach((family, index) => {
    const group = merges.groupOf[index]!;
    const known = first.get(group);
    if (family.members > 0 && (known === undefined || family.example < known)) first.set(group, family.example);
  });
  const example = (group: number): string => first.get(group) ?? '';
  const kindOfGroup = new Map<number, number>();
  const used = families.types.map(() => 0);
  for (const [group] of [...met].toSorted((a, b) => b[1] - a[1] || (example(a[0]) < example(b[0]) ? -1 : 1))) {
    const type = families.families[group]!.type;
    if (used[type]! >= MOST_KINDS) continue;
    used[type]!++;
    kindOfGroup.set(group, names.push(families.types[type]!) - 1);
    typeOf.push(type);
  }
  return { names, typeOf, of: (id) => kindOfGroup.get(merges.groupOf[families.familyOf[id]!]!) ?? families.typeOf[id]! };
}
