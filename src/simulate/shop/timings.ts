import { MINUTE, SECOND } from '../calendar.ts';

/** Median and log spread of the time before a step (hops) or inside it (durations), in milliseconds. */
interface Timing {
  readonly median: number;
  readonly sigma: number;
  /** How much a busy company slows it: 1 doubles it at full load. */
  readonly rhythm: number;
}

const timing = (median: number, sigma: number, rhythm: number): Timing => ({ median, sigma, rhythm });

/** Time from the end of the step before to the start of this one. */
export const HOPS = {
  authorize: timing(350, 0.35, 0.3),
  screen: timing(40 * SECOND, 0.4, 0.5),
  capture: timing(2_500, 0.4, 0.3),
  integrate: timing(4 * SECOND, 0.4, 0.4),
  create: timing(900, 0.3, 0.3),
  confirm: timing(45 * SECOND, 0.45, 0.6),
  allocate: timing(20 * SECOND, 0.4, 0.5),
  pick: timing(12 * MINUTE, 0.45, 0.8),
  ship: timing(25 * MINUTE, 0.4, 0.6),
  fulfill: timing(15 * SECOND, 0.4, 0.3),
  cancel: timing(4 * MINUTE, 0.5, 0),
  refund: timing(90 * MINUTE, 0.5, 0),
  aftermath: timing(8 * SECOND, 0.4, 0.2),
} as const;
export type HopName = keyof typeof HOPS;

/** Time inside a step. */
export const DURATIONS = {
  checkout: timing(180, 0.35, 0.4),
  authorize: timing(420, 0.35, 0.3),
  capture: timing(380, 0.35, 0.3),
  refund: timing(450, 0.35, 0.3),
  connector: timing(300, 0.35, 0.3),
  create: timing(700, 0.35, 0.5),
  confirm: timing(300, 0.35, 0.5),
  allocate: timing(250, 0.35, 0.4),
  pick: timing(4 * MINUTE, 0.4, 0.5),
  ship: timing(2 * SECOND, 0.35, 0.2),
  crm: timing(300, 0.35, 0.2),
  fulfill: timing(90, 0.3, 0.3),
} as const;
export type DurationName = keyof typeof DURATIONS;

/** The batch that carries confirmed orders to the CRM runs this often. */
export const BATCH_INTERVAL = 10 * MINUTE;

/** Names on the integration platform. */
export const BOOMI = {
  account: 'acmetrading-7K2Q9D',
  atomId: '5d1c0b7e-4a52-4c1e-9a55-0d8f2f6a7b31',
  atomName: 'acme-prod-runtime',
  listener: { process: 'Order to ERP', id: 'a3c5e1f0-6b1d-4f5a-8c2e-91d7b0e4aa10' },
  batch: { process: 'Orders to CRM', id: 'b81f2c94-0e57-4d0b-9b0c-3a6f5d2e7c22' },
} as const;
