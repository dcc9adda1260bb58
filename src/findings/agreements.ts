import { inCommon, isMultiple, pairKey, singleAgrees, sumOf, toldGroups, wilsonLower, wilsonUpper } from '../flows/index.ts';
import type { FieldExpectation, Thresholds, ToldGroup } from '../flows/index.ts';
import { numberOf, valuesAgree } from '../journey/index.ts';
import type { Attribute } from '../model/event.ts';
import type { StateValue, ToldValue } from '../model/journey.ts';
import { isTeller } from './declared.ts';
import { MIN_OBSERVATIONS } from './finding.ts';
import type { Match } from './types.ts';
import type { JourneyView, PreparedType } from './view.ts';

/** Where the value of a shape stands in a journey; in a journey itself it is there. */
export type Reader = (value: StateValue) => Attribute;

export const asTold: Reader = ({ attribute }) => attribute;

/**
 * What must hold in a journey so that no two tellers disagree. Those that are known to say the same are held against each other in a chain, as sameness goes
 * from one to the next: n comparisons instead of n².
 */
export function matchesOf(view: JourneyView): readonly Match[] {
  const found: Match[] = [];
  eachField(view, (groups, prepared) => {
    const last = new Map<number, ToldGroup>();
    const singles = groups.filter(({ values }) => values.length === 1);
    for (const group of singles) {
      const kin = classesOf(prepared).get(group.teller);
      if (kin === undefined) continue;
      const before = last.get(kin);
      last.set(kin, group);
      if (before !== undefined) found.push({ a: before.values, b: group.values, field: group.field, expectation: SAME });
    }
    eachKnown(groups, prepared, (match, x, y) => {
      const isSingle = x.values.length === 1 && y.values.length === 1;
      if (!isSingle || match.expectation.factor !== undefined) found.push(match);
    });
  });
  return found;
}

/** Every two tellers of a journey that disagree although it is known how they go together. */
export function disagreementsOf(view: JourneyView): readonly Match[] {
  const found: Match[] = [];
  eachField(view, (groups, prepared) =>
    eachKnown(groups, prepared, (match) => {
      if (!agrees(match, asTold)) found.push(match);
    }),
  );
  return found;
}

/** Whether two tellers say what they should. */
export function agrees({ a, b, expectation }: Match, read: Reader): boolean {
  const { factor = 1, several } = expectation;
  if (a.length === 1 && b.length === 1) return singleAgrees(read(a[0]!), read(b[0]!), factor);
  switch (several?.as) {
    case undefined:
      return true;
    case 'same':
      return inCommon(a, b).every(([x, y]) => singleAgrees(read(x), read(y), factor));
    case 'each': {
      const all = [...a, ...b].map(read);
      return all.every((attribute) => valuesAgree(attribute, all[0]!));
    }
    case 'sum': {
      const [x, y] = [sumOf(a.map(read)), sumOf(b.map(read))];
      return x !== undefined && y !== undefined && isMultiple(x, y, factor, a.length + b.length);
    }
  }
}

/** What is less than it should be, where more of its parts may come: undefined where it is not less, or comes in no parts. */
export function lackingPart({ a, b, expectation }: Match): readonly ToldValue[] | undefined {
  const { factor = 1, several } = expectation;
  if (several?.parts === undefined) return undefined;
  const [x, y] = [sumOf(a.map(asTold)), sumOf(b.map(asTold))];
  if (x === undefined || y === undefined) return undefined;
  if (several.parts === 'a') return x * factor < y ? a : undefined;
  return y < x * factor ? b : undefined;
}

/** Stands for the expectations of a chain: which two of it were compared how often is asked when they differ. */
const SAME: FieldExpectation = {
  field: '',
  fieldB: '',
  recordType: '',
  systemA: '',
  systemB: '',
  stepA: '',
  stepB: '',
  journeys: 0,
  agreed: 0,
  lag: undefined,
  pairs: [],
};

function eachField(view: JourneyView, visit: (groups: readonly ToldGroup[], prepared: PreparedType) => void): void {
  const { prepared, journey } = view;
  if (prepared === undefined || prepared.fields.size === 0 || journey.told.length === 0) return;
  for (const groups of toldGroups(journey, prepared.tellers.find.bind(prepared.tellers))) visit(groups, prepared);
}

/** Calls back with every two tellers of a field of which enough is known. */
function eachKnown(groups: readonly ToldGroup[], prepared: PreparedType, visit: (match: Match, x: ToldGroup, y: ToldGroup) => void): void {
  for (let i = 1; i < groups.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [groups[i]!, groups[j]!];
      const known = prepared.fields.get(pairKey(x.teller, y.teller));
      if (known === undefined || !isKnown(known.expectation, x, y, prepared)) continue;
      if (isDeclared(prepared, x.field, x.values[0]!, y.values[0]!)) continue;
      const [a, b] = known.a === x.teller ? [x, y] : [y, x];
      visit({ a: a.values, b: b.values, field: x.field, expectation: known.expectation }, x, y);
    }
  }
}

/** Whether enough journeys show how the two go together, and nearly all do. */
function isKnown(expectation: FieldExpectation, x: ToldGroup, y: ToldGroup, { thresholds }: PreparedType): boolean {
  if (x.values.length === 1 && y.values.length === 1) return countsOf(expectation, thresholds) !== undefined;
  return expectation.several !== undefined && isUsual(expectation.several, thresholds);
}

/** In how many journeys two tellers agree that nearly always do: by themselves or, where they are few, with their kin, which they must be in keeping with. */
export function countsOf(expectation: FieldExpectation, thresholds: Thresholds): Counts | undefined {
  const { journeys, agreed, kin } = expectation;
  if (isUsual(expectation, thresholds)) return expectation;
  return kin !== undefined && isUsual(kin, thresholds) && wilsonUpper(agreed, journeys) >= thresholds.agreeShare ? kin : undefined;
}

export interface Counts {
  readonly journeys: number;
  readonly agreed: number;
}

function isUsual({ journeys, agreed }: Counts, { agreeShare }: Thresholds): boolean {
  return journeys >= MIN_OBSERVATIONS && wilsonLower(agreed, journeys) >= agreeShare;
}

/** Whether a passport says how what these two say of a field goes together. */
export function isDeclared({ agreements }: PreparedType, field: string, p: ToldValue, q: ToldValue): boolean {
  return agreements.some(
    (declared) =>
      declared.field === field &&
      ((isTeller(declared.a, p) && isTeller(declared.b, q)) || (isTeller(declared.a, q) && isTeller(declared.b, p))),
  );
}

const classes = new WeakMap<PreparedType, ReadonlyMap<number, number>>();

/** Tellers that are known to say the same, directly or over others: teller → one of them that stands for all. Declared pairs count among them. */
function classesOf(prepared: PreparedType): ReadonlyMap<number, number> {
  const known = classes.get(prepared);
  if (known !== undefined) return known;
  const made = new Map<number, number>();
  const find = (teller: number): number => {
    const up = made.get(teller) ?? teller;
    return up === teller ? teller : find(up);
  };
  for (const { expectation, a, b } of prepared.fields.values()) {
    if (expectation.pairs.length > 0 || expectation.field !== expectation.fieldB || expectation.factor !== undefined) continue;
    if (countsOf(expectation, prepared.thresholds) === undefined) continue;
    const [x, y] = [find(a), find(b)];
    made.set(x, Math.min(x, y));
    made.set(y, Math.min(x, y));
  }
  const flat = new Map([...made.keys()].map((teller) => [teller, find(teller)]));
  classes.set(prepared, flat);
  return flat;
}

/** The number or the text that is said, several as a sum: `39 + 39 = 78`. */
export function saidText(values: readonly ToldValue[]): string {
  if (values.length === 1) return values[0]!.value;
  const sum = sumOf(values.map(asTold));
  if (sum === undefined) return [...new Set(values.map(({ value }) => value))].join(', ');
  return `${values.map(({ value }) => value).join(' + ')} = ${Math.round(sum * 1e6) / 1e6}`;
}

/** The number that is said, several added up. */
export function saidNumber(values: readonly ToldValue[]): number | undefined {
  return values.length === 1 ? numberOf(values[0]!.attribute) : sumOf(values.map(asTold));
}
