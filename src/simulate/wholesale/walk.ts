import type { Life, LifeRequest } from '../company.ts';
import type { WholesaleEvent } from './event.ts';
import { RANGES, makeOrder } from './order.ts';
import { ERP, Path } from './path.ts';
import { walkInvoice, walkNotice } from './walk-billing.ts';
import { walkDeliveries } from './walk-delivery.ts';
import { walkErp } from './walk-erp.ts';
import { againAfter, sendOrder, walkInbound } from './walk-inbound.ts';
import { walkResponse } from './walk-outbound.ts';

const padded = (number: number): string => String(number).padStart(10, '0');

/** One order from the retailer's interchange to its invoice: the same arguments give the same life. */
export function live({ seed, index, cases, at, injection }: LifeRequest): Life<WholesaleEvent> {
  const made = makeOrder(seed, index, cases);
  // A fault strikes a life that would have been plain, but for the one that needs two deliveries.
  const variant = injection === undefined ? made.variant : injection.place === 'shipment' ? 'split' : 'plain';
  const order = { ...made, variant };
  const path = new Path(order, seed, injection);
  const related = new Set<string>();
  const sent = sendOrder(path, at);
  const handedAt = walkInbound(path, sent, sent.at);
  const decided = handedAt === undefined ? undefined : walkErp(path, handedAt, order.salesOrder);
  if (decided !== undefined) {
    walkResponse(path, decided, sent);
    for (const issued of decided.accepted ? walkDeliveries(path, decided) : []) {
      walkNotice(path, issued);
      const invoice = walkInvoice(path, issued);
      if (invoice < RANGES.jointInvoice && !issued.delivery.joint) related.add(padded(invoice));
    }
    if (path.has('duplicate/delivery', 'interchange')) receiveTwice(path, sent.at);
  }
  for (const event of path.events) {
    if (event.delivery !== 0 && event.delivery < RANGES.jointDelivery) related.add(padded(event.delivery));
    for (const carton of event.cartons) related.add(carton);
    if (event.salesOrder !== 0 && event.salesOrder !== order.salesOrder) related.add(padded(event.salesOrder));
  }
  if (!order.ambiguous) related.add(order.number);
  related.add(String(order.idoc).padStart(16, '0'));
  // Two orders of one number, of which one never got another: nobody could say whose fault it is.
  const nameless = order.ambiguous && !path.events.some((event) => event.channel === 'erp');
  const struck = nameless ? undefined : path.struck;
  return { events: path.events, key: padded(order.salesOrder), related: [...related], variant, struck };
}

/** The mailbox gives the same interchange again: translated, handed over and created once more, until a clerk notices. */
function receiveTwice(path: Path, sentAt: number): void {
  const at = sentAt + againAfter(path);
  const sent = { kind: 'order', inbound: true, at: sentAt } as const;
  path.write('archive', path.order.partner.id, at, 'order', { interchange: sent, lines: path.order.lines });
  const handedAt = walkInbound(path, sent, at);
  if (handedAt === undefined) return;
  const again = walkErp(path, handedAt, RANGES.second + path.order.index);
  if (again !== undefined) path.strike(ERP, 'create', again.at, 'the interchange came again; a second sales order was created');
}
