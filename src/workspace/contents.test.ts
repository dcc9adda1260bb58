import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import type { Mapping } from '../intake/mapper.ts';
import type { Carrier } from '../model/carrier.ts';
import { APPLICATION_ID } from './migrate.ts';
import * as initial from './migrations/001-initial.ts';
import { openWriter, type Db } from './open.ts';
import { rawBytes } from './readers/raw-bytes.ts';
import { sourceRows } from './readers/sources.ts';
import { removeSource, SourceWriter, type SourceOutcome } from './source-writer.ts';

const TEXT = '{"order":"SO-1"}';

const carrier = (citation: string): Carrier => ({ ids: [], names: [`/in/${citation}.json`, `/in/${citation}.*`], sidecarOf: [], citation });

function bring(
  db: Db,
  name: string,
  of: Carrier | undefined,
  more: { readonly encoding?: string; readonly sha256?: string } = {},
): SourceOutcome {
  const writer = new SourceWriter(db);
  const source = writer.begin({
    name,
    path: `/in/${name}`,
    format: 'json',
    options: {},
    mapping: { profile: 'inferred', system: 'erp', zone: 'UTC', fields: [] } as unknown as Mapping,
    encoding: more.encoding ?? 'utf-8',
    diskBytes: TEXT.length,
    importedAt: '2031-01-01T00:00:00Z',
    carrier: of,
  });
  writer.block(source, { offset: 0, length: TEXT.length, body: zstdCompressSync(TEXT) });
  const outcome = writer.end(source, { bytes: TEXT.length, sha256: more.sha256 ?? 'hash', entries: 1 });
  writer.finish();
  return outcome;
}

const open = (): Db => openWriter(join(tempFolder(), 'w.waybill'));
const blocks = (db: Db): number => db.prepare('SELECT count(*) FROM block').pluck().get() as number;
const textOf = (db: Db, source: number): string => Buffer.from(rawBytes(db, source, 0, 100)).toString();

test('a document that stands in two files is stored once, and stays while one of them does, whichever goes first', () => {
  for (const first of [0, 1]) {
    const db = open();
    const both = [bring(db, 'a.json', carrier('a')), bring(db, 'b.json', carrier('b'))];
    expect(both.map(({ outcome }) => outcome)).toEqual(['imported', 'imported']);
    expect(blocks(db)).toBe(1);
    expect(sourceRows(db).map(({ copies }) => JSON.parse(copies) as unknown)).toEqual([['b.json'], ['a.json']]);
    removeSource(db, both[first]!.source);
    expect(textOf(db, both[1 - first]!.source)).toBe(TEXT);
    // What comes next gets neither the number nor the text of another.
    const third = bring(db, 'c.json', carrier('c'), { sha256: 'other' });
    expect(textOf(db, third.source)).toBe(TEXT);
    removeSource(db, both[1 - first]!.source);
    expect(blocks(db)).toBe(1);
    removeSource(db, third.source);
    expect(blocks(db)).toBe(0);
    db.close();
  }
});

test('a log, the same file, and a copy whose name says no more are known', () => {
  const db = open();
  bring(db, 'a.json', carrier('a'));
  expect(bring(db, 'a.json', carrier('a')).outcome).toBe('known');
  expect(bring(db, 'copy.json', { ...carrier('copy'), citation: 'a' }).outcome).toBe('known');
  expect(bring(db, 'a.log', undefined).outcome).toBe('known');
  expect(blocks(db)).toBe(1);
  db.close();
});

test('text that was decoded in another way is another text', () => {
  const db = open();
  bring(db, 'a.json', carrier('a'));
  bring(db, 'b.json', carrier('b'), { encoding: 'windows-1252' });
  expect(blocks(db)).toBe(2);
  db.close();
});

test('a workspace of the schema before keeps its texts', () => {
  const path = join(tempFolder(), 'old.waybill');
  const old = new Database(path);
  old.exec(initial.sql);
  old.exec(`INSERT INTO source (id, name, path, format, profile, mapping, options, encoding, imported_at, state)
            VALUES (7, 'a.json', '/in/a.json', 'json', 'inferred', '{}', '{}', 'utf-8', '2031-01-01', 'complete')`);
  old.prepare('INSERT INTO block (source_id, offset, length, body) VALUES (7, 0, ?, ?)').run(TEXT.length, zstdCompressSync(TEXT));
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.pragma('user_version = 2');
  old.close();
  const db = openWriter(path);
  expect(textOf(db, 7)).toBe(TEXT);
  db.close();
});
