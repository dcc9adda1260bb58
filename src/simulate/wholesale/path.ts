import type { Struck } from '../company.ts';
import type { Fault, Injection } from '../faults.ts';
import { Random } from '../random.ts';
import type { InterchangeKey, WholesaleEvent } from './event.ts';
import type { OrderLine, WholesaleOrder } from './order.ts';
import { load } from './rhythm.ts';

/** What an entry says beyond its place and time. */
export type Said = Partial<
  Pick<
    WholesaleEvent,
    'ok' | 'durationMs' | 'salesOrder' | 'delivery' | 'invoice' | 'lines' | 'cartons' | 'interchange' | 'of' | 'attempt' | 'text'
  >
>;

/** Where an order's life is being written: its events, its generator, and the one fault it may carry. */
export class Path {
  readonly events: WholesaleEvent[] = [];
  readonly order: WholesaleOrder;
  readonly random: Random;
  readonly injection: Injection | undefined;
  struck: Struck | undefined;
  readonly #seed: number;

  constructor(order: WholesaleOrder, seed: number, injection: Injection | undefined) {
    this.order = order;
    this.random = new Random(seed, order.index + 0x40000000);
    this.injection = injection;
    this.#seed = seed;
  }

  /** Randomness of something that several orders share: each of them draws the same. */
  shared(name: string): Random {
    // FNV-1a.
    let hash = 0x811c9dc5;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return new Random(this.#seed, hash);
  }

  /** Whether the order carries this fault, at this place when one is named. */
  has(fault: Fault, place?: string): boolean {
    return this.injection !== undefined && this.injection.fault === fault && (place === undefined || this.injection.place === place);
  }

  /** Notes what was done. The first note wins: it names the cause, later ones would name consequences. */
  strike(system: string, step: string, at: number, note: string): void {
    this.struck ??= { system, step, at, note };
  }

  write(channel: WholesaleEvent['channel'], system: string, at: number, name: string, said: Said = {}): void {
    this.events.push({
      at,
      durationMs: said.durationMs ?? 0,
      system,
      channel,
      order: this.order,
      name,
      ok: said.ok ?? true,
      salesOrder: said.salesOrder ?? 0,
      delivery: said.delivery ?? 0,
      invoice: said.invoice ?? 0,
      lines: said.lines ?? NO_LINES,
      cartons: said.cartons ?? NO_CARTONS,
      interchange: said.interchange,
      of: said.of,
      attempt: said.attempt ?? 0,
      text: said.text ?? '',
    });
  }

  /** Puts a document into its interchange in the archive. */
  send(interchange: InterchangeKey, said: Said = {}): void {
    const system = interchange.inbound ? this.order.partner.id : TRANSLATOR;
    this.write('archive', system, interchange.at, interchange.kind, { ...said, interchange });
  }
}

const NO_LINES: readonly OrderLine[] = [];
const NO_CARTONS: readonly string[] = [];

/** The translator's machine also makes what the wholesaler sends. */
export const TRANSLATOR = 'translator';
export const ERP = 'erp';
export const WAREHOUSE = 'wms';

/** A time after `at`, log-normal around `median` milliseconds, later in busy hours. */
export function later(random: Random, at: number, median: number, sigma = 0.4): number {
  return Math.round(at + random.logNormal(median, sigma) * (1 + 0.4 * load(at)));
}

/** How long something takes, in whole milliseconds. */
export function took(random: Random, median: number, at: number): number {
  return Math.max(1, Math.round(random.logNormal(median, 0.35) * (1 + 0.3 * load(at))));
}
