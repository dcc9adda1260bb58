import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const numbers = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const padded = (n: number): string => `order:${String(n).padStart(10, '0')}`;

test('three systems spell an order differently: one record, known by the spelling that most systems use', () => {
  const events = numbers(40, 104_200).flatMap((n): Told[] => [
    { at: n, system: 'shop', ids: [`order:SO-${n}`] },
    { at: n + 1, system: 'payments', ids: [`order:so-${n}`] },
    { at: n + 2, system: 'erp', ids: [padded(n)] },
    { at: n + 3, system: 'export', ids: [`order:gid://shop/Order/${n}`] },
    { at: n + 4, system: 'wms', ids: [`order:SO${n}`] },
  ]);
  const story = tell(events);
  expect(story.identity.records.count).toBe(40);
  for (const spelling of ['order:SO-104207', 'order:so-104207', padded(104_207), 'order:gid://shop/Order/104207', 'order:SO104207']) {
    expect(story.record(spelling)).toBe('order SO-104207');
  }
  const { rules, ruleOf } = story.identity;
  expect([...new Set([...ruleOf.subarray(1)].map((rule) => rules[rule]!.id))].toSorted()).toEqual([
    'case',
    'prefix',
    'same',
    'separators',
    'urn-tail',
  ]);
  for (const rule of rules) expect(rule.confidence).toBeGreaterThan(0.7);
});

test('zero padding alone', () => {
  const story = tell(numbers(10, 1).flatMap((n): Told[] => [{ ids: [padded(n)] }, { ids: [`order:${n}`] }]));
  expect(story.record(padded(7))).toBe('order 7');
  expect(story.identity.rules.map((rule) => rule.id)).toContain('zero-padding');
});

test('sales and purchase orders that stand together with different numbers are never merged by number', () => {
  const events = numbers(50, 7000).map((n): Told => ({ ids: [`order:SO-${n}`, `order:PO-${n + 20}`] }));
  const story = tell(events);
  expect(story.identity.records.count).toBe(100);
});

test('without meeting each other, purchase orders of another range stay apart', () => {
  const events = [
    ...numbers(50, 7000).map((n): Told => ({ ids: [`order:SO-${n}`] })),
    ...numbers(50, 7040).map((n): Told => ({ ids: [`order:PO-${n}`] })),
  ];
  expect(tell(events).identity.records.count).toBe(100);
});

test('an entry that names both spellings is enough', () => {
  const story = tell([{ ids: ['order:SO-7', 'order:00000007'] }, { ids: ['order:00000007'] }]);
  expect(story.record('order:00000007')).toBe('order SO-7');
  expect(story.identity.records.events[story.identity.recordOf[1]!]).toBe(2);
});

test('an entry that names many orders in both spellings agrees with itself', () => {
  const ids = numbers(5, 1).flatMap((n) => [`order:SO-${n}`, padded(n)]);
  expect(tell([{ ids }]).identity.records.count).toBe(5);
});

test('dense small numbers of unrelated systems are not merged by chance', () => {
  const events = numbers(200, 1).flatMap((n): Told[] => [
    { at: n, system: 'a', ids: [`order:A-${n}`, `payment:P${n}`] },
    { at: n, system: 'b', ids: [`order:${n}`, `file:F${n}`] },
  ]);
  const story = tell(events);
  expect(story.record('order:A-17')).not.toBe(story.record('order:17'));
});

test('the same dense numbers are one record where both stand beside the same payment', () => {
  const events = numbers(200, 1).flatMap((n): Told[] => [
    { at: n, system: 'a', ids: [`order:A-${n}`, `payment:P${n}`] },
    { at: n, system: 'b', ids: [`order:${n}`, `payment:P${n}`] },
  ]);
  expect(tell(events).record('order:17')).toBe('order A-17');
});

test('siblings that are numbered after their order are not one record', () => {
  const events = numbers(60, 1).flatMap((n): Told[] => [
    { at: n, execution: `x${n}`, ids: [`order:SO-${n}`, `shipment:S-${n}`] },
    { at: n + 1, execution: `x${n}`, ids: [`order:SO-${n}`, `shipment:R-${n}`] },
  ]);
  expect(tell(events).record('shipment:R-17')).toBe('shipment R-17');
});

test('an ERP that names its own number beside the padded one: still one order, and the own number stands in its journey', () => {
  const events = numbers(50, 100_001).flatMap((n): Told[] => [
    { at: n, system: 'shop', ids: [`order:SO-${n}`] },
    { at: n + 1, system: 'crm', ids: [`order:${n}`] },
    { at: n + 2, system: 'erp', ids: [`order:45000${n * 7}`, padded(n)] },
    { at: n + 3, system: 'erp', ids: [`order:45000${n * 7}`] },
  ]);
  const story = tell(events);
  expect(story.record(padded(100_007))).toBe('order SO-100007');
  expect(story.record('order:100007')).toBe('order SO-100007');
  const own = `order:45000${100_007 * 7}`;
  expect(story.record(own)).toBe(`order 45000${100_007 * 7}`);
  expect(story.root(own)).toBe('order SO-100007');
  expect(story.journeys(6 * 4 + 3)).toEqual(['order SO-100007']);
});

test('a sales order owns the purchase order that stands beside it', () => {
  const events = numbers(50, 7000).flatMap((n): Told[] => [
    { at: n, system: 'shop', ids: [`order:SO-${n}`] },
    { at: n + 1, system: 'erp', ids: [`order:SO-${n}`, `order:PO-${n + 20}`] },
  ]);
  const story = tell(events);
  expect(story.record('order:PO-7025')).toBe('order PO-7025');
  expect(story.root('order:PO-7025')).toBe('order SO-7005');
});

test('three orders in two spellings, far from any counter’s start', () => {
  const story = tell(numbers(3, 100_042).flatMap((n): Told[] => [{ ids: [`order:SO-${n}`] }, { system: 'erp', ids: [padded(n)] }]));
  expect(story.identity.records.count).toBe(3);
});

test('an order and an invoice of the same number are two records', () => {
  const story = tell(numbers(1000, 1).map((n): Told => ({ ids: [`order:${n}`, `invoice:${n}`] })));
  expect(story.identity.records.count).toBe(2000);
  expect(story.record('order:7')).toBe('order 7');
  expect(story.record('invoice:7')).toBe('invoice 7');
});

test('separators inside numbers are not dropped where that would make two numbers one', () => {
  const story = tell(['order:104-21', 'order:10-421', 'order:10421', 'order:104-22', 'order:10422'].map((id) => ({ ids: [id] })));
  expect(new Set(['order:104-21', 'order:10-421'].map((id) => story.record(id))).size).toBe(2);
});

test('UUIDs with and without hyphens', () => {
  const uuid = (n: number): string => `aaaaaaaa-bbbb-cccc-dddd-${(0x100000000000 + n * 977).toString(16)}`;
  const story = tell(
    numbers(5, 1).flatMap((n): Told[] => [{ ids: [`order:${uuid(n)}`] }, { ids: [`order:${uuid(n).replaceAll('-', '').toUpperCase()}`] }]),
  );
  expect(story.identity.records.count).toBe(5);
});
