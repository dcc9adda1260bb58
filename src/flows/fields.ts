import type { Journey, StateField, StateValue } from '../model/journey.ts';
import { isStateField } from '../model/journey.ts';
import { foldText, valuesAgree } from '../journey/index.ts';
import type { SystemCoverage } from './coverage.ts';
import { summarise } from './durations.ts';
import { add, createSketch } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import type { FieldExpectation } from './types.ts';

export interface Told {
  readonly field: StateField;
  readonly value: StateValue;
  /** Number of who told it, where and under which name; see `Tellers`. */
  readonly teller: number;
}

/**
 * Numbers what can be compared: a system, a field, the step in which it was told, the type of record. Values are compared
 * by their tellers' numbers, because building a text key for each pair of each journey would cost more than all the rest.
 */
export class Tellers {
  readonly names: { readonly system: string; readonly field: string; readonly step: string; readonly recordType: string }[] = [];
  private readonly tree = new Map<string, Map<string, Map<string, Map<string, number>>>>();

  /** The number of a teller; -1 when it is not known. */
  find(system: string, field: string, step: string, recordType: string): number {
    return this.tree.get(system)?.get(field)?.get(step)?.get(recordType) ?? -1;
  }

  /** The number of a teller, given now if it is new. */
  put(system: string, field: string, step: string, recordType: string): number {
    const leaves = child(child(child(this.tree, system), field), step);
    const known = leaves.get(recordType);
    if (known !== undefined) return known;
    leaves.set(recordType, this.names.length);
    return this.names.push({ system, field, step, recordType }) - 1;
  }
}

function child<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new Map()));
  return found;
}

/** Two tellers as one number, the smaller one first. */
export function pairKey(a: number, b: number): number {
  return a < b ? a * MAX_TELLERS + b : b * MAX_TELLERS + a;
}

/** Far more than there are names in any company. */
const MAX_TELLERS = 2 ** 24;

interface FieldStats {
  /** Tellers. */
  readonly a: number;
  readonly b: number;
  journeys: number;
  agreed: number;
  readonly lag: Sketch;
  /** Journeys in which `a`, and in which `b`, was told last. */
  aLast: number;
  bLast: number;
  /** The same for each two words, as `lastKey` names them. */
  readonly lastOf: Map<string, [a: number, b: number]>;
  /** Words of `a`, with the words of `b` beside them; undefined when they turned out to be too many for a vocabulary. */
  words: Map<string, Map<string, Times>> | undefined;
}

/** When the last word was said, for each journey: what was said shortly before the end of the data may be in flight, and teaches nothing. */
type Times = number[];

/** How many were said until a time (µs). */
function countUntil(times: Times, until: number): number {
  let count = 0;
  for (const time of times) if (time <= until) count++;
  return count;
}

/** A vocabulary has at most this many pairs of words; more, and it is no vocabulary but free text. */
const MAX_PAIRS = 400;

export interface FieldLearner {
  observe(journey: Journey): void;
  finish(coverage: SystemCoverage): readonly FieldExpectation[];
}

/** Learns which words of state go together. */
export function createFieldLearner(): FieldLearner {
  const stats = new Map<number, FieldStats>();
  const spoken = new Map<number, Map<string, Times>>();
  const tellers = new Tellers();
  const word = createWordReader();
  const number = tellers.put.bind(tellers);
  const visit = (x: Told, y: Told): void => {
    const [a, b] = x.teller < y.teller ? [x, y] : [y, x];
    const key = pairKey(a.teller, b.teller);
    let known = stats.get(key);
    if (known === undefined) stats.set(key, (known = emptyStats(a.teller, b.teller)));
    count(known, a, b, word);
  };
  return {
    observe(journey) {
      if (journey.state.length === 0) return;
      eachPair(journey, number, visit);
      countWords(journey, tellers, word, spoken);
    },
    finish(coverage) {
      return [...stats.values()].map((each) => finish(each, tellers, spoken, coverage));
    },
  };
}

/** By their names, so that the order does not depend on which was met first. */
export function byName(x: FieldExpectation, y: FieldExpectation): number {
  const name = (each: FieldExpectation): string =>
    [each.systemA, each.field, each.stepA, each.systemB, each.fieldB, each.stepB, each.recordType].join(' ');
  return name(x) < name(y) ? -1 : 1;
}

/** Calls back with every two words of state that two systems tell about the same record. `number` gives the teller's number, or -1 to leave one out. */
export function eachPair(
  journey: Journey,
  number: (system: string, field: string, step: string, recordType: string) => number,
  visit: (a: Told, b: Told) => void,
): void {
  const told: Told[] = [];
  for (const field of journey.state) {
    if (!isStateField(field.field)) continue;
    for (const value of field.values) {
      const teller = number(value.system, field.field, value.step, field.record.type);
      if (teller < 0) continue;
      const one = { field, value, teller };
      for (let i = told.length - 1; i >= 0; i--) {
        const other = told[i] as Told;
        if (other.field !== field && !sameRecord(other.field, field)) continue;
        if (other.value.system !== value.system) visit(other, one);
      }
      told.push(one);
    }
  }
}

function sameRecord(a: StateField, b: StateField): boolean {
  return a.record === b.record || (a.record.key === b.record.key && a.record.type === b.record.type);
}

/** Counts every word of state once a teller and journey, whoever else told one. */
function countWords(journey: Journey, tellers: Tellers, word: (value: string) => string, spoken: Map<number, Map<string, Times>>): void {
  for (const field of journey.state) {
    if (!isStateField(field.field)) continue;
    for (const value of field.values) {
      const words = wordsOf(spoken, tellers.put(value.system, field.field, value.step, field.record.type));
      if (words.size > MAX_PAIRS) continue;
      const own = word(value.value);
      timesOf(words, own).push(value.at ?? -Infinity);
    }
  }
}

function wordsOf(spoken: Map<number, Map<string, Times>>, teller: number): Map<string, Times> {
  let words = spoken.get(teller);
  if (words === undefined) spoken.set(teller, (words = new Map()));
  return words;
}

function timesOf(words: Map<string, Times>, word: string): Times {
  let times = words.get(word);
  if (times === undefined) words.set(word, (times = []));
  return times;
}

/** How often each word of a teller stood in a journey without a word of the other. */
function aloneOf(
  spoken: ReadonlyMap<string, Times> | undefined,
  paired: ReadonlyMap<string, number>,
  until: number,
): { word: string; count: number }[] {
  return [...(spoken ?? [])]
    .map(([word, times]) => ({ word, count: countUntil(times, until) - (paired.get(word) ?? 0) }))
    .filter(({ count }) => count > 0)
    .toSorted((p, q) => q.count - p.count || (p.word < q.word ? -1 : 1));
}

function emptyStats(a: number, b: number): FieldStats {
  return { a, b, journeys: 0, agreed: 0, lag: createSketch(), aLast: 0, bLast: 0, lastOf: new Map(), words: new Map() };
}

function count(stats: FieldStats, a: Told, b: Told, word: (value: string) => string): void {
  stats.journeys++;
  if (valuesAgree(a.value.attribute, b.value.attribute)) stats.agreed++;
  if (a.value.at !== undefined && b.value.at !== undefined) {
    add(stats.lag, Math.abs(b.value.at - a.value.at));
    if (a.value.at > b.value.at) stats.aLast++;
    else if (b.value.at > a.value.at) stats.bLast++;
  }
  if (stats.words === undefined) return;
  const own = word(a.value.value);
  let row = stats.words.get(own);
  if (row === undefined) stats.words.set(own, (row = new Map()));
  const other = word(b.value.value);
  timesOf(row, other).push(Math.max(a.value.at ?? -Infinity, b.value.at ?? -Infinity));
  if (a.value.at !== undefined && b.value.at !== undefined && a.value.at !== b.value.at)
    countLast(stats, lastKey(own, other), a.value.at > b.value.at);
  if (row.size * stats.words.size > MAX_PAIRS) stats.words = undefined;
}

const lastKey = (a: string, b: string): string => `${a}\u0000${b}`;

function countLast({ lastOf }: FieldStats, key: string, isA: boolean): void {
  const last = lastOf.get(key);
  if (last === undefined) lastOf.set(key, isA ? [1, 0] : [0, 1]);
  else last[isA ? 0 : 1]++;
}

/** Reads words of state in their folded form, and remembers the few there are. */
export function createWordReader(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    let word = known.get(value);
    if (word === undefined) {
      // Free text under the name of a state: forget it rather than grow.
      if (known.size > MAX_WORDS) known.clear();
      known.set(value, (word = foldText(value)));
    }
    return word;
  };
}

const MAX_WORDS = 2_000;

function finish(
  stats: FieldStats,
  tellers: Tellers,
  spoken: ReadonlyMap<number, ReadonlyMap<string, Times>>,
  coverage: SystemCoverage,
): FieldExpectation {
  const [x, y] = [tellers.names[stats.a], tellers.names[stats.b]] as [Tellers['names'][number], Tellers['names'][number]];
  // In the order of their names, so that the result does not depend on which was met first.
  const straight = x.system < y.system || (x.system === y.system && `${x.field} ${x.step}` <= `${y.field} ${y.step}`);
  const [a, b] = straight ? [x, y] : [y, x];
  const pairs: { a: string; b: string; count: number; last: { a: number; b: number } }[] = [];
  const lag = summarise(stats.lag);
  const ends = [a, b].map(({ system }) => coverage.endOf(system) ?? coverage.dataEnd);
  const until = Math.min(coverage.dataEnd, ...ends) - (lag?.p95 ?? 0);
  const ofX = new Map<string, number>();
  const ofY = new Map<string, number>();
  for (const [own, row] of stats.words ?? []) {
    for (const [other, said] of row) {
      const times = countUntil(said, until);
      if (times === 0) continue;
      ofX.set(own, (ofX.get(own) ?? 0) + times);
      ofY.set(other, (ofY.get(other) ?? 0) + times);
      const [lastX, lastY] = stats.lastOf.get(lastKey(own, other)) ?? [0, 0];
      pairs.push(
        straight
          ? { a: own, b: other, count: times, last: { a: lastX, b: lastY } }
          : { a: other, b: own, count: times, last: { a: lastY, b: lastX } },
      );
    }
  }
  pairs.sort((p, q) => q.count - p.count || (p.a < q.a ? -1 : p.a > q.a ? 1 : p.b < q.b ? -1 : 1));
  const { journeys, agreed, aLast, bLast } = stats;
  const aloneX = stats.words === undefined ? [] : aloneOf(spoken.get(stats.a), ofX, until);
  const aloneY = stats.words === undefined ? [] : aloneOf(spoken.get(stats.b), ofY, until);
  return {
    field: a.field,
    fieldB: b.field,
    recordType: a.recordType,
    systemA: a.system,
    systemB: b.system,
    stepA: a.step,
    stepB: b.step,
    journeys,
    agreed,
    lag,
    pairs,
    alone: straight ? { a: aloneX, b: aloneY } : { a: aloneY, b: aloneX },
    last: straight ? { a: aLast, b: bLast } : { a: bLast, b: aLast },
  };
}
