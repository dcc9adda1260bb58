import { FAULTS, place } from '../faults.ts';
import type { Fault, Injection, Places } from '../faults.ts';

/** Where each fault can strike the wholesaler. */
export const PLACES = {
  'delay/hop': [place('import', 'erp'), place('response', 'translator'), place('notice', 'translator')],
  'delay/step': [place('create', 'erp'), place('pick', 'wms')],
  'gap/missing-step': [place('import', 'erp'), place('goods-issue', 'erp')],
  'gap/partial': [place('response', 'translator'), place('notice', 'translator'), place('shipment', 'wms')],
  'gap/stopped': [place('create', 'erp'), place('pick', 'wms')],
  'retry/declared': [place('handover', 'translator'), place('transmit', 'translator')],
  'retry/hidden': [place('handover', 'translator'), place('allocate', 'wms')],
  'error/exhausted': [place('handover', 'translator'), place('transmit', 'translator')],
  'error/failed': [
    place('create', 'erp'),
    place('translate', 'translator'),
    place('refuse', 'erp', 'translator'),
    place('acknowledge', 'translator'),
    place('pick', 'wms'),
  ],
  'mismatch/state': [place('warehouse', 'wms', 'erp')],
  'mismatch/field': [place('erp', 'erp', 'translator'), place('notice', 'translator', 'wms'), place('invoice', 'translator', 'erp')],
  'mismatch/stale': [place('erp', 'erp', 'wms')],
  'duplicate/delivery': [place('interchange', 'erp', 'translator'), place('invoice', 'translator')],
  'order/out-of-order': [place('notice', 'translator', 'wms')],
  'delay/window': [place('import', 'erp', 'translator')],
} as const satisfies Places;

/** What the wholesaler suffers unless told otherwise. */
export const USUAL: readonly Fault[] = FAULTS.slice(0, 13);

/** What follows from a fault: `kind` stands for all of its subkinds. */
export function consequences({ fault, place: where }: Injection): readonly string[] {
  const halted = ['gap', 'mismatch', 'loss/silent'];
  switch (fault) {
    case 'delay/hop':
    case 'delay/step':
    case 'delay/window':
      return ['delay'];
    case 'gap/partial':
      // The next document that is built seems to be the one that is missing, and late.
      return where === 'response' ? [...halted, 'delay'] : halted;
    case 'gap/missing-step':
    case 'gap/stopped':
      return halted;
    case 'retry/declared':
    case 'retry/hidden':
    case 'retry/storm':
      return ['delay', 'error/failed', 'retry'];
    case 'error/exhausted':
      return [...halted, 'retry', 'delay', 'error/failed'];
    case 'error/failed':
      return halted;
    case 'mismatch/state':
    case 'mismatch/stale':
      return ['mismatch'];
    case 'mismatch/field':
      return ['drift/value', 'drift/semantic'];
    case 'duplicate/delivery':
      return where === 'invoice' ? ['retry/hidden', 'delay'] : ['retry/hidden', 'delay', 'duplicate/intent', 'mismatch'];
    case 'order/out-of-order':
      // What was announced too early is missing later, and its way was short.
      return ['delay', 'gap'];
  }
}
