import { place } from '../faults.ts';
import type { Fault, Injection, Places } from '../faults.ts';

/** Where each fault can strike the insurer. */
export const PLACES = {
  'delay/hop': [
    place('register', 'claims'),
    place('cover', 'policy'),
    place('assign', 'assessors'),
    place('instruct', 'payments'),
    place('execute', 'payments'),
  ],
  'delay/step': [place('register', 'claims'), place('cover', 'policy'), place('survey', 'assessors'), place('render', 'letters')],
  'gap/missing-step': [place('register', 'claims'), place('cover', 'policy'), place('open', 'assessors')],
  'gap/partial': [place('letters', 'letters', 'claims'), place('claims', 'letters', 'claims'), place('execute', 'payments', 'ledger')],
  'gap/stopped': [place('assign', 'assessors'), place('survey', 'assessors')],
  'retry/declared': [place('cover', 'policy'), place('instruct', 'payments')],
  'retry/hidden': [place('cover', 'policy'), place('letter', 'letters')],
  'error/exhausted': [place('cover', 'policy'), place('instruct', 'payments')],
  'error/failed': [place('survey', 'assessors'), place('execute', 'payments'), place('letter', 'letters')],
  'mismatch/state': [place('claims', 'claims', 'ledger')],
  'mismatch/field': [place('payments', 'payments', 'assessors')],
  'mismatch/stale': [place('claims', 'claims', 'ledger')],
  'duplicate/delivery': [place('register', 'claims'), place('execute', 'payments')],
  'retry/storm': [place('cover', 'policy')],
  'order/out-of-order': [place('instruct', 'payments', 'assessors')],
  'delay/window': [place('letter', 'letters', 'payments')],
} as const satisfies Places;

/** What the insurer suffers unless told otherwise. */
export const USUAL = Object.keys(PLACES) as Fault[];

/** What follows from a fault: `kind` stands for all of its subkinds. */
export function consequences({ fault }: Injection): readonly string[] {
  const halted = ['gap', 'mismatch/state', 'mismatch/stale', 'loss/silent'];
  switch (fault) {
    case 'delay/hop':
    case 'delay/step':
    case 'delay/window':
      return ['delay'];
    case 'gap/missing-step':
    case 'gap/partial':
    case 'gap/stopped':
    case 'error/failed':
      return halted;
    case 'retry/declared':
    case 'retry/hidden':
      return ['delay', 'error/failed'];
    case 'retry/storm':
      return ['delay', 'error/failed', 'retry'];
    case 'error/exhausted':
      return [...halted, 'retry', 'delay', 'error/failed'];
    case 'mismatch/state':
      return ['mismatch/stale'];
    case 'mismatch/field':
      return ['mismatch/field', 'drift/value', 'drift/semantic'];
    case 'mismatch/stale':
      return ['mismatch/state'];
    case 'order/out-of-order':
      // What comes first that should come second is late, or missing, where it is looked for.
      return ['delay', 'gap'];
    case 'duplicate/delivery':
      return ['retry/hidden', 'delay', 'duplicate/intent', 'mismatch', 'gap'];
  }
}
