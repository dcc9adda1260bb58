import { SECOND } from '../calendar.ts';
import type { DocumentKind, InterchangeKey, WholesaleEvent } from './event.ts';
import type { Partner } from './partners.ts';

/** An interchange with all that its orders said of it. */
export interface Interchange extends InterchangeKey {
  readonly partner: Partner;
  readonly control: number;
  /** Each document with what the orders in it said. */
  readonly documents: readonly (readonly WholesaleEvent[])[];
  /** What it acknowledges, if it does: then its documents are those that it acknowledges. */
  readonly of: InterchangeKey | undefined;
}

const KINDS: readonly DocumentKind[] = ['order', 'response', 'notice', 'invoice', 'acknowledgement'];
/** Nine digits are enough for some years. */
const EPOCH = Date.UTC(2026, 0, 1);

/**
 * The control number of an interchange. It follows from its time, so that whoever acknowledges it knows it; partners are numbered apart, so the same numbers come
 * again for others.
 */
export function controlOf(partner: Partner, { kind, at }: InterchangeKey): number {
  return partner.firstControl + Math.floor((at - EPOCH) / SECOND) * KINDS.length + KINDS.indexOf(kind);
}

/** Gathers what was said of one interchange; the events come in the order of its documents. */
export function interchangeOf(events: readonly WholesaleEvent[]): Interchange {
  const [first] = events;
  const { order, of } = first!;
  const key = first!.interchange!;
  const documents = new Map<number, WholesaleEvent[]>();
  for (const event of events) {
    const kind = key.kind === 'acknowledgement' ? of!.kind : key.kind;
    const number = kind === 'notice' ? event.delivery : kind === 'invoice' ? event.invoice : event.order.index;
    const list = documents.get(number);
    if (list === undefined) documents.set(number, [event]);
    else list.push(event);
  }
  return { ...key, partner: order.partner, control: controlOf(order.partner, key), documents: [...documents.values()], of };
}

/** A document that the retailer's or the wholesaler's translator did not accept. */
export const isRejected = (document: readonly WholesaleEvent[]): boolean => document.some((event) => !event.ok);
