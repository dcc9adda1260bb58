import type { Event } from '../model/event.ts';
import type { RelatedRecord } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { CARRIER_TYPES } from '../model/record.ts';
import type { JourneyInput } from './types.ts';

/** Tells which child record an event is about. */
export interface Instances {
  /** The child that tells one instance of a step from another (one of several shipments); 0 when the event has none. */
  instanceOf(event: Event): number;
  /** The child the event names, if any, for display: the payment of an `authorize` even where there is only one; 0 for the root. */
  labelOf(event: Event): number;
  /** Type of record that a document is of: that of the first child it names, whatever else the journey holds; the root's when it names none. */
  documentType(event: Event): string;
  /**
   * The record whose state an event tells; undefined when it is that of another journey. What is about several orders at once (a delivery, an invoice that
   * collects) tells its own state and not that of one of them, and what it holds of another order tells nothing of this one.
   */
  stateOf(event: Event): number | undefined;
  /**
   * The record that what an event tells is about: the child it names, the invoice that stands beside the root, the root; undefined where it is about several journeys' at once, or another's.
   */
  aboutOf(event: Event): number | undefined;
  /** Whether a child is that of other journeys as well. */
  isShared(record: number): boolean;
  refOf(record: number): RecordRef;
}

interface Child {
  readonly id: number;
  readonly ref: RecordRef;
  /** Several of its type in this journey. */
  several: boolean;
  /** Owned by the root, as identity found. */
  readonly owned: boolean;
  mentions: number;
}

/**
 * A type of child record is multi-instance when the journey has at least two of it: then steps on different ones are
 * different steps. Records that only give context (a customer, a batch) never split a step.
 */
export function findInstances(input: JourneyInput): Instances {
  const children: Child[] = [];
  const seen = new Map<number, Child | undefined>();
  // Records of the root's type: its own names, and others.
  // What stands beside the root and belongs to none alone: an invoice that collects.
  const peers = new Map<number, RecordRef>();
  const own = new Set<number>();
  const foreign = new Set<number>();
  for (const event of input.events) {
    for (const id of event.records) {
      const known = seen.get(id);
      if (known !== undefined) known.mentions++;
      else if (!seen.has(id)) {
        const ref = input.record(id);
        seen.set(id, admit(id, input, children));
        if (ref.type === input.root.type) (isOwn(id, input) ? own : foreign).add(id);
        else if (seen.get(id) === undefined && !CARRIER_TYPES.has(ref.type) && relationOf(ref, input) === 'peer') peers.set(id, ref);
      }
    }
  }
  const shared = foreign.size === 0 ? NOTHING_SHARED : sharedWith(foreign, input.events, seen);
  const instanceOf = (event: Event): number => (children.length === 0 ? 0 : pick(event, seen, isSeveral));
  const labelOf = (event: Event): number => (children.length === 0 ? 0 : pick(event, seen, isTold));
  const refOf = (record: number): RecordRef => seen.get(record)?.ref ?? peers.get(record) ?? input.root;
  return {
    refOf,
    instanceOf,
    documentType: (event) => {
      for (const id of event.records) {
        const child = seen.get(id);
        if (child !== undefined) return child.ref.type;
      }
      return input.root.type;
    },
    labelOf,
    isShared: (record) => shared.has(record),
    stateOf: (event) => {
      if (shared.size === 0) return instanceOf(event);
      const label = labelOf(event);
      if (!shared.has(label)) return instanceOf(event);
      const isOfOthers = event.records.some((id) => foreign.has(id));
      if (event.records.some((id) => own.has(id))) return isOfOthers ? label : instanceOf(event);
      return isOfOthers ? undefined : label;
    },
    aboutOf: (event) => {
      if (event.records.some((id) => foreign.has(id))) return undefined;
      const label = labelOf(event) || (peers.size === 0 ? 0 : (event.records.find((id) => peers.has(id)) ?? 0));
      return !shared.has(label) || event.records.some((id) => own.has(id)) ? label : undefined;
    },
  };
}

const NOTHING_SHARED: ReadonlySet<number> = new Set();

/**
 * Children that are those of other journeys as well: the one delivery, or the one invoice, of an entry that names several orders. Of several deliveries
 * in such an entry each has its own order.
 */
function sharedWith(
  foreign: ReadonlySet<number>,
  events: readonly Event[],
  seen: ReadonlyMap<number, Child | undefined>,
): ReadonlySet<number> {
  const shared = new Set<number>();
  for (const { records } of events) {
    if (!records.some((id) => foreign.has(id))) continue;
    for (const id of records) {
      const type = seen.get(id)?.ref.type;
      if (type !== undefined && records.every((other) => other === id || seen.get(other)?.ref.type !== type)) shared.add(id);
    }
  }
  return shared;
}

/** Whether a record of the root's type is the root, or another number of it. */
function isOwn(id: number, input: JourneyInput): boolean {
  const ref = input.record(id);
  if (ref.key === input.root.key) return true;
  const relation = relationOf(ref, input);
  return relation === 'child' || relation === 'parent';
}

function relationOf({ key, type }: RecordRef, { related }: JourneyInput): RelatedRecord['relation'] | undefined {
  return related.find(({ record }) => record.key === key && record.type === type)?.relation;
}

function admit(id: number, input: JourneyInput, children: Child[]): Child | undefined {
  const ref = input.record(id);
  if (ref.type === input.root.type || CARRIER_TYPES.has(ref.type)) return undefined;
  const relation = relationOf(ref, input);
  if (relation !== undefined && relation !== 'child') return undefined;
  const child: Child = { id, ref, several: false, owned: relation === 'child', mentions: 1 };
  for (const other of children) {
    if (other.ref.type === ref.type) {
      other.several = true;
      child.several = true;
    }
  }
  children.push(child);
  return child;
}

const isSeveral = (child: Child): boolean => child.several;
const isTold = (child: Child): boolean => child.several || child.owned;

/**
 * The most specific child that an event names: the one that the fewest events of the journey mention. An event that names several of one type (an order with
 * all its shipments) is about none of them in particular; an invoice over two shipments is about the invoice.
 */
function pick(event: Event, seen: ReadonlyMap<number, Child | undefined>, admits: (child: Child) => boolean): number {
  let best: Child | undefined;
  for (const id of event.records) {
    const child = seen.get(id);
    if (child === undefined || !admits(child)) continue;
    if ((best === undefined || rarer(child, best)) && isOnlyOne(child, event, seen)) best = child;
  }
  return best?.id ?? 0;
}

function isOnlyOne({ id, ref }: Child, event: Event, seen: ReadonlyMap<number, Child | undefined>): boolean {
  return event.records.every((other) => other === id || seen.get(other)?.ref.type !== ref.type);
}

function rarer(a: Child, b: Child): boolean {
  if (a.several !== b.several) return a.several;
  return a.mentions !== b.mentions ? a.mentions < b.mentions : a.id < b.id;
}
