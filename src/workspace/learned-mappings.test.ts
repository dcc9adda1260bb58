import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import type { Mapping } from '../intake/mapper.ts';
import type { Correction, LearnedMapping } from '../intake/memory.ts';
import { forgetMapping, learnedMappings, rememberMapping } from './learned-mappings.ts';
import { openWriter } from './open.ts';

const said = (what: string, text = what): Correction => ({ what, text });
const learned = (stem: string, day: number, corrections: readonly Correction[], follows?: number): LearnedMapping => ({
  shape: { format: 'csv', stem, header: ['a', 'b'], paths: ['a', 'b'], profile: 'inferred' },
  name: stem.replace('#', '1'),
  correctedAt: `2031-05-0${day}T00:00:00.000Z`,
  corrections,
  mapping: { system: `as on day ${day}` } as Mapping,
  follows,
});

test('what was corrected is kept by shape: said again it is added to, what follows another replaces it, what is taken back is forgotten', () => {
  const db = openWriter(join(tempFolder(), 'w.waybill'));
  rememberMapping(db, learned('a-#.csv', 1, [said('system', 'old'), said('field:a')]));
  rememberMapping(db, learned('b-#.csv', 2, [said('zone')]));
  expect(learnedMappings(db).map(({ name }) => name)).toEqual(['b-1.csv', 'a-1.csv']);

  rememberMapping(db, learned('a-#.csv', 3, [said('system', 'new')]));
  const [added] = learnedMappings(db);
  expect(added).toMatchObject({
    name: 'a-1.csv',
    corrections: [said('field:a'), said('system', 'new')],
    mapping: { system: 'as on day 3' },
  });
  expect(learnedMappings(db)).toHaveLength(2);

  rememberMapping(db, learned('a-#.csv', 4, [said('kind')], added!.id));
  const [replaced] = learnedMappings(db);
  expect(replaced).toMatchObject({ corrections: [said('kind')] });

  rememberMapping(db, learned('a-#.csv', 5, [], replaced!.id));
  expect(learnedMappings(db).map(({ name }) => name)).toEqual(['b-1.csv']);
  expect(forgetMapping(db, learnedMappings(db)[0]!.id)).toBe(true);
  expect(learnedMappings(db)).toEqual([]);
  expect(forgetMapping(db, 1)).toBe(false);
  db.close();
});
