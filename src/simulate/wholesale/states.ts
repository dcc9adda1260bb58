import { DAY } from '../calendar.ts';
import type { Delivery } from './delivery.ts';
import { ERP, WAREHOUSE } from './path.ts';
import type { Path } from './path.ts';

interface Change {
  readonly at: number;
  readonly status: string;
}

/**
 * How the ERP and the warehouse saw a delivery over time. Each exports, at the end of a day, what changed on that day: one row a day and system, with the last
 * state of that day.
 */
export class States {
  readonly #path: Path;
  readonly #delivery: Delivery;
  readonly #erp: Change[] = [];
  readonly #warehouse: Change[] = [];
  #frozen = false;

  constructor(path: Path, delivery: Delivery) {
    this.#path = path;
    this.#delivery = delivery;
  }

  erp(at: number, status: 'OPEN' | 'ISSUED' | 'BILLED' | 'CANCELLED'): void {
    if (!this.#frozen) this.#erp.push({ at, status });
  }

  /** No change reaches the ERP's export any more. */
  freezeErp(): void {
    this.#frozen = true;
  }

  warehouse(at: number, status: 'ALLOCATED' | 'PICKED' | 'SHIPPED' | 'CANCELLED'): void {
    this.#warehouse.push({ at, status });
  }

  /** Writes the snapshots. */
  export(): void {
    const { number, lines, cartons } = this.#delivery;
    const said = { delivery: number, lines, cartons };
    for (const { at, status } of lastOfEachDay(this.#erp)) this.#path.write('erp-state', ERP, at, 'export', { ...said, text: status });
    for (const { at, status } of lastOfEachDay(this.#warehouse)) {
      this.#path.write('warehouse-state', WAREHOUSE, at, 'export', { ...said, text: status });
    }
  }
}

function lastOfEachDay(changes: readonly Change[]): readonly Change[] {
  return changes.filter((change, i) => {
    const next = changes[i + 1];
    return next === undefined || Math.floor(next.at / DAY) !== Math.floor(change.at / DAY);
  });
}
