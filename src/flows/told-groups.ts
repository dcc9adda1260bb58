import { numberOf, valuesAgree } from '../journey/index.ts';
import type { Attribute } from '../model/event.ts';
import type { Journey, ToldValue } from '../model/journey.ts';

/** What one step or document says of a field in one journey: once, or once about each of several records. */
export interface ToldGroup {
  /** Its number; see `Tellers`. */
  readonly teller: number;
  readonly field: string;
  readonly values: readonly ToldValue[];
}

/** More tellers of one field than this in one journey are no documents that are held against each other. */
const MOST_GROUPS = 48;

/** Numbers have two decimals: rounded, each is off by up to half of one. */
const HALF_A_CENT = 0.005;
const RELATIVE = 1e-9;

/** How values of two tellers go together where one of them tells several. */
export const SEVERAL = ['sum', 'same', 'each'] as const;
export type Several = (typeof SEVERAL)[number];

/** Gives the number of a teller, or -1 to leave it out. */
export type NumberOf = (system: string, field: string, step: string, recordType: string) => number;

/** The groups of each field of a journey, those of one field together. Only fields with two of them. */
export function toldGroups({ told, record }: Pick<Journey, 'told' | 'record'>, number: NumberOf): readonly (readonly ToldGroup[])[] {
  const fields: ToldGroup[][] = [];
  for (const { field, values } of told) {
    const groups: { teller: number; field: string; values: ToldValue[] }[] = [];
    for (const value of values) {
      const teller = number(value.system, field, value.step, record.type);
      if (teller < 0) continue;
      const known = groups.find((group) => group.teller === teller);
      if (known !== undefined) known.values.push(value);
      else if (groups.length < MOST_GROUPS) groups.push({ teller, field, values: [value] });
    }
    if (groups.length > 1) fields.push(groups);
  }
  return fields;
}

/** The sum of numbers, by their attributes; undefined where one is none. */
export function sumOf(attributes: readonly Attribute[]): number | undefined {
  let sum = 0;
  for (const attribute of attributes) {
    const number = numberOf(attribute);
    if (number === undefined) return undefined;
    sum += number;
  }
  return sum;
}

/** Whether b is a × factor, where `parts` numbers on both sides together were each rounded. */
export function isMultiple(a: number, b: number, factor: number, parts: number): boolean {
  const off = HALF_A_CENT * parts * Math.max(1, factor);
  return Math.abs(b - factor * a) <= off + RELATIVE * Math.max(Math.abs(a * factor), Math.abs(b));
}

/** Pairs of values about the same record. */
export function inCommon<T extends { readonly about: { readonly key: string; readonly type: string } }>(
  a: readonly T[],
  b: readonly T[],
): readonly (readonly [T, T])[] {
  const pairs: (readonly [T, T])[] = [];
  const byKey = new Map(a.map((value) => [value.about.key, value]));
  for (const value of b) {
    const other = byKey.get(value.about.key);
    if (other !== undefined && other.about.type === value.about.type) pairs.push([other, value]);
  }
  return pairs;
}

/** Whether two single values agree, by their factor. */
export function singleAgrees(a: Attribute, b: Attribute, factor: number): boolean {
  if (factor === 1) return valuesAgree(a, b);
  const [x, y] = [numberOf(a), numberOf(b)];
  return x !== undefined && y !== undefined && isMultiple(x, y, factor, 2);
}
