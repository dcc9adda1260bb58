import type { Random } from './random.ts';

/**
 * What can be injected into a case, spelled `kind/subkind` as in the contract. The order is the order in which they are drawn: append only, or
 * the same seed gives other data. `clock/skew` is no fault of a case: systems have clocks (`clocks.ts`).
 */
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
  'retry/storm',
  'order/out-of-order',
  'delay/window',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Share of all cases (0..1) that gets each fault. */
export type FaultRates = { readonly [K in Fault]: number };

const DEFAULT_RATE = 0.004;

/** Every fault in `usual` at the same rate unless told otherwise, the others never. */
export function faultRates(usual: readonly Fault[], given: Partial<FaultRates> = {}): FaultRates {
  return Object.fromEntries(FAULTS.map((fault) => [fault, given[fault] ?? (usual.includes(fault) ? DEFAULT_RATE : 0)])) as FaultRates;
}

/** Where a fault can strike. */
export interface Place {
  readonly name: string;
  /** Systems without whose logs nothing of it can be seen. */
  readonly needs: readonly string[];
}

/** What a company can suffer, and where. One place is drawn for each injected fault. */
export type Places = { readonly [K in Fault]?: readonly Place[] };

export const place = (name: string, ...needs: readonly string[]): Place => ({ name, needs });

/**
 * Rates for what was asked for in words: `none`, `usual` (what the company suffers unless told otherwise), `all` (what it can suffer), or names
 * with commas. Answers undefined for a name that is none.
 */
export function namedRates(words: string, places: Places): Partial<FaultRates> | undefined {
  if (words === 'usual') return {};
  const able = Object.keys(places);
  const names = words === 'none' ? [] : words === 'all' ? able : words.split(',').map((name) => name.trim());
  if (!names.every((name) => able.includes(name))) return undefined;
  return Object.fromEntries(FAULTS.map((fault) => [fault, names.includes(fault) ? DEFAULT_RATE : 0]));
}

/** What is to be done to a case. */
export interface Injection {
  readonly fault: Fault;
  /** Name of the place. */
  readonly place: string;
  /** 20..60: how many times slower than usual, for delays. */
  readonly factor: number;
}

/** Draws at most one fault. `boost` makes up for cases that may not have one, so that the rates hold over all cases. */
export function drawFault(random: Random, rates: FaultRates, boost: number, places: Places): Injection | undefined {
  let point = random.float();
  const where = random.float();
  const factor = 20 + 40 * random.float() ** 2;
  for (const fault of FAULTS) {
    point -= rates[fault] * boost;
    if (point >= 0) continue;
    const able = places[fault];
    return able === undefined || able.length === 0 ? undefined : { fault, place: able[Math.floor(where * able.length)]!.name, factor };
  }
  return undefined;
}
