import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { openWriter } from './open.ts';
import { PlaceReader, rawBytes } from './readers/raw-bytes.ts';

test('bytes are put together from the blocks they lie in, wherever the borders are', () => {
  const db = openWriter(join(tempFolder(), 'raw.waybill'));
  const insert = db.prepare('INSERT INTO block (content_id, offset, length, body) VALUES (?, ?, ?, ?)');
  // Contents have other numbers than the sources that cite them.
  const cite = db.prepare(
    `INSERT INTO source (id, name, path, format, profile, mapping, options, encoding, imported_at, state, content_id)
     VALUES (?, '', '', '', '', '', '', '', '', 'complete', ?)`,
  );
  let source = 0;
  // Keeps a block from one look to the next.
  const reader = new PlaceReader(db);
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 }),
      fc.nat(160),
      fc.nat(160),
      (blocks, a, b) => {
        source += 2;
        const content = 10_000 + source;
        cite.run(source, content);
        let offset = 0;
        for (const block of blocks) {
          insert.run(content, offset, block.length, zstdCompressSync(block));
          // Another content at the same places must not shine through.
          insert.run(content + 1, offset, block.length, zstdCompressSync(block.map((byte) => byte ^ 0xff)));
          offset += block.length;
        }
        const whole = Buffer.concat(blocks);
        const from = Math.min(a, b) % whole.length;
        const to = Math.min(whole.length, from + Math.abs(a - b));
        expect([...rawBytes(db, source, from, to - from)]).toEqual([...whole.subarray(from, to)]);
        for (let at = 0; at < whole.length; at += 3) expect([...reader.bytes(source, at, 5)]).toEqual([...whole.subarray(at, at + 5)]);
        expect([...reader.bytes(source, from, to - from)]).toEqual([...whole.subarray(from, to)]);
      },
    ),
    { numRuns: 150 },
  );
  expect(rawBytes(db, 999, 0, 10)).toHaveLength(0);
  db.close();
});
