import type { JourneyInput } from '../src/journey/index.ts';
import type { Attribute, Event } from '../src/model/event.ts';
import type { RecordRef } from '../src/model/record.ts';
import type { Status } from '../src/model/status.ts';
import { micros } from '../src/model/time.ts';
import type { SimEvent } from '../src/simulate/shop/event.ts';
import { shopOrder } from '../src/simulate/shop/order.ts';
import type { Order } from '../src/simulate/shop/order.ts';

/** One order of the made-up company as the pure stages get it: what intake and identity would make of its files. */
export function companyInput(order: Order, written: readonly SimEvent[], index: number): JourneyInput {
  const refs: RecordRef[] = [{ type: 'order', key: shopOrder(order) }];
  const executions: string[] = [''];
  const number = (ref: RecordRef): number => {
    const known = refs.findIndex((other) => other.type === ref.type && other.key === ref.key);
    return known >= 0 ? known : refs.push(ref) - 1;
  };
  const events = written.map((event, i): Event => {
    const records = [0];
    if (event.reference !== '') records.push(number({ type: childType(event), key: event.reference }));
    let execution: number | undefined;
    if (event.execution !== '') {
      execution = executions.indexOf(event.execution);
      if (execution < 0) execution = executions.push(event.execution) - 1;
    }
    const snapshot = event.channel === 'shop-state' || event.channel === 'erp-state';
    const original = event.boomi?.originalExecution ?? '';
    const attempt = event.channel === 'boomi-run' ? (original === '' ? undefined : 2) : event.channel === 'payments' ? event.attempt : 0;
    const statusRaw = snapshot ? undefined : event.outcome;
    return {
      id: index * 100 + i + 1,
      source: 1 + CHANNELS.indexOf(event.channel),
      entry: i,
      time: micros(event.at * 1000),
      end: event.durationMs > 0 ? micros((event.at + event.durationMs) * 1000) : undefined,
      system: event.system,
      flow: event.flow,
      step: event.step,
      status: snapshot ? 'unknown' : STATUS[event.outcome],
      statusRaw,
      execution,
      parentExecution: event.channel === 'boomi-run' && original !== '' ? executions.indexOf(original) : undefined,
      span: undefined,
      parentSpan: undefined,
      attempt: attempt === 0 ? undefined : attempt,
      error: event.outcome === 'ok' ? undefined : event.message,
      fingerprint: 1 + (event.amountCents % 9973) * 64 + event.step.length,
      records,
      attributes: attributesOf(event),
      kind: snapshot ? 'snapshot' : 'step',
    };
  });
  const related = refs.slice(1).map((record) => ({ record, relation: 'child' as const, events: [], confidence: 1 }));
  return {
    root: refs[0] as RecordRef,
    aliases: [],
    events,
    record: (id) => refs[id] as RecordRef,
    execution: (id) => executions[id] ?? '',
    related,
  };
}

const CHANNELS: readonly SimEvent['channel'][] = [
  'shop',
  'shop-state',
  'payments',
  'boomi-run',
  'boomi-document',
  'erp',
  'erp-state',
  'wms',
  'crm',
];
const STATUS: { readonly [outcome in SimEvent['outcome']]: Status } = { ok: 'succeeded', failed: 'failed', timeout: 'timed-out' };

function childType(event: SimEvent): string {
  return event.system === 'payments' ? 'payment' : event.system === 'wms' ? 'shipment' : 'document';
}

function attributesOf(event: SimEvent): readonly Attribute[] {
  const number = (name: string, value: number): Attribute => ({ name, number: value, text: undefined });
  const text = (name: string, value: string): Attribute => ({ name, number: undefined, text: value });
  const amount = number('amount', event.amountCents / 100);
  const total = number('amount', event.order.amountCents / 100);
  switch (event.channel) {
    case 'shop-state':
      return [
        total,
        text('currency', event.order.currency),
        text('financial_status', event.state),
        text('fulfillment_status', event.state2),
      ];
    case 'erp-state':
      return [amount, text('currency', event.order.currency), text('status', event.state)];
    case 'crm':
      return [amount, text('OrderStatus', event.state)];
    case 'payments':
    case 'erp':
      return [amount, text('currency', event.order.currency)];
    case 'shop':
      return [total, text('customer', event.order.customer)];
    case 'boomi-run':
    case 'boomi-document':
    case 'wms':
      return [];
  }
}
