import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../../test/golden/profiles/read-entries.ts';
import { runProfile } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { formatById } from '../../formats/index.ts';
import { PAYLOAD_PROFILES } from './index.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../../test/golden/profiles');

const files = PAYLOAD_PROFILES.flatMap((profile) =>
  readdirSync(path.join(FIXTURES, profile.id))
    .filter((name) => !name.startsWith('expected'))
    .map((name) => ({ profile, file: path.join(FIXTURES, profile.id, name), name: `${profile.id}/${name}` })),
);

/** Every place in a tree, as the keys to it. */
function places(value: Json, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => places(member, [...at, key]))];
}

function replaced(value: Json, at: readonly string[], by: Json): Json {
  const [key, ...rest] = at;
  if (key === undefined) return by;
  const copy: Json[] | JsonObject = Array.isArray(value) ? [...value] : { ...(value as JsonObject) };
  (copy as JsonObject)[key] = replaced((value as JsonObject)[key]!, rest, by);
  return copy;
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>('', '2031-03-04', '9'.repeat(400), [[[]]], { '#text': 'x' }, { '@value': [] }, { nodes: [null, 1] }, -0, 1e300),
);

describe('a document with anything in the place of anything', () => {
  it.each(files)('$name is mapped or refused with a sentence, never an exception', async ({ profile, file }) => {
    const { source, entries } = await readEntries(file);
    const trees = entries.filter((entry) => entry.kind === 'tree');
    if (trees.length === 0) return;
    fc.assert(
      fc.property(fc.constantFrom(...trees), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), odd, (entry, share, by) => {
        const all = places(entry.value);
        const value = replaced(entry.value, all[Math.floor(share * all.length)]!, by);
        const { events, refused } = runProfile(profile, [{ ...entry, value }], source);
        for (const event of events) for (const text of (event['identifiers'] ?? []) as string[]) expect(text.length).toBeLessThan(400);
        for (const reason of refused) expect(reason.length).toBeLessThan(200);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a damaged file', () => {
  it.each(files)('$name: the reader and the profile go on', async ({ profile, file }) => {
    const { source } = await readEntries(file);
    const format = formatById(source.formatId)!;
    const bytes = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const damaged = cut ? bytes.subarray(0, at) : Buffer.from(bytes).fill(byte, at, at + 1);
        const entries: Entry[] = [];
        await format.read(
          (async function* () {
            yield damaged;
          })(),
          source.options,
          { entry: (entry) => entries.push(entry), reject: () => undefined },
        );
        runProfile(profile, entries, source);
      }),
      { numRuns: 60 },
    );
  });
});
