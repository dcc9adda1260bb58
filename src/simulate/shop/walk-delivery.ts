import { SECOND } from '../calendar.ts';
import { BATCH_INTERVAL } from './timings.ts';
import type { Path } from './path.ts';
import type { States } from './states.ts';

/** Warehouse and shop: from a confirmed sales order to a fulfilled one. Answers when, or undefined when it ends before. */
export function walkDelivery(path: Path, states: States, confirmedAt: number): number | undefined {
  const { order } = path;
  if (path.has('gap/partial', 'wms')) {
    path.strike('wms', 'allocate', confirmedAt, 'the CRM was told, the warehouse never was');
    return undefined;
  }
  const allocatedAt = allocate(path, path.hop('allocate', confirmedAt, 'wms', 'allocate'));
  if (order.variant === 'cancelled') {
    cancel(path, states, allocatedAt);
    return undefined;
  }
  let pickAt = path.hop('pick', allocatedAt, 'wms', 'pick');
  let shippedAt = 0;
  for (const [i, shipment] of order.shipments.entries()) {
    const pick = path.duration('pick', pickAt, 'wms', 'pick');
    if (path.has('error/failed', 'pick')) {
      path.write('wms', pickAt, 'wms', 'fulfilment', 'pick', {
        outcome: 'failed',
        durationMs: pick,
        reference: shipment,
        message: 'short pick: bin empty',
      });
      path.strike('wms', 'pick', pickAt, 'picking failed and was not tried again; nothing is shipped');
      return undefined;
    }
    path.write('wms', pickAt, 'wms', 'fulfilment', 'pick', { durationMs: pick, reference: shipment });
    if (path.has('gap/stopped', 'pick')) {
      path.strike('wms', 'pick', pickAt, 'picked, and never shipped');
      return undefined;
    }
    const shipAt = path.hop('ship', pickAt + pick, 'wms', 'ship');
    const ship = path.duration('ship', shipAt, 'wms', 'ship');
    path.write('wms', shipAt, 'wms', 'fulfilment', 'ship', { durationMs: ship, reference: shipment, state: tracking(shipment) });
    shippedAt = Math.max(shippedAt, shipAt + ship);
    if (i + 1 < order.shipments.length) {
      states.shop(shipAt + ship, 'paid', 'partial');
      pickAt = path.hop('ship', pickAt + pick, 'wms', 'pick');
    }
  }
  return fulfill(path, states, shippedAt);
}

/** The carrier's number of a shipment. */
export const tracking = (shipment: string): string => `1Z${shipment.slice(4)}DE`;

/** With a hidden retry the same request is sent again and again, with growing pauses and no count. */
function allocate(path: Path, at: number): number {
  const storm = path.has('retry/storm');
  const repeats = storm ? path.random.int(14, 40) : path.has('retry/hidden', 'allocate') ? path.random.int(2, 3) : 0;
  // Half of the time each try is answered in time and still repeated: then only the repetition gives it away.
  const outcome = path.random.chance(0.5) ? 'timeout' : 'ok';
  let start = at;
  for (let i = 0; i < repeats; i++) {
    path.write('wms', start, 'wms', 'fulfilment', 'allocate', { outcome, durationMs: path.random.int(150, 400) });
    start += 5 * SECOND * (storm ? 1 : 2 ** i) + path.random.int(0, 300);
  }
  if (repeats > 0) path.strike('wms', 'allocate', at, `the same allocation was requested ${repeats + 1} times, with no flag`);
  const durationMs = path.duration('allocate', start, 'wms', 'allocate');
  path.write('wms', start, 'wms', 'fulfilment', 'allocate', { durationMs });
  return start + durationMs;
}

function fulfill(path: Path, states: States, shippedAt: number): number {
  const at = path.hop('fulfill', shippedAt, 'shop', 'fulfilled');
  const durationMs = path.duration('fulfill', at, 'shop', 'fulfilled');
  path.write('shop', at, 'shop', 'fulfilment', 'fulfilled', { durationMs, state: 'fulfilled', message: 'all lines shipped' });
  states.shop(at + durationMs, 'paid', 'fulfilled');
  // The goods issue is posted to the ERP by an interface that keeps no log: it shows in the export only.
  if (path.has('mismatch/stale')) {
    states.erpFrozen = true;
    path.strike('erp', 'sales-order', at, 'the goods issue never reached the ERP: its export still says CONFIRMED');
  }
  if (path.has('mismatch/state', 'erp')) {
    states.erp(at + 30 * SECOND, 'CANCELLED');
    path.strike('erp', 'sales-order', at + 30 * SECOND, 'the ERP says CANCELLED, the shop fulfilled and paid');
  } else {
    states.erp(shippedAt + 5 * SECOND, 'DELIVERED');
  }
  return at + durationMs;
}

/** The customer changes their mind before anything was picked: a normal end. */
function cancel(path: Path, states: States, allocatedAt: number): void {
  const at = path.hop('cancel', allocatedAt, 'shop', 'cancel');
  path.write('shop', at, 'shop', 'checkout', 'cancel', { durationMs: 60, state: 'cancelled', message: 'cancelled by customer' });
  const releaseAt = path.hop('aftermath', at + 60, 'wms', 'release');
  path.write('wms', releaseAt, 'wms', 'fulfilment', 'release', { durationMs: path.random.int(100, 300) });
  const refundedAt = refund(path, at + 60, path.order.amountCents);
  states.shop(refundedAt, 'refunded', 'unfulfilled');
  const erpAt = path.hop('aftermath', refundedAt, 'erp', 'cancel');
  const durationMs = path.random.int(200, 500);
  path.write('erp', erpAt, 'erp', 'sales-order', 'cancel', {
    durationMs,
    reference: path.order.document,
    state: 'CANCELLED',
    message: 'Sales order cancelled',
  });
  states.erp(erpAt + durationMs, 'CANCELLED');
  // One interval later, so that it can never overtake the first update inside one batch.
  crmUpdate(path, erpAt + durationMs + BATCH_INTERVAL, 'Cancelled');
}

function refund(path: Path, after: number, amountCents: number): number {
  const at = path.hop('aftermath', after, 'payments', 'refund');
  const durationMs = path.duration('refund', at, 'payments', 'refund');
  path.write('payments', at, 'payments', 'payment', 'refund', { durationMs, attempt: 1, reference: path.order.payment, amountCents });
  return at + durationMs;
}

/** Goods came back after delivery: a normal second act of an order. */
export function walkReturn(path: Path, states: States, fulfilledAt: number): void {
  const { order } = path;
  const part = order.variant === 'part-refunded';
  const amountCents = part ? Math.round(order.amountCents * 0.4) : order.amountCents;
  const at = path.hop('refund', fulfilledAt, 'shop', 'return');
  path.write('shop', at, 'shop', 'returns', 'return', {
    durationMs: 70,
    amountCents,
    state: 'returned',
    message: part ? 'one line returned' : 'all lines returned',
  });
  const refundedAt = refund(path, at + 70, amountCents);
  states.shop(refundedAt, part ? 'partially_refunded' : 'refunded', 'fulfilled');
  const creditAt = path.hop('aftermath', refundedAt, 'erp', 'credit');
  const durationMs = path.random.int(200, 500);
  path.write('erp', creditAt, 'erp', 'sales-order', 'credit', {
    durationMs,
    reference: order.document,
    amountCents,
    state: 'CREDITED',
    message: 'Credit memo posted',
  });
  states.erp(creditAt + durationMs, 'CREDITED');
  crmUpdate(path, creditAt + durationMs, 'Returned');
}

/** The next batch run tells the CRM. */
export function walkCrm(path: Path, confirmedAt: number): void {
  if (path.has('gap/partial', 'crm')) {
    path.strike('crm', 'update', confirmedAt, 'the warehouse was told, the CRM never was');
    return;
  }
  const wrong = path.has('mismatch/state', 'crm');
  const at = crmUpdate(path, confirmedAt, wrong ? 'Cancelled' : 'Confirmed');
  if (wrong) path.strike('crm', 'update', at, 'the CRM says Cancelled, the other systems confirmed and delivered');
  if (path.has('error/failed', 'crm')) path.strike('crm', 'update', at, 'the CRM refused the update; it was not sent again');
}

/** Batch runs begin at whole multiples of the interval; the slot's number is their identity. */
export function batchSlot(at: number): number {
  return Math.floor(at / BATCH_INTERVAL);
}

function crmUpdate(path: Path, after: number, state: string): number {
  const slotStart = Math.ceil((after + 5 * SECOND) / BATCH_INTERVAL) * BATCH_INTERVAL;
  const sentAt = slotStart + 2 * SECOND + path.random.int(0, 6_000);
  const at = sentAt + path.random.int(300, 1_200);
  const failed = path.has('error/failed', 'crm');
  const message = failed ? 'REQUIRED_FIELD_MISSING: BillingCountry' : '';
  const boomi = { kind: 'batch', executionType: 'exec_sched', originalExecution: '', documentIndex: 0, runIndex: 0, start: false } as const;
  path.write('boomi-document', sentAt, 'boomi', 'orders-to-crm', 'Upsert Order', { outcome: failed ? 'failed' : 'ok', message, boomi });
  path.write('crm', at, 'crm', 'crm-sync', 'update', {
    outcome: failed ? 'failed' : 'ok',
    durationMs: path.duration('crm', at, 'crm', 'update'),
    state: failed ? 'Draft' : state,
    message,
    boomi,
  });
  return at;
}
