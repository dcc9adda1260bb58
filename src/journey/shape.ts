import type { Attribute } from '../model/event.ts';
import type { Attempt, Hop, Journey, RelatedRecord, StateField, StateValue, Step, ToldField, ToldValue } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { micros, type Micros } from '../model/time.ts';
import type { Placement } from './hops.ts';
import { latencyOf, rebuild } from './build.ts';
import { allAgree, textOf } from './state.ts';
import type { JourneyInput } from './types.ts';

/**
 * What all journeys have in common that differ in times, names and values only. Building a journey asks of times which comes first, and of
 * executions, spans, records and contents which are the same: so it gives the same steps when times are replaced by their ranks and the others by
 * their numbers in the journey, and a journey rebuilt from those serves for all of its shape.
 */
export interface Shape {
  /**
   * The journey with ranks for times (the earliest is 1), places in the order for ids of events (from 0), and numbers in the journey for records
   * (as the key; the root's is empty), executions and fingerprints (from 1).
   */
  readonly journey: Journey;
  /** Of each hop, since when it was under way, as a rank. */
  readonly since: readonly (Micros | undefined)[];
}

/** The key of the root in a shape. */
export const ROOT_KEY = '';

/** What makes one journey of a shape: everything that the shape holds a number for. */
export interface Particulars {
  root(): RecordRef;
  aliases(): readonly string[];
  related(): readonly RelatedRecord[];
  time(rank: number): Micros;
  /** Id of the event that stands at `place` in the order. */
  event(place: number): number;
  record(number: number): RecordRef;
  execution(number: number): number;
  fingerprint(number: number): number;
  /** Attribute `index` of an event. */
  attribute(place: number, index: number): Attribute;
  /** Whether two attributes, each of an event, hold the very same value. Others may agree as well: a number and its text. */
  isSame(place: number, index: number, otherPlace: number, otherIndex: number): boolean;
}

/**
 * The shape of journeys like this one, whose events stand in their order and hold ranks and numbers as described at `Shape`, their
 * attributes the place among those of the event as a number. Undefined where a step was tried more than once: there the lengths of times may have
 * decided, because the pauses tell whether another try belongs to a series.
 */
export function shapeOf(input: JourneyInput): Shape | undefined {
  const { journey, placements } = rebuild(input, input.events);
  if (journey.steps.some((step) => step.attempts.length > 1)) return undefined;
  return {
    journey,
    since: placements.filter(({ from }: Placement) => from >= 0).map(({ since }) => since),
  };
}

/** The journey of a shape that has these particulars: what `buildJourney` makes of its events. */
export function fillShape({ journey, since }: Shape, particulars: Particulars): Journey {
  const root = particulars.root();
  const steps: Step[] = [];
  for (const step of journey.steps) steps.push(fillStep(step, root, particulars));
  const hops: Hop[] = [];
  for (let i = 0; i < journey.hops.length; i++) hops.push(fillHop(journey.hops[i]!, since[i], steps, particulars));
  const state: StateField[] = [];
  for (const field of journey.state) state.push(fillField(field, root, particulars));
  const told: ToldField[] = [];
  for (const field of journey.told) told.push(fillTold(field, root, particulars));
  return {
    record: root,
    aliases: particulars.aliases(),
    status: journey.status,
    statusReason: journey.statusReason,
    startedAt: timeOf(journey.startedAt, particulars),
    endedAt: timeOf(journey.endedAt, particulars),
    systems: journey.systems,
    steps,
    hops,
    state,
    told,
    related: particulars.related(),
  };
}

// Written out property by property: copying what stands in the shape and replacing some of it took twice as long.

function fillStep(step: Step, root: RecordRef, particulars: Particulars): Step {
  const attempts: Attempt[] = [];
  for (const attempt of step.attempts) attempts.push(fillAttempt(attempt, particulars));
  return {
    id: step.id,
    system: step.system,
    flow: step.flow,
    step: step.step,
    record: recordOf(step.record, root, particulars),
    ...(step.isShared === true ? { isShared: true } : {}),
    startedAt: timeOf(step.startedAt, particulars),
    endedAt: timeOf(step.endedAt, particulars),
    status: step.status,
    attempts,
    absence: step.absence,
    branch: step.branch,
  };
}

function fillAttempt(attempt: Attempt, particulars: Particulars): Attempt {
  const events: number[] = [];
  for (const place of attempt.events) events.push(particulars.event(place));
  return {
    at: timeOf(attempt.at, particulars),
    end: timeOf(attempt.end, particulars),
    status: attempt.status,
    statusRaw: attempt.statusRaw,
    error: attempt.error,
    events,
    execution: attempt.execution === undefined ? undefined : particulars.execution(attempt.execution),
    declared: attempt.declared,
    fingerprint: attempt.fingerprint === 0 ? 0 : particulars.fingerprint(attempt.fingerprint),
  };
}

/** Steps are called `s1`, `s2` … in their order. */
function fillHop(hop: Hop, since: Micros | undefined, steps: readonly Step[], particulars: Particulars): Hop {
  const to = steps[Number(hop.to.slice(1)) - 1];
  return {
    from: hop.from,
    to: hop.to,
    latency: latencyOf(timeOf(since, particulars), to?.startedAt),
    crossesSystem: hop.crossesSystem,
    reason: hop.reason,
  };
}

function fillField(field: StateField, root: RecordRef, particulars: Particulars): StateField {
  const values: StateValue[] = [];
  for (const value of field.values) values.push(fillValue(value, particulars));
  return { field: field.field, record: recordOf(field.record, root, particulars), values, agree: allAgree(values) };
}

function fillTold({ field, values }: ToldField, root: RecordRef, particulars: Particulars): ToldField {
  const filled: ToldValue[] = [];
  for (const value of values) filled.push({ ...fillValue(value, particulars), about: recordOf(value.about, root, particulars) });
  return { field, values: filled };
}

function fillValue(value: StateValue, particulars: Particulars): StateValue {
  const attribute = attributeOf(value, particulars);
  return {
    system: value.system,
    step: value.step,
    value: textOf(attribute),
    attribute,
    at: timeOf(value.at, particulars),
    event: particulars.event(value.event),
  };
}

/** What a system said, in one journey of a shape. The status word of a document belongs to the shape. */
export function attributeOf({ attribute, event }: StateValue, particulars: Pick<Particulars, 'attribute'>): Attribute {
  return attribute.number === undefined ? attribute : particulars.attribute(event, attribute.number);
}

function recordOf(ref: RecordRef, root: RecordRef, particulars: Particulars): RecordRef {
  return ref.key === ROOT_KEY ? root : particulars.record(Number(ref.key));
}

function timeOf(rank: Micros | undefined, particulars: Particulars): Micros | undefined {
  return rank === undefined ? undefined : micros(particulars.time(rank));
}
