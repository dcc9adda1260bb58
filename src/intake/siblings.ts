import type { FieldMapping, Mapping } from './mapper.ts';

/** A part of an import as far as it matters for finding its siblings. */
export interface Sibling {
  /** Path, with the member of an archive behind it: two are alike only in one folder. */
  readonly name: string;
  /** As the user knows it: hosts keep what was handed to them in folders of their own. */
  readonly shown: string;
  readonly formatId: string;
  readonly header: readonly string[] | undefined;
  /** How many entries its mapping was inferred from. */
  readonly entries: number;
  readonly bytes: number;
  readonly mapping: Mapping;
}

/** Roles that a field can have beside any others: those of which an entry has only one must come from one mapping. */
const FREE_ROLES: ReadonlySet<FieldMapping['role']> = new Set<FieldMapping['role']>(['identifier', 'attribute', 'ignored']);

/**
 * Daily files of one log mean the same, but the one of a quiet day may hold too few entries to tell: a constant looks like no identifier, four steps like
 * no step. All parts with the same format, header and name (but for numbers and dates in it) get the inferred mapping of the one with the
 * most entries; fields that only others have keep what was found there. Returns the mappings in the order of the parts; those of platforms and
 * of users stay.
 */
export function alignSiblings(parts: readonly Sibling[]): readonly Mapping[] {
  const groups = new Map<string, Sibling[]>();
  for (const part of parts) {
    if (part.mapping.profile !== 'inferred') continue;
    const key = keyOf(part);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  const aligned = new Map<Sibling, Mapping>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const leader = group.reduce((best, part) => (compare(part, best) > 0 ? part : best));
    const kin = group.filter((part) => part === leader || sameShape(part.mapping, leader.mapping));
    const fields = joinFields(
      leader.mapping.fields,
      kin.map((part) => part.mapping),
    );
    for (const part of kin)
      aligned.set(part, {
        ...leader.mapping,
        ...(part === leader ? {} : { reason: `as in ${leader.shown}: ${leader.mapping.reason}` }),
        fields,
      });
  }
  return parts.map((part) => aligned.get(part) ?? part.mapping);
}

function keyOf(part: Sibling): string {
  return JSON.stringify([part.formatId, nameStem(part.name), part.header ?? []]);
}

/** A name without what differs between files of one log: numbers, dates and UUIDs. */
export function nameStem(name: string): string {
  return name.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '*').replace(/\d+/g, '#');
}

function compare(a: Sibling, b: Sibling): number {
  return a.entries - b.entries || a.bytes - b.bytes || (a.name < b.name ? 1 : -1);
}

/** Whether nearly all fields of the smaller one are known to the other: the same kind of entries. */
function sameShape(mapping: Mapping, leader: Mapping): boolean {
  const known = new Set(leader.fields.map((field) => field.path));
  const shared = mapping.fields.filter((field) => known.has(field.path)).length;
  return shared >= 0.8 * mapping.fields.length;
}

/** The fields of the one that is followed, and what only others have, as far as that may stand beside them. */
export function joinFields(leader: readonly FieldMapping[], mappings: readonly Mapping[]): readonly FieldMapping[] {
  const fields = new Map(leader.map((field) => [field.path, field]));
  for (const mapping of mappings) {
    for (const field of mapping.fields) if (!fields.has(field.path) && FREE_ROLES.has(field.role)) fields.set(field.path, field);
  }
  return [...fields.values()];
}
