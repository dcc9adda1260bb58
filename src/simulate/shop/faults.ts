import { FAULTS, place } from '../faults.ts';
import type { Fault, Injection, Places } from '../faults.ts';

/** Where each fault can strike the shop. */
export const PLACES = {
  'delay/hop': [
    place('integrate', 'boomi'),
    place('confirm', 'erp'),
    place('allocate', 'wms'),
    place('pick', 'wms'),
    place('fulfill', 'wms', 'shop'),
  ],
  'delay/step': [place('capture', 'payments'), place('create', 'erp'), place('pick', 'wms')],
  'gap/missing-step': [place('integrate', 'boomi'), place('create', 'erp')],
  'gap/partial': [place('crm', 'crm'), place('wms', 'wms', 'crm')],
  'gap/stopped': [place('create', 'erp'), place('pick', 'wms')],
  'retry/declared': [place('integrate', 'boomi'), place('capture', 'payments')],
  'retry/hidden': [place('integrate', 'boomi'), place('allocate', 'wms')],
  'error/exhausted': [place('integrate', 'boomi'), place('capture', 'payments')],
  'error/failed': [place('confirm', 'erp'), place('crm', 'crm'), place('pick', 'wms')],
  'mismatch/state': [place('erp', 'erp', 'shop'), place('crm', 'crm')],
  'mismatch/field': [place('erp', 'erp', 'shop')],
  'mismatch/stale': [place('erp', 'erp', 'shop')],
  'duplicate/delivery': [place('create', 'erp'), place('capture', 'payments')],
  'retry/storm': [place('allocate', 'wms')],
  'order/out-of-order': [place('confirm', 'erp', 'wms')],
  'delay/window': [place('ship', 'wms')],
} as const satisfies Places;

/** What the shop suffers unless told otherwise. */
export const USUAL: readonly Fault[] = FAULTS.slice(0, 13);

/** What follows from a fault: `kind` stands for all of its subkinds. */
export function consequences({ fault, place: where }: Injection): readonly string[] {
  const halted = ['gap', 'mismatch/state', 'mismatch/stale', 'loss/silent'];
  switch (fault) {
    case 'delay/hop':
    case 'delay/step':
    case 'delay/window':
      return ['delay'];
    case 'gap/missing-step':
    case 'gap/partial':
    case 'gap/stopped':
      return halted;
    case 'retry/declared':
    case 'retry/hidden':
      // The time lost between the attempts is real, and the first attempt did fail.
      return ['delay', 'error/failed'];
    case 'retry/storm':
      return ['delay', 'error/failed', 'retry'];
    case 'error/exhausted':
      return [...halted, 'retry', 'delay', 'error/failed'];
    case 'error/failed':
      return halted;
    case 'mismatch/state':
      return ['mismatch/stale'];
    case 'mismatch/field':
      return ['drift/value', 'drift/semantic'];
    case 'mismatch/stale':
      return ['mismatch/state'];
    case 'order/out-of-order':
      // What comes first that should come second is late where it is missed.
      return ['delay'];
    case 'duplicate/delivery':
      // A second capture or a second document is a repeat to a detector that knows no duplicates.
      return where === 'capture'
        ? ['retry/hidden', 'delay', 'duplicate/intent']
        : ['retry/hidden', 'delay', 'duplicate/intent', 'mismatch'];
  }
}
