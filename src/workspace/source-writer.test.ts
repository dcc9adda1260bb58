import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { BatchBuilder, type EventBatch } from '../intake/batch.ts';
import { Draft } from '../intake/draft.ts';
import type { Mapping } from '../intake/mapper.ts';
import { micros } from '../model/time.ts';
import { fillEventRows, missingEventRows } from './event-rows.ts';
import { openWriter, type Db } from './open.ts';
import { purgeUnfinished, removeSource, SourceWriter, type SourceStart } from './source-writer.ts';

const mapping = {
  profile: 'inferred',
  title: '',
  confidence: 1,
  reason: '',
  system: 'erp',
  systemReason: '',
  zone: 'UTC',
  zoneReason: '',
  kind: 'step',
  fields: [],
} as unknown as Mapping;
const start = (name: string): SourceStart => ({
  name,
  path: name,
  format: 'csv',
  options: {},
  mapping,
  encoding: 'utf-8',
  diskBytes: 10,
  importedAt: '2031-01-01T00:00:00Z',
});
const end = (sha256: string) => ({ bytes: 10, sha256, entries: 3 });

function batch(keys: readonly string[]): EventBatch {
  const builder = new BatchBuilder(16);
  const draft = new Draft();
  keys.forEach((key, i) => {
    draft.reset();
    draft.time = micros(1_000_000 * (i + 1));
    draft.system = 'erp';
    draft.step = 'book';
    draft.idTypes.push('order');
    draft.idValues.push(key);
    draft.idPaths.push('order_id');
    draft.attrNames.push('total');
    draft.attrTexts.push('12.50');
    draft.attrNumbers.push(12.5);
    builder.add(draft, { offset: i * 3, length: 3, line: i + 1 }, i);
  });
  return builder.take();
}

const block = { offset: 0, length: 10, body: new Uint8Array([1, 2, 3]) };
const rejection = { place: { offset: 9, length: 1, line: 4 }, code: 'malformed', reason: 'broken', excerpt: 'x' } as const;

function load(writer: SourceWriter, name: string, keys: readonly string[], sha256 = name) {
  const source = writer.begin(start(name));
  writer.events(source, batch(keys));
  writer.block(source, block);
  writer.rejects(source, [rejection]);
  return writer.end(source, end(sha256));
}

/** How many rows each table has that holds what came from a source, when the rows of events have been made. */
function rows(db: Db): Record<string, number> {
  fillEventRows(db, () => undefined);
  return Object.fromEntries(
    ['source', 'source_system', 'event', 'column_batch', 'block', 'rejected'].map((table) => [
      table,
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
    ]),
  );
}

const openNew = (): Db => openWriter(join(tempFolder(), 'w.waybill'));

test('a source is there with all it brought, and its totals', () => {
  const db = openNew();
  const outcome = load(new SourceWriter(db), 'a.csv', ['SO-1', 'SO-2', 'SO-3']);
  expect(outcome).toMatchObject({ outcome: 'imported', events: 3, rejected: 1, from: 1_000_000, to: 3_000_000 });
  expect(rows(db)).toEqual({ source: 1, source_system: 1, event: 3, column_batch: 1, block: 1, rejected: 1 });
  expect(db.prepare('SELECT state, events, rejected FROM source').get()).toEqual({ state: 'complete', events: 3, rejected: 1 });
  db.close();
});

test('removing a source takes away all that came only from it, and nothing else', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  load(writer, 'a.csv', ['SO-1', 'SO-2']);
  const before = rows(db);
  const events = db.prepare('SELECT * FROM event').all();
  const { source } = load(writer, 'b.csv', ['SO-2', 'SO-3', 'SO-4']);
  removeSource(db, source);
  expect(rows(db)).toEqual(before);
  expect(db.prepare('SELECT * FROM event').all()).toEqual(events);
  expect(db.prepare("SELECT value FROM meta WHERE key = 'dirty'").pluck().get()).toBe('1');
  db.close();
});

test('ids of removed events are not given again', () => {
  const db = openNew();
  const { source } = load(new SourceWriter(db), 'a.csv', ['SO-1', 'SO-2', 'SO-3']);
  removeSource(db, source);
  load(new SourceWriter(db), 'b.csv', ['SO-4']);
  expect(db.prepare('SELECT first_event FROM column_batch').pluck().all()).toEqual([4]);
  db.close();
});

test('rows for SQL are made for what has none yet, once, and say what the columns say', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  load(writer, 'a.csv', ['SO-1', 'SO-2']);
  expect(missingEventRows(db)).toBe(2);
  fillEventRows(db, () => undefined);
  load(writer, 'b.csv', ['SO-2', 'SO-3', 'SO-4']);
  const told: [number, number][] = [];
  fillEventRows(db, (done, total) => told.push([done, total]));
  expect(told).toEqual([[3, 3]]);
  expect(missingEventRows(db)).toBe(0);
  expect(db.prepare('SELECT id, line, "offset", length, time_us FROM event').raw().all()).toEqual([
    [1, 1, 0, 3, 1_000_000],
    [2, 2, 3, 3, 2_000_000],
    [3, 1, 0, 3, 1_000_000],
    [4, 2, 3, 3, 2_000_000],
    [5, 3, 6, 3, 3_000_000],
  ]);
  const views =
    'SELECT identifier, field FROM event_records WHERE event_id = 4 UNION ALL SELECT field, number FROM event_fields WHERE event_id = 4';
  expect(db.prepare(views).raw().all()).toEqual([
    ['SO-3', 'order_id'],
    ['total', 12.5],
  ]);
  db.close();
});

test('the same content under another name is known, and leaves nothing behind', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  const first = load(writer, 'a.csv', ['SO-1', 'SO-2'], 'same');
  const before = rows(db);
  expect(load(writer, 'copy.csv', ['SO-1', 'SO-2'], 'same')).toMatchObject({ outcome: 'known', source: first.source, events: 0 });
  expect(rows(db)).toEqual(before);
  db.close();
});

test('what was loading when the process died is purged by the next writer, and what was complete stays', () => {
  const path = join(tempFolder(), 'w.waybill');
  const db = openWriter(path);
  const writer = new SourceWriter(db);
  load(writer, 'a.csv', ['SO-1']);
  const half = writer.begin(start('half.csv'));
  writer.events(half, batch(['SO-2', 'SO-3']));
  writer.block(half, block);
  writer.commit();
  expect(rows(db)).toMatchObject({ source: 2, event: 3 });
  db.close();
  const next = openWriter(path);
  expect(purgeUnfinished(next)).toBe(1);
  expect(rows(next)).toEqual({ source: 1, source_system: 1, event: 1, column_batch: 1, block: 1, rejected: 1 });
  expect(purgeUnfinished(next)).toBe(0);
  next.close();
});

test('what arrives late of a source that was taken back does not get into the next one', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  const aborted = writer.begin(start('a.csv'));
  writer.events(aborted, batch(['SO-1']));
  writer.abort(aborted);
  writer.block(aborted, block);
  expect(() => writer.rejects(aborted, [rejection])).toThrow('not open');
  expect(() => writer.events(aborted, batch(['SO-9']))).toThrow('not open');
  expect(rows(db)).toEqual({ source: 0, source_system: 0, event: 0, column_batch: 0, block: 0, rejected: 0 });
  const next = load(writer, 'b.csv', ['SO-1']);
  expect(next.source).toBe(aborted);
  expect(rows(db)).toMatchObject({ source: 1, event: 1, block: 1, rejected: 1 });
  db.close();
});

test('two sources that are read at the same time do not mix', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  const a = writer.begin(start('a.csv'));
  const b = writer.begin(start('b.csv'));
  writer.events(a, batch(['SO-1']));
  writer.events(b, batch(['SO-2', 'SO-3']));
  writer.events(a, batch(['SO-4']));
  writer.abort(b);
  expect(writer.end(a, end('a'))).toMatchObject({ events: 2 });
  fillEventRows(db, () => undefined);
  expect(db.prepare('SELECT DISTINCT source_id FROM event').pluck().all()).toEqual([a]);
  expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(2);
  db.close();
});

test('a file that was refused is on record once', () => {
  const db = openNew();
  const writer = new SourceWriter(db);
  for (const at of ['2031-01-01T00:00:00Z', '2031-01-02T00:00:00Z']) writer.refuse('x.bin', 'format-unknown', 'x.bin is binary', at);
  expect(db.prepare('SELECT path, code FROM refused').all()).toEqual([{ path: 'x.bin', code: 'format-unknown' }]);
  db.close();
});
