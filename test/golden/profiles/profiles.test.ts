import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLATFORM_PROFILES } from '../../../src/intake/profiles/index.ts';
import { readEntries } from './read-entries.ts';
import { runProfile } from './run-profile.ts';

/**
 * Each profile against made-up exports in the documented shape, read by the real format readers. `WAYBILL_UPDATE_GOLDEN=1` writes the
 * expected files anew; the difference is then to be read, not just committed.
 */
const folder = import.meta.dirname;
const update = process.env['WAYBILL_UPDATE_GOLDEN'] === '1';
const PATTERNS = [{ type: 'order', source: '\\bSO-\\d{2,6}\\b', example: 'SO-1007' }];

for (const profile of PLATFORM_PROFILES) {
  const fixtures = join(folder, profile.id);
  const inputs = existsSync(fixtures) ? readdirSync(fixtures).filter((name) => !name.startsWith('expected')) : [];

  describe(profile.id, () => {
    it('has a fixture', () => {
      expect(inputs.length).toBeGreaterThan(0);
    });

    it.each(inputs)('reads %s as expected', async (name) => {
      const { source, entries, rejections } = await readEntries(join(folder, profile.id, name), { textPatterns: PATTERNS });
      const recognised = profile.recognise(entries.slice(0, 200), source);
      const mapping = profile.describe(entries.slice(0, 200), source);
      const { events, refused } = runProfile(profile, entries, source);
      const fields = mapping.fields.map(
        (field) =>
          `${field.path}: ${[field.role, field.type].filter((word) => word !== undefined).join(' ')} [${field.samples.join(' | ')}]`,
      );
      const actual = { format: source.formatId, recognised, rejections: rejections.length, refused, fields, events };
      const file = join(folder, profile.id, expectedName(name));
      if (update || !existsSync(file)) {
        if (!update) throw new Error(`${file} is missing; write it with WAYBILL_UPDATE_GOLDEN=1`);
        writeFileSync(file, `${JSON.stringify(actual, undefined, 2)}\n`);
      }
      expect(JSON.parse(JSON.stringify(actual))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    });

    it.each(inputs)('no other profile claims %s', async (name) => {
      const { source, entries } = await readEntries(join(folder, profile.id, name));
      const claims = PLATFORM_PROFILES.filter((other) => other.recognise(entries.slice(0, 200), source) !== undefined).map(
        (other) => other.id,
      );
      expect(claims).toEqual([profile.id]);
    });
  });
}

/** `expected-json.json` for `input.json`, `expected-newest-first-json.json` for `newest-first.json`. */
function expectedName(input: string): string {
  return `expected-${input.replace(/^input\./, '').replaceAll('.', '-')}.json`;
}
