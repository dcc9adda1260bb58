import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tell } from './testing.ts';
import type { Told } from './testing.ts';

const order = (n: number): string => `order:SO-${1000 + n}`;

test('a run that names no record belongs to the order of the run that called it, over several steps', () => {
  const { journeys, root } = tell([
    { execution: 'main', ids: [order(1)] },
    { execution: 'called', parent: 'main' },
    { execution: 'called again', parent: 'called' },
    { execution: 'alone' },
  ]);
  expect(journeys(1)).toEqual(['order SO-1001']);
  expect(journeys(2)).toEqual(['order SO-1001']);
  expect(root('execution:called again')).toBe('order SO-1001');
  expect(journeys(3)).toEqual(['execution alone']);
});

test('a run that carries an order of its own keeps it, whoever called it', () => {
  const { journeys } = tell([
    { execution: 'main', ids: [order(1)] },
    { execution: 'called', parent: 'main', ids: [order(2)] },
    { execution: 'called', parent: 'main' },
    { execution: 'below', parent: 'called' },
  ]);
  expect([1, 2, 3].map(journeys)).toEqual([['order SO-1002'], ['order SO-1002'], ['order SO-1002']]);
});

test('a run under a batch belongs to none of its orders, nor does what it called', () => {
  const { journeys } = tell([
    { execution: 'batch', ids: [order(1)] },
    { execution: 'batch', ids: [order(2)] },
    { execution: 'called', parent: 'batch' },
    { execution: 'below', parent: 'called' },
    // Known to come from an order of its own as well: nobody told which.
    { execution: 'single', ids: [order(3)] },
    { execution: 'both', parent: 'batch' },
    { execution: 'both', parent: 'single' },
  ]);
  expect(journeys(2)).toEqual(['execution called']);
  expect(journeys(3)).toEqual(['execution below']);
  expect(journeys(5)).toEqual(['execution both']);
});

test('runs that call each other in a circle, and runs whose caller is nowhere, stand for themselves', () => {
  const { journeys } = tell([
    { execution: 'a', parent: 'b' },
    { execution: 'b', parent: 'a' },
    { execution: 'c', parent: 'c' },
    { execution: 'd', parent: 'never seen' },
  ]);
  expect([0, 1, 2, 3].map(journeys)).toEqual([['execution a'], ['execution b'], ['execution c'], ['execution d']]);
  const below = tell([
    { execution: 'a', parent: 'b' },
    { execution: 'b', parent: 'a' },
    { execution: 'a', parent: 'order' },
    { execution: 'order', ids: [order(1)] },
  ]);
  expect([0, 1, 2].map(below.journeys)).toEqual([['order SO-1001'], ['order SO-1001'], ['order SO-1001']]);
});

test('a line of a called run that names only the customer belongs to the order of the caller', () => {
  const events: Told[] = [];
  for (let n = 0; n < 40; n++) {
    const at = n * 86_400_000_000;
    const customer = `customer:C-${n % 3}`;
    events.push({ at, execution: `main ${n}`, ids: [order(n), customer] });
    events.push({ at: at + 1, execution: `called ${n}`, parent: `main ${n}`, ids: [customer] });
  }
  const { journeys, hubs } = tell(events);
  expect(hubs).toContain('customer');
  for (let n = 0; n < 40; n++) expect(journeys(2 * n + 1)).toEqual([`order SO-${1000 + n}`]);
});

test('ten thousand runs that call each other are one chain', () => {
  const events: Told[] = [{ execution: 'run 0', ids: [order(1)] }];
  for (let n = 1; n <= 10_000; n++) events.push({ execution: `run ${n}`, parent: `run ${n - 1}` });
  expect(tell(events).journeys(10_000)).toEqual(['order SO-1001']);
});

test('who called whom gives the same journeys in any order, each run at most one, and never that of a batch', () => {
  const run = fc.record(
    {
      execution: fc.integer({ min: 0, max: 9 }).map((n) => `x${n}`),
      parent: fc.integer({ min: 0, max: 9 }).map((n) => `x${n}`),
      ids: fc.uniqueArray(fc.integer({ min: 1, max: 4 }).map(order), { maxLength: 1 }),
    },
    { requiredKeys: ['execution'] },
  );
  const told = fc.array(run, { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(
      told.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events.keys()], { minLength: events.length }))),
      ([events, shuffle]) => {
        const plain = tell(events);
        const shuffled = tell(shuffle.map((i) => events[i]!));
        shuffle.forEach((from, i) => expect(shuffled.journeys(i)).toEqual(plain.journeys(from)));
        const carries = new Map<string, Set<string>>();
        for (const { execution, ids } of events)
          for (const id of ids ?? []) carries.set(execution, (carries.get(execution) ?? new Set()).add(id));
        events.forEach(({ execution, ids }, i) => {
          if (ids !== undefined && ids.length > 0) return;
          const found = plain.journeys(i);
          // A batch's own lines belong to nothing; every other line to one journey: of its order, of a caller's, or of the run itself.
          expect(found.length).toBe((carries.get(execution)?.size ?? 0) > 1 ? 0 : 1);
          if (found.length === 0 || found[0] === `execution ${execution}`) return;
          const above = ancestors(execution, events);
          expect(
            [...above].some((run) => carries.get(run)?.size === 1 && [...carries.get(run)!][0] === found[0]!.replace('order ', 'order:')),
          ).toBe(true);
        });
      },
    ),
    { numRuns: 300 },
  );
});

/** A run and all it comes from. */
function ancestors(execution: string, events: readonly Told[]): ReadonlySet<string> {
  const found = new Set([execution]);
  for (const run of found) for (const event of events) if (event.execution === run && event.parent !== undefined) found.add(event.parent);
  return found;
}
