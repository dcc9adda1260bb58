import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Story, Told } from './testing.ts';

const mention = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((n) => `order:SO-${1000 + n}`),
  fc.integer({ min: 1, max: 12 }).map((n) => `order:${String(1000 + n).padStart(10, '0')}`),
  fc.integer({ min: 1, max: 12 }).map((n) => `payment:P${n}`),
  fc.integer({ min: 1, max: 20 }).map((n) => `shipment:S${n}`),
  fc.integer({ min: 1, max: 3 }).map((n) => `customer:C${n}`),
);

const told: fc.Arbitrary<Told> = fc.record(
  {
    at: fc.integer({ min: 0, max: 1_000_000_000 }),
    system: fc.constantFrom('shop', 'erp', 'wms'),
    execution: fc.constantFrom('x1', 'x2', 'x3', 'x4', 'x5'),
    ids: fc.uniqueArray(mention, { maxLength: 4 }),
  },
  { requiredKeys: ['ids'] },
);

const stories = fc.array(told, { minLength: 1, maxLength: 80 });

/** The record table as plain values. */
const recordsOf = ({ identity: { records } }: Story): unknown =>
  Array.from({ length: records.count }, (_, i) => [
    records.type(i + 1),
    records.key(i + 1),
    records.technical[i + 1],
    records.first[i + 1],
    records.last[i + 1],
    records.events[i + 1],
  ]);

const journeysOf = (story: Story, events: number): readonly (readonly string[])[] =>
  Array.from({ length: events }, (_, i) => story.journeys(i));

test('chunks in another order, and cut elsewhere, give the same', () => {
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 7 }), (events, chunkSize) => {
      const plain = tell(events);
      const cut = tell(events, { chunkSize, order: (chunks) => chunks.toReversed() });
      expect(journeysOf(cut, events.length)).toEqual(journeysOf(plain, events.length));
      expect(cut.identity.relations).toEqual(plain.identity.relations);
      expect(cut.identity.hubs).toEqual(plain.identity.hubs);
      expect(cut.identity.rules).toEqual(plain.identity.rules);
      expect(cut.identity.links).toEqual(plain.identity.links);
      expect(recordsOf(cut)).toEqual(recordsOf(plain));
    }),
    { numRuns: 200 },
  );
});

test('events in another order give the same journeys under the same keys', () => {
  fc.assert(
    fc.property(
      stories.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(
            events.map((_, i) => i),
            { minLength: events.length },
          ),
        ),
      ),
      ([events, order]) => {
        const plain = tell(events);
        const shuffled = tell(order.map((i) => events[i]!));
        order.forEach((original, i) => expect(shuffled.journeys(i)).toEqual(plain.journeys(original)));
      },
    ),
    { numRuns: 200 },
  );
});

test('events of an unrelated type change nothing', () => {
  fc.assert(
    fc.property(stories, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }), (events, others) => {
      const plain = tell(events);
      const more = tell([...events, ...others.map((n): Told => ({ at: n, system: 'hr', ids: [`badge:B${n}`] }))]);
      expect(journeysOf(more, events.length)).toEqual(journeysOf(plain, events.length));
    }),
    { numRuns: 100 },
  );
});

test('every root is its own root, and every event with a record that is no hub is reachable', () => {
  fc.assert(
    fc.property(stories, (events) => {
      const { identity, journeys, hubs } = tell(events);
      for (const root of identity.rootOf) expect(identity.rootOf[root]).toBe(root);
      events.forEach((event, i) => {
        const business = (event.ids ?? []).some((id) => !hubs.includes(id.slice(0, id.indexOf(':'))));
        if (business) expect(journeys(i).length).toBeGreaterThan(0);
      });
    }),
    { numRuns: 200 },
  );
});
