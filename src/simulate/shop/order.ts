import type { Random } from '../random.ts';

/** What an order turns out to be. All but the faults are legitimate lives of an order. */
export type Variant = 'plain' | 'split' | 'refunded' | 'part-refunded' | 'cancelled' | 'fraud-rejected';

/** What is known of an order before anything happens to it. */
export interface Order {
  /** 100042: each system spells it in its own way. */
  readonly number: number;
  readonly placedAt: number;
  readonly customer: string;
  readonly amountCents: number;
  readonly currency: 'EUR';
  readonly lines: number;
  readonly trace: string;
  readonly payment: string;
  /** The ERP's own document number. */
  readonly document: string;
  readonly variant: Variant;
  /** One, or two for `split`. */
  readonly shipments: readonly string[];
}

const FIRST_ORDER = 100_001;

/** Spellings of an order number. */
export const shopOrder = (order: Order): string => `SO-${order.number}`;
export const erpOrder = (order: Order): string => String(order.number).padStart(10, '0');
export const wmsOrder = (order: Order): string => `SO${order.number}`;

/** A reseller whose orders are one in fifty: a hub that must not glue them together. */
const RESELLER = 'C-10000';

/** Prime above any order count, so that the multiples below never meet: numbers that look unrelated to the order's. */
const PRIME = 99_999_989;
const spread = (n: number, by: number): number => (n * by) % PRIME;

/** The order of this index. Consumes the order's generator in a fixed way. */
export function makeOrder(random: Random, seed: number, index: number, orders: number, placedAt: number): Order {
  const number = FIRST_ORDER + index;
  const customers = Math.max(20, Math.floor(orders / 4));
  const customer = random.chance(0.02) ? RESELLER : `C-${10_001 + Math.floor(customers * random.float() ** 1.6)}`;
  const amountCents = Math.max(590, Math.round(random.logNormal(8_900, 0.7)));
  const roll = random.float();
  const variant = variantOf(roll);
  const offset = Math.abs(seed) % 1_000;
  const shipment = (k: number): string => `SHP-${100_000_000 + spread((index + offset) * 2 + k + 1, 48_611)}`;
  return {
    number,
    placedAt,
    customer,
    amountCents,
    currency: 'EUR',
    lines: 1 + Math.floor(4 * random.float() ** 2),
    trace: random.hex(32),
    payment: `PAY-${random.hex(16).slice(0, 12).toUpperCase()}`,
    document: String(4_500_000_000 + spread(index + offset + 1, 7_919)),
    variant,
    shipments: variant === 'split' ? [shipment(0), shipment(1)] : [shipment(0)],
  };
}

function variantOf(roll: number): Variant {
  if (roll < 0.015) return 'fraud-rejected';
  if (roll < 0.035) return 'cancelled';
  if (roll < 0.05) return 'refunded';
  if (roll < 0.065) return 'part-refunded';
  if (roll < 0.2) return 'split';
  return 'plain';
}
