import type { Random } from './random.ts';

/** What can be injected, spelled `kind/subkind` as in the contract. */
export const FAULTS = [
  'delay/hop',
  'delay/step',
  'gap/missing-step',
  'gap/partial',
  'gap/stopped',
  'retry/declared',
  'retry/hidden',
  'error/exhausted',
  'error/failed',
  'mismatch/state',
  'mismatch/field',
  'mismatch/stale',
  'duplicate/delivery',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Share of all orders (0..1) that gets each fault. */
export type FaultRates = { readonly [K in Fault]: number };

const DEFAULT_RATE = 0.004;

/** Every fault at the same rate unless told otherwise. */
export function faultRates(given: Partial<FaultRates> = {}): FaultRates {
  return Object.fromEntries(FAULTS.map((fault) => [fault, given[fault] ?? DEFAULT_RATE])) as FaultRates;
}

/** Where each fault can strike. One is drawn for each injected fault. */
export const PLACES = {
  'delay/hop': ['integrate', 'confirm', 'allocate', 'pick', 'fulfill'],
  'delay/step': ['capture', 'create', 'pick'],
  'gap/missing-step': ['integrate', 'create'],
  'gap/partial': ['crm', 'wms'],
  'gap/stopped': ['create', 'pick'],
  'retry/declared': ['integrate', 'capture'],
  'retry/hidden': ['integrate', 'allocate'],
  'error/exhausted': ['integrate', 'capture'],
  'error/failed': ['confirm', 'crm', 'pick'],
  'mismatch/state': ['erp', 'crm'],
  'mismatch/field': ['erp'],
  'mismatch/stale': ['erp'],
  'duplicate/delivery': ['create', 'capture'],
} as const satisfies { readonly [K in Fault]: readonly string[] };
export type Place = (typeof PLACES)[Fault][number];

/**
 * What a detector may rightly report as well, because it follows from the fault: `kind` stands for all of its subkinds.
 * A score must count these neither as found nor as false alarms.
 */
export function consequences(fault: Fault, place: Place): readonly string[] {
  const halted = ['gap', 'mismatch/state', 'mismatch/stale', 'loss/silent'];
  switch (fault) {
    case 'delay/hop':
    case 'delay/step':
      return ['delay'];
    case 'gap/missing-step':
    case 'gap/partial':
    case 'gap/stopped':
      return halted;
    case 'retry/declared':
      // The time lost between the attempts is real, and the first attempt did fail.
      return ['delay', 'error/failed'];
    case 'retry/hidden':
      return ['delay', 'error/failed'];
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
    case 'duplicate/delivery':
      // A second capture or a second document is a repeat to a detector that knows no duplicates.
      return place === 'capture'
        ? ['retry/hidden', 'delay', 'duplicate/intent']
        : ['retry/hidden', 'delay', 'duplicate/intent', 'mismatch'];
  }
}

/** What `walk` is asked to do to an order. */
export interface Injection {
  readonly fault: Fault;
  readonly place: Place;
  /** 20..60: how many times slower than usual, for delays. */
  readonly factor: number;
}

/** Draws at most one fault. `boost` makes up for orders that may not have one, so that the rates hold over all orders. */
export function drawFault(random: Random, rates: FaultRates, boost: number): Injection | undefined {
  let point = random.float();
  const where = random.float();
  const factor = 20 + 40 * random.float() ** 2;
  for (const fault of FAULTS) {
    point -= rates[fault] * boost;
    if (point >= 0) continue;
    const places: readonly Place[] = PLACES[fault];
    return { fault, place: places[Math.floor(where * places.length)]!, factor };
  }
  return undefined;
}
