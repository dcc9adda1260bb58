import type { WirePlan, WirePlanPart } from '../../../../../src/api/wire.ts';

/** Parts that are understood in the same way, so that they are mapped once. */
export interface PartGroup {
  /** Stable while the plan is edited. */
  readonly id: string;
  readonly parts: readonly [WirePlanPart, ...WirePlanPart[]];
  /** A part that the user took out of its group. */
  readonly apart: boolean;
}

/** A plan as its list shows it. */
export interface GroupedPlan {
  readonly groups: readonly PartGroup[];
  readonly known: readonly WirePlanPart[];
  readonly refused: readonly WirePlanPart[];
}

const SEPARATOR = '\u0000';

/** What parts must have in common to be mapped together: profile, format and the set of fields. Undefined for parts without a mapping. */
export function groupKey(part: WirePlanPart): string | undefined {
  const { mapping } = part;
  if (mapping === null) return undefined;
  const paths = mapping.fields.map((field) => field.path).toSorted();
  return [part.format, mapping.profile, mapping.base ?? '', ...paths].join(SEPARATOR);
}

/** Deals the parts of a plan out, in the order in which their first parts come. Parts in `apart` stay alone. */
export function groupParts(plan: WirePlan, apart: ReadonlySet<string>): GroupedPlan {
  const byKey = new Map<string, { readonly id: string; readonly apart: boolean; readonly parts: [WirePlanPart, ...WirePlanPart[]] }>();
  const known: WirePlanPart[] = [];
  const refused: WirePlanPart[] = [];
  for (const part of plan.parts) {
    if (part.outcome === 'known') known.push(part);
    else if (part.outcome === 'refused') refused.push(part);
    else {
      const alone = apart.has(part.id);
      const key = alone ? part.id : (groupKey(part) ?? part.id);
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, { id: key, apart: alone, parts: [part] });
      else group.parts.push(part);
    }
  }
  return { groups: [...byKey.values()], known, refused };
}

/** A word shorter than this says nothing about what the names have in common. */
const TELLING = 3;

/**
 * What the names of a group have in common, with a star for the rest (`wms-2026-05-*.ndjson`); the one name when there is one.
 * Undefined when they have next to nothing in common.
 */
export function commonName(names: readonly string[]): string | undefined {
  const [first, ...rest] = names;
  if (first === undefined || rest.length === 0) return first;
  let start = first.length;
  let end = first.length;
  for (const name of rest) {
    let at = 0;
    while (at < start && at < name.length && name[at] === first[at]) at += 1;
    start = at;
    let back = 0;
    while (back < end && back < name.length && name.at(-1 - back) === first.at(-1 - back)) back += 1;
    end = back;
  }
  // The two must not overlap in the shortest name.
  const shortest = Math.min(...names.map((name) => name.length));
  end = Math.min(end, shortest - start);
  if (start + end === first.length && names.every((name) => name === first)) return first;
  // A number is left out as a whole: days and counters differ in their last digits only.
  const head = first.slice(0, start).replace(/\d{1,20}$/, '');
  const tail = first.slice(first.length - end).replace(/^\d{1,20}/, '');
  return head.length + tail.length < TELLING ? undefined : `${head}*${tail}`;
}

/** The bytes of parts, where at least one is known. */
export function bytesOf(parts: readonly WirePlanPart[]): number | undefined {
  const sizes = parts.flatMap((part) => (part.bytes === null ? [] : [part.bytes]));
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

/** The distinct values of something over the parts of a group, the first part's first. */
export function distinct<T>(parts: readonly WirePlanPart[], of: (part: WirePlanPart) => T): readonly T[] {
  return [...new Set(parts.map(of))];
}
