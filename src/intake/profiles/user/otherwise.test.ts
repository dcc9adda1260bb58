import { describe, expect, it } from 'vitest';
import { toYaml } from './export.ts';
import { readProfile } from './parse.ts';
import { partOf, readMapped, readWith } from './testing.ts';

const BOOKINGS = Array.from({ length: 30 }, (_, i) => `{"ts":"2031-03-04T09:15:${String(i + 10)}Z","order":"SO-10${i}","step":"book"}`);
const REFUNDS = Array.from(
  { length: 5 },
  (_, i) => `{"when":"0${i + 1}.03.2031 10:00","ref":"SO-10${i}","action":"refund","result":"KLEMMT"}`,
);
const LINES = [...BOOKINGS, ...REFUNDS].join('\n');

const PROFILE = `profile: mixed
fields:
  - { path: ts, role: time, format: iso }
otherwise:
  - statuses: { KLEMMT: failed }
    fields:
      - { path: when, role: time, format: day-first }
      - { path: ref, role: identifier, type: order }
      - { path: action, role: step }
      - { path: result, role: status }
`;

describe('what a profile says of entries that it rejects', () => {
  it('is used for those, and only for those', async () => {
    const alone = await readWith('profile: mixed\nfields:\n  - { path: ts, role: time, format: iso }\n', 'a.ndjson', LINES);
    expect(alone.refused).toHaveLength(5);
    const { events, refused } = await readWith(PROFILE, 'a.ndjson', LINES);
    expect(refused).toEqual([]);
    expect(events).toHaveLength(35);
    expect(events[30]).toMatchObject({ time: '2031-03-01T10:00:00Z', step: 'refund', status: 'failed', ids: ['order SO-100'] });
    expect(events.slice(0, 30)).toEqual(alone.events);
  });

  it('is written when a mapping is saved, and reads the same', async () => {
    const first = await readWith(undefined, 'a.ndjson', BOOKINGS.join('\n'));
    const second = await readWith(undefined, 'b.ndjson', REFUNDS.join('\n'));
    const both = { ...first.mapping, otherwise: [{ ...second.mapping, system: 'a', systemReason: 'given' }] };
    const part = partOf('a.ndjson', LINES);
    const before = await readMapped(part, 'ndjson', {}, both);
    expect(before.refused).toEqual([]);
    const yaml = toYaml(both, 'kept');
    expect(yaml).toContain('otherwise:');
    const after = await readWith(yaml, 'a.ndjson', LINES);
    expect(after.events).toEqual(before.events);
    expect(after.mapping.otherwise).toHaveLength(1);
    expect(readProfile(yaml).problems).toEqual([]);
  });

  it('is checked like the rest, with its place', () => {
    const of = (text: string): readonly string[] =>
      readProfile(`profile: x\notherwise:\n${text}`, ['one']).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(of('  - base: two\n')).toEqual(['3:11 there is no profile two to stand on; there are one']);
    expect(of('  - match: { file: a }\n')[0]).toMatch(/^3:5 /);
    expect(of('  - fields:\n      - { path: a, role: time, format: xx }\n')[0]).toMatch(/^4:40 "xx" is no form of time/);
    expect(of('  - statuses: { A: b }\n')[0]).toContain('"b" is no status');
    expect(of('  - otherwise: []\n')).toHaveLength(1);
  });
});
