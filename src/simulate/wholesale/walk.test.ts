import { describe, expect, it } from 'vitest';
import { FAULTS } from '../faults.ts';
import type { Fault } from '../faults.ts';
import type { Life } from '../company.ts';
import type { WholesaleEvent } from './event.ts';
import { PLACES } from './faults.ts';
import { makeOrder, netCents, quantityOf } from './order.ts';
import { PARTNERS, partnerOf } from './partners.ts';
import { sscc } from './walk-delivery.ts';
import { live } from './walk.ts';

const PLACED = Date.UTC(2026, 2, 3, 10);
const CASES = 1000;

const lifeOf = (index: number, fault?: Fault, place = ''): Life<WholesaleEvent> =>
  live({ seed: 2, index, cases: CASES, at: PLACED, injection: fault === undefined ? undefined : { fault, place, factor: 30 } });
const of = (life: Life<WholesaleEvent>, channel: string, name?: string): WholesaleEvent[] =>
  life.events.filter((event) => event.channel === channel && (name === undefined || event.name === name));
const names = (life: Life<WholesaleEvent>): Set<string> => new Set(life.events.map((event) => `${event.channel}.${event.name}`));

/** Every step of an undisturbed order, effects behind their causes. */
const CHAIN = [
  'archive.order',
  'translator.translate',
  'translator.handover',
  'erp.create',
  'erp.confirm',
  'erp.delivery',
  'warehouse.allocate',
  'warehouse.pick',
  'warehouse.pack',
  'warehouse.ship',
  'erp.goods-issue',
  'archive.notice',
  'erp.billing',
  'archive.invoice',
];

describe('partners', () => {
  it('get the orders of their share, numbered without a gap', () => {
    expect(PARTNERS.reduce((sum, partner) => sum + partner.share, 0)).toBe(100);
    const counts = new Map<string, number[]>();
    for (let index = 0; index < 500; index++) {
      const { partner, n } = partnerOf(index);
      counts.set(partner.id, [...(counts.get(partner.id) ?? []), n]);
    }
    for (const partner of PARTNERS) {
      expect(counts.get(partner.id)!.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 5 * partner.share }, (_, n) => n));
    }
  });

  it('give numbers that are unique for the buyer and not beyond it', () => {
    const orders = Array.from({ length: CASES }, (_, index) => makeOrder(1, index, CASES));
    expect(new Set(orders.map((order) => `${order.partner.id} ${order.number}`)).size).toBe(CASES);
    const shared = orders.filter((order) => orders.some((other) => other.number === order.number && other.partner !== order.partner));
    expect(shared.length).toBeGreaterThan(20);
    expect(shared.length).toBeLessThan(0.1 * CASES);
    expect(orders.filter((order) => order.ambiguous).map((order) => order.index)).toEqual(shared.map((order) => order.index));
  });
});

describe('an order without a fault', () => {
  it('goes through every system, effects behind their causes', () => {
    for (let index = 0; index < 300; index++) {
      const life = lifeOf(index);
      if (life.variant === 'cancelled') continue;
      const first = new Map<string, WholesaleEvent>();
      for (const event of life.events.toSorted((a, b) => a.at - b.at)) {
        if (!first.has(`${event.channel}.${event.name}`)) first.set(`${event.channel}.${event.name}`, event);
      }
      for (let i = 1; i < CHAIN.length; i++) {
        const before = first.get(CHAIN[i - 1]!)!;
        expect(first.get(CHAIN[i]!)!.at, `${index}: ${CHAIN[i - 1]} before ${CHAIN[i]}`).toBeGreaterThanOrEqual(
          before.at + before.durationMs,
        );
      }
      expect(life.events.every((event) => event.ok && event.at >= PLACED)).toBe(true);
      expect(life.struck).toBeUndefined();
    }
  });

  it('is delivered and invoiced as it was ordered, in one part or in two', () => {
    for (let index = 0; index < 300; index++) {
      const life = lifeOf(index);
      const order = makeOrder(2, index, CASES);
      if (life.variant === 'cancelled') continue;
      expect(of(life, 'erp', 'delivery')).toHaveLength(life.variant === 'split' ? 2 : 1);
      for (const [channel, name] of [
        ['warehouse', 'ship'],
        ['archive', 'notice'],
        ['archive', 'invoice'],
      ] as const) {
        const events = of(life, channel, name);
        expect(events.reduce((sum, event) => sum + quantityOf(event.lines), 0)).toBe(quantityOf(order.lines));
        expect(events.reduce((sum, event) => sum + netCents(event.lines), 0)).toBe(netCents(order.lines));
      }
    }
  });

  it('is given back by the warehouse where it is called off, and never shipped', () => {
    const cancelled = Array.from({ length: 300 }, (_, index) => lifeOf(index)).filter((life) => life.variant === 'cancelled');
    expect(cancelled.length).toBeGreaterThan(0);
    for (const life of cancelled) {
      expect(names(life)).toContain('warehouse.release');
      for (const step of ['warehouse.pick', 'erp.goods-issue', 'archive.notice', 'archive.invoice'])
        expect(names(life)).not.toContain(step);
      for (const channel of ['erp-state', 'warehouse-state']) expect(of(life, channel).at(-1)!.text).toBe('CANCELLED');
    }
  });

  it('shares deliveries and invoices with orders near it, at the same times, and names what it shares with nobody', () => {
    const lives = Array.from({ length: 300 }, (_, index) => lifeOf(index));
    for (const field of ['delivery', 'invoice'] as const) {
      const sharers = new Map<number, Set<string>>();
      const times = new Map<string, Set<number>>();
      for (const life of lives) {
        for (const event of life.events.filter((one) => one[field] !== 0 && one.channel !== 'archive')) {
          const keys = sharers.get(event[field]) ?? new Set();
          sharers.set(event[field], keys.add(life.key));
          const step = `${event.channel} ${event.name} ${event.delivery}`;
          if (field === 'delivery' && event.channel === 'warehouse') times.set(step, (times.get(step) ?? new Set()).add(event.at));
        }
      }
      const shared = [...sharers].filter(([, keys]) => keys.size > 1);
      expect(shared.length).toBeGreaterThan(10);
      expect([...times.values()].every((set) => set.size === 1)).toBe(true);
      const related = new Set(lives.flatMap((life) => life.related));
      for (const [number] of shared) expect(related).not.toContain(String(number).padStart(10, '0'));
    }
  });
});

describe('each fault', () => {
  it.each(
    FAULTS.flatMap(
      (fault) => (PLACES as Partial<Record<Fault, readonly { name: string }[]>>)[fault]?.map(({ name }) => [fault, name] as const) ?? [],
    ),
  )('%s at %s is noted and changes the life', (fault, place) => {
    for (let index = 0; index < 20; index++) {
      const life = lifeOf(index, fault, place);
      if (makeOrder(2, index, CASES).ambiguous && of(life, 'erp').length === 0) {
        // Which of two orders of one number it was, nobody could say.
        expect(life.struck).toBeUndefined();
        continue;
      }
      expect(life.struck?.note).toBeTruthy();
      expect(JSON.stringify(life.events)).not.toBe(JSON.stringify(lifeOf(index).events));
      expect(life.events.some((event) => event.channel === 'archive' && event.name === 'order')).toBe(true);
    }
  });

  it('what is lost leaves nothing behind it and no error', () => {
    const swallowed = lifeOf(1, 'gap/missing-step', 'import');
    expect(of(swallowed, 'translator', 'handover').every((event) => event.ok)).toBe(true);
    expect(of(swallowed, 'erp')).toEqual([]);
    expect(names(lifeOf(1, 'gap/partial', 'notice'))).toContain('archive.invoice');
    expect(of(lifeOf(1, 'gap/partial', 'notice'), 'archive', 'notice')).toEqual([]);
    expect(of(lifeOf(1, 'gap/partial', 'response'), 'archive', 'response')).toEqual([]);
    const half = lifeOf(1, 'gap/partial', 'shipment');
    expect([of(half, 'erp', 'delivery').length, of(half, 'warehouse', 'ship').length]).toEqual([2, 1]);
  });

  it('declared retries carry numbers, hidden ones none', () => {
    for (const place of ['handover', 'transmit']) {
      const tries = of(lifeOf(1, 'retry/declared', place), 'translator', place).filter((event) => event.attempt > 0);
      expect(tries.map((event) => [event.attempt, event.ok])).toEqual([
        [1, false],
        [2, true],
      ]);
    }
    const hidden = of(lifeOf(1, 'retry/hidden', 'handover'), 'translator', 'handover');
    expect(hidden.length).toBeGreaterThan(1);
    expect(hidden.every((event) => event.attempt === 0)).toBe(true);
    expect(of(lifeOf(1, 'error/exhausted', 'handover'), 'translator', 'handover').map((event) => event.ok)).toEqual([false, false, false]);
  });

  it('an interchange that comes twice makes two sales orders, an invoice that is sent twice one', () => {
    const twice = lifeOf(1, 'duplicate/delivery', 'interchange');
    expect(new Set(of(twice, 'archive', 'order').map((event) => event.interchange!.at)).size).toBe(1);
    expect(new Set(of(twice, 'erp', 'create').map((event) => event.salesOrder)).size).toBe(2);
    expect(new Set(of(lifeOf(1, 'duplicate/delivery', 'invoice'), 'archive', 'invoice').map((event) => event.invoice)).size).toBe(1);
  });

  it('a notice out of order is sent before the goods are picked', () => {
    const life = lifeOf(1, 'order/out-of-order', 'notice');
    expect(of(life, 'archive', 'notice')[0]!.at).toBeLessThan(of(life, 'warehouse', 'allocate')[0]!.at);
  });
});

describe('cartons', () => {
  it('end with their check digit', () => {
    const sum = (code: string): number => [...code].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
    for (let serial = 0; serial < 50; serial++) {
      expect(sscc(serial)).toMatch(/^\d{18}$/);
      expect(sum(sscc(serial)) % 10).toBe(0);
    }
  });
});
