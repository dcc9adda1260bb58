import type { Attribute } from '../model/event.ts';
import type { Attempt, Hop, Journey, RelatedRecord, StateField, StateValue, Step } from '../model/journey.ts';
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
  const steps = journey.steps.map((step) => fillStep(step, particulars));
  const startOf = new Map(journey.steps.map((step, i) => [step.id, steps[i]!.startedAt]));
  return {
    record: particulars.root(),
    aliases: particulars.aliases(),
    status: journey.status,
    statusReason: journey.statusReason,
    startedAt: timeOf(journey.startedAt, particulars),
    endedAt: timeOf(journey.endedAt, particulars),
    systems: journey.systems,
    steps,
    hops: journey.hops.map((hop, i): Hop => ({ ...hop, latency: latencyOf(timeOf(since[i], particulars), startOf.get(hop.to)) })),
    state: journey.state.map((field) => fillField(field, particulars)),
    related: particulars.related(),
  };
}

function fillStep(step: Step, particulars: Particulars): Step {
  return {
    ...step,
    record: recordOf(step.record, particulars),
    startedAt: timeOf(step.startedAt, particulars),
    endedAt: timeOf(step.endedAt, particulars),
    attempts: step.attempts.map((attempt): Attempt => ({
      ...attempt,
      at: timeOf(attempt.at, particulars),
      end: timeOf(attempt.end, particulars),
      events: attempt.events.map((place) => particulars.event(place)),
      execution: attempt.execution === undefined ? undefined : particulars.execution(attempt.execution),
      fingerprint: attempt.fingerprint === 0 ? 0 : particulars.fingerprint(attempt.fingerprint),
    })),
  };
}

function fillField(field: StateField, particulars: Particulars): StateField {
  const values = field.values.map((value): StateValue => {
    const attribute = attributeOf(value, particulars);
    return {
      ...value,
      value: textOf(attribute),
      attribute,
      at: timeOf(value.at, particulars),
      event: particulars.event(value.event),
    };
  });
  return { field: field.field, record: recordOf(field.record, particulars), values, agree: allAgree(values) };
}

/** What a system said, in one journey of a shape. The status word of a document belongs to the shape. */
export function attributeOf({ attribute, event }: StateValue, particulars: Pick<Particulars, 'attribute'>): Attribute {
  return attribute.number === undefined ? attribute : particulars.attribute(event, attribute.number);
}

function recordOf(ref: RecordRef, particulars: Particulars): RecordRef {
  return ref.key === ROOT_KEY ? particulars.root() : particulars.record(Number(ref.key));
}

function timeOf(rank: Micros | undefined, particulars: Particulars): Micros | undefined {
  return rank === undefined ? undefined : micros(particulars.time(rank));
}
