import type { Attribute, Event } from '../model/event.ts';
import type { StateField, StateValue } from '../model/journey.ts';
import { isStateField } from '../model/journey.ts';
import type { Instances } from './instances.ts';

interface FieldDraft {
  readonly record: number;
  readonly name: string;
  readonly systems: string[];
  readonly values: Attribute[];
  readonly events: Event[];
}

/** Two amounts are the same when they differ by less than half a cent, or by rounding of large numbers. */
const AMOUNT_TOLERANCE = 0.005;
const RELATIVE_TOLERANCE = 1e-9;

const NO_FIELDS: readonly StateField[] = Object.freeze([]);

/** Spellings of one field that systems use side by side. What agrees in nearly all journeys is learned, so a wrong pair does no harm. */
const FIELD_NAMES: ReadonlyMap<string, string> = new Map([
  ['total price', 'amount'],
  ['total amount', 'amount'],
  ['amount total', 'amount'],
  ['order amount', 'amount'],
  ['order total', 'amount'],
  ['grand total', 'amount'],
  ['order status', 'status'],
  ['state', 'status'],
]);

/**
 * What each system last said about each field of a record, for the fields that at least two systems tell about, and for every
 * field that holds a state (its words are compared by learned vocabularies, across names). Events must be in causal order.
 *
 * A record's state is what a document or a business system says of the record: its attributes (`payment_status`), and the status word of a
 * document, which counts as its field `status`. The status word of a step is not: it says how the step, execution or message went, in the
 * words of a platform (`COMPLETE_WARN`, `up_for_retry`), and two platforms need not agree on it.
 */
export function readState(events: readonly Event[], instances: Instances): readonly StateField[] {
  const first = events[0]?.system;
  if (events.every((event) => event.system === first)) return NO_FIELDS;
  const fields: FieldDraft[] = [];
  const find = finder(fields);
  for (const event of events) {
    if (event.attributes.length === 0 && event.kind !== 'snapshot') continue;
    const record = instances.stateOf(event);
    if (record === undefined) continue;
    let hasState = false;
    for (const attribute of event.attributes) {
      const name = fieldName(attribute.name);
      hasState ||= isStateField(name);
      tell(find(record, name), event, attribute);
    }
    if (hasState || event.statusRaw === undefined || event.kind !== 'snapshot') continue;
    tell(find(record, 'status'), event, { name: 'status', number: undefined, text: event.statusRaw });
  }
  const told = fields.filter((field) => field.systems.length > 1 || isStateField(field.name));
  return told.length === 0 ? NO_FIELDS : told.map((field) => finish(field, instances));
}

/** Lower-case letters only: nearly all names, and nothing to fold. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

function fieldName(name: string): string {
  if (isPlain(name)) return FIELD_NAMES.get(name) ?? name;
  const folded = foldText(name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return FIELD_NAMES.get(folded) ?? folded.replaceAll(' ', '_');
}

/** Fields are few in most journeys: scanned while they are, hashed beyond that. */
function finder(fields: FieldDraft[]): (record: number, name: string) => FieldDraft {
  let index: Map<string, FieldDraft> | undefined;
  return (record, name) => {
    let found: FieldDraft | undefined;
    if (index === undefined) found = fields.find((field) => field.name === name && field.record === record);
    else found = index.get(`${record}\u0000${name}`);
    if (found !== undefined) return found;
    const made: FieldDraft = { record, name, systems: [], values: [], events: [] };
    fields.push(made);
    if (index !== undefined) index.set(`${record}\u0000${name}`, made);
    else if (fields.length > 32) index = new Map(fields.map((field) => [`${field.record}\u0000${field.name}`, field]));
    return made;
  };
}

function tell(field: FieldDraft, event: Event, attribute: Attribute): void {
  const at = field.systems.indexOf(event.system);
  if (at >= 0) {
    field.values[at] = attribute;
    field.events[at] = event;
    return;
  }
  field.systems.push(event.system);
  field.values.push(attribute);
  field.events.push(event);
}

function finish(field: FieldDraft, instances: Instances): StateField {
  const values: StateValue[] = field.systems.map((system, i) => {
    const attribute = field.values[i] as Attribute;
    const event = field.events[i] as Event;
    return { system, step: event.step, value: textOf(attribute), attribute, at: event.end ?? event.time, event: event.id };
  });
  return { field: field.name, record: instances.refOf(field.record), values, agree: allAgree(values) };
}

/** The value of an attribute as text. */
export function textOf({ text, number }: Attribute): string {
  return text ?? (number === undefined ? '' : String(number));
}

/** Whether all systems say what the first one says. */
export function allAgree(values: readonly StateValue[]): boolean {
  const head = values[0] as StateValue;
  return values.every((value) => valuesAgree(head.attribute, value.attribute));
}

/** Whether two systems say the same, after normalisation: numbers within tolerance, text by folded case and white space. */
export function valuesAgree(a: Attribute, b: Attribute): boolean {
  if (a === b) return true;
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== undefined && y !== undefined) {
    const difference = Math.abs(x - y);
    return difference < AMOUNT_TOLERANCE || difference <= RELATIVE_TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
  }
  if (a.text === undefined || b.text === undefined) return false;
  return a.text === b.text || foldText(a.text) === foldText(b.text);
}

/** The number an attribute tells, also where it is written as text (`"119.00"`). */
export function numberOf(attribute: Attribute): number | undefined {
  if (attribute.number !== undefined) return attribute.number;
  const text = attribute.text;
  if (text === undefined || text.length > 24 || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  // A leading zero marks a key or a code, not a quantity.
  return /^-?0\d/.test(text) ? undefined : Number(text);
}

/** Folds case, white space and the separators that systems write in place of it: `Partially Paid`, `PARTIALLY_PAID`. */
export function foldText(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
}
