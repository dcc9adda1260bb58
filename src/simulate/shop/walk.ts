import type { Injection } from '../faults.ts';
import type { Order } from './order.ts';
import { Path } from './path.ts';
import type { Random } from '../random.ts';
import { States } from './states.ts';
import { walkCrm, walkDelivery, walkReturn } from './walk-delivery.ts';
import { walkErp } from './walk-erp.ts';
import { walkFront } from './walk-front.ts';

/**
 * One order's whole life: what every system would write about it, with at most one fault. Events come in the order in
 * which they were decided, not by time. The same order, generator state and injection give the same life.
 */
export function walk(order: Order, random: Random, injection: Injection | undefined): Path {
  const path = new Path(order, random, injection);
  const states = new States(order.amountCents);
  const paidAt = walkFront(path, states);
  const confirmedAt = paidAt === undefined ? undefined : walkErp(path, states, paidAt);
  if (confirmedAt !== undefined) {
    walkCrm(path, confirmedAt);
    const fulfilledAt = walkDelivery(path, states, path.has('order/out-of-order') ? createdAt(path) : confirmedAt);
    if (fulfilledAt !== undefined && (order.variant === 'refunded' || order.variant === 'part-refunded'))
      walkReturn(path, states, fulfilledAt);
  }
  const erpEvent = path.events.find((event) => event.channel === 'erp');
  if (erpEvent !== undefined) states.erpAmountCents = erpEvent.amountCents;
  states.export(path);
  return path;
}

/** With the confirmation overtaken, the warehouse goes on from the created order. */
function createdAt(path: Path): number {
  const created = path.events.find((event) => event.channel === 'erp' && event.step === 'create')!;
  return created.at + created.durationMs;
}
