import type { OrderLine } from './order.ts';

/** What of an order goes in one delivery. */
export interface Delivery {
  readonly number: number;
  /** Whether other orders may be in it. */
  readonly joint: boolean;
  readonly lines: readonly OrderLine[];
  readonly cartons: readonly string[];
  readonly madeAt: number;
  /** The second of an order's two. */
  readonly second: boolean;
}
