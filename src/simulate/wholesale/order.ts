import { Random } from '../random.ts';
import { PARTNERS, partnerOf } from './partners.ts';
import type { Partner } from './partners.ts';

/** What becomes of an order without a fault: delivered at once; in two parts that are invoiced apart; not at all, because the buyer calls it off. */
export type Variant = 'plain' | 'split' | 'cancelled';

export interface OrderLine {
  readonly item: string;
  readonly quantity: number;
  /** Of one piece. */
  readonly priceCents: number;
}

/** A retailer's order, with the numbers that it will get elsewhere. */
export interface WholesaleOrder {
  readonly index: number;
  readonly partner: Partner;
  /** The buyer's number: unique for this buyer only. */
  readonly number: string;
  /** Whether another buyer gives the same number to an order of its own. */
  readonly ambiguous: boolean;
  /** Where the goods go. */
  readonly store: string;
  readonly lines: readonly OrderLine[];
  readonly variant: Variant;
  /** Goes into one delivery with other orders of that time, if there are any. */
  readonly joins: boolean;
  /** The ERP's number, not padded. */
  readonly salesOrder: number;
  readonly idoc: number;
}

/** Number ranges of the ERP, far enough apart for any number of orders. */
export const RANGES = {
  salesOrder: 812_001,
  /** Sales orders made a second time. */
  second: 50_812_001,
  idoc: 471_120,
  delivery: 80_044_701,
  jointDelivery: 180_000_000,
  invoice: 290_017_302,
  jointInvoice: 390_000_000,
} as const;

export const quantityOf = (lines: readonly OrderLine[]): number => lines.reduce((sum, line) => sum + line.quantity, 0);
export const netCents = (lines: readonly OrderLine[]): number => lines.reduce((sum, line) => sum + line.quantity * line.priceCents, 0);

/** The order of this index among `cases`. Consumes its generator in a fixed way. */
export function makeOrder(seed: number, index: number, cases: number): WholesaleOrder {
  const random = new Random(seed, index + 0x20000000);
  const { partner, n } = partnerOf(index);
  const count = 1 + Math.floor(5 * random.float() ** 2);
  const lines = Array.from({ length: count }, () => ({
    item: `40063813${random.int(30_000, 39_999)}`,
    quantity: 6 * random.int(1, 20),
    priceCents: Math.max(45, Math.round(random.logNormal(640, 0.8))),
  }));
  const store = `${random.int(1, 60)}`.padStart(4, '0');
  const roll = random.float();
  const number = partner.orderNumber(n, cases);
  return {
    index,
    partner,
    number,
    ambiguous: PARTNERS.some((other) => other !== partner && other.hasGiven(number, cases)),
    store,
    lines,
    variant: roll < 0.12 ? 'split' : roll < 0.145 ? 'cancelled' : 'plain',
    joins: random.chance(0.35),
    salesOrder: RANGES.salesOrder + index,
    idoc: RANGES.idoc + 3 * index + random.int(0, 1),
  };
}
