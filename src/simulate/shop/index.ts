import { calendar, HOUR } from '../calendar.ts';
import type { Life, LifeRequest } from '../company.ts';
import { defineCompany } from '../define.ts';
import { Random } from '../random.ts';
import type { SimEvent } from './event.ts';
import { PLACES, USUAL, consequences } from './faults.ts';
import { makeOrder, shopOrder } from './order.ts';
import { PROMISED } from './promised.ts';
import { weight } from './rhythm.ts';
import { tracking } from './walk-delivery.ts';
import { walk } from './walk.ts';
import { CompanyWriter } from './write-company.ts';
import { writeNdjson } from './write-ndjson.ts';

/** How much earlier than the rest the CRM's log ends. */
export const CRM_ENDS_EARLIER = 5 * HOUR;
/** How long before the end of the data an order must have been placed to carry a fault. */
export const FAULT_MARGIN = 12 * HOUR;

/** A web shop: one order number, which every system spells in its own way, and six systems from checkout to delivery. */
export const SHOP = defineCompany<SimEvent>({
  id: 'shop',
  title: 'a web shop',
  cases: { one: 'order', many: 'orders' },
  recordType: 'order',
  systems: [
    { name: 'shop', format: 'JSON lines; a JSON document of orders a day', zone: 'UTC', spelling: 'SO-100042, gid://shop/Order/100042' },
    { name: 'payments', format: 'CSV with semicolons and decimal commas', zone: 'Europe/Berlin', spelling: 'SO-100042, PAY-3F…' },
    { name: 'boomi', format: 'query results and process logs', zone: 'UTC', spelling: 'SO-100042 as a tracked field' },
    { name: 'erp', format: 'log4j lines; a CSV of states a day', zone: 'Asia/Kolkata', spelling: '0000100042, 4500007919' },
    { name: 'wms', format: 'JSON lines, gzip', zone: 'epoch milliseconds', spelling: 'SO100042, SHP-1…' },
    { name: 'crm', format: 'a JSON array a day', zone: '.NET dates', spelling: 'SO-100042' },
  ],
  rhythm: { window: (start, orders) => calendar(start, orders, 1_500, 3, 60), weight, margin: FAULT_MARGIN },
  faults: { places: PLACES, usual: USUAL, consequences },
  passports: PROMISED,
  stepOf: ({ channel, step }) => `${channel} ${step}`,
  coverage: (window) => [{ system: 'crm', from: window.start, until: window.end - CRM_ENDS_EARLIER }],
  live,
  writer: (desk) => {
    const company = new CompanyWriter(desk);
    return {
      write: (event, now) => company.write(event, now),
      events: () => company.events,
      finish: () => company.finish(),
    };
  },
  plain: {
    hidden: ['mismatch/state', 'mismatch/stale'],
    // Repeated calls inside one run show in documents, which plain events leave out.
    adapt: (injection) => (injection.fault === 'retry/hidden' ? { ...injection, place: 'allocate' } : injection),
    writer: ({ output }) => {
      const write = writeNdjson(output);
      let count = 0;
      return {
        write: (event) => {
          count += write(event);
        },
        events: () => count,
        finish: () => undefined,
      };
    },
  },
});

/** One order: the same arguments give the same life. */
export function live({ seed, index, cases, at, injection }: LifeRequest): Life<SimEvent> {
  const made = makeOrder(new Random(seed, index + 0x20000000), seed, index, cases, at);
  // A fault strikes a life that would have been plain: it never hides behind a legitimate variant.
  const order = injection === undefined || made.variant === 'split' ? made : { ...made, variant: 'plain' as const };
  const path = walk(order, new Random(seed, index + 0x40000000), injection);
  return {
    events: path.events,
    key: shopOrder(order),
    related: [order.payment, ...order.shipments, ...order.shipments.map(tracking), order.document, ...path.extraReferences],
    variant: order.variant,
    struck: path.struck,
  };
}
