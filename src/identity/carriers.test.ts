import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const MINUTE = 60_000_000;
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('an acknowledgement that names only the message belongs to the order that the message carried', () => {
  // The order is known to one system, its message to two: the message owns it nevertheless not.
  const events = range(4).flatMap((n): Told[] => [
    { at: n * MINUTE, system: 'buyer', ids: [`order:PO-${n}`, `edi-document:A/B/PO/7/${n}`, 'interchange:A/B/7'] },
    { at: n * MINUTE + 1, system: 'seller', ids: [`edi-document:A/B/PO/7/${n}`] },
  ]);
  const story = tell(events);
  expect(story.root('edi-document:A/B/PO/7/2')).toBe('order PO-2');
  expect(story.journeys(5)).toEqual(['order PO-2']);
  expect(story.hubs).toEqual(['interchange']);
});

test('messages that carry several orders tie them to nothing', () => {
  const events = range(4).flatMap((n): Told[] => [
    { at: n * MINUTE, system: 'seller', ids: [`edi-document:B/A/SH/7/${n}`, `order:PO-${n}-a`, `order:PO-${n}-b`] },
  ]);
  const story = tell(events);
  expect(story.relation('edi-document', 'order')).toMatchObject({ owner: undefined });
  expect(story.root('order:PO-1-a')).toBe('order PO-1-a');
  expect(story.root('order:PO-1-b')).toBe('order PO-1-b');
});

test('an interchange ties the orders of its messages to nothing, also where there are two', () => {
  const story = tell([
    { at: 0, system: 'buyer', ids: ['order:PO-1', 'interchange:A/B/7'] },
    { at: 0, system: 'buyer', ids: ['order:PO-2', 'interchange:A/B/7'] },
  ]);
  expect([story.root('order:PO-1'), story.root('order:PO-2')]).toEqual(['order PO-1', 'order PO-2']);
});
