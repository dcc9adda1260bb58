import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const MINUTE = 60_000_000;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The shop's own id, its number in two spellings, and the customer's purchase order. */
const id = (n: number): string => `order:${5_512_340_000_000 + n * 32_768}`;
const number = (n: number): string => `order:${1042 + n}`;
const name = (n: number): string => `order:#${1042 + n}`;
const purchase = (n: number): string => `order:PO-${(88_000 + n * 17).toString(36).toUpperCase()}`;

test('an order under three numbers and four spellings is one journey, whichever of them a system knows', () => {
  const events = range(30).flatMap((n): Told[] => [
    { at: n * MINUTE, system: 'shop', ids: [id(n), number(n), name(n), purchase(n)] },
    { at: n * MINUTE + 1, system: 'erp', ids: [number(n)] },
    { at: n * MINUTE + 2, system: 'supplier', ids: [purchase(n)] },
    { at: n * MINUTE + 3, system: 'app', ids: [id(n)] },
    { at: n * MINUTE + 4, system: 'support', ids: [name(n)] },
  ]);
  const story = tell(events);
  const journeys = range(30).map((n) => story.journeys(5 * n));
  expect(new Set(journeys.map((journey) => journey.join())).size).toBe(30);
  for (const n of range(30)) {
    expect(journeys[n]).toHaveLength(1);
    for (const step of range(5)) expect(story.journeys(5 * n + step)).toEqual(journeys[n]);
  }
});

test('four numbers of one order are one journey; five are a list', () => {
  const names = (n: number): string[] => [id(n), number(n), purchase(n), `order:WEB_${4000 + n * 3}`, `order:CRM/${90_000 + n}`];
  const told = (count: number) =>
    tell(
      range(20).flatMap((n): Told[] => [
        { at: n, ids: names(n).slice(0, count) },
        ...names(n)
          .slice(0, count)
          .map((one) => ({ at: n, ids: [one] })),
      ]),
    );
  const roots = (count: number): number =>
    new Set(
      names(3)
        .slice(0, count)
        .map((one) => told(count).root(one)),
    ).size;
  expect([2, 3, 4, 5].map(roots)).toEqual([1, 1, 1, 5]);
});

test('orders that are written alike are a list, whatever else stands beside them', () => {
  const { root } = tell([{ ids: ['order:SO-7001', 'order:SO-7002', 'order:PO-31'] }, { ids: ['order:SO-7001'] }]);
  expect(new Set(['order:SO-7001', 'order:SO-7002', 'order:PO-31'].map(root)).size).toBe(3);
});

test('an order and an invoice of one number stay two records with a journey each, also where the order has several numbers', () => {
  const events = range(40).flatMap((n): Told[] => [
    { at: n * MINUTE, system: 'shop', ids: [id(n), number(n), purchase(n)] },
    // Invoices are numbered like orders, and belong to others.
    { at: n * MINUTE + 1, system: 'billing', ids: [`invoice:${1042 + ((n + 11) % 40)}`] },
  ]);
  const { record, root, journeys } = tell(events);
  for (const n of range(40)) {
    expect(record(`invoice:${1042 + n}`)).toBe(`invoice ${1042 + n}`);
    expect(root(`invoice:${1042 + n}`)).toBe(`invoice ${1042 + n}`);
    expect(journeys(2 * n)).toHaveLength(1);
    expect(journeys(2 * n)[0]).toMatch(/^order /);
  }
});

test('two systems that count their orders from one stay apart, though each calls them by several names', () => {
  const events = range(60).flatMap((n): Told[] => [
    { at: n * MINUTE, system: 'shop', ids: [`order:S-${n + 1}`, `order:WEB${70_000 + n * 3}`, `order:REF/${510_000 + n * 7}`] },
    { at: n * MINUTE, system: 'plant', ids: [`order:P-${n + 1}`, `order:LOT${30_000 + n * 5}`, `order:MES/${930_000 + n * 11}`] },
  ]);
  const { journeys } = tell(events);
  expect(new Set(range(120).flatMap((event) => journeys(event))).size).toBe(120);
});

test('names of any making: one journey an order, none of two orders, in whatever order it is told', () => {
  const family = (prefix: string) =>
    fc.record({ prefix: fc.constant(prefix), base: fc.integer({ min: 1, max: 900_000 }), stride: fc.integer({ min: 1, max: 9 }) });
  const families = fc
    .shuffledSubarray(['SO-', 'WEB', 'CRM/', '#', 'PO_', 'gid://shop/Order/'], { minLength: 2, maxLength: 4 })
    .chain((prefixes) => fc.tuple(...prefixes.map(family)));
  const story = fc.tuple(families, fc.integer({ min: 2, max: 12 })).chain(([made, orders]) => {
    const names = range(orders).map((n) => made.map(({ prefix, base, stride }) => `order:${prefix}${base + n * stride}`));
    const events = names.flatMap((own, n): Told[] => [
      { at: n * MINUTE, ids: own },
      ...own.map((one, step): Told => ({ at: n * MINUTE + step, system: `s${step}`, ids: [one] })),
    ]);
    return fc.tuple(fc.constant(names), fc.constant(events), fc.shuffledSubarray([...events.keys()], { minLength: events.length }));
  });
  fc.assert(
    fc.property(story, ([names, events, order]) => {
      const plain = tell(events);
      const shuffled = tell(order.map((i) => events[i]!));
      const roots = names.map((own) => new Set(own.map(plain.root)));
      for (const found of roots) expect(found.size).toBe(1);
      expect(new Set(roots.flatMap((found) => [...found])).size).toBe(names.length);
      order.forEach((from, i) => expect(shuffled.journeys(i)).toEqual(plain.journeys(from)));
    }),
    { numRuns: 200, endOnFailure: true },
  );
});
