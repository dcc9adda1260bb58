import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { BatchBuilder, type EventBatch } from '../intake/batch.ts';
import { Draft } from '../intake/draft.ts';
import type { Mapping } from '../intake/mapper.ts';
import { micros } from '../model/time.ts';
import { fillEventRows, missingEventRows } from './event-rows.ts';
import { openWriter, type Db } from './open.ts';
import { purgeUnfinished, SourceWriter, type SourceStart } from './source-writer.ts';

const start = (title: string): SourceStart => ({
  name: 'a.csv',
  path: '/in/a.csv',
  format: 'csv',
  options: {},
  mapping: { profile: 'inferred', title, system: 'erp', zone: 'UTC', fields: [] } as unknown as Mapping,
  encoding: 'utf-8',
  diskBytes: 10,
  importedAt: '2031-01-01T00:00:00Z',
});

function batch(count: number): EventBatch {
  const builder = new BatchBuilder(16);
  const draft = new Draft();
  for (let i = 0; i < count; i++) {
    draft.reset();
    draft.time = micros(1_000_000 * (i + 1));
    draft.system = 'erp';
    draft.step = 'book';
    draft.idTypes.push('order');
    draft.idValues.push(`SO-${i}`);
    draft.idPaths.push('order_id');
    builder.add(draft, { offset: i * 3, length: 3, line: i + 1 }, i);
  }
  return builder.take();
}

const rejection = { place: { offset: 9, length: 1, line: 4 }, code: 'no-time-no-order', reason: 'no time', excerpt: 'x' } as const;
const end = { bytes: 10, sha256: 'hash', entries: 3 };

/** A workspace with one source of two events, one rejected entry and its text, and the rows of its events made. */
function workspace(): { readonly db: Db; readonly source: number } {
  const db = openWriter(join(tempFolder(), 'w.waybill'));
  const writer = new SourceWriter(db);
  const source = writer.begin(start('before'));
  writer.events(source, batch(2));
  writer.block(source, { offset: 0, length: 10, body: new Uint8Array([1, 2, 3]) });
  writer.rejects(source, [rejection]);
  writer.end(source, end);
  writer.finish();
  fillEventRows(db, () => undefined);
  return { db, source };
}

const rows = (db: Db): Record<string, readonly unknown[]> =>
  Object.fromEntries(
    ['source_system', 'column_batch', 'block', 'rejected'].map((table) => [
      table,
      db
        .prepare(`SELECT ${table === 'block' ? 'content_id' : 'source_id'} FROM ${table} ORDER BY 1`)
        .pluck()
        .all(),
    ]),
  );

test('a source that was read again takes the place of the old one: its id and its text stay, the rest is new', () => {
  const { db, source } = workspace();
  db.prepare('UPDATE source SET revision = 4').run();
  const writer = new SourceWriter(db);
  const again = writer.begin(start('after'));
  expect(again).not.toBe(source);
  writer.events(again, batch(3));
  // Nothing has changed for readers until the end.
  expect(db.prepare("SELECT events FROM source WHERE state = 'complete'").pluck().all()).toEqual([2]);
  expect(writer.end(again, { ...end, replaces: source })).toMatchObject({ source, outcome: 'imported', events: 3, rejected: 0 });
  writer.finish();
  expect(
    db.prepare("SELECT id, events, rejected, sha256, json_extract(mapping, '$.title') AS title, revision, state FROM source").all(),
  ).toEqual([{ id: source, events: 3, rejected: 0, sha256: 'hash', title: 'after', revision: 4, state: 'complete' }]);
  expect(rows(db)).toEqual({ source_system: [source], column_batch: [source], block: [source], rejected: [] });
  expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0);
  expect(missingEventRows(db)).toBe(3);
  fillEventRows(db, () => undefined);
  // Ids of events that are gone are not given again.
  expect(db.prepare('SELECT id, source_id FROM event').raw().all()).toEqual([
    [3, source],
    [4, source],
    [5, source],
  ]);
  db.close();
});

test('one that was given up, or not finished, leaves the old one as it was', () => {
  const { db, source } = workspace();
  const before = { rows: rows(db), sources: db.prepare('SELECT * FROM source').all() };
  const writer = new SourceWriter(db);
  const given = writer.begin(start('given up'));
  writer.events(given, batch(3));
  writer.abort(given);
  const killed = writer.begin(start('killed'));
  writer.events(killed, batch(3));
  writer.rejects(killed, [rejection]);
  writer.commit();
  expect(purgeUnfinished(db)).toBe(1);
  expect({ rows: rows(db), sources: db.prepare('SELECT * FROM source').all() }).toEqual(before);
  expect(before.sources).toMatchObject([{ id: source, events: 2, rejected: 1 }]);
  db.close();
});
