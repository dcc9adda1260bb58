import { MINUTE, SECOND } from '../calendar.ts';

/** Median and log spread of a time in milliseconds. */
interface Timing {
  readonly median: number;
  readonly sigma: number;
  /** Whether only office hours count. */
  readonly office: boolean;
}

const machine = (median: number, sigma: number): Timing => ({ median, sigma, office: false });
const people = (median: number, sigma: number): Timing => ({ median, sigma, office: true });

/** Time from the end of the step before to the start of this one. */
export const HOPS = {
  register: machine(8 * SECOND, 0.4),
  cover: machine(2 * SECOND, 0.4),
  open: machine(12 * SECOND, 0.4),
  reserve: machine(3 * SECOND, 0.4),
  assign: people(40 * MINUTE, 0.6),
  survey: people(6 * 60 * MINUTE, 0.5),
  approve: people(50 * MINUTE, 0.6),
  instruct: machine(90 * SECOND, 0.4),
  post: people(100 * MINUTE, 0.3),
  paid: machine(25 * MINUTE, 0.2),
  close: machine(6 * MINUTE, 0.4),
  reject: machine(20 * SECOND, 0.4),
  withdraw: people(90 * MINUTE, 0.5),
  told: machine(6 * SECOND, 0.4),
} as const satisfies { readonly [name: string]: Timing };
export type HopName = keyof typeof HOPS;

/** Time inside a step. */
export const DURATIONS = {
  notify: machine(900, 0.4),
  register: machine(450, 0.35),
  cover: machine(280, 0.35),
  open: machine(320, 0.35),
  survey: people(55 * MINUTE, 0.4),
  instruct: machine(380, 0.35),
  execute: machine(150, 0.3),
  render: machine(1_800, 0.35),
  close: machine(120, 0.3),
} as const satisfies { readonly [name: string]: Timing };
export type DurationName = keyof typeof DURATIONS;

/** Hours (Berlin) of the payment run, of the printing of letters, and of the return file that says what was paid. */
export const PAYMENT_RUN = 2;
export const LETTER_RUN = 6;
export const RETURN_FILE = 7;
