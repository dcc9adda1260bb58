import { HOUR } from '../calendar.ts';
import type { SimEvent } from './event.ts';
import type { Clocks } from '../clocks.ts';
import type { Desk } from '../company.ts';
import type { Channel, DayFiles } from '../files.ts';
import { KOLKATA_OFFSET, berlinIso, berlinOffset, isoKolkata, isoMs, log4jKolkata } from '../local-time.ts';
import { erpOrder, shopOrder, wmsOrder } from './order.ts';
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
export function shopOrderPayload(event: SimEvent, placedAt: number): string {
  const { order } = event;
  const fulfillment = event.state2 === 'unfulfilled' ? 'null' : `"${event.state2}"`;
  const net = Math.round(order.amountCents / 1.19);
  return (
    `{"id":"gid://shop/Order/${order.number}","name":"${shopOrder(order)}","order_number":${order.number},"created_at":"${isoMs(placedAt)}"` +
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

const NDJSON_NOISE = (at: number, name: string): string =>
  `{"time":"${isoMs(at)}","level":"debug","service":"${name}","event":"healthcheck","status":"ok","durationMs":2,"msg":"GET /healthz 200"}\n`;

const SHOP_EVENTS: Channel = {
  slot: 'shop',
  file: (day) => `shop/shop-events-${day}.ndjson`,
  noise: (at) => NDJSON_NOISE(at, 'shop'),
  breakable: true,
};
const SHOP_STATES: Channel = {
  slot: 'shop-state',
  file: (day) => `shop/orders-export-${day}.json`,
  head: '{"orders":[\n',
  between: ',\n',
  tail: '\n]}\n',
};
const PAYMENTS: Channel = {
  slot: 'payments',
  file: (day) => `payments/payments-${day}.csv`,
  offset: berlinOffset,
  head: PAYMENTS_HEADER,
  breakable: true,
};
const ERP: Channel = {
  slot: 'erp',
  file: (day) => `erp/erp-sales-${day}.log`,
  offset: () => KOLKATA_OFFSET,
  noise: (at) => `${log4jKolkata(at)} DEBUG [monitor-1] com.acme.erp.Health - ping from load balancer answered in 1 ms\n`,
};
const ERP_STATES: Channel = {
  slot: 'erp-state',
  file: (day) => `erp/erp-status-export-${day}.csv`,
  head: ERP_EXPORT_HEADER,
  breakable: true,
};
const WMS: Channel = {
  slot: 'wms',
  file: (day) => `wms/wms-events-${day}.ndjson.gz`,
  noise: (at, random) => `{"ts":${at},"source":"wms","site":"HAM1","event":"heartbeat","result":"OK","conveyor":${random.int(1, 9)}}\n`,
  breakable: true,
};
const CRM: Channel = { slot: 'crm', file: (day) => `crm/crm-order-sync-${day}.json`, head: '[\n', between: ',\n', tail: '\n]\n' };

/** Writes each event to its system's file of the day, in that system's format. */
export class CompanyWriter {
  readonly #files: DayFiles;
  readonly #clocks: Clocks;
  readonly #boomi: BoomiWriter;
  #crmId = 700_000;
  #hour = 0;

  constructor({ files, output, seed, clocks }: Desk) {
    this.#files = files;
    this.#clocks = clocks;
    this.#boomi = new BoomiWriter(output, seed);
  }

  /** Entries written so far, over all files but the process logs. */
  get events(): number {
    return this.#files.entries + this.#boomi.events;
  }

  write(event: SimEvent, now: number): void {
    this.#boomi.advance(this.#clocks.shows('boomi', now));
    this.#tick(this.#clocks.shows('erp', now));
    const { at } = event;
    switch (event.channel) {
      case 'shop':
        return this.#files.add(SHOP_EVENTS, at, shopLine(event));
      case 'shop-state':
        return this.#files.add(SHOP_STATES, at, shopOrderPayload(event, this.#clocks.shows('shop', event.order.placedAt)));
      case 'payments':
        return this.#files.add(PAYMENTS, at, paymentRow(event));
      case 'boomi-run':
        return this.#boomi.run(event);
      case 'boomi-document':
        return this.#boomi.document(event);
      case 'erp':
        return this.#files.add(ERP, at, erpLine(event));
      case 'erp-state':
        return this.#files.add(ERP_STATES, at, erpExportRow(event));
      case 'wms':
        return this.#files.add(WMS, at, wmsLine(event));
      case 'crm':
        return this.#files.add(CRM, at, crmEntry(event, this.#crmId++));
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
    this.#files.add(ERP, at, `${log4jKolkata(at)} INFO  [scheduler-1] com.acme.erp.batch.Scheduler - Job stock-valuation finished\n`);
  }
}
