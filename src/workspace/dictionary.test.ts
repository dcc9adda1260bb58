import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { hash52 } from '../intake/hash.ts';
import { Dictionary, IdentifierDictionary } from './dictionary.ts';
import { openWriter, type Db } from './open.ts';

let files = 0;
const folder = tempFolder();
function withDb<T>(use: (db: Db) => T): T {
  const db = openWriter(join(folder, `${++files}.waybill`));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

// Few values and a small cache: everything is thrown out and looked up again many times.
const words = fc.array(
  fc.integer({ min: 0, max: 30 }).map((n) => `w${n}`),
  { maxLength: 200 },
);

test('a text has one id for ever, however small the cache', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 8 }), (texts, limit) =>
      withDb((db) => {
        const dictionary = new Dictionary(db, 'text', limit);
        const ids = new Map<string, number>();
        for (const text of texts) {
          const id = dictionary.id(text);
          expect(ids.get(text) ?? id).toBe(id);
          ids.set(text, id);
        }
        expect(new Set(ids.values()).size).toBe(ids.size);
        expect(db.prepare('SELECT value, id FROM text ORDER BY id').raw().all()).toEqual([...ids].sort((a, b) => a[1] - b[1]));
        const later = new Dictionary(db, 'text', limit);
        for (const [text, id] of ids) expect(later.id(text)).toBe(id);
      }),
    ),
    { numRuns: 15 },
  );
});

test('an identifier has one id for its type and value, across evictions and across dictionaries', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 0, max: 20 }).map((n) => `SO-${n}`),
        ),
        { maxLength: 200 },
      ),
      fc.integer({ min: 1, max: 9 }),
      // A hash that tells nothing, one that tells little, and the real one.
      fc.constantFrom<(value: string) => number>(
        () => 7,
        (value) => value.length * 2 ** 28,
        hash52,
      ),
      (pairs, limit, hash) =>
        withDb((db) => {
          const ids = new Map<string, number>();
          const look = (dictionary: IdentifierDictionary): void => {
            for (const [type, value] of pairs) {
              const id = dictionary.id(type, `type ${type}`, value, hash(value));
              const key = `${type} ${value}`;
              expect(ids.get(key) ?? id).toBe(id);
              ids.set(key, id);
            }
            dictionary.flush();
          };
          const told: string[] = [];
          const tell = (type: string, value: string): number => told.push(`${type} ${value}`);
          look(new IdentifierDictionary(db, tell, limit));
          look(new IdentifierDictionary(db, tell, limit));
          // Each is told once, when it gets its id.
          expect(told).toEqual([...ids].toSorted((a, b) => a[1] - b[1]).map(([key]) => `type ${key}`));
          const rows = db.prepare('SELECT type_id, value, id FROM identifier').raw().all() as [number, string, number][];
          expect(new Map(rows.map(([type, value, id]) => [`${type} ${value}`, id]))).toEqual(ids);
          expect(rows).toHaveLength(ids.size);
        }),
    ),
    { numRuns: 15 },
  );
});

test('what was cleared is looked up again', () => {
  withDb((db) => {
    const dictionary = new Dictionary(db, 'name');
    db.exec('BEGIN');
    const lost = dictionary.id('erp');
    db.exec('ROLLBACK');
    dictionary.clear();
    expect(db.prepare('SELECT count(*) FROM name').pluck().get()).toBe(0);
    expect(dictionary.id('shop')).toBe(lost);
    expect(dictionary.id('erp')).not.toBe(lost);
  });
});
