import { describe, expect, it } from 'vitest';
import type { SimEvent } from './event.ts';
import { FAULTS, drawFault, faultRates } from '../faults.ts';
import type { Fault, Injection } from '../faults.ts';
import { PLACES, USUAL } from './faults.ts';
import { makeOrder } from './order.ts';
import type { Order, Variant } from './order.ts';
import type { Path } from './path.ts';
import { Random } from '../random.ts';
import { walk } from './walk.ts';

const PLACED = Date.UTC(2026, 2, 3, 10);

function order(index: number, variant: Variant = 'plain'): Order {
  const made = makeOrder(new Random(1, index), 1, index, 1000, PLACED);
  return { ...made, variant, shipments: variant === 'split' ? [made.shipments[0]!, 'SHP-1'] : [made.shipments[0]!] };
}

function live(injection: Injection | undefined, index: number, variant: Variant = 'plain'): Path {
  return walk(order(index, variant), new Random(2, index), injection);
}

const struck = (fault: Fault, place: string, index = 1): Path => live({ fault, place, factor: 30 }, index);
const of = (path: Path, step: string, channel?: string): SimEvent[] =>
  path.events.filter((event) => event.step === step && (channel === undefined || event.channel === channel));
const steps = (path: Path): Set<string> => new Set(path.events.map((event) => `${event.channel}.${event.step}`));

/** Every step of an undisturbed order that must have ended before the next begins. */
const CHAIN = [
  'shop.checkout',
  'payments.authorize',
  'payments.capture',
  'boomi-run.order-to-erp',
  'erp.create',
  'erp.confirm',
  'wms.allocate',
  'wms.pick',
  'wms.ship',
  'shop.fulfilled',
];

describe('an order without a fault', () => {
  it('goes through every system, effects after their causes', () => {
    for (let index = 0; index < 300; index++) {
      const path = live(undefined, index, index % 3 === 0 ? 'split' : 'plain');
      const at = new Map<string, SimEvent>();
      for (const event of path.events) if (!at.has(`${event.channel}.${event.step}`)) at.set(`${event.channel}.${event.step}`, event);
      for (let i = 1; i < CHAIN.length; i++) {
        const before = at.get(CHAIN[i - 1]!)!;
        const after = at.get(CHAIN[i]!)!;
        // The run spans the call that creates the sales order.
        const end = before.channel === 'boomi-run' ? before.at : before.at + before.durationMs;
        expect(after.at, `${CHAIN[i - 1]} before ${CHAIN[i]}`).toBeGreaterThanOrEqual(end);
      }
      const lastShip = Math.max(...of(path, 'ship').map((event) => event.at + event.durationMs));
      expect(of(path, 'fulfilled')[0]!.at).toBeGreaterThanOrEqual(lastShip);
      expect(of(path, 'update', 'crm')[0]!.at).toBeGreaterThan(of(path, 'confirm')[0]!.at);
      expect(path.events.every((event) => event.outcome === 'ok')).toBe(true);
      expect(path.struck).toBeUndefined();
      expect(Math.max(...path.events.map((event) => event.at)) - PLACED).toBeLessThan(12 * 3_600_000);
    }
  });

  it('has legitimate lives that end early or go on', () => {
    const rejected = steps(live(undefined, 1, 'fraud-rejected'));
    expect([...rejected].toSorted()).toEqual(['payments.authorize', 'payments.void', 'shop-state.order', 'shop.checkout', 'shop.reject']);
    const cancelled = steps(live(undefined, 1, 'cancelled'));
    for (const step of ['shop.cancel', 'wms.release', 'payments.refund', 'erp.cancel']) expect(cancelled).toContain(step);
    expect(cancelled).not.toContain('wms.pick');
    const returned = live(undefined, 1, 'part-refunded');
    expect(of(returned, 'refund', 'payments')[0]!.amountCents).toBeLessThan(returned.order.amountCents);
    expect(of(returned, 'update', 'crm').map((event) => event.state)).toEqual(['Confirmed', 'Returned']);
    expect(of(live(undefined, 1, 'split'), 'ship').map((event) => event.reference)).toHaveLength(2);
  });
});

describe('each fault', () => {
  it.each(Object.entries(PLACES).flatMap(([fault, places]) => places.map(({ name }): [Fault, string] => [fault as Fault, name])))(
    '%s at %s is noted and changes the life',
    (fault, place) => {
      for (let index = 0; index < 20; index++) {
        const path = struck(fault, place, index);
        expect(path.struck?.note).toBeTruthy();
        expect(JSON.stringify(path.events)).not.toBe(JSON.stringify(live(undefined, index).events));
        expect(path.events.some((event) => event.system === 'shop')).toBe(true);
      }
    },
  );

  it('delays are at least 20 times the usual', () => {
    for (let index = 0; index < 50; index++) {
      const late = live({ fault: 'delay/hop', place: 'confirm', factor: 20 }, index);
      const created = of(late, 'create')[0]!;
      expect(of(late, 'confirm')[0]!.at - created.at - created.durationMs).toBeGreaterThanOrEqual(20 * 45_000);
      expect(of(live({ fault: 'delay/step', place: 'create', factor: 20 }, index), 'create')[0]!.durationMs).toBeGreaterThanOrEqual(
        20 * 700,
      );
    }
  });

  it('a lost message leaves nothing downstream and no error', () => {
    const never = struck('gap/missing-step', 'integrate');
    expect(never.events.some((event) => ['boomi', 'erp', 'wms', 'crm'].includes(event.system))).toBe(false);
    const swallowed = struck('gap/missing-step', 'create');
    expect(of(swallowed, 'order-to-erp')[0]!.outcome).toBe('ok');
    expect(swallowed.events.some((event) => ['erp', 'wms', 'crm'].includes(event.system))).toBe(false);
  });

  it('a branch that is missing leaves the other', () => {
    expect(steps(struck('gap/partial', 'crm'))).not.toContain('crm.update');
    expect(steps(struck('gap/partial', 'crm'))).toContain('shop.fulfilled');
    expect(steps(struck('gap/partial', 'wms'))).toContain('crm.update');
    expect(struck('gap/partial', 'wms').events.some((event) => event.system === 'wms')).toBe(false);
  });

  it('a stop ends right after its step', () => {
    expect(steps(struck('gap/stopped', 'pick'))).not.toContain('wms.ship');
    expect(of(struck('gap/stopped', 'create'), 'confirm')).toEqual([]);
  });

  it('declared retries carry numbers or the original run, hidden ones neither', () => {
    expect(of(struck('retry/declared', 'capture'), 'capture').map((event) => event.attempt)[1]).toBe(2);
    const runs = of(struck('retry/declared', 'integrate'), 'order-to-erp');
    expect(runs.map((run) => [run.outcome, run.boomi!.executionType])).toEqual([
      ['failed', 'exec_listener'],
      ['ok', 'retry_sched'],
    ]);
    expect(runs[1]!.boomi!.originalExecution).toBe(runs[0]!.execution);
    const hidden = struck('retry/hidden', 'integrate');
    const calls = of(hidden, 'Create Sales Order');
    expect(calls.length).toBeGreaterThan(1);
    expect(new Set(calls.map((call) => call.execution)).size).toBe(1);
    expect(calls.at(-1)!.outcome).toBe('ok');
    const again = of(struck('retry/hidden', 'allocate'), 'allocate');
    expect(again.length).toBeGreaterThan(2);
    expect(again.every((event) => event.attempt === 0)).toBe(true);
  });

  it('exhausted attempts all fail and nothing follows', () => {
    const runs = of(struck('error/exhausted', 'integrate'), 'order-to-erp');
    expect(runs.map((run) => run.outcome)).toEqual(['failed', 'failed', 'failed']);
    expect(struck('error/exhausted', 'integrate').events.some((event) => event.system === 'erp')).toBe(false);
    expect(of(struck('error/exhausted', 'capture'), 'capture').map((event) => [event.outcome, event.attempt])).toEqual([
      ['failed', 1],
      ['failed', 2],
      ['failed', 3],
    ]);
  });

  it('mismatches show in the last snapshots', () => {
    const last = (path: Path, channel: string): SimEvent => path.events.filter((event) => event.channel === channel).at(-1)!;
    const stale = struck('mismatch/stale', 'erp');
    expect(last(stale, 'erp-state').state).toBe('CONFIRMED');
    expect(last(stale, 'shop-state').state2).toBe('fulfilled');
    expect(last(struck('mismatch/state', 'erp'), 'erp-state').state).toBe('CANCELLED');
    expect(of(struck('mismatch/state', 'crm'), 'update', 'crm')[0]!.state).toBe('Cancelled');
    const wrong = struck('mismatch/field', 'erp');
    expect(last(wrong, 'erp-state').amountCents).not.toBe(last(wrong, 'shop-state').amountCents);
    expect(last(live(undefined, 1), 'erp-state').state).toBe('DELIVERED');
  });

  it('a duplicate comes after success, under another number', () => {
    for (const [place, step] of [
      ['create', 'create'],
      ['capture', 'capture'],
    ] as const) {
      const twice = of(struck('duplicate/delivery', place), step, step === 'create' ? 'erp' : 'payments');
      expect(twice).toHaveLength(2);
      expect(twice.every((event) => event.outcome === 'ok')).toBe(true);
      expect(twice[0]!.reference).not.toBe(twice[1]!.reference);
    }
  });
});

describe('drawFault', () => {
  it('keeps the rates', () => {
    const rates = faultRates(USUAL, { 'delay/hop': 0.02, 'gap/partial': 0 });
    const counts = new Map<string, number>();
    const trials = 100_000;
    for (let i = 0; i < trials; i++) {
      const drawn = drawFault(new Random(11, i), rates, 1, PLACES);
      if (drawn !== undefined) counts.set(drawn.fault, (counts.get(drawn.fault) ?? 0) + 1);
    }
    for (const fault of FAULTS) {
      const expected = trials * rates[fault];
      expect(Math.abs((counts.get(fault) ?? 0) - expected), fault).toBeLessThanOrEqual(5 * Math.sqrt(expected));
    }
  });
});
