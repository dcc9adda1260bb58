import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Delivery } from './delivery.ts';
import type { OrderLine } from './order.ts';
import { RANGES, quantityOf } from './order.ts';
import { PARTNERS } from './partners.ts';
import { ERP, WAREHOUSE, later, took } from './path.ts';
import type { Path, Said } from './path.ts';
import { JOBS } from './schedule.ts';
import { States } from './states.ts';
import type { Decided } from './walk-erp.ts';

/** A delivery that left the house, as far as the ERP knows. */
export interface Issued {
  readonly delivery: Delivery;
  readonly at: number;
  readonly states: States;
}

/** Orders whose numbers are so near go into one delivery and one invoice, if they are ready for the same run. */
const NEAR = 30;

/** Deliveries of a confirmed order: made by a job, released to the warehouse in waves, picked, packed, shipped, issued. */
export function walkDeliveries(path: Path, decided: Decided): readonly Issued[] {
  return plan(path, decided).flatMap((delivery) => deliver(path, delivery) ?? []);
}

/** The number of what several orders of a partner share, if they are near each other and ready for the same run. */
export function jointNumber(path: Path, first: number, run: number, near: number): number {
  const { index, partner } = path.order;
  // Runs of a day are at least eight hours apart, and those whose orders are near each other a few days.
  const slot = Math.floor(run / (8 * HOUR)) % 32;
  return first + (Math.floor(index / near) * PARTNERS.length + PARTNERS.indexOf(partner)) * 32 + slot;
}

function plan(path: Path, { at, lines }: Decided): readonly Delivery[] {
  const { order } = path;
  const run = JOBS.deliveries.next(at + 2 * MINUTE);
  const made = (when: number, number: number): number => when + path.shared(`delivery ${number}`).int(20, 400) * SECOND;
  const single = (k: number, when: number, some: readonly OrderLine[]): Delivery => {
    const number = RANGES.delivery + 2 * order.index + k;
    return { number, joint: false, lines: some, cartons: cartonsOf(path, k, some), madeAt: made(when, number), second: k === 1 };
  };
  if (order.variant === 'split') {
    const [first, rest] = halves(lines);
    return [single(0, run, first), single(1, JOBS.deliveries.next(run + path.random.int(8, 40) * HOUR), rest)];
  }
  if (path.injection !== undefined || !order.joins || order.variant === 'cancelled') return [single(0, run, lines)];
  const number = jointNumber(path, RANGES.jointDelivery, run, NEAR);
  return [{ number, joint: true, lines, cartons: cartonsOf(path, 0, lines), madeAt: made(run, number), second: false }];
}

/** Half of each line, and what is left of it. */
function halves(lines: readonly OrderLine[]): readonly [readonly OrderLine[], readonly OrderLine[]] {
  const first = lines.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 2) }));
  return [first, lines.map((line, i) => ({ ...line, quantity: line.quantity - first[i]!.quantity }))];
}

/** At most this many cartons for what of an order goes at once. */
const CARTONS = 5;

function cartonsOf({ order }: Path, k: number, lines: readonly OrderLine[]): readonly string[] {
  const count = Math.min(CARTONS, Math.max(1, Math.round(quantityOf(lines) / 80)));
  return Array.from({ length: count }, (_, i) => sscc((2 * order.index + k) * CARTONS + i));
}

/** Serial shipping container code: extension digit, company prefix, serial number, check digit (GS1 General Specifications, 7.9). */
export function sscc(serial: number): string {
  const digits = `37300010${String(serial).padStart(9, '0')}`;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 3 : 1);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function deliver(path: Path, delivery: Delivery): Issued | undefined {
  const { order } = path;
  const { madeAt, number } = delivery;
  const states = new States(path, delivery);
  const shared = path.shared(`delivery ${number} goes`);
  erpRow(path, 'delivery', delivery, madeAt, 'Delivery created');
  states.erp(madeAt, 'OPEN');
  if (delivery.second && path.has('gap/partial', 'shipment')) {
    path.strike(WAREHOUSE, 'allocate', madeAt, 'the second of two deliveries never reached the warehouse');
    states.export();
    return undefined;
  }
  const wave = JOBS.wave.next(madeAt + 10 * MINUTE);
  if (order.variant === 'cancelled') {
    const calledOffAt = wave + shared.int(20, 90) * MINUTE;
    erpRow(path, 'cancel', delivery, calledOffAt, 'Called off by the customer');
    states.erp(calledOffAt, 'CANCELLED');
    new Warehouse(path, delivery, states, wave).release(wave + shared.int(10, 300) * SECOND, later(shared, calledOffAt, MINUTE));
    states.export();
    return undefined;
  }
  // A fault strikes the first of two.
  const shippedAt = new Warehouse(path, delivery, states, wave).ship(wave + shared.int(10, 300) * SECOND);
  if (shippedAt === undefined) {
    states.export();
    return undefined;
  }
  const at = later(shared, shippedAt, 4 * MINUTE);
  if (!delivery.second && path.has('gap/missing-step', 'goods-issue')) {
    path.strike(ERP, 'goods-issue', at, 'shipped, but the ERP never issued the goods; nothing follows');
    states.export();
    return undefined;
  }
  erpRow(path, 'goods-issue', delivery, at, 'Goods issue posted');
  if (!delivery.second && path.has('mismatch/stale')) {
    states.freezeErp();
    path.strike(
      ERP,
      'export',
      at,
      `the export of the ERP shows delivery ${number} of order ${order.salesOrder} as OPEN although its goods were issued`,
    );
  }
  states.erp(at, 'ISSUED');
  return { delivery, at, states };
}

/** One row an order, as tables of items have them. */
export function erpRow(path: Path, step: string, { number, lines }: Delivery, at: number, text: string, invoice = 0): void {
  const durationMs = took(path.random, 300, at);
  path.write('erp', ERP, at, step, { durationMs, salesOrder: path.order.salesOrder, delivery: number, invoice, lines, text });
}

/** What the warehouse does with one delivery. */
class Warehouse {
  readonly #path: Path;
  readonly #delivery: Delivery;
  readonly #states: States;
  readonly #wave: string;

  constructor(path: Path, delivery: Delivery, states: States, wave: number) {
    this.#path = path;
    this.#delivery = delivery;
    this.#states = states;
    this.#wave = `W${new Date(wave).toISOString().slice(5, 13).replaceAll(/\D/g, '')}`;
  }

  /** Allocated, and given back when the order was called off. */
  release(releasedAt: number, calledOffAt: number): void {
    const shared = this.#path.shared(`delivery ${this.#delivery.number} is picked`);
    const at = this.#line('allocate', releasedAt, took(shared, 400, releasedAt));
    this.#states.warehouse(at, 'ALLOCATED');
    this.#states.warehouse(this.#line('release', calledOffAt, took(shared, 300, calledOffAt)), 'CANCELLED');
  }

  /** Answers when the goods had left, or undefined when it ends before. */
  ship(releasedAt: number): number | undefined {
    const path = this.#path;
    const states = this.#states;
    const shared = path.shared(`delivery ${this.#delivery.number} is picked`);
    let at = releasedAt;
    if (this.#has('retry/hidden', 'allocate')) {
      path.strike(WAREHOUSE, 'allocate', at, 'allocating failed and was repeated, with no flag');
      for (let i = path.random.int(1, 2); i > 0; i--) {
        at = this.#line('allocate', at, path.random.int(900, 1_400), 'Stock service did not answer') + path.random.int(5, 6) * SECOND;
      }
    }
    at = this.#line('allocate', at, took(shared, 400, at));
    states.warehouse(at, 'ALLOCATED');
    const pickAt = later(shared, at, 14 * MINUTE);
    let picking = took(shared, 9 * MINUTE, pickAt);
    if (this.#has('delay/step', 'pick')) {
      picking = Math.round(9 * MINUTE * path.injection!.factor);
      path.strike(WAREHOUSE, 'pick', pickAt, `took ${Math.round(picking / MINUTE)} min, usually about 9 min`);
    }
    if (this.#has('error/failed', 'pick')) {
      this.#line('pick', pickAt, picking, 'Stock difference: nothing found at location');
      path.strike(WAREHOUSE, 'pick', pickAt, 'picking failed and was not tried again; nothing follows');
      return undefined;
    }
    const pickedAt = this.#line('pick', pickAt, picking);
    states.warehouse(pickedAt, 'PICKED');
    if (this.#has('gap/stopped', 'pick')) {
      path.strike(WAREHOUSE, 'pick', pickAt, 'picked, and then nothing');
      return undefined;
    }
    const packAt = later(shared, pickedAt, 5 * MINUTE);
    const packedAt = this.#line('pack', packAt, took(shared, 4 * MINUTE, packAt));
    const shipAt = later(shared, packedAt, 55 * MINUTE);
    const shippedAt = this.#line('ship', shipAt, took(shared, 3 * SECOND, shipAt));
    const wrong = this.#has('mismatch/state', 'warehouse');
    if (wrong) path.strike(WAREHOUSE, 'export', shippedAt, 'the export of the warehouse shows the delivery as CANCELLED');
    states.warehouse(shippedAt, wrong ? 'CANCELLED' : 'SHIPPED');
    return shippedAt;
  }

  /** A fault strikes the first delivery of two. */
  #has(...fault: Parameters<Path['has']>): boolean {
    return !this.#delivery.second && this.#path.has(...fault);
  }

  #line(name: string, at: number, durationMs: number, error = ''): number {
    const { number, lines, cartons } = this.#delivery;
    const said: Said = { durationMs, delivery: number, lines, cartons, ok: error === '', text: error === '' ? this.#wave : error };
    this.#path.write('warehouse', WAREHOUSE, at, name, said);
    return at + durationMs;
  }
}
