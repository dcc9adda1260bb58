import { inCommon, type FieldCount, type InCommon } from '../../incidents/index.ts';
import { EVENT_KINDS } from '../../model/event.ts';
import { columnBatches, eventEnd } from '../../workspace/analysis-reader.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import { ColumnStore } from '../../workspace/column-store.ts';
import type { Db } from '../../workspace/open.ts';
import { allJourneyEvents, eventsOfJourney, hubLookup, nameId, stillWanted, wordLookup } from '../../workspace/readers/incidents.ts';

/** What is looked for in the journeys. */
export interface Affected {
  /** Journey → time of its finding (µs), where that has one. */
  readonly journeys: ReadonlyMap<number, number | undefined>;
  /** The step that all of them passed, or lacked. */
  readonly system: string | undefined;
  readonly step: string | undefined;
  /** The field that the findings are about: that they have it in common is no news. */
  readonly facet: string | undefined;
}

/**
 * What the affected journeys have in common that the others which passed the same step have not: fields, systems' steps, and the customers and batches they
 * mention, as far as they were told until the step was passed. What came later cannot have been the cause.
 * Reads every event twice: about a second for a million of them.
 */
export function commonFields(db: Db, affected: Affected): { readonly common: readonly InCommon[]; readonly others: number } {
  const check = stillWanted(db);
  const features = new Features(db, nameId(db, affected.facet));
  const place = { system: nameId(db, affected.system), step: nameId(db, affected.step) };
  const others = passedAt(db, affected.journeys, place, check);
  const held = ofAffected(db, affected, place, features, check);
  const frequent = [...held].filter(([, journeys]) => journeys >= affected.journeys.size / 2);
  const inOthers = ofOthers(db, others, new Set(frequent.map(([feature]) => feature)), features, check);
  const counts: FieldCount[] = [...held].map(([feature, journeys]) => ({
    ...features.words(feature),
    affected: journeys,
    // Of what fewer than half have, nothing is reported: it only counts as tested, with no news.
    others: inOthers.get(feature) ?? Math.round((journeys * others.count) / affected.journeys.size),
  }));
  return { common: inCommon(counts, affected.journeys.size, others.count), others: others.count };
}

const STEP = EVENT_KINDS.indexOf('step');

interface Passed {
  /** Event → number of the journey, counted from 1; 0 for events of journeys that are not compared. */
  readonly journeyOf: Uint32Array;
  /** By number of the journey: when it passed the step (µs); NaN where it did not. */
  readonly at: Float64Array;
  readonly count: number;
}

interface Place {
  readonly system: number;
  readonly step: number;
}

/** When the journeys that are not affected passed the step. */
function passedAt(db: Db, affected: ReadonlyMap<number, unknown>, place: Place, check: () => void): Passed {
  const journeyOf = new Uint32Array(eventEnd(db));
  let journeys = 0;
  for (const [journey, events] of allJourneyEvents(db)) {
    if (affected.has(journey)) continue;
    journeys++;
    for (const event of events) journeyOf[event] = journeys;
  }
  const at = new Float64Array(journeys + 1).fill(NaN);
  let count = 0;
  for (const batch of columnBatches(db)) {
    check();
    for (let i = 0; i < batch.count; i++) {
      if (batch.system[i] !== place.system || batch.step[i] !== place.step) continue;
      const journey = journeyOf[batch.firstEvent + i]!;
      const time = batch.time[i]!;
      if (journey === 0 || Number.isNaN(time)) continue;
      if (Number.isNaN(at[journey]!)) count++;
      if (!(at[journey]! <= time)) at[journey] = time;
    }
  }
  return { journeyOf, at, count };
}

/** Feature → how many of the affected have it. */
function ofAffected(db: Db, { journeys }: Affected, place: Place, features: Features, check: () => void): Map<number, number> {
  const store = new ColumnStore(db);
  const counts = new Map<number, number>();
  for (const [journey, at] of journeys) {
    check();
    const own = new Set<number>();
    const events = eventsOfJourney(db, journey);
    const until = passing(store, events, place) ?? at ?? Infinity;
    for (const event of events) {
      const batch = store.batchOf(event);
      if (batch === undefined) continue;
      const i = event - batch.firstEvent;
      if (batch.time[i]! <= until) features.visit(batch, i, batch.time[i]! < until, (feature) => own.add(feature));
    }
    for (const feature of own) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

function passing(store: ColumnStore, events: readonly number[], { system, step }: Place): number | undefined {
  let first: number | undefined;
  for (const event of events) {
    const batch = store.batchOf(event);
    if (batch === undefined) continue;
    const i = event - batch.firstEvent;
    if (batch.system[i] === system && batch.step[i] === step && !(batch.time[i]! >= (first ?? Infinity))) first = batch.time[i]!;
  }
  return first;
}

/** Feature → how many of the others have it, of those that are asked for. */
function ofOthers(
  db: Db,
  { journeyOf, at }: Passed,
  wanted: ReadonlySet<number>,
  features: Features,
  check: () => void,
): Map<number, number> {
  const counts = new Map<number, number>();
  if (wanted.size === 0) return counts;
  const having = new Map([...wanted].map((feature) => [feature, new Uint8Array(at.length)]));
  for (const batch of columnBatches(db)) {
    check();
    for (let i = 0; i < batch.count; i++) {
      const journey = journeyOf[batch.firstEvent + i]!;
      const time = batch.time[i]!;
      if (journey === 0 || !(time <= at[journey]!)) continue;
      features.visit(batch, i, time < at[journey]!, (feature) => {
        const mark = having.get(feature);
        if (mark !== undefined) mark[journey] = 1;
      });
    }
  }
  for (const [feature, marks] of having)
    counts.set(
      feature,
      marks.reduce((sum, mark) => sum + mark, 0),
    );
  return counts;
}

/** Numbers what a journey may have in common with others: a value of a field, a step that it passed before, a record that many share. */
class Features {
  readonly #names: (id: number) => string;
  readonly #texts: (id: number) => string;
  readonly #hubOf: ReturnType<typeof hubLookup>;
  readonly #without: number;
  readonly #numbers = new Map<string, number>();
  readonly #words: { readonly field: string; readonly value: string }[] = [];

  /** @param without id of the name of a field that is left out; 0 for none */
  constructor(db: Db, without: number) {
    this.#without = without;
    this.#names = wordLookup(db, 'name');
    this.#texts = wordLookup(db, 'text');
    this.#hubOf = hubLookup(db);
  }

  words(feature: number): { readonly field: string; readonly value: string } {
    return this.#words[feature]!;
  }

  /** Calls back with what event `i` of a batch tells; its step only when it came `before` the place in question. */
  visit(batch: ColumnBatch, i: number, before: boolean, use: (feature: number) => void): void {
    if (before && batch.kind[i] === STEP) use(this.#number(`s ${batch.system[i]!} ${batch.step[i]!}`, () => this.#step(batch, i)));
    for (let k = batch.attrStart[i]!; k < batch.attrStart[i + 1]!; k++) {
      const [name, text, number] = [batch.attrName[k]!, batch.attrText[k]!, batch.attrNumber[k]!];
      if (name === this.#without) continue;
      use(
        this.#number(text === 0 ? `n ${name} ${number}` : `t ${name} ${text}`, () => ({
          field: this.#names(name),
          value: text === 0 ? String(number) : this.#texts(text),
        })),
      );
    }
    for (let k = batch.idStart[i]!; k < batch.idStart[i + 1]!; k++) {
      const hub = this.#hubOf(batch.identifier[k]!);
      if (hub !== undefined) use(this.#number(`h ${hub.id}`, () => ({ field: hub.type, value: hub.key })));
    }
  }

  #step(batch: ColumnBatch, i: number): { readonly field: string; readonly value: string } {
    return { field: 'earlier step', value: `${this.#names(batch.system[i]!)} ${this.#names(batch.step[i]!)}` };
  }

  #number(key: string, words: () => { readonly field: string; readonly value: string }): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#words.push(words()) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
