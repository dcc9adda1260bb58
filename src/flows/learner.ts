import type { DataScope } from '../journey/types.ts';
import type { Journey } from '../model/journey.ts';
import { isFailure } from '../model/status.ts';
import { createAgreementLearner } from './agreements.ts';
import type { AgreementLearner } from './agreements.ts';
import { prepareCoverage } from './coverage.ts';
import type { SystemCoverage } from './coverage.ts';
import { summarise } from './durations.ts';
import { byName, createFieldLearner } from './fields.ts';
import type { FieldLearner } from './fields.ts';
import { learnFollows } from './follows.ts';
import type { Follow } from './follows.ts';
import { learnOpenHours } from './open-hours.ts';
import { learnOpenClocks } from './open-latencies.ts';
import { findPauses } from './pauses.ts';
import { findPredecessors } from './predecessors.ts';
import { learnRhythms } from './rhythm.ts';
import { AGAIN, eachJourney, FAILED, JourneyRows, RETRIED, SAME } from './rows.ts';
import { add, createSketch } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { fnv1a } from './statistics.ts';
import { StepIndex } from './step-index.ts';
import type { DurationModel, Expectations, FollowExpectation, HopExpectation, Rhythm, StepExpectation, TypeExpectations } from './types.ts';

/** Format of the result; a stored one of another version is learned again. */
const EXPECTATIONS_VERSION = 4;

/** Rows kept per record type: 3 M steps are about 100 MB, and far more than a baseline needs. */
const MAX_ROWS = 3_000_000;
/** Attempt counts above this are one bucket. */
const MAX_ATTEMPTS = 64;

/** Learns what normally happens from journeys, in any order. */
export interface Learner {
  observe(journey: Journey): void;
  /** What was learned, as plain JSON. `scope` says when each system was logged: absence outside of it teaches nothing. */
  finish(scope: DataScope): Expectations;
}

interface TypeLearner {
  journeys: number;
  readonly index: StepIndex;
  readonly rows: JourneyRows;
  readonly fields: FieldLearner;
  readonly agreements: AgreementLearner;
  readonly durations: Sketch[];
  readonly attempts: Uint32Array[];
}

/** A learner that has seen nothing yet. `maxRows` bounds what it keeps per record type (steps, about 32 bytes each). */
export function createLearner(maxRows: number = MAX_ROWS): Learner {
  const types = new Map<string, TypeLearner>();
  return {
    observe(journey) {
      let type = types.get(journey.record.type);
      if (type === undefined) types.set(journey.record.type, (type = createTypeLearner(maxRows)));
      observe(type, journey);
    },
    finish(scope) {
      const coverage = prepareCoverage(scope);
      const byType: Record<string, TypeExpectations> = {};
      for (const name of [...types.keys()].toSorted()) byType[name] = finish(types.get(name) as TypeLearner, coverage);
      return { version: EXPECTATIONS_VERSION, byType };
    },
  };
}

function createTypeLearner(maxRows: number): TypeLearner {
  return {
    journeys: 0,
    index: new StepIndex(),
    rows: new JourneyRows(maxRows),
    fields: createFieldLearner(),
    agreements: createAgreementLearner(),
    durations: [],
    attempts: [],
  };
}

function observe(type: TypeLearner, journey: Journey): void {
  type.journeys++;
  type.fields.observe(journey);
  type.agreements.observe(journey);
  const hash = fnv1a(journey.record.key);
  const keep = type.rows.keeps(hash);
  if (keep) type.rows.begin(hash);
  for (const step of journey.steps) {
    const index = type.index.put(step);
    if (keep) type.rows.add(index, step);
    if (index === type.durations.length) {
      type.durations.push(createSketch());
      type.attempts.push(new Uint32Array(MAX_ATTEMPTS + 1));
    }
    const counts = type.attempts[index] as Uint32Array;
    const tries = Math.min(MAX_ATTEMPTS, step.attempts.length);
    counts[tries] = (counts[tries] as number) + 1;
    if (
      tries !== 1 ||
      isFailure(step.status) ||
      step.startedAt === undefined ||
      step.endedAt === undefined ||
      step.endedAt <= step.startedAt
    )
      continue;
    add(type.durations[index] as Sketch, step.endedAt - step.startedAt);
  }
}

function finish(type: TypeLearner, coverage: SystemCoverage): TypeExpectations {
  const { keys } = type.index;
  const systemOf = (step: number): string => keys[step]?.system ?? '';
  const hours = learnOpenHours(type.rows, keys.length);
  const pairs = findPredecessors(type.rows, keys.length, systemOf, coverage, hours);
  const follows = learnFollows(type.rows, pairs, keys.length, systemOf, coverage);
  const patience = patienceOf(follows);
  const alone = follows.map(({ pair }) => summarise(pair.sketch));
  const durations = type.durations.map(summarise);
  const rhythms = learnRhythms(type.rows, pairs, alone, durations);
  const open = learnOpenClocks(type.rows, pairs, alone, hours);
  const latencies = alone.map((model, i) => {
    const clock = open[i];
    return model === undefined || clock === undefined ? withRhythm(model, rhythms.latencies[i]) : { ...model, open: clock };
  });
  const pauses = findPauses(type.rows, pairs, latencies);
  return {
    journeys: type.journeys,
    steps: stepsOf(
      type,
      coverage.dataEnd - patience,
      durations.map((model, i) => withRhythm(model, rhythms.durations[i])),
    ),
    hops: follows.map(({ pair }, i): HopExpectation => ({ from: pair.from, to: pair.to, basis: pair.basis, latency: latencies[i] })),
    follows: follows.map((follow, i): FollowExpectation => toExpectation(follow, latencies[i], pauses[i])),
    fields: [...type.fields.finish(coverage), ...type.agreements.finish(coverage)].toSorted(byName),
  };
}

/** What follows in fewer journeys than this does not decide how long to wait before a journey counts as ended. */
const RARE_FOLLOW = 0.1;

/**
 * How long after a step a journey must have been watched before it is known whether the step ended it: the longest time by which what
 * often follows has followed. A return that comes to few orders after weeks would otherwise leave no journey that was watched long enough;
 * left out, it makes the share of ends too high by its own share at most.
 */
function patienceOf(follows: readonly Follow[]): number {
  const often = follows.filter(({ eligible, followed }) => eligible > 0 && followed >= RARE_FOLLOW * eligible);
  return (often.length > 0 ? often : follows).reduce((longest, { horizon }) => Math.max(longest, horizon), 0);
}

function toExpectation(
  { pair, eligible, followed, horizon, unless, given }: Follow,
  latency: FollowExpectation['latency'],
  pauses: FollowExpectation['pauses'],
): FollowExpectation {
  const { from, to, basis, inOrder, reversed, detour } = pair;
  return {
    after: from,
    step: to,
    eligible,
    followed,
    inOrder,
    reversed,
    basis,
    latency,
    horizon,
    unless,
    ...(detour === undefined ? {} : { detour }),
    ...(given === undefined ? {} : { given }),
    ...(pauses === undefined ? {} : { pauses }),
  };
}

function withRhythm(model: DurationModel | undefined, rhythm: Rhythm | undefined): DurationModel | undefined {
  return model === undefined || rhythm === undefined ? model : { ...model, rhythm };
}

function stepsOf(type: TypeLearner, patientUntil: number, durations: readonly (DurationModel | undefined)[]): StepExpectation[] {
  const { keys } = type.index;
  const journeys = new Uint32Array(keys.length);
  const repeats = new Uint32Array(keys.length);
  const same = new Uint32Array(keys.length);
  // The journey (by its first row, plus one) in which a repeat, or a last occurrence, was counted last.
  const repeatedIn = new Uint32Array(keys.length);
  const sameIn = new Uint32Array(keys.length);
  const lastIn = new Uint32Array(keys.length);
  const patient = new Uint32Array(keys.length);
  const ends = new Uint32Array(keys.length);
  const { rows } = type;
  eachJourney(rows, (from, to) => {
    let last = -1;
    for (let row = from; row < to; row++) {
      if (last < 0 || (rows.start[row] as number) >= (rows.start[last] as number)) last = row;
    }
    for (let row = to - 1; row >= from; row--) {
      const step = rows.step[row] as number;
      const flags = rows.flags[row] as number;
      if ((flags & AGAIN) === 0) journeys[step] = (journeys[step] as number) + 1;
      if ((flags & (AGAIN | RETRIED)) !== 0 && repeatedIn[step] !== from + 1) {
        repeats[step] = (repeats[step] as number) + 1;
        repeatedIn[step] = from + 1;
      }
      if ((flags & SAME) !== 0 && sameIn[step] !== from + 1) {
        same[step] = (same[step] as number) + 1;
        sameIn[step] = from + 1;
      }
      // Only the last occurrence can end a journey.
      if (lastIn[step] === from + 1) continue;
      lastIn[step] = from + 1;
      if ((flags & FAILED) !== 0 || !((rows.end[row] as number) <= patientUntil)) continue;
      patient[step] = (patient[step] as number) + 1;
      if (row === last) ends[step] = (ends[step] as number) + 1;
    }
  });
  return keys.map((key, i) => ({
    ...key,
    journeys: journeys[i] as number,
    duration: durations[i],
    endsShare: (patient[i] as number) === 0 ? 0 : (ends[i] as number) / (patient[i] as number),
    endsOf: patient[i] as number,
    repeatsShare: (journeys[i] as number) === 0 ? 0 : (repeats[i] as number) / (journeys[i] as number),
    sameShare: (journeys[i] as number) === 0 ? 0 : (same[i] as number) / (journeys[i] as number),
    attemptsP99: percentile(type.attempts[i] as Uint32Array, 0.99),
  }));
}

function percentile(counts: Uint32Array, q: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i] as number;
    if (seen >= q * total) return i;
  }
  return counts.length - 1;
}
