import { describe, expect, it } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const sales = (n: number): string => `order:0000${812_001 + n}`;
const wms = (n: number): string => `shipment:SH-${80_000 + n}`;

/** One buyer's order and what follows it. `own` is the buyer's number, which the first system and the warehouse know alone. */
function life(n: number, own: string, customer: number, at: number, salesOrder = sales(n)): Told[] {
  return [
    { at, system: `retailer ${customer}`, ids: [own, `edi-document:${customer}/${n}`], fields: ['BEG03', 'ST02'] },
    { at: at + MINUTE, system: 'translator', ids: [own], fields: ['po'] },
    {
      at: at + 2 * MINUTE,
      system: 'erp',
      ids: [salesOrder, own, `customer:C-${customer}`],
      fields: ['SALES_ORDER', 'CUSTOMER_PO', 'SOLD_TO'],
    },
    {
      at: at + 60 * MINUTE,
      system: 'erp',
      ids: [salesOrder, own, `customer:C-${customer}`, wms(n)],
      fields: ['SALES_ORDER', 'CUSTOMER_PO', 'SOLD_TO', 'DELIVERY'],
    },
    { at: at + 90 * MINUTE, system: 'wms', ids: [wms(n)], fields: ['delivery'] },
    { at: at + 95 * MINUTE, system: 'supplier', ids: [wms(n), own], fields: ['BSN02', 'PRF01'] },
  ];
}

const STEPS = 6;
/** Two buyers that count alike; the second begins where the first one's last numbers are. */
const first = (n: number): string => `order:${104_200 + n}`;
const orders = (count: number, overlap: number): Told[] => [
  ...range(count).flatMap((n) => life(n, first(n), 1, n * 30 * MINUTE)),
  ...range(count).flatMap((n) => life(count + n, first(count - overlap + n), 2, n * 30 * MINUTE + 5 * DAY)),
];

describe('a number that two buyers use', () => {
  it('stands for two orders, each with its own journey, also where only the number is told', () => {
    const story = tell(orders(100, 5));
    const journeys = range(200).map((n) => range(STEPS).map((step) => story.journeys(STEPS * n + step)));
    journeys.forEach((steps, n) => {
      for (const journey of steps) expect(journey, `order ${n}`).toEqual(steps[0]);
      expect(steps[0]).toHaveLength(1);
    });
    expect(new Set(journeys.map(([journey]) => journey![0])).size).toBe(200);
  });

  it('is told as a conflict with the orders that it stands for', () => {
    const { conflicts, records } = tell(orders(100, 5)).identity;
    expect(conflicts.map(({ kind, record, claims }) => [kind, records.key(record), claims.length])).toEqual(
      range(5).map((n) => ['reused', String(104_295 + n), 2]),
    );
    expect(conflicts.every(({ claims }) => claims.every(({ entries, evidence }) => entries > 0 && evidence > 0))).toBe(true);
  });

  it('leads to one of them when it is asked for', () => {
    const story = tell(orders(100, 5));
    expect(story.root('order:104297')).toBe(story.root(sales(97)));
    expect(story.root(sales(102))).not.toBe(story.root(sales(97)));
  });

  it('is found alike in whatever order the chunks come', () => {
    const events = orders(100, 5);
    const told = tell(events, { chunkSize: 50 });
    const turned = tell(events, { chunkSize: 50, order: (chunks) => chunks.toReversed() });
    for (const event of range(events.length)) expect(turned.journeys(event)).toEqual(told.journeys(event));
  });
});

describe('a number that stands for one order', () => {
  it('keeps it also when the ERP made it twice for one buyer', () => {
    const again = life(500, first(40), 1, 40 * 30 * MINUTE + DAY, 'order:0000812900');
    const story = tell([...orders(100, 0), ...again]);
    expect(story.root('order:0000812900')).toBe(story.root(sales(40)));
  });

  it('keeps all of its orders where several are usual', () => {
    const events = range(60).flatMap((n) => life(n, first(Math.floor(n / 2)), n % 2, n * 30 * MINUTE));
    const story = tell(events);
    for (const n of range(30)) expect(story.root(sales(2 * n))).toBe(story.root(sales(2 * n + 1)));
  });
});
