import { isoMs } from '../local-time.ts';
import type { WholesaleEvent } from './event.ts';
import { controlOf } from './interchange.ts';
import { netCents, quantityOf } from './order.ts';
import { erpTime, translatorTime } from './time-text.ts';

/** What the translator's log calls the kinds of documents. */
const TYPES = {
  x12: { order: '850', response: '855', notice: '856', invoice: '810', acknowledgement: '997' },
  edifact: { order: 'ORDERS', response: 'ORDRSP', notice: 'DESADV', invoice: 'INVOIC', acknowledgement: 'CONTRL' },
} as const;

type Pair = readonly [name: string, value: string | number];

/** A line of the translator: Berlin wall time with its offset, level, thread, pairs. `count` is how many documents it is about. */
export function translatorLine(event: WholesaleEvent, at: number, count: number): string {
  const { partner, number } = event.order;
  const key = event.interchange;
  const pairs: Pair[] = [
    ['event', event.name],
    ['status', event.ok ? 'ok' : event.name === 'reconcile' ? 'rejected' : 'failed'],
    ['partner', partner.id],
  ];
  if (key !== undefined) {
    pairs.push(['type', TYPES[partner.syntax][key.kind]]);
    if (event.name !== 'build') pairs.push([partner.syntax === 'x12' ? 'isa' : 'unb', String(controlOf(partner, key)).padStart(9, '0')]);
  }
  if (event.name === 'receive' || event.name === 'acknowledge') pairs.push(['sets', count]);
  if (event.name === 'translate' || event.name === 'handover' || (event.name === 'build' && key?.kind === 'response'))
    pairs.push(['po', number]);
  if (event.name === 'handover') pairs.push(['idoc', String(event.order.idoc).padStart(16, '0')]);
  if (event.delivery !== 0) pairs.push(['delivery', event.delivery]);
  if (event.invoice !== 0) pairs.push(['invoice', event.invoice]);
  if (event.name === 'translate') pairs.push(['lines', event.lines.length]);
  if (event.name === 'handover') pairs.push(['quantity', quantityOf(event.lines)]);
  if (event.attempt > 0) pairs.push(['attempt', event.attempt]);
  if (event.durationMs > 0) pairs.push(['ms', event.durationMs]);
  if (event.text !== '') pairs.push(['error', event.text]);
  const level = event.ok ? 'INFO ' : event.name === 'translate' || event.attempt === 3 ? 'ERROR' : 'WARN ';
  const thread = key?.inbound === false ? 'outbound-1' : `inbound-${1 + (event.order.index % 3)}`;
  return `${translatorTime(at)} ${level} [${thread}] ${pairs.map(pairText).join(' ')}\n`;
}

const pairText = ([name, value]: Pair): string =>
  typeof value === 'string' && value.includes(' ') ? `${name}="${value}"` : `${name}=${value}`;

const padded = (number: number): string => (number === 0 ? '' : String(number).padStart(10, '0'));
const germanMoney = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');

export const ERP_HEADER =
  'STARTED_AT;STEP;STATUS;SALES_ORDER;CUSTOMER_PO;SOLD_TO_PARTY;DELIVERY;BILLING_DOCUMENT;QUANTITY;NET_VALUE;CURRENCY;DURATION_MS;TEXT\n';

/** A row of the ERP's document log: numbers padded to ten digits, decimal comma, Berlin wall time with its offset. */
export function erpRow(event: WholesaleEvent, at: number): string {
  const { order, lines } = event;
  return (
    `${erpTime(at)};${event.name};${event.ok ? 'OK' : 'ERROR'};${padded(event.salesOrder)};${order.number};${padded(order.partner.customer)};${padded(event.delivery)}` +
    `;${padded(event.invoice)};${quantityOf(lines)};${germanMoney(netCents(lines))};EUR;${event.durationMs};${event.text}\n`
  );
}

const sum = (events: readonly WholesaleEvent[]): number => events.reduce((all, event) => all + quantityOf(event.lines), 0);

/** A line of the warehouse: JSON, UTC, delivery numbers without padding, cartons once they are closed. */
export function warehouseLine(events: readonly WholesaleEvent[], at: number): string {
  const [first] = events;
  const { name, ok, delivery, durationMs, text } = first!;
  const closed = name === 'pack' || name === 'ship';
  const cartons = closed
    ? `,"cartons":[${events.flatMap((event) => event.cartons.map((carton) => `{"sscc":"${carton}"}`)).join(',')}]`
    : '';
  return (
    `{"ts":"${isoMs(at)}","event":"${name}","result":"${ok ? 'done' : 'failed'}","deliveryId":"${delivery}","quantity":${sum(events)},"elapsedMs":${durationMs}` +
    `${ok ? `,"wave":"${text}"` : `,"error":${JSON.stringify(text)}`}${cartons}}\n`
  );
}

export const ERP_STATE_HEADER = 'DELIVERY;STATUS;QUANTITY;CHANGED_AT\n';

/** A row of the ERP's nightly export of deliveries. */
export function erpStateRow(events: readonly WholesaleEvent[], at: number): string {
  return `${padded(events[0]!.delivery)};${events[0]!.text};${sum(events)};${erpTime(at)}\n`;
}

export const WAREHOUSE_STATE_HEADER = 'delivery_id,status,quantity,cartons,updated_at\n';

/** A row of the warehouse's nightly export. */
export function warehouseStateRow(events: readonly WholesaleEvent[], at: number): string {
  const cartons = events.reduce((all, event) => all + event.cartons.length, 0);
  return `${events[0]!.delivery},${events[0]!.text},${sum(events)},${cartons},${isoMs(at)}\n`;
}
