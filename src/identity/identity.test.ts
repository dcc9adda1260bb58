import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('order, shipments, packages: everything below belongs to the order', () => {
  const events = range(20).flatMap((n): Told[] => {
    const at = n * DAY;
    return [
      { at, system: 'shop', ids: [`order:SO-${n}`] },
      { at: at + MINUTE, system: 'wms', ids: [`order:SO-${n}`, `shipment:S-${n}-a`] },
      { at: at + MINUTE, system: 'wms', ids: [`order:SO-${n}`, `shipment:S-${n}-b`] },
      { at: at + 2 * MINUTE, system: 'wms', ids: [`shipment:S-${n}-a`, `package:P-${n}-1`] },
      { at: at + 2 * MINUTE, system: 'wms', ids: [`shipment:S-${n}-a`, `package:P-${n}-2`] },
      { at: at + 2 * MINUTE, system: 'wms', ids: [`shipment:S-${n}-b`, `package:P-${n}-3`] },
      { at: at + 3 * MINUTE, system: 'carrier', ids: [`package:P-${n}-3`] },
    ];
  });
  const story = tell(events);
  expect(story.relation('order', 'shipment')).toMatchObject({ cardinality: '1:n', owner: 'order', partnersOfFrom: 2, partnersOfTo: 1 });
  expect(story.relation('shipment', 'package')).toMatchObject({ cardinality: '1:n', owner: 'shipment' });
  expect(story.root('package:P-4-3')).toBe('order SO-4');
  expect(story.journeys(4 * 7 + 6)).toEqual(['order SO-4']);
  expect(story.hubs).toEqual([]);
  expect(story.links.get('order SO-4 > shipment S-4-a')).toBe(1);
});

test('customers whose orders keep coming glue nothing, by the data alone', () => {
  // `client` is on no list of names.
  const events = range(300).flatMap((n): Told[] => [
    { at: n * DAY, ids: [`order:SO-${n}`, `client:C-${n % 20}`] },
    { at: n * DAY + MINUTE, ids: [`order:SO-${n}`] },
  ]);
  const story = tell([...events, { at: DAY, ids: ['client:C-1'] }]);
  expect(story.hubs).toEqual(['client']);
  expect(story.relation('client', 'order')).toMatchObject({ cardinality: '1:n', owner: undefined });
  expect(story.root('order:SO-21')).toBe('order SO-21');
  expect(story.journeys(42)).toEqual(['order SO-21']);
  // Only the client with an entry of its own has a journey.
  expect(story.root('client:C-1')).toBe('client C-1');
  expect(story.journeys(600)).toEqual(['client C-1']);
  expect(story.root('client:C-2')).toBe('none');
});

test('products in many orders and orders with many products: the products are the hubs', () => {
  const events = range(200).flatMap((n): Told[] =>
    range(3).map((k) => ({ at: n * DAY + k * MINUTE, ids: [`order:SO-${n}`, `gadget:G-${(n * 7 + k * 5) % 17}`] })),
  );
  const story = tell(events);
  expect(story.hubs).toEqual(['gadget']);
  expect(story.root('order:SO-9')).toBe('order SO-9');
});

test('a type whose name says nothing and that collects orders which live on without it is no owner', () => {
  const events = range(240).flatMap((n): Told[] => {
    const wave = Math.floor(n / 24);
    const at = wave * DAY + n * MINUTE;
    return [
      { at, ids: [`order:SO-${n}`] },
      { at: wave * DAY + 300 * MINUTE, system: 'wms', ids: [`order:SO-${n}`, `wave:W-${wave}`] },
      { at: at + DAY, system: 'shop', ids: [`order:SO-${n}`] },
    ];
  });
  const story = tell(events);
  expect(story.root('order:SO-50')).toBe('order SO-50');
  expect(story.journeys(3 * 50 + 1)).toEqual(['order SO-50']);
});

test('a batch execution glues none of its orders, and its own lines belong to none of them', () => {
  const events: Told[] = range(50).flatMap((n): Told[] => [
    { at: n * MINUTE, ids: [`order:SO-${n}`] },
    { at: DAY + n, system: 'boomi', execution: 'batch-1', ids: [`order:SO-${n}`] },
  ]);
  const story = tell([...events, { at: DAY, system: 'boomi', execution: 'batch-1' }]);
  expect(story.journeys(2 * 7 + 1)).toEqual(['order SO-7']);
  expect(story.journeys(100)).toEqual([]);
  expect(story.root('execution:batch-1')).toBe('none');
  expect(story.links.get('execution batch-1 > order SO-7')).toBe(1);
  expect(story.relation('execution', 'order')).toMatchObject({ cardinality: '1:n', owner: undefined, partnersOfFrom: 50 });
});

test('lines without an order number join the one order of their execution', () => {
  const story = tell([
    { at: 1, system: 'boomi', execution: 'x1' },
    { at: 2, system: 'boomi', execution: 'x1', ids: ['order:SO-1'] },
    { at: 3, system: 'boomi', execution: 'x1', ids: ['customer:C-1'] },
    { at: 4, system: 'boomi', execution: 'x2' },
    { at: 5, system: 'boomi', execution: 'x2', ids: ['customer:C-1'] },
    { at: 6, system: 'boomi' },
  ]);
  expect(range(6).map((event) => story.journeys(event))).toEqual([
    ['order SO-1'],
    ['order SO-1'],
    ['order SO-1'],
    ['execution x2'],
    ['execution x2'],
    [],
  ]);
  expect(story.root('execution:x1')).toBe('order SO-1');
});

test('an entry that names children of two orders belongs to both', () => {
  const events = range(10).flatMap((n): Told[] => [
    { at: n * DAY, ids: [`order:SO-${n}`, `shipment:S-${n}`] },
    { at: n * DAY + 1, system: 'erp', ids: [`order:SO-${n}`] },
  ]);
  const story = tell([...events, { at: DAY, ids: ['shipment:S-3', 'shipment:S-4'] }]);
  expect(story.journeys(20)).toEqual(['order SO-3', 'order SO-4']);
});

test('records in different entries of one execution are linked, with no entry that names both', () => {
  const events = range(10).flatMap((n): Told[] => [
    { at: n * DAY, system: 'wms', execution: `x${n}`, ids: [`order:SO-${n}`] },
    { at: n * DAY + 1, system: 'wms', execution: `x${n}`, ids: [`shipment:S-${n}-a`] },
    { at: n * DAY + 2, system: 'wms', execution: `x${n}`, ids: [`shipment:S-${n}-b`] },
    { at: n * DAY + 3, system: 'carrier', ids: [`shipment:S-${n}-b`] },
  ]);
  const story = tell(events);
  expect(story.relation('order', 'shipment')).toMatchObject({ cardinality: '1:n', owner: 'order' });
  expect(story.links.get('order SO-3 > shipment S-3-b')).toBe(0);
  expect(story.journeys(15)).toEqual(['order SO-3']);
});

test('one invoice over two orders now and then: the order owns its invoice', () => {
  const events = range(100).flatMap((n): Told[] => [
    { at: n * DAY, ids: [`order:SO-${n}`] },
    { at: n * DAY + MINUTE, system: 'erp', ids: [`order:SO-${n}`, `invoice:I-${n === 50 ? 49 : n}`] },
    { at: n * DAY + 2 * MINUTE, system: 'erp', ids: [`order:SO-${n}`, `invoice:I-${n === 50 ? 49 : n}`] },
  ]);
  const story = tell([
    ...events,
    { at: 49 * DAY + MINUTE, system: 'erp', ids: ['order:SO-49', 'invoice:I-49'] },
    { at: 51 * DAY, ids: ['invoice:I-49'] },
  ]);
  expect(story.relation('order', 'invoice')).toMatchObject({ cardinality: '1:1', owner: 'order' });
  // Three entries with SO-49, two with SO-50.
  expect(story.journeys(301)).toEqual(['order SO-49']);
  expect(story.links.get('order SO-50 > invoice I-49')).toBe(2);
});

test('one invoice over two orders always: it collects them and owns neither', () => {
  const events = range(100).flatMap((n): Told[] => [
    { at: n * DAY, ids: [`order:SO-${n}`] },
    { at: (n | 1) * DAY + DAY, system: 'erp', ids: [`order:SO-${n}`, `invoice:I-${n >> 1}`] },
  ]);
  const story = tell(events);
  expect(story.relation('invoice', 'order')).toMatchObject({ cardinality: '1:n', owner: undefined });
  expect(story.root('order:SO-7')).toBe('order SO-7');
  expect(story.journeys(15)).toEqual(['invoice I-3', 'order SO-7']);
});

test('one shipment in ten carries two orders: the orders own them all the same', () => {
  const events = range(100).flatMap((n): Told[] => [
    { at: n * DAY, ids: [`order:SO-${n}`, `shipment:S-${n % 10 === 1 ? n - 1 : n}`] },
    ...(n % 2 === 0 ? [{ at: n * DAY + MINUTE, system: 'wms', ids: [`order:SO-${n}`, `shipment:T-${n}`] }] : []),
  ]);
  const story = tell(events);
  expect(story.relation('order', 'shipment')).toMatchObject({ cardinality: 'n:m', owner: 'order' });
  expect(story.root('shipment:T-40')).toBe('order SO-40');
  expect(story.root('shipment:S-40')).toBe('order SO-40');
});

test('a payment for several orders owns none of them, although it comes with them', () => {
  const events = range(60).map((n): Told => ({ at: (n - (n % 3)) * DAY + n, ids: [`order:SO-${n}`, `payment:P-${n - (n % 3)}`] }));
  const story = tell(events);
  expect(story.relation('order', 'payment') ?? story.relation('payment', 'order')).toMatchObject({ owner: undefined });
  expect(story.root('order:SO-4')).toBe('order SO-4');
});

test('the made-up company: five spellings, a hub, a batch and single executions', () => {
  const events = range(60).flatMap((n): Told[] => {
    const at = n * DAY;
    const number = 100_042 + n;
    return [
      { at, system: 'shop', ids: [`order:SO-${number}`, `customer:C-${n % 25}`] },
      { at: at + 1, system: 'payments', ids: [`order:SO-${number}`, `payment:PAY-${n * 31}`] },
      { at: at + 2, system: 'boomi', execution: `e${n}`, ids: [`order:SO-${number}`] },
      { at: at + 3, system: 'boomi', execution: `e${n}` },
      { at: at + 4, system: 'erp', ids: [`order:${String(number).padStart(10, '0')}`, `document:48${n * 7 + 1000}`] },
      { at: at + 5, system: 'wms', ids: [`order:SO${number}`, `shipment:SHP-${n}`] },
      { at: at + 6, system: 'wms', ids: [`shipment:SHP-${n}`, `tracking:1Z${n}`] },
      { at: at + 7, system: 'crm', ids: [`order:${number}`, `customer:C-${n % 25}`] },
      { at: at + 8, system: 'shop-export', ids: [`order:gid://shop/Order/${number}`, `customer:C-${n % 25}`] },
      { at: 61 * DAY + n, system: 'boomi', execution: 'nightly', ids: [`order:SO-${number}`] },
    ];
  });
  const story = tell(events);
  expect(story.hubs).toEqual(['customer']);
  range(600).forEach((event) => expect(story.journeys(event)).toEqual([`order SO-${100_042 + Math.floor(event / 10)}`]));
  expect(story.root('tracking:1Z7')).toBe('order SO-100049');
});

test('a payment that is authorised before the order exists still belongs to it', () => {
  const events = range(30).flatMap((n): Told[] => [
    { at: n * DAY, system: 'payments', ids: [`payment:P-${n}-a`] },
    { at: n * DAY + MINUTE, system: 'shop', ids: [`order:SO-${n}`, `payment:P-${n}-a`] },
    { at: n * DAY + 2 * MINUTE, system: 'shop', ids: [`order:SO-${n}`, `payment:P-${n}-b`] },
  ]);
  expect(tell(events).root('payment:P-4-a')).toBe('order SO-4');
});

test('three orders are enough for sensible roots', () => {
  const events = range(3).flatMap((n): Told[] => [
    { at: n * MINUTE, ids: [`order:SO-${n}`, `payment:P-${n}`, `shipment:S-${n}`, `customer:C-1`] },
    { at: n * MINUTE + 1, ids: [`payment:P-${n}`] },
  ]);
  const story = tell(events);
  expect(story.hubs).toEqual(['customer']);
  for (const id of ['payment:P-2', 'shipment:S-2']) expect(story.root(id)).toBe('order SO-2');
  expect(story.journeys(5)).toEqual(['order SO-2']);
});

test('events without times give the same roots by cardinality', () => {
  const events = range(20).flatMap((n): Told[] => [{ ids: [`claim:K-${n}`, `note:N-${n}-a`] }, { ids: [`claim:K-${n}`, `note:N-${n}-b`] }]);
  const story = tell(events);
  expect(story.relation('claim', 'note')).toMatchObject({ cardinality: '1:n', owner: 'claim' });
  expect(story.identity.records.first[1]).toBeNaN();
});

test('two orders and two payments in one entry say nothing about which goes with which', () => {
  const story = tell([{ ids: ['order:SO-1', 'order:SO-2', 'payment:P-1', 'payment:P-2'] }]);
  expect(story.links.size).toBe(0);
  expect(story.journeys(0)).toHaveLength(4);
});

test('an entry with more than fifty records makes no links', () => {
  const story = tell([{ ids: ['manifest:M-1', ...range(60).map((n) => `order:SO-${n}`)] }]);
  expect(story.links.size).toBe(0);
});

test('no events, no identifiers', () => {
  const story = tell([]);
  expect(story.identity.records.count).toBe(0);
  expect(story.identity.relations).toEqual([]);
});

test('relations that would form a circle leave one of them without an owner', () => {
  const chain = (a: string, b: string): Told[] =>
    range(10).flatMap((n) => range(a === 'c' ? 2 : 3).map((k) => ({ ids: [`${a}:${a}X${n}`, `${b}:${b}X${n + 10 * k}`] })));
  const story = tell([...chain('a', 'b'), ...chain('b', 'c'), ...chain('c', 'a')]);
  const owners = story.identity.relations.map((relation) => relation.owner);
  expect(owners.filter((owner) => owner === undefined)).toHaveLength(1);
});
