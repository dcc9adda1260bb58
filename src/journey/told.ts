import type { Attribute, Event } from '../model/event.ts';
import type { ToldField, ToldValue } from '../model/journey.ts';
import { isStateField } from '../model/journey.ts';
import type { Instances } from './instances.ts';
import { fieldName, textOf } from './state.ts';

interface Draft {
  readonly name: string;
  readonly about: number[];
  readonly events: Event[];
  readonly attributes: Attribute[];
  /** Place of each teller, once they are too many to be looked through. */
  index: Map<string, number> | undefined;
}

/** Up to so many are looked through. */
const FEW = 24;

const NO_FIELDS: readonly ToldField[] = Object.freeze([]);

/**
 * What each step and document last said of each field about each record of the journey: the lines of a three-way match (order, receipt, invoice) are told by
 * different documents of the same systems, and an order that is delivered in two parts by two of each. Words of state are left to `readState`: a
 * state is what holds now, whoever said something else before. Only fields that two of them tell. Events must be in causal order.
 */
export function readTold(events: readonly Event[], instances: Instances): readonly ToldField[] {
  let fields: Draft[] | undefined;
  let others: Event[] | undefined;
  for (const event of events) {
    if (event.attributes.length === 0) continue;
    const about = instances.aboutOf(event);
    if (about === undefined) {
      (others ??= []).push(event);
      continue;
    }
    for (const attribute of event.attributes) {
      const name = fieldName(attribute.name);
      if (!isStateField(name)) tell((fields ??= []), name, about, event, attribute);
    }
  }
  const told = fields?.filter((field) => field.events.length > 1) ?? [];
  return told.length === 0 ? NO_FIELDS : told.map((field) => finish(field, instances, others ?? []));
}

function tell(fields: Draft[], name: string, about: number, event: Event, attribute: Attribute): void {
  let field = fields.find((other) => other.name === name);
  if (field === undefined) fields.push((field = { name, about: [], events: [], attributes: [], index: undefined }));
  const at = placeOf(field, event, about);
  field.about[at] = about;
  field.events[at] = event;
  field.attributes[at] = attribute;
}

/** Where a teller stands, or is to stand. */
function placeOf(field: Draft, { system, step }: Event, about: number): number {
  const { events, about: abouts } = field;
  const next = events.length;
  if (next < FEW) {
    const at = events.findIndex((other, i) => abouts[i] === about && other.step === step && other.system === system);
    return at < 0 ? next : at;
  }
  const keyOf = (of: Pick<Event, 'system' | 'step'>, record: number): string => `${record}\u0000${of.system}\u0000${of.step}`;
  field.index ??= new Map(events.map((event, i) => [keyOf(event, abouts[i] as number), i]));
  const key = keyOf({ system, step }, about);
  const at = field.index.get(key) ?? next;
  field.index.set(key, at);
  return at;
}

/** Of a teller that said something of this record and of others together, nobody knows the whole: it is left out. */
function finish({ name, about, events, attributes }: Draft, instances: Instances, others: readonly Event[]): ToldField {
  const values: ToldValue[] = [];
  events.forEach((event, i) => {
    const { system, step, id } = event;
    if (others.some((other) => other.step === step && other.system === system)) return;
    const attribute = attributes[i] as Attribute;
    const value = textOf(attribute);
    values.push({ system, step, value, attribute, at: event.end ?? event.time, event: id, about: instances.refOf(about[i] as number) });
  });
  return { field: name, values };
}
