import { DAY } from '../calendar.ts';
import type { Path } from './path.ts';

/** Words of the shop's export. */
export type Financial = 'authorized' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';
export type Fulfillment = 'unfulfilled' | 'partial' | 'fulfilled';
/** Words of the ERP's export. */
export type ErpStatus = 'OPEN' | 'CONFIRMED' | 'DELIVERED' | 'CANCELLED' | 'CREDITED';

interface Change {
  readonly at: number;
  readonly state: string;
  readonly state2: string;
}

/**
 * How the shop and the ERP saw an order over time. Each exports, at the end of a day, what changed on that day: so one
 * snapshot a day and system, with the last state of that day.
 */
export class States {
  readonly #shop: Change[] = [];
  readonly #erp: Change[] = [];
  /** What the ERP took the amount to be. */
  erpAmountCents: number;
  /** No change reaches the ERP's export any more. */
  erpFrozen = false;

  constructor(amountCents: number) {
    this.erpAmountCents = amountCents;
  }

  shop(at: number, financial: Financial, fulfillment: Fulfillment): void {
    this.#shop.push({ at, state: financial, state2: fulfillment });
  }

  erp(at: number, status: ErpStatus): void {
    if (!this.erpFrozen) this.#erp.push({ at, state: status, state2: '' });
  }

  /** Writes the snapshots into the order's path. */
  export(path: Path): void {
    for (const change of lastOfEachDay(this.#shop)) {
      path.write('shop-state', change.at, 'shop', 'export', 'order', { state: change.state, state2: change.state2 });
    }
    for (const change of lastOfEachDay(this.#erp)) {
      path.write('erp-state', change.at, 'erp', 'export', 'sales-order', {
        state: change.state,
        reference: path.order.document,
        amountCents: this.erpAmountCents,
      });
    }
  }
}

function lastOfEachDay(changes: readonly Change[]): readonly Change[] {
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  return sorted.filter((change, i) => {
    const next = sorted[i + 1];
    return next === undefined || Math.floor(next.at / DAY) !== Math.floor(change.at / DAY);
  });
}
