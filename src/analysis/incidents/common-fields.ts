import { inCommon, type FieldCount, type InCommon } from '../../incidents/index.ts';
import { columnBatches, eventEnd } from '../../workspace/analysis-reader.ts';
import { ColumnStore } from '../../workspace/column-store.ts';
import type { Db } from '../../workspace/open.ts';
import { allJourneyEvents, eventsOfJourney, nameId, stillWanted } from '../../workspace/readers/incidents.ts';
import { meta } from '../../workspace/readers/meta.ts';
import { Features } from './features.ts';

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
  const journeyOf = new Uint32Array(meta<number>(db, 'event_end') ?? eventEnd(db));
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
  features.keepOnly(wanted);
  for (const batch of columnBatches(db)) {
    check();
    for (let i = 0; i < batch.count; i++) {
      const journey = journeyOf[batch.firstEvent + i]!;
      const time = batch.time[i]!;
      if (journey === 0 || !(time <= at[journey]!)) continue;
      features.visit(batch, i, time < at[journey]!, (feature) => {
        having.get(feature)![journey] = 1;
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
