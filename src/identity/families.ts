import { TECHNICAL_TYPES } from '../model/record.ts';
import { CoreIndex } from './core-index.ts';
import { plain, spellingOf } from './spelling.ts';
import type { Spelling } from './spelling.ts';
import type { IdentifierTable } from './types.ts';

/** All identifiers of one type that are written in one way: same base, prefix, separators and padding. */
export interface Family {
  readonly type: number;
  readonly base: string;
  readonly prefix: string;
  readonly style: string;
  /** Digits when the family writes numbers at a fixed width with leading zeros, else 0. */
  readonly width: number;
  /** One member as written, for explanations. */
  readonly example: string;
  readonly members: number;
  /** Whether all cores are plain numbers, and their range. */
  readonly numeric: boolean;
  readonly least: number;
  readonly greatest: number;
  /** Mean length of the cores, in characters. */
  readonly length: number;
}

/** The identifiers of a workspace, taken apart. Identifier ids index the columns; family, type and core ids are dense from 0. */
export interface Families {
  readonly types: readonly string[];
  readonly families: readonly Family[];
  readonly typeOf: Uint16Array;
  readonly familyOf: Uint32Array;
  /**
   * Same type and same core, whatever the spelling. Within one family, one core is one record. Not every number below `cores` is in
   * use.
   */
  readonly coreOf: Uint32Array;
  readonly cores: number;
}

/** 1 for each type that is written in several ways: only those can have spellings that meet. */
export function typesOfSeveral({ types, families }: Families): Uint8Array {
  const count = new Uint32Array(types.length);
  for (const family of families) if (family.members > 0) count[family.type]!++;
  return Uint8Array.from(count, (ways) => (ways > 1 ? 1 : 0));
}

/** The identifiers of some types, ascending. */
export function idsOf({ typeOf }: Families, types: Uint8Array): Uint32Array {
  let count = 0;
  for (let id = 1; id < typeOf.length; id++) count += types[typeOf[id]!]!;
  const ids = new Uint32Array(count);
  for (let id = 1, at = 0; id < typeOf.length; id++) if (types[typeOf[id]!] === 1) ids[at++] = id;
  return ids;
}

interface Draft {
  type: number;
  spelling: Spelling;
  width: number;
  example: string;
  members: number;
  numeric: boolean;
  least: number;
  greatest: number;
  length: number;
  shortest: number;
}

/** Room for this many identifiers at first. */
const FIRST_ROOM = 1 << 12;

/**
 * Takes identifiers apart as they are told, and sorts each into its family. A rule must be injective within a family: separators inside
 * the core are dropped only in families where no two members become equal by it, which is known when all are there.
 */
export class FamilyBuilder {
  readonly #types: string[] = [];
  readonly #typeIndex = new Map<string, number>();
  readonly #technical: boolean[] = [];
  readonly #drafts: Draft[] = [];
  readonly #index = new Map<string, number>();
  readonly #latest: number[] = [];
  readonly #cores = new CoreIndex();
  /** Only where it differs from the core. */
  readonly #squashed = new Map<number, string>();
  #count = 0;
  #typeOf = new Uint16Array(FIRST_ROOM);
  #familyOf = new Uint32Array(FIRST_ROOM);
  #coreOf = new Uint32Array(FIRST_ROOM);
  #digits = new Uint8Array(FIRST_ROOM);

  /** Identifiers told so far. */
  get count(): number {
    return this.#count;
  }

  /** Identifier id → type index. Another array when more were told. */
  get typeOf(): Uint16Array {
    return this.#typeOf;
  }

  get types(): readonly string[] {
    return this.#types;
  }

  /** Takes the next identifier; the first one has the id 1. */
  add(type: string, value: string): void {
    const id = ++this.#count;
    if (id >= this.#typeOf.length) this.#grow();
    const typeIndex = this.#typeIndexOf(type);
    const technical = this.#technical[typeIndex]!;
    // Ids of executions and traces are made by machines and written in one way; they are also half of all identifiers.
    const spelling = technical ? plain(value) : spellingOf(value);
    // Neighbours are mostly written alike: the key of a family is made only where they are not.
    const last = this.#latest[typeIndex];
    const drafts = this.#drafts;
    const family = last !== undefined && belongs(drafts[last]!, spelling) ? last : draftOf(drafts, this.#index, typeIndex, spelling, value);
    this.#latest[typeIndex] = family;
    count(drafts[family]!, spelling, value);
    this.#digits[id] = spelling.padded ? 0 : Math.min(MOST_DIGITS, spelling.digits);
    this.#typeOf[id] = typeIndex;
    this.#familyOf[id] = family;
    // Taken as they are, no two of them are equal.
    this.#coreOf[id] = technical ? this.#cores.next() : this.#cores.intern(typeIndex, spelling.core);
    if (spelling.squashed !== spelling.core) this.#squashed.set(id, spelling.squashed);
  }

  /** Call once, when all have been told. `table` holds the same identifiers. */
  finish(table: IdentifierTable): Families {
    const size = this.#count + 1;
    const typeOf = this.#typeOf.subarray(0, size);
    const familyOf = this.#familyOf.subarray(0, size);
    const coreOf = this.#coreOf.subarray(0, size);
    const drafts = this.#drafts;
    splitByLength(table, drafts, familyOf, this.#digits.subarray(0, size));
    const fixed = joinFixedWidth(drafts, this.#index);
    for (let id = 1; id < size; id++) familyOf[id] = fixed[familyOf[id]!]!;
    const squash = squashable(drafts, familyOf, coreOf, this.#squashed);
    for (const [id, text] of this.#squashed) if (squash[familyOf[id]!] === 1) coreOf[id] = this.#cores.intern(typeOf[id]!, text);
    this.#cores.forget();
    this.#squashed.clear();
    return { types: this.#types, families: drafts.map(finished), typeOf, familyOf, coreOf, cores: this.#cores.size };
  }

  #typeIndexOf(type: string): number {
    const known = this.#typeIndex.get(type);
    if (known !== undefined) return known;
    const index = this.#types.push(type) - 1;
    this.#typeIndex.set(type, index);
    this.#technical.push(TECHNICAL_TYPES.has(type));
    this.#cores.room(this.#types.length);
    return index;
  }

  #grow(): void {
    const room = Math.ceil(this.#typeOf.length * 1.25);
    this.#typeOf = grown(this.#typeOf, new Uint16Array(room));
    this.#familyOf = grown(this.#familyOf, new Uint32Array(room));
    this.#coreOf = grown(this.#coreOf, new Uint32Array(room));
    this.#digits = grown(this.#digits, new Uint8Array(room));
  }
}

/** Moves a column into a larger one. */
export function grown<T extends { set(from: ArrayLike<number>): void }>(column: ArrayLike<number>, into: T): T {
  into.set(column);
  return into;
}

function familyKey(type: number, spelling: Spelling, width: number): string {
  const numeric = spelling.digits > 0 ? 'n' : 't';
  return `${type}\0${spelling.base}\0${spelling.prefix}\0${spelling.style}\0${numeric}${width}`;
}

function draftOf(drafts: Draft[], index: Map<string, number>, type: number, spelling: Spelling, value: string): number {
  const width = spelling.padded ? spelling.digits : 0;
  const key = familyKey(type, spelling, width);
  const known = index.get(key);
  if (known !== undefined) return known;
  const numeric = spelling.digits > 0;
  const draft = { type, spelling, width, example: value, members: 0, numeric, least: Infinity, greatest: 0, length: 0, shortest: Infinity };
  drafts.push(draft);
  index.set(key, drafts.length - 1);
  return drafts.length - 1;
}

function belongs(draft: Draft, spelling: Spelling): boolean {
  const { prefix, base, style } = draft.spelling;
  if (draft.numeric !== spelling.digits > 0 || draft.width !== (spelling.padded ? spelling.digits : 0)) return false;
  return prefix === spelling.prefix && base === spelling.base && style === spelling.style;
}

function count(draft: Draft, spelling: Spelling, value: string): void {
  draft.members++;
  if (value < draft.example) draft.example = value;
  draft.length += spelling.squashed.length;
  if (!draft.numeric) return;
  const number = Number(spelling.core);
  draft.least = Math.min(draft.least, number);
  draft.greatest = Math.max(draft.greatest, number);
  draft.shortest = Math.min(draft.shortest, spelling.digits);
}

/** Longer numbers count as of this length. */
const MOST_DIGITS = 30;

/**
 * Plain numbers of quite different length are different numberings: the shop's `100001` and the ERP's `4500063352`. Splits a family
 * of unpadded numbers where a length is missing between two that occur; `999` and `1000` stay together. Only the numbers of the
 * shortest lengths keep the family.
 */
function splitByLength(table: IdentifierTable, drafts: Draft[], familyOf: Uint32Array, digits: Uint8Array): void {
  const lengths = new Map<number, number>();
  for (let id = 1; id < digits.length; id++) {
    if (digits[id] !== 0) lengths.set(familyOf[id]!, (lengths.get(familyOf[id]!) ?? 0) | (1 << digits[id]!));
  }
  /** Family → cluster of each length → family. */
  const into = new Map<number, number[]>();
  for (const [family, bits] of lengths) {
    const clusters: number[] = [];
    let cluster = -1;
    for (let length = 1; length <= MOST_DIGITS; length++) {
      if ((bits & (1 << length)) !== 0) {
        if ((bits & (1 << (length - 1))) === 0) cluster = cluster < 0 ? family : drafts.push(emptied(drafts[family]!)) - 1;
        clusters[length] = cluster;
      }
    }
    if (cluster === family) continue;
    drafts[family] = emptied(drafts[family]!);
    into.set(family, clusters);
  }
  if (into.size === 0) return;
  for (let id = 1; id < digits.length; id++) {
    const clusters = into.get(familyOf[id]!);
    if (clusters === undefined) continue;
    const value = table.value(id);
    const family = clusters[digits[id]!]!;
    const draft = drafts[family]!;
    if (draft.members === 0) draft.example = value;
    count(draft, spellingOf(value), value);
    familyOf[id] = family;
  }
}

function emptied(draft: Draft): Draft {
  return { ...draft, members: 0, least: Infinity, greatest: 0, length: 0, shortest: Infinity };
}

/**
 * `0998`, `0999`, `1000`: a numbering of fixed width that has outgrown its zeros is one family. Joins the unpadded numbers to the padded
 * ones where all of them are at least as wide and only one width exists, so that no two members can be equal.
 * Returns the family each draft became.
 */
function joinFixedWidth(drafts: Draft[], index: ReadonlyMap<string, number>): Uint32Array {
  const to = Uint32Array.from(drafts, (_, i) => i);
  const widths = new Map<number, number[]>();
  for (let i = 0; i < drafts.length; i++) {
    const draft = drafts[i]!;
    if (draft.width === 0) continue;
    const plain = index.get(familyKey(draft.type, draft.spelling, 0));
    if (plain === undefined) continue;
    const list = widths.get(plain);
    if (list === undefined) widths.set(plain, [i]);
    else list.push(i);
  }
  for (const [plain, padded] of widths) {
    const from = drafts[plain]!;
    const into = drafts[padded[0]!]!;
    if (padded.length !== 1 || from.shortest < into.width) continue;
    to[plain] = padded[0]!;
    into.members += from.members;
    into.length += from.length;
    into.least = Math.min(into.least, from.least);
    into.greatest = Math.max(into.greatest, from.greatest);
    from.members = 0;
  }
  return to;
}

/** 1 for the families whose members stay distinct without the separators inside. */
function squashable(
  drafts: readonly Draft[],
  familyOf: Uint32Array,
  coreOf: Uint32Array,
  squashed: ReadonlyMap<number, string>,
): Uint8Array {
  const result = new Uint8Array(drafts.length).fill(1);
  const seen = new Map<number, Map<string, number>>();
  for (const [id, text] of squashed) {
    const family = familyOf[id]!;
    let values = seen.get(family);
    if (values === undefined) seen.set(family, (values = new Map()));
    const known = values.get(text);
    if (known === undefined) values.set(text, coreOf[id]!);
    else if (known !== coreOf[id]) result[family] = 0;
  }
  return result;
}

function finished(draft: Draft): Family {
  const { type, width, example, members, numeric, least, greatest } = draft;
  const { base, prefix, style } = draft.spelling;
  return {
    type,
    base,
    prefix,
    style,
    width,
    example,
    members,
    numeric,
    least,
    greatest,
    length: members === 0 ? 0 : draft.length / members,
  };
}
