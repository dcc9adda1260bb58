import { describe, expect, it } from 'vitest';
import { sourceOf, tree } from '../../../test/golden/profiles/run-profile.ts';
import type { JsonObject } from '../entry.ts';
import { PLATFORM_PROFILES, platformProfileById } from './index.ts';

const NOBODYS: readonly (readonly [name: string, entry: JsonObject])[] = [
  ['a shop order', { id: 1042, name: '#1042', created_at: '2031-03-04T09:15:02Z', financial_status: 'paid', line_items: [{ id: 1 }] }],
  [
    'a log line with trace and span ids',
    {
      timestamp: '2031-03-04T09:15:02Z',
      level: 'INFO',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      message: 'hello',
    },
  ],
  ['an event with an id, a trace id and a name', { traceId: '0af7651916cd43dd8448eb211c80319c', id: '42', name: 'order.created', ts: 1 }],
  ['an execution of another platform', { id: 7, executionId: '7', status: 'success', startedAt: '2031-03-04T09:15:02Z', workflowId: '3' }],
  ['a shape', { time: '2031-03-04T09:15:02Z', level: 'INFO', shape: 'circle' }],
  ['an empty object', {}],
  ['a JSON-LD document', { '@type': 'Order', orderNumber: '1042' }],
];

describe('platform profiles', () => {
  it('have unique ids by which they are found', () => {
    expect(new Set(PLATFORM_PROFILES.map((profile) => profile.id)).size).toBe(PLATFORM_PROFILES.length);
    for (const profile of PLATFORM_PROFILES) expect(platformProfileById(profile.id)).toBe(profile);
    expect(platformProfileById('none')).toBeUndefined();
  });

  it.each(NOBODYS)('none claims %s', (_name, entry) => {
    const claims = PLATFORM_PROFILES.filter(
      (profile) => profile.recognise([tree(entry), tree(entry)], sourceOf('a.json', 'json')) !== undefined,
    );
    expect(claims.map((profile) => profile.id)).toEqual([]);
  });

  it('claim nothing where there is nothing', () => {
    for (const profile of PLATFORM_PROFILES) expect(profile.recognise([], sourceOf('a.json', 'json'))).toBeUndefined();
  });

  it('refuse a foreign entry with a reason and without an event', () => {
    for (const profile of PLATFORM_PROFILES) {
      const source = sourceOf('a.json', 'json');
      const mapper = profile.compile(source, profile.describe([], source));
      const reason = mapper(tree('just text'), undefined as never, () => expect.unreachable(`${profile.id} emitted an event`));
      expect(reason).toMatch(/^the entry is no /);
    }
  });
});
