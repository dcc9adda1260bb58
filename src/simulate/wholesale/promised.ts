import { MINUTE } from '../calendar.ts';
import type { Promised } from '../company.ts';

/** What is handed over is a sales order within this time. */
export const IMPORT_WINDOW = 30 * MINUTE;

/** What the wholesaler promised. */
export const PROMISED: readonly Promised[] = [
  {
    name: 'order-to-invoice',
    yaml: `passport: order-to-invoice
title: Orders of retailers
record: order
owner: edi@wholesaler.example
steps:
  - step: translator.handover
  - step: erp.create
    window: within ${IMPORT_WINDOW / MINUTE} min of translator.handover
`,
  },
];
