import { HOUR } from '../calendar.ts';
import type { Promised } from '../company.ts';

/** What was picked leaves the house within this time. */
export const SHIP_WINDOW = 4 * HOUR;

/** What the shop promised. */
export const PROMISED: readonly Promised[] = [
  {
    name: 'order-to-delivery',
    yaml: `passport: order-to-delivery
title: Orders from the shop to the customer
record: order
owner: order-integration@acme.example
runbook: https://wiki.acme.example/order-to-delivery
steps:
  - step: wms.pick
  - step: wms.ship
    window: within ${SHIP_WINDOW / HOUR} h of wms.pick
`,
  },
];
