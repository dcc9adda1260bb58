import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { identifierTable, readIdentifiers } from './identifier-values.ts';
import { openWriter } from './open.ts';

test('every identifier reads as it was stored, whatever its characters, gaps between ids included', () => {
  const db = openWriter(join(tempFolder(), 'w.waybill'));
  const insert = db.prepare('INSERT INTO identifier (id, type_id, value) VALUES (?, ?, ?)');
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.tuple(fc.integer({ min: 1, max: 25_000 }), fc.integer({ min: 1, max: 3 }), fc.string({ unit: 'binary', minLength: 1 })),
        {
          selector: ([id]) => id,
          maxLength: 40,
        },
      ),
      (rows) => {
        db.exec('DELETE FROM identifier');
        // SQLite keeps text as UTF-8: half a surrogate pair has no place in it.
        const told = rows.map(([id, type, value], i) => [id, type, `${i}-${value.toWellFormed().replaceAll('\0', '')}`] as const);
        for (const row of told) insert.run(...row);
        const shared = readIdentifiers(db);
        const table = identifierTable(shared, ['', 'order', 'payment', 'shipment']);
        expect(table.count).toBe(Math.max(0, ...told.map(([id]) => id)));
        for (const [id, type, value] of told) {
          expect([table.type(id), table.value(id)]).toEqual([['', 'order', 'payment', 'shipment'][type], value]);
        }
      },
    ),
    { numRuns: 60 },
  );
  db.close();
});
