import type { SimEvent } from './event.ts';
import { isoMs } from '../local-time.ts';
import { shopOrder } from './order.ts';
import type { Output } from '../output.ts';

const FILE = 'events.ndjson';

/** Systems whose reference is a payment, a shipment or a document. */
const REFERENCES: { readonly [system: string]: string } = { payments: 'payment_id', wms: 'shipment_id', erp: 'erp_document' };
const STATUS = { ok: 'ok', failed: 'error', timeout: 'timeout' } as const;

/** One plain event as one line of about 350 bytes. Values are known to need no escapes except messages. */
export function ndjsonLine(event: SimEvent): string {
  const { order } = event;
  const key = REFERENCES[event.system];
  const reference = event.reference === '' || key === undefined ? '' : `,"${key}":"${event.reference}"`;
  const execution = event.execution === '' ? '' : `,"execution_id":"${event.execution}"`;
  const attempt = event.attempt > 1 || event.outcome === 'failed' ? (event.attempt === 0 ? '' : `,"attempt":${event.attempt}`) : '';
  const name = event.flow === event.step ? event.step : `${event.flow} ${event.step}`;
  const message = event.message === '' ? `${name} ${STATUS[event.outcome]}` : event.message;
  return (
    `{"ts":"${isoMs(event.at)}","system":"${event.system}","flow":"${event.flow}","step":"${event.step}","status":"${STATUS[event.outcome]}"` +
    `,"order_id":"${shopOrder(order)}"${reference},"customer_id":"${order.customer}","trace_id":"${order.trace}"${execution}${attempt}` +
    `,"duration_ms":${event.durationMs},"amount":${(event.amountCents / 100).toFixed(2)},"currency":"${order.currency}"` +
    `,"message":${JSON.stringify(message)},"host":"${event.system}-${1 + (order.number % 3)}.eu1.acme.example"}\n`
  );
}

/** Everything that is a step, in one file. */
export function writeNdjson(output: Output): (event: SimEvent) => number {
  return (event) => {
    switch (event.channel) {
      case 'shop-state':
      case 'erp-state':
      case 'boomi-document':
        return 0;
      case 'shop':
      case 'payments':
      case 'boomi-run':
      case 'erp':
      case 'wms':
      case 'crm':
        output.add('events', FILE, ndjsonLine(event));
        return 1;
    }
  };
}
