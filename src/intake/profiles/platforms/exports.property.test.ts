import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../../test/golden/profiles/read-entries.ts';
import { runProfile, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry, Json } from '../../entry.ts';
import { platformProfileById } from '../index.ts';

const FIXTURES = resolve(import.meta.dirname, '../../../../test/golden/profiles');
const IDS = [
  'mulesoft-log',
  'mulesoft-json',
  'mulesoft-cloudhub',
  'sap-cpi-mpl',
  'logic-apps-runs',
  'logic-apps-log',
  'step-functions',
  'temporal',
  'boomi-edi-record',
  'boomi-execution-summary',
  'boomi-reporting',
];

/** Values that exports do not have where they stand, and that parsers stumble over. */
const odd = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    ' ',
    [],
    {},
    [[]],
    '{"a":',
    '[',
    '/Date()/',
    '2031-13-45T99:99:99Z',
    -1,
    1e300,
    true,
    'N/A',
    '__proto__',
    { '#text': 'x' },
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
);

/** The same value with one of its members, chosen by `path`, replaced. */
function damaged(value: Json, path: readonly number[], by: Json): Json {
  if (path.length === 0 || typeof value !== 'object' || value === null) return by;
  const [first, ...rest] = path as [number, ...number[]];
  if (Array.isArray(value))
    return value.length === 0 ? by : value.map((item, i) => (i === first % value.length ? damaged(item, rest, by) : item));
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[first % keys.length]!;
  return { ...value, [key]: damaged(value[key]!, rest, by) };
}

function damagedEntry(entry: Entry, path: readonly number[], by: Json): Entry {
  if (entry.kind === 'tree') return { ...entry, value: damaged(entry.value, path, by) };
  const at = (path[0] ?? 0) % Math.max(1, entry.cells.length);
  return { ...entry, cells: entry.cells.map((cell, i) => (i === at ? String(by) : cell)) };
}

describe.each(IDS)('%s', (id) => {
  const profile = platformProfileById(id)!;
  const inputs = existsSync(join(FIXTURES, id)) ? readdirSync(join(FIXTURES, id)).filter((name) => !name.startsWith('expected')) : [];

  it.each(inputs)('survives any damage in %s, and the other entries with it', async (name) => {
    const { source, entries } = await readEntries(join(FIXTURES, id, name));
    const whole = runProfile(profile, entries, source);
    fc.assert(
      fc.property(fc.nat(entries.length - 1), fc.array(fc.nat(30), { maxLength: 6 }), odd, (at, path, by) => {
        const { events, refused } = runProfile(profile, entries.with(at, damagedEntry(entries[at]!, path, by)), source);
        for (const reason of refused) expect(reason).toMatch(/^the |^[a-zA-Z]+ is no time/);
        expect(events.length + refused.length).toBeLessThanOrEqual(whole.events.length + entries.length);
      }),
      { numRuns: 120 },
    );
  });

  it('refuses what is not its own', async () => {
    const { source } = await readEntries(join(FIXTURES, id, inputs[0]!));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { events, refused } = runProfile(profile, [tree(value as Json)], source);
        expect(events).toEqual([]);
        expect(refused).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
