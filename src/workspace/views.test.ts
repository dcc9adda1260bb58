import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company } from '../../test/support/company.ts';
import { bench, importPaths } from '../../test/support/engine.ts';
import { skewedLogs } from '../../test/support/skewed.ts';
import { tempFolder } from '../../test/support/temp.ts';
import { openReader, openWriter, type Db } from './open.ts';
import { VIEWS } from './views.ts';

let db: Db;
beforeAll(async () => {
  const logs = await company(150);
  const { client, engine, workspace } = await bench();
  await importPaths(client, [logs, skewedLogs({ stock: -4000 })]);
  // Rows of events are made when a query first asks for them.
  await client.sql.run({ sql: 'SELECT count(*) FROM events' });
  await engine.close();
  db = openReader(workspace);
});
afterAll(() => db.close());

test.each(VIEWS.map((view) => [view.name, view] as const))('%s has its columns and rows', (name, view) => {
  const columns = view.columns.map((column) => column.name);
  const statement = db.prepare(`SELECT * FROM ${name}`);
  expect(statement.columns().map((column) => column.name)).toEqual(columns);
  const rows = statement.all() as Record<string, unknown>[];
  expect(rows.length).toBeGreaterThan(0);
  // A column that never says anything is one whose join is wrong.
  for (const column of columns) {
    if (MAY_BE_EMPTY.has(`${name}.${column}`)) continue;
    expect(
      rows.some((row) => row[column] !== null),
      `${name}.${column}`,
    ).toBe(true);
  }
});

/** What this company's logs do not say. */
const MAY_BE_EMPTY = new Set(['findings.note', 'events.attempt']);

test('every event, journey, record and finding is in its view, once', () => {
  for (const [view, table] of [
    ['events', 'event'],
    ['journeys', 'journey'],
    ['records', 'record'],
    ['findings', 'finding'],
    ['links', 'link'],
  ]) {
    const count = (from: string): unknown => db.prepare(`SELECT count(*) FROM ${from}`).pluck().get();
    expect([view, count(view!)]).toEqual([view, count(table!)]);
  }
});

test('times are the same instant as text and as a number', () => {
  const rows = db.prepare('SELECT at, time_us FROM events WHERE time_us IS NOT NULL').all() as { at: string; time_us: number }[];
  expect(rows.length).toBeGreaterThan(100);
  for (const { at, time_us } of rows) expect(Math.abs(Date.parse(at) - time_us / 1000)).toBeLessThanOrEqual(1);
});

test('the numbers of a journey agree with its events', () => {
  const wrong = db
    .prepare('SELECT j.key FROM journeys j WHERE j.events <> (SELECT count(*) FROM journey_events e WHERE e.journey_id = j.id)')
    .all();
  expect(wrong).toEqual([]);
  expect(
    db.prepare('SELECT count(*) FROM journey_events je LEFT JOIN events e ON e.id = je.event_id WHERE e.id IS NULL').pluck().get(),
  ).toBe(0);
});

test('views of another version are made anew when a writer opens the file', () => {
  const path = join(tempFolder(), 'older.waybill');
  const before = openWriter(path);
  before.exec("DROP VIEW events; CREATE VIEW events AS SELECT 1 AS id; UPDATE meta SET value = '\"older\"' WHERE key = 'views'");
  before.close();
  const after = openWriter(path);
  const columns = after.prepare('SELECT * FROM events').columns();
  after.close();
  expect(columns.map((column) => column.name)).toEqual(VIEWS.find((view) => view.name === 'events')!.columns.map((column) => column.name));
});
