import { MINUTE, SECOND } from '../calendar.ts';
import { RANGES, quantityOf } from './order.ts';
import type { OrderLine } from './order.ts';
import { TRANSLATOR } from './path.ts';
import type { Path } from './path.ts';
import { JOBS } from './schedule.ts';
import { erpRow, jointNumber } from './walk-delivery.ts';
import type { Issued } from './walk-delivery.ts';
import { inRun, sendOut } from './walk-outbound.ts';

/** Tells the retailer what is on its way, with the next half-hourly run. */
export function walkNotice(path: Path, { delivery, at: issuedAt }: Issued): void {
  const has = (...fault: Parameters<Path['has']>): boolean => !delivery.second && path.has(...fault);
  let run = JOBS.notice.next(issuedAt + 2 * MINUTE);
  if (has('gap/partial', 'notice')) {
    path.strike(TRANSLATOR, 'ship notice', run, 'no ship notice was ever sent; the invoice was');
    return;
  }
  if (has('delay/hop', 'notice')) {
    run = JOBS.notice.next(issuedAt + Math.round(JOBS.notice.usualWait * path.injection!.factor));
    path.strike(
      TRANSLATOR,
      'ship notice',
      run,
      `sent ${Math.round((run - issuedAt) / MINUTE)} min after the goods were issued, usually within 30 min`,
    );
  }
  if (has('order/out-of-order')) {
    run = JOBS.notice.next(delivery.madeAt);
    path.strike(TRANSLATOR, 'ship notice', run, 'announced before the goods were picked');
  }
  let at = inRun(path, 'notice', run);
  const about = { delivery: delivery.number, interchange: { kind: 'notice', inbound: false, at } } as const;
  path.write('translator', TRANSLATOR, at - 1_500, 'build', about);
  const failures = has('error/exhausted', 'transmit') ? 3 : has('retry/declared', 'transmit') ? 1 : 0;
  for (let attempt = 1; attempt <= failures; attempt++) {
    const text = 'AS2 endpoint answered 503 Service Unavailable';
    path.write('translator', TRANSLATOR, at, 'transmit', {
      ...about,
      ok: false,
      attempt,
      durationMs: path.random.int(9_000, 11_000),
      text,
    });
    at += 10 * MINUTE + path.random.int(0, 20) * SECOND;
  }
  if (failures === 3) {
    path.strike(TRANSLATOR, 'transmit', run, 'transmitting the ship notice failed three times; it was never sent');
    return;
  }
  if (failures === 1) {
    path.strike(TRANSLATOR, 'transmit', run, 'transmitting the ship notice failed, the second attempt went through');
    path.write('translator', TRANSLATOR, at, 'transmit', { ...about, attempt: 2, durationMs: path.random.int(300, 1_800) });
  }
  const rejected = has('error/failed', 'acknowledge');
  if (rejected) path.strike(path.order.partner.id, 'acknowledge ship notice', at, 'the retailer rejected the ship notice');
  const lines = has('mismatch/field', 'notice') ? miscounted(path, delivery.lines, at) : delivery.lines;
  sendOut(path, 'notice', at, { delivery: delivery.number, lines, cartons: delivery.cartons }, rejected);
}

function miscounted(path: Path, lines: readonly OrderLine[], at: number): readonly OrderLine[] {
  const [first, ...others] = lines;
  const wrong = [{ ...first!, quantity: first!.quantity + path.random.int(1, 12) }, ...others];
  path.strike(TRANSLATOR, 'ship notice', at, `quantity ${quantityOf(wrong)} instead of ${quantityOf(lines)}`);
  return wrong;
}

/** Orders whose numbers are so near are invoiced together: every other delivery, if it was issued for the same evening. */
const NEAR = 60;

/** The invoice for a delivery: made in the evening, sent in the night. */
export function walkInvoice(path: Path, { delivery, at: issuedAt, states }: Issued): number {
  const { order } = path;
  const has = (...fault: Parameters<Path['has']>): boolean => !delivery.second && path.has(...fault);
  const run = JOBS.billing.next(issuedAt + 10 * MINUTE);
  // All orders of a delivery must decide alike.
  const together = path.injection === undefined && path.shared(`delivery ${delivery.number} is billed`).chance(0.4);
  const invoice = together
    ? jointNumber(path, RANGES.jointInvoice, run, NEAR)
    : RANGES.invoice + (delivery.joint ? delivery.number : delivery.number - RANGES.delivery);
  const at = run + path.shared(`invoice ${invoice}`).int(5, 900) * SECOND;
  erpRow(path, 'billing', delivery, at, 'Billing document created', invoice);
  states.erp(at, 'BILLED');
  states.export();
  const sentAt = inRun(path, 'invoice', JOBS.invoices.next(at));
  send(
    path,
    delivery.number,
    invoice,
    sentAt,
    has('mismatch/field', 'invoice') ? overcharged(path, delivery.lines, sentAt) : delivery.lines,
  );
  if (has('duplicate/delivery', 'invoice')) {
    const againAt = inRun(path, 'invoice', JOBS.invoices.next(sentAt + MINUTE));
    send(path, delivery.number, invoice, againAt, delivery.lines);
    path.strike(
      TRANSLATOR,
      'invoice',
      againAt,
      `invoice ${invoice} of order ${order.salesOrder} was sent again after the first had been accepted`,
    );
  }
  return invoice;
}

function send(path: Path, delivery: number, invoice: number, at: number, lines: readonly OrderLine[]): void {
  path.write('translator', TRANSLATOR, at - 2_000, 'build', { invoice, interchange: { kind: 'invoice', inbound: false, at } });
  sendOut(path, 'invoice', at, { invoice, delivery, lines });
}

function overcharged(path: Path, lines: readonly OrderLine[], at: number): readonly OrderLine[] {
  path.strike(TRANSLATOR, 'invoice', at, 'the invoice charges another price than the ERP');
  return lines.map((line) => ({ ...line, priceCents: line.priceCents + path.random.int(5, 60) }));
}
