import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/intake/draft.ts';
import type { Entry, JsonObject } from '../../../src/intake/entry.ts';
import type { Mapping, Role, SourceContext } from '../../../src/intake/mapper.ts';
import { ROLES } from '../../../src/intake/mapper.ts';
import { PLATFORM_PROFILES } from '../../../src/intake/profiles/index.ts';
import { toYaml } from '../../../src/intake/profiles/user/export.ts';
import { parseProfile } from '../../../src/intake/profiles/user/parse.ts';
import { compileFor, understand } from '../../../src/intake/understand.ts';
import { readEntries } from './read-entries.ts';
import { setFields } from './run-profile.ts';

/**
 * A mapping written as a profile file and read again means the same: whatever it came from, a platform, inference, or somebody's corrections, the
 * same events come from the same source. Over all fixtures of the platforms, each read as its platform and as if it had none.
 */
const folder = import.meta.dirname;
const BASES = PLATFORM_PROFILES.map((profile) => profile.id);
const FIXTURES = PLATFORM_PROFILES.flatMap((profile) => {
  const path = join(folder, profile.id);
  return existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith('expected')).map((name) => [profile.id, name] as const) : [];
});

function read(entries: readonly Entry[], source: SourceContext, mapping: Mapping): { events: JsonObject[]; refused: string[] } {
  const mapper = compileFor(source, mapping, PLATFORM_PROFILES);
  const draft = new Draft();
  const events: JsonObject[] = [];
  const refused: string[] = [];
  const emit = (): void => {
    events.push({ ...setFields(draft), sequence: String(draft.sequence) });
  };
  for (const entry of entries) {
    draft.reset();
    const reason = mapper(entry, draft, emit);
    if (reason !== undefined) refused.push(reason);
  }
  draft.reset();
  mapper.end?.(draft, emit);
  return { events, refused };
}

function again(entries: readonly Entry[], source: SourceContext, mapping: Mapping): Mapping {
  const yaml = toYaml(mapping, 'exported');
  return understand(entries, source, { userProfile: parseProfile(yaml, 'exported.yaml', BASES) }, PLATFORM_PROFILES).mapping;
}

describe('a mapping comes back from YAML as it went in', () => {
  it('has fixtures', () => {
    expect(FIXTURES.length).toBeGreaterThan(5);
  });

  it.each(FIXTURES)('%s %s', async (id, name) => {
    const { source, entries } = await readEntries(join(folder, id, name));
    for (const profile of [id, 'inferred']) {
      const { mapping } = understand(entries, source, { profile }, PLATFORM_PROFILES);
      const back = again(entries, source, mapping);
      expect(back.base).toBe(profile === 'inferred' ? undefined : id);
      expect(read(entries, source, back)).toEqual(read(entries, source, mapping));
      expect(toYaml(again(entries, source, back), 'exported')).toBe(toYaml(back, 'exported'));
    }
  });

  it.each(FIXTURES)('%s %s, with what the user said of its status words', async (id, name) => {
    const { source, entries } = await readEntries(join(folder, id, name));
    for (const profile of [id, 'inferred']) {
      const { mapping } = understand(entries, source, { profile }, PLATFORM_PROFILES);
      const before = read(entries, source, mapping).events;
      for (const word of new Set(before.flatMap(({ statusRaw }) => (typeof statusRaw === 'string' ? [statusRaw] : [])))) {
        const said: Mapping = { ...mapping, statuses: { [word]: 'discarded' } };
        const { events } = read(entries, source, said);
        expect(read(entries, source, again(entries, source, said)).events).toEqual(events);
        // A profile reads what it reads, and only the status is another, and whether a line's message is an error. What inference weighs may turn out otherwise.
        const withoutError = ({ error: _error, ...event }: JsonObject): JsonObject => event;
        if (profile !== 'inferred')
          expect(events.map(withoutError)).toEqual(before.map((event) => withoutError(event['statusRaw'] === word ? { ...event, status: 'discarded' } : event)));
        else expect(events.filter((event) => event['statusRaw'] === word && event['status'] === 'discarded')).not.toEqual([]);
      }
    }
  });

  it('with any roles that somebody gave to its fields', async () => {
    const sources = await Promise.all(
      FIXTURES.map(async ([id, name]) => {
        const { source, entries } = await readEntries(join(folder, id, name));
        return { source, entries, mapping: understand(entries, source, { profile: 'inferred' }, PLATFORM_PROFILES).mapping };
      }),
    );
    const role = fc.constantFrom<Role>(...ROLES);
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(fc.tuple(fc.nat(), role), { maxLength: 4 }), ({ source, entries, mapping }, changes) => {
        const fields = [...mapping.fields];
        for (const [at, changed] of changes) {
          const index = fields.length === 0 ? 0 : at % fields.length;
          const field = fields[index];
          // As the interface does it: another role starts without the form and type of the one before.
          if (field !== undefined) fields[index] = { ...field, role: changed, type: undefined, format: undefined, confidence: 1, reason: 'chosen by you' };
        }
        const corrected: Mapping = { ...mapping, fields };
        const back = again(entries, source, corrected);
        const filled: Mapping = { ...corrected, fields: back.fields };
        expect(read(entries, source, back)).toEqual(read(entries, source, { ...filled, profile: back.profile }));
        expect(back.fields.map((field) => [field.path, field.role])).toEqual(fields.map((field) => [field.path, field.role]));
      }),
      { numRuns: 60 },
    );
  });
});
