import { HOUR } from './calendar.ts';
import type { SimEvent } from './event.ts';
import { berlinIso, dateText, isoKolkata, isoMs, log4jKolkata } from './local-time.ts';
import { erpOrder, shopOrder, wmsOrder } from './order.ts';
import type { Output } from './output.ts';
import { BoomiWriter } from './write-boomi.ts';

/** Cents as `129.90`. */
const money = (cents: number): string => (cents / 100).toFixed(2);
/** Cents as `129,90`. */
const germanMoney = (cents: number): string => money(cents).replace('.', ',');

/** The shop: one JSON object a line, UTC. */
export function shopLine(event: SimEvent): string {
  const { order } = event;
  return (
    `{"time":"${isoMs(event.at)}","level":"info","service":"shop","event":"${event.step}","status":"${event.outcome}","orderNumber":"${shopOrder(order)}"` +
    `,"customerId":"${order.customer}","amount":${money(event.amountCents)},"currency":"${order.currency}","durationMs":${event.durationMs}` +
    `,"traceId":"${order.trace}","msg":${JSON.stringify(event.message)}}\n`
  );
}

/** The shop's order as its API shows it. Amounts are text, a missing fulfilment is null. */
export function shopOrderPayload(event: SimEvent): string {
  const { order } = event;
  const fulfillment = event.state2 === 'unfulfilled' ? 'null' : `"${event.state2}"`;
  const net = Math.round(order.amountCents / 1.19);
  return (
    `{"id":"gid://shop/Order/${order.number}","name":"${shopOrder(order)}","order_number":${order.number},"created_at":"${isoMs(order.placedAt)}"` +
    `,"updated_at":"${isoMs(event.at)}","currency":"${order.currency}","total_price":"${money(order.amountCents)}"` +
    `,"total_tax":"${money(order.amountCents - net)}","financial_status":"${event.state}","fulfillment_status":${fulfillment}` +
    `,"customer":{"id":"${order.customer}"},"line_count":${order.lines}}`
  );
}

export const PAYMENTS_HEADER =
  'timestamp;payment_id;order_reference;operation;status;amount;currency;attempt;processing_ms;customer_id;message\n';

/** The payment provider: semicolons, decimal comma, Berlin wall time with its offset. */
export function paymentRow(event: SimEvent): string {
  const status = event.outcome === 'failed' ? 'FAILED' : 'SUCCEEDED';
  return (
    `${berlinIso(event.at)};${event.reference};${shopOrder(event.order)};${event.step};${status};${germanMoney(event.amountCents)}` +
    `;${event.order.currency};${event.attempt};${event.durationMs};${event.order.customer};${event.message}\n`
  );
}

/** The ERP: log4j lines of a server in Pune, context in brackets; an error brings its stack trace. */
export function erpLine(event: SimEvent): string {
  const { order } = event;
  const failed = event.outcome === 'failed';
  const thread = `order-worker-${1 + (order.number % 4)}`;
  const line =
    `${log4jKolkata(event.at)} ${failed ? 'ERROR' : 'INFO '} [${thread}] [order=${erpOrder(order)}, document=${event.reference}, customer=${order.customer}` +
    `, step=${event.step}, amount=${money(event.amountCents)}, currency=${order.currency}, elapsed=${event.durationMs}ms` +
    `, status=${failed ? 'FAILED' : 'OK'}] com.acme.erp.sales.SalesOrderService - ${event.message}\n`;
  if (!failed) return line;
  return (
    `${line}java.lang.IllegalStateException: ${event.message}\n\tat com.acme.erp.sales.CreditCheck.read(CreditCheck.java:88)\n` +
    '\tat com.acme.erp.sales.SalesOrderService.confirm(SalesOrderService.java:141)\n'
  );
}

export const ERP_EXPORT_HEADER = 'SALES_DOCUMENT,CUSTOMER_ORDER,CUSTOMER,STATUS,TOTAL_AMOUNT,CURRENCY,CHANGED_AT\n';

/** The ERP's nightly status export. */
export function erpExportRow(event: SimEvent): string {
  const { order } = event;
  return `${event.reference},${erpOrder(order)},${order.customer},${event.state},${money(event.amountCents)},${order.currency},${isoKolkata(event.at)}\n`;
}

/** The warehouse: an event feed with epoch milliseconds. */
export function wmsLine(event: SimEvent): string {
  const shipment = event.reference === '' ? '' : `,"shipment_id":"${event.reference}"`;
  const tracking = event.state === '' ? '' : `,"tracking_number":"${event.state}"`;
  const error = event.outcome === 'failed' ? `,"error":${JSON.stringify(event.message)}` : '';
  const result = { ok: 'OK', failed: 'FAILED', timeout: 'TIMEOUT' }[event.outcome];
  return (
    `{"ts":${event.at},"source":"wms","site":"HAM1","event":"${event.step}","result":"${result}","order_ref":"${wmsOrder(event.order)}"${shipment}${tracking}` +
    `,"duration_ms":${event.durationMs},"zone":"${'ABCD'[event.order.number % 4]}"${error}}\n`
  );
}

/** The CRM: an array of synchronisation entries with .NET dates and its own status words. */
export function crmEntry(event: SimEvent, id: number): string {
  const { order } = event;
  const error = event.outcome === 'failed' ? `,"ErrorMessage":${JSON.stringify(event.message)}` : '';
  return (
    `{"SyncId":${id},"ModifiedOn":"\\/Date(${event.at})\\/","System":"crm","Action":"${event.step}","SyncResult":"${event.outcome === 'failed' ? 'Failed' : 'Succeeded'}"` +
    `,"OrderNumber":"${shopOrder(order)}","AccountId":"${order.customer}","OrderStatus":"${event.state}","TotalAmount":${money(event.amountCents)}` +
    `,"Currency":"${order.currency}","DurationMs":${event.durationMs}${error}}`
  );
}

/** Writes each event to its system's file of the day, in that system's format. */
export class CompanyWriter {
  readonly #output: Output;
  readonly #boomi: BoomiWriter;
  #crmId = 700_000;
  #hour = 0;
  #events = 0;

  constructor(output: Output, seed: number) {
    this.#output = output;
    this.#boomi = new BoomiWriter(output, seed);
  }

  /** Entries written so far, over all files but the process logs. */
  get events(): number {
    return this.#events + this.#boomi.events;
  }

  write(event: SimEvent): void {
    this.#boomi.advance(event.at);
    const day = dateText(event.at);
    this.#tick(event.at);
    switch (event.channel) {
      case 'shop':
        return this.#line('shop', `shop/shop-events-${day}.ndjson`, shopLine(event));
      case 'shop-state':
        return this.#element('shop-state', `shop/orders-export-${day}.json`, shopOrderPayload(event), '{"orders":[\n', '\n]}\n');
      case 'payments':
        return this.#line('payments', `payments/payments-${berlinIso(event.at).slice(0, 10)}.csv`, paymentRow(event), PAYMENTS_HEADER);
      case 'boomi-run':
        return this.#boomi.run(event);
      case 'boomi-document':
        return this.#boomi.document(event);
      case 'erp':
        return this.#line('erp', `erp/erp-sales-${log4jKolkata(event.at).slice(0, 10)}.log`, erpLine(event));
      case 'erp-state':
        return this.#line('erp-state', `erp/erp-status-export-${day}.csv`, erpExportRow(event), ERP_EXPORT_HEADER);
      case 'wms':
        return this.#line('wms', `wms/wms-events-${day}.ndjson.gz`, wmsLine(event));
      case 'crm':
        return this.#element('crm', `crm/crm-order-sync-${day}.json`, crmEntry(event, this.#crmId++), '[\n', '\n]\n');
    }
  }

  finish(): void {
    this.#boomi.finish();
  }

  /** Once an hour the ERP logs something that is about no order: such lines are in every real log. */
  #tick(at: number): void {
    const hour = Math.floor(at / HOUR);
    if (hour === this.#hour) return;
    this.#hour = hour;
    const line = `${log4jKolkata(at)} INFO  [scheduler-1] com.acme.erp.batch.Scheduler - Job stock-valuation finished\n`;
    this.#line('erp', `erp/erp-sales-${log4jKolkata(at).slice(0, 10)}.log`, line);
  }

  #line(slot: string, file: string, text: string, head = ''): void {
    this.#events++;
    this.#output.add(slot, file, text, head);
  }

  #element(slot: string, file: string, text: string, head: string, tail: string): void {
    this.#events++;
    this.#output.add(slot, file, this.#output.isOpen(slot, file) ? `,\n${text}` : text, head, tail);
  }
}
