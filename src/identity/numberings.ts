import type { Families, Family } from './families.ts';
import { MOST_FIELDS } from './fields.ts';
import { spellingOf } from './spelling.ts';
import type { IdentifierTable } from './types.ts';

/** Entries that name several identifiers of one type, one after the other: event id, number of identifiers, the identifiers, the bits of their fields. */
export type Waiting = readonly number[];

/** Entries, and numbers on either side, below which nothing is concluded. */
const ENOUGH = 8;
/** Share of the entries with both fields in which they may hold the same number, all the same. */
const SAME = 0.05;
/** Share of the smaller side's numbers that two numberings may have in common by chance. */
const MET = 0.02;
/** Share of the smaller side's numbers from which on two fields hold one numbering. */
const AKIN = 0.5;

const WIDTH = MOST_FIELDS + 1;

/** What two fields of one type have to do with each other: matrices of `WIDTH` by `WIDTH`. */
interface Beside {
  /** Entries in which they hold different numbers, and the same. */
  readonly apart: Uint32Array;
  readonly same: Uint32Array;
}

/**
 * A sales order `812037` and the customer's order `104216` may be written alike: spelling cannot tell them apart, the fields they stand in can. Two fields of one
 * type hold different numberings when entries that have both nearly always have different numbers in them, and hardly any number of one is found in the
 * other: no inclusion dependency either way (compare `aliases.ts`). So an order and the one it replaces stay in one numbering, because the numbers of one field are
 * found in the other. A family whose members stand in fields of different numberings becomes one family for each.
 */
export function splitNumberings(families: Families, fieldBits: Uint32Array, waiting: Waiting, table: IdentifierTable): Families {
  const besides = besidesOf(families, waiting);
  if (besides.size === 0) return families;
  const made: Family[] = [...families.families];
  for (const [type, beside] of besides) {
    const partOf = partsOf(type, beside, families, fieldBits);
    if (partOf !== undefined) splitType(type, partOf, families, fieldBits, made, table);
  }
  return made.length === families.families.length ? families : { ...families, families: made };
}

/** Type → what its fields hold beside each other, for types of which enough entries hold different numbers in two fields. */
function besidesOf({ typeOf, coreOf }: Families, waiting: Waiting): Map<number, Beside> {
  const besides = new Map<number, Beside>();
  for (let at = 0; at < waiting.length; at += 2 + 2 * waiting[at + 1]!) {
    const from = at + 2;
    const to = from + waiting[at + 1]!;
    const bit = (k: number): number => waiting[k + to - from]!;
    for (let a = from; a < to; a++) {
      const type = typeOf[waiting[a]!]!;
      // A field that stands there twice lists records.
      const isListed = (k: number): boolean => {
        for (let other = from; other < to; other++) {
          if (other !== k && bit(other) === bit(k) && typeOf[waiting[other]!] === type && waiting[other] !== waiting[k]) return true;
        }
        return bit(k) === MOST_FIELDS;
      };
      for (let b = a + 1; b < to; b++) {
        if (typeOf[waiting[b]!] !== type || bit(a) === bit(b) || isListed(a) || isListed(b)) continue;
        let beside = besides.get(type);
        if (beside === undefined)
          besides.set(type, (beside = { apart: new Uint32Array(WIDTH * WIDTH), same: new Uint32Array(WIDTH * WIDTH) }));
        const counts = coreOf[waiting[a]!] === coreOf[waiting[b]!] ? beside.same : beside.apart;
        counts[Math.min(bit(a), bit(b)) * WIDTH + Math.max(bit(a), bit(b))]!++;
      }
    }
  }
  for (const [type, { apart }] of besides) if (apart.every((count) => count < ENOUGH)) besides.delete(type);
  return besides;
}

/** Field → part: fields of one part may hold one numbering, fields of different parts do not. Undefined when there is one part only. */
function partsOf(type: number, beside: Beside, families: Families, fieldBits: Uint32Array): readonly number[] | undefined {
  const { met, size } = meetingsOf(type, families, fieldBits);
  const between = (counts: Uint32Array, p: number, q: number): number => counts[Math.min(p, q) * WIDTH + Math.max(p, q)]!;
  const differ = (p: number, q: number): boolean => {
    const apart = between(beside.apart, p, q);
    const smaller = Math.min(size[p]!, size[q]!);
    return apart >= ENOUGH && smaller >= ENOUGH && between(beside.same, p, q) <= SAME * apart && between(met, p, q) <= MET * smaller;
  };
  const used = Array.from({ length: MOST_FIELDS }, (_, p) => p).filter((p) => size[p]! > 0);
  if (!used.some((p) => used.some((q) => q > p && differ(p, q)))) return undefined;
  const clusters: number[][] = used.map((p) => [p]);
  const apart = (a: readonly number[], b: readonly number[]): boolean => a.some((p) => b.some((q) => differ(p, q)));
  const akin = used
    .flatMap((p) => used.filter((q) => q > p).map((q) => ({ p, q, shared: between(met, p, q) / Math.min(size[p]!, size[q]!) })))
    .filter(({ shared }) => shared >= AKIN)
    .toSorted((a, b) => b.shared - a.shared || between(met, b.p, b.q) - between(met, a.p, a.q));
  for (const { p, q } of akin) {
    const a = clusters.find((cluster) => cluster.includes(p))!;
    const b = clusters.find((cluster) => cluster.includes(q))!;
    if (a === b || apart(a, b)) continue;
    a.push(...b);
    clusters.splice(clusters.indexOf(b), 1);
  }
  // What nothing tells apart stays together: the largest first, so that the family keeps its bulk.
  const weight = (cluster: readonly number[]): number => Math.max(...cluster.map((p) => size[p]!));
  const parts: number[][] = [];
  for (const cluster of clusters.toSorted((a, b) => weight(b) - weight(a))) {
    const part = parts.find((known) => !apart(known, cluster));
    if (part === undefined) parts.push([...cluster]);
    else part.push(...cluster);
  }
  return Array.from({ length: WIDTH }, (_, p) => parts.findIndex((part) => part.includes(p)));
}

/** How many numbers stand in each field of a type, and in each two of them. */
function meetingsOf(
  type: number,
  { typeOf, coreOf, cores }: Families,
  fieldBits: Uint32Array,
): { readonly met: Uint32Array; readonly size: Uint32Array } {
  const bitsOfCore = new Uint32Array(cores);
  for (let id = 1; id < typeOf.length; id++) if (typeOf[id] === type) bitsOfCore[coreOf[id]!]! |= fieldBits[id]!;
  const met = new Uint32Array(WIDTH * WIDTH);
  const size = new Uint32Array(WIDTH);
  for (const bits of bitsOfCore) {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const p = 31 - Math.clz32(rest & -rest);
      size[p]!++;
      for (let others = rest & (rest - 1); others !== 0; others &= others - 1) met[p * WIDTH + 31 - Math.clz32(others & -others)]!++;
    }
  }
  return { met, size };
}

/** Moves the members of each family that are of another part than its bulk into a family of their own. What no field tells stays. */
function splitType(
  type: number,
  partOf: readonly number[],
  { typeOf, familyOf }: Families,
  fieldBits: Uint32Array,
  made: Family[],
  table: IdentifierTable,
): void {
  const numbering = (id: number): number => {
    let part = -1;
    for (let rest = fieldBits[id]!; rest !== 0; rest &= rest - 1) {
      const own = partOf[31 - Math.clz32(rest & -rest)]!;
      if (own >= 0 && part >= 0 && own !== part) return -1;
      if (own >= 0) part = own;
    }
    return part;
  };
  /** Family → part → its members. */
  const members = new Map<number, Map<number, number[]>>();
  for (let id = 1; id < typeOf.length; id++) {
    if (typeOf[id] !== type) continue;
    const parts = members.get(familyOf[id]!) ?? new Map<number, number[]>();
    members.set(familyOf[id]!, parts);
    const part = numbering(id);
    const list = parts.get(part);
    if (list === undefined) parts.set(part, [id]);
    else list.push(id);
  }
  for (const [family, parts] of members) {
    const told = [...parts].filter(([part]) => part >= 0).toSorted(([p, a], [q, b]) => b.length - a.length || p - q);
    if (told.length < 2) continue;
    const before = made[family]!;
    const [[bulk, stays]] = told as [[number, number[]]];
    made[family] = familyOfMembers(before, [...stays, ...(parts.get(-1) ?? [])], table);
    for (const [part, ids] of told) {
      if (part === bulk) continue;
      const index = made.push(familyOfMembers(before, ids, table)) - 1;
      for (const id of ids) familyOf[id] = index;
    }
  }
}

function familyOfMembers(before: Family, ids: readonly number[], table: IdentifierTable): Family {
  let example = table.value(ids[0]!);
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  let length = 0;
  for (const id of ids) {
    const value = table.value(id);
    if (value < example) example = value;
    const spelling = spellingOf(value);
    length += spelling.squashed.length;
    if (!before.numeric) continue;
    least = Math.min(least, Number(spelling.core));
    greatest = Math.max(greatest, Number(spelling.core));
  }
  return { ...before, example, members: ids.length, least, greatest, length: length / ids.length };
}
