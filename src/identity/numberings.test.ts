import { describe, expect, it, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const MINUTE = 60_000_000;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The retailer's order, which the ERP knows beside its own number; both of six digits, and the ERP's padded in its table. */
const purchase = (n: number): string => `order:${104_210 + n}`;
const sales = (n: number): string => `order:${812_001 + 3 * n}`;
const padded = (n: number): string => `order:0000${812_001 + 3 * n}`;

const life = (n: number): Told[] => [
  { at: n * MINUTE, system: 'retailer', ids: [purchase(n)], fields: ['BEG03'] },
  { at: n * MINUTE + 1, system: 'erp', ids: [padded(n), purchase(n)], fields: ['SALES_ORDER', 'CUSTOMER_PO'] },
  { at: n * MINUTE + 2, system: 'supplier', ids: [purchase(n), sales(n)], fields: ['BAK03', 'BAK08'] },
  { at: n * MINUTE + 3, system: 'wms', ids: [sales(n), `shipment:${80_000 + n}`], fields: ['order', 'delivery'] },
];

test('an order is known to all systems that know it under any of its numbers, and owns a shipment that more systems know than one of the numbers', () => {
  const story = tell(
    range(60).flatMap((n): Told[] => {
      const own = n % 2 === 0 ? purchase(n) : `order:CH-26-${1000 + n}`;
      const shipment = `shipment:${80_000 + n}`;
      return [
        { at: n * MINUTE, system: n % 2 === 0 ? 'retailer' : 'other retailer', ids: [own], fields: ['BEG03'] },
        { at: n * MINUTE + 1, system: 'erp', ids: [padded(n), own, shipment], fields: ['SALES_ORDER', 'CUSTOMER_PO', 'DELIVERY'] },
        { at: n * MINUTE + 2, system: 'supplier', ids: [shipment, own], fields: ['BSN02', 'PRF01'] },
        ...['wms', 'carrier'].map((system) => ({ at: n * MINUTE + 3, system, ids: [shipment] })),
      ];
    }),
  );
  for (const n of range(60)) expect(story.root(`shipment:${80_000 + n}`)).toMatch(/^order /);
});

describe('numbers of one type that are written alike', () => {
  it('are told apart by the fields they stand in, and are one journey', () => {
    const story = tell(range(40).flatMap(life));
    for (const n of range(40)) {
      expect(story.record(padded(n))).toBe(story.record(sales(n)));
      expect(story.record(sales(n))).not.toBe(story.record(purchase(n)));
      const root = story.root(purchase(n));
      for (const step of range(4)) expect(story.journeys(4 * n + step)).toEqual([root]);
    }
    expect(new Set(range(40).map((n) => story.root(purchase(n)))).size).toBe(40);
  });

  it('are told apart alike in whatever order the chunks come', () => {
    const events = range(40).flatMap(life);
    const told = tell(events, { chunkSize: 16 });
    const turned = tell(events, { chunkSize: 16, order: (chunks) => chunks.toReversed() });
    for (const n of range(40)) expect(turned.root(purchase(n))).toBe(told.root(purchase(n)));
  });

  it('follow the fields also where an order is known to one system only', () => {
    const story = tell([...range(40).flatMap(life), { at: MINUTE * 41, system: 'wms', ids: ['order:812500'], fields: ['order'] }]);
    expect(story.root('order:812500')).toBe('order 812500');
  });

  it('stay a list where one field holds them', () => {
    const events = range(40).map((n): Told => ({ at: n * MINUTE, ids: [purchase(n), sales(n)], fields: ['orders[].id', 'orders[].id'] }));
    const story = tell(events);
    for (const n of range(40)) expect(story.root(purchase(n))).not.toBe(story.root(sales(n)));
  });

  it('stay one numbering where the numbers of one field are found in the other: an order and the one that it replaces', () => {
    const order = (n: number): string => `order:${104_210 + n}`;
    const events = range(40).flatMap((n): Told[] => [
      { at: n * MINUTE, system: 'shop', ids: [order(n)], fields: ['id'] },
      { at: n * MINUTE + 1, system: 'erp', ids: [order(n)], fields: ['order'] },
      ...(n < 20 ? [] : [{ at: n * MINUTE + 2, system: 'shop', ids: [order(n), order(n - 20)], fields: ['id', 'replaces'] }]),
    ]);
    const story = tell(events);
    for (const n of range(40)) expect(story.root(order(n))).toBe(`order ${104_210 + n}`);
  });

  it('are not told apart by a handful of entries', () => {
    const story = tell(range(4).flatMap(life));
    expect(story.root(purchase(1))).not.toBe(story.root(sales(1)));
  });
});
