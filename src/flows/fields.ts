import type { Journey, StateField, StateValue } from '../model/journey.ts';
import { foldText, isStateField, valuesAgree } from '../journey/index.ts';
import { summarise } from './durations.ts';
import { add, createSketch } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import type { FieldExpectation } from './types.ts';

interface Told {
  readonly field: StateField;
  readonly value: StateValue;
}

/** Two systems' words on one record, the pair in a fixed order. */
export interface ToldPair {
  readonly key: string;
  readonly a: Told;
  readonly b: Told;
  /** Whether both mean a state: then their words are compared by what usually goes together. */
  readonly isState: boolean;
}

interface FieldStats {
  readonly field: string;
  readonly fieldB: string;
  readonly recordType: string;
  readonly systemA: string;
  readonly systemB: string;
  readonly stepA: string;
  readonly stepB: string;
  journeys: number;
  agreed: number;
  laterB: number;
  readonly lag: Sketch;
  /** Undefined when it turned out to hold too many different words to be a vocabulary. */
  words: Map<string, Map<string, number>> | undefined;
}

/** A vocabulary has at most this many pairs of words; more, and it is no vocabulary but free text. */
const MAX_PAIRS = 400;

export interface FieldLearner {
  observe(journey: Journey): void;
  finish(): readonly FieldExpectation[];
}

/** Learns which fields of which systems agree, and which words of state go together. */
export function createFieldLearner(): FieldLearner {
  const stats = new Map<string, FieldStats>();
  return {
    observe(journey) {
      eachPair(journey, (pair) => {
        let known = stats.get(pair.key);
        if (known === undefined) stats.set(pair.key, (known = emptyStats(pair)));
        count(known, pair);
      });
    },
    finish() {
      return [...stats.keys()].toSorted().map((key) => finish(stats.get(key) as FieldStats));
    },
  };
}

/**
 * Calls back with every pair of values that can be compared: the same field told by two systems, and any two words of
 * state about the same record.
 */
export function eachPair(journey: Journey, visit: (pair: ToldPair) => void): void {
  const { state } = journey;
  for (let i = 0; i < state.length; i++) {
    const field = state[i] as StateField;
    const isState = isStateField(field.field);
    for (let k = 0; k < field.values.length; k++) {
      const told = { field, value: field.values[k] as StateValue };
      for (let l = k + 1; l < field.values.length; l++) visit(pairOf(told, { field, value: field.values[l] as StateValue }, isState));
      if (!isState) continue;
      for (let j = i + 1; j < state.length; j++) {
        const other = state[j] as StateField;
        if (!isStateField(other.field) || other.record !== field.record) continue;
        for (const value of other.values) if (value.system !== told.value.system) visit(pairOf(told, { field: other, value }, true));
      }
    }
  }
}

function pairOf(x: Told, y: Told, isState: boolean): ToldPair {
  const straight = x.value.system < y.value.system || (x.value.system === y.value.system && x.field.field <= y.field.field);
  const [a, b] = straight ? [x, y] : [y, x];
  const key = fieldKey(a.value.system, a.field.field, a.value.step, b.value.system, b.field.field, b.value.step, a.field.record.type);
  return { key, a, b, isState };
}

/** What makes two values comparable: where each was told, under which name, of which type of record. */
export function fieldKey(systemA: string, field: string, stepA: string, systemB: string, fieldB: string, stepB: string, recordType: string): string {
  return `${systemA}\u0000${field}\u0000${stepA}\u0000${systemB}\u0000${fieldB}\u0000${stepB}\u0000${recordType}`;
}

function emptyStats({ a, b, isState }: ToldPair): FieldStats {
  return {
    field: a.field.field,
    fieldB: b.field.field,
    recordType: a.field.record.type,
    systemA: a.value.system,
    systemB: b.value.system,
    stepA: a.value.step,
    stepB: b.value.step,
    journeys: 0,
    agreed: 0,
    laterB: 0,
    lag: createSketch(),
    words: isState ? new Map() : undefined,
  };
}

function count(stats: FieldStats, { a, b }: ToldPair): void {
  stats.journeys++;
  if (valuesAgree(a.value.attribute, b.value.attribute)) stats.agreed++;
  if (a.value.at !== undefined && b.value.at !== undefined) {
    if (b.value.at > a.value.at) stats.laterB++;
    add(stats.lag, Math.abs(b.value.at - a.value.at));
  }
  if (stats.words === undefined) return;
  const word = wordOf(a.value);
  let row = stats.words.get(word);
  if (row === undefined) stats.words.set(word, (row = new Map()));
  const other = wordOf(b.value);
  row.set(other, (row.get(other) ?? 0) + 1);
  if (row.size * stats.words.size > MAX_PAIRS) stats.words = undefined;
}

/** A word of state as the vocabulary keeps it. */
export function wordOf(value: StateValue): string {
  return foldText(value.value);
}

function finish(stats: FieldStats): FieldExpectation {
  const pairs: { a: string; b: string; count: number }[] = [];
  for (const [a, row] of stats.words ?? []) for (const [b, times] of row) pairs.push({ a, b, count: times });
  pairs.sort((x, y) => y.count - x.count || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  const { field, fieldB, recordType, systemA, systemB, stepA, stepB, journeys, agreed, laterB } = stats;
  return { field, fieldB, recordType, systemA, systemB, stepA, stepB, journeys, agreed, laterB, lag: summarise(stats.lag), pairs };
}
