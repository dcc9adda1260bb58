import type { Client } from '../../src/api/client.ts';
import { FAKE_JOURNEYS } from './journeys.ts';

/** `journeys` and `events` over the fixtures, by key or by fixture name, as the engine would answer. */
export function fakeJourneyCalls(latency: number): Pick<Client, 'journeys' | 'events'> {
  const all = Object.entries(FAKE_JOURNEYS).map(([name, make]) => ({ name, ...make() }));
  const answer = async <T>(make: () => T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, latency));
    return make();
  };
  const find = (id: string): (typeof all)[number] => {
    const found = all.find((one) => one.name === id || one.journey.record.key === id || one.journey.record.aliases.includes(id));
    if (found === undefined) throw Object.assign(new Error(`No record is known as ${id}`), { code: 'not-found' });
    return found;
  };
  return {
    journeys: {
      get: async ({ id }) => answer(() => find(id).journey),
      events: async ({ id, offset = 0, limit = 100 }) =>
        answer(() => {
          const { events } = find(id);
          return { rows: events.slice(offset, offset + limit), total: events.length };
        }),
    },
    events: {
      get: async ({ id }) =>
        answer(() => {
          const event = all.flatMap((one) => one.events).find((one) => one.id === id);
          if (event === undefined) throw Object.assign(new Error(`There is no event ${id}`), { code: 'not-found' });
          return event;
        }),
    },
  };
}
