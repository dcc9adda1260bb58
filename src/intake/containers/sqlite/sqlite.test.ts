import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../model/errors.ts';
import { chooseFormat } from '../../formats/index.ts';
import { discover, isRefusal } from '../index.ts';
import { zip } from '../testing.ts';
import type { Part, Refusal } from '../types.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-sqlite-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function make(sql: string, name = 'export.db'): string {
  const path = join(folder, name);
  const db = new Database(path);
  db.exec(sql);
  db.close();
  return path;
}

async function find(path: string): Promise<(Part | Refusal)[]> {
  const found: (Part | Refusal)[] = [];
  for await (const item of discover([path])) found.push(item);
  return found;
}

async function textOf(part: Part | Refusal | undefined): Promise<string> {
  if (part === undefined || isRefusal(part)) throw new Error(part?.reason ?? 'nothing was found');
  let text = '';
  for await (const chunk of part.open()) text += Buffer.from(chunk).toString();
  return text;
}

const names = (found: readonly (Part | Refusal)[]): string[] => found.map((part) => (isRefusal(part) ? part.reason : part.name));

describe('databases', () => {
  it('gives every table with rows as JSON lines, and nothing that runs', async () => {
    const path = make(
      `CREATE TABLE orders (id INTEGER PRIMARY KEY, "order no" TEXT, total REAL, big INTEGER, raw BLOB, twice TEXT AS ("order no" || "order no"));
       INSERT INTO orders VALUES (1, 'SO-1', 12.5, 9007199254740993, x'00ff'), (2, NULL, 5, 7, CAST('{"a":1}' AS BLOB));
       CREATE TABLE empty (a); CREATE TABLE pairs (k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO pairs VALUES ('x', 1);
       CREATE VIEW all_orders AS SELECT * FROM orders; CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('hidden');`,
    );
    const found = await find(path);
    expect(names(found)).toEqual(['export.db › orders', 'export.db › pairs']);
    expect(found[0]).toMatchObject({ member: 'orders', encoding: 'utf-8' });
    expect((await textOf(found[0])).split('\n')).toEqual([
      '{"id":1,"order no":"SO-1","total":12.5,"big":"9007199254740993","raw":"AP8="}',
      '{"id":2,"total":5,"big":7,"raw":"{\\"a\\":1}"}',
      '',
    ]);
    expect(await textOf(found[1])).toBe('{"k":"x","v":1}\n');
  });

  it('tells the bytes of the disk in shares that add up', async () => {
    const found = await find(
      make(`CREATE TABLE a (x); CREATE TABLE b (x);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO a SELECT i FROM n; INSERT INTO b VALUES (1);`),
    );
    let disk = 0;
    let total = 0;
    for (const part of found) {
      if (isRefusal(part)) throw new Error(part.reason);
      let last = 0;
      for await (const chunk of part.open({ onDisk: (bytes) => (last = bytes) })) expect(chunk.length).toBeGreaterThan(0);
      disk += last;
      total += part.diskBytes ?? 0;
    }
    expect(disk).toBe(total);
    expect(total).toBeGreaterThan(8000);
  });

  it('reads a database in an archive, and one in write-ahead mode, without writing a file', async () => {
    const sql = `PRAGMA journal_mode = WAL; CREATE TABLE a (x); INSERT INTO a VALUES (1);`;
    const path = make(sql);
    expect(await textOf((await find(path))[0])).toBe('{"x":1}\n');
    await writeFile(join(folder, 'a.zip'), zip({ 'in/side.db': await readFile(path) }));
    const packed = await find(join(folder, 'a.zip'));
    expect(names(packed)).toEqual(['a.zip › in/side.db › a']);
    expect(packed[0]).toMatchObject({ member: 'in/side.db › a' });
    expect(await textOf(packed[0])).toBe('{"x":1}\n');
    expect((await readdir(folder)).sort()).toEqual(['a.zip', 'export.db']);
  });

  it('leaves the database closed when a reader stops early', async () => {
    const path = make(
      `CREATE TABLE a (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000) INSERT INTO a SELECT hex(randomblob(20)) FROM n;`,
    );
    const [part] = await find(path);
    if (part === undefined || isRefusal(part)) throw new Error('refused');
    for await (const chunk of part.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await textOf(part)).split('\n')).toHaveLength(90_001);
  });

  it('refuses in one sentence what it cannot read', async () => {
    expect(names(await find(make('CREATE TABLE a (x)')))).toEqual(['export.db is a database without rows']);
    expect(names(await find(make('PRAGMA application_id = 1463900482; CREATE TABLE a (x)', 'w.db')))[0]).toMatch(
      /w\.db is a Waybill workspace/,
    );
    const path = join(folder, 'bad.db');
    await writeFile(path, 'SQLite format 3\0 and nothing more');
    expect(names(await find(path))[0]).toMatch(/^bad\.db is a damaged or encrypted SQLite database/);
  });

  it('survives any damage', async () => {
    const bytes = await readFile(
      make(`CREATE TABLE a (x, y TEXT); CREATE INDEX i ON a (y);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO a SELECT i, hex(randomblob(30)) FROM n;`),
    );
    const path = join(folder, 'damaged.db');
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), damage, async (length, changes) => {
        const copy = Buffer.from(changes.length === 0 ? bytes.subarray(0, length) : bytes);
        for (const [at, byte] of changes) copy[at] = byte;
        await writeFile(path, copy);
        for (const part of await find(path)) {
          if (!isRefusal(part)) await textOf(part).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('an OCEL 2.0 log', () => {
  const LOG = `
    CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT); CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
    CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT); CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
    CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT); CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
    CREATE TABLE event_CreateOrder (ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP, clerk TEXT);
    CREATE TABLE object_SalesOrder (ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT, total REAL, status TEXT);
    INSERT INTO event_map_type VALUES ('Create Order', 'CreateOrder'), ('Never', 'Never'); INSERT INTO object_map_type VALUES ('Sales Order', 'SalesOrder'), ('Item', 'Item');
    INSERT INTO event VALUES ('e1', 'Create Order'), ('e2', 'Create Order');
    INSERT INTO object VALUES ('SO-2', 'Sales Order'), ('SO-1', 'Sales Order'), ('I-1', 'Item');
    INSERT INTO event_CreateOrder VALUES ('e1', '2031-03-04 09:15:02', 'Ann'), ('e2', '2031-03-04 10:00:00', NULL);
    INSERT INTO event_object VALUES ('e2', 'SO-2', 'creates'), ('e1', 'SO-1', 'creates'), ('e1', 'gone', 'mentions');
    INSERT INTO object_object VALUES ('SO-1', 'I-1', 'has');
    INSERT INTO object_SalesOrder VALUES ('SO-1', '1970-01-01 01:00:00', NULL, 10, 'new'), ('SO-2', '1970-01-01 01:00:00', NULL, 5, 'new'), ('SO-1', '2031-03-05 08:00:00', 'status', 99, 'paid');`;

  it('is one part in OCEL JSON, with its relations joined', async () => {
    const found = await find(make(LOG, 'log.sqlite'));
    expect(names(found)).toEqual(['log.sqlite']);
    const text = await textOf(found[0]);
    expect(JSON.parse(text)).toEqual({
      objectTypes: [{ name: 'Item' }, { name: 'Sales Order' }],
      eventTypes: [{ name: 'Create Order' }, { name: 'Never' }],
      objects: [
        { id: 'I-1', type: 'Item', attributes: [], relationships: [] },
        {
          id: 'SO-1',
          type: 'Sales Order',
          attributes: [
            { name: 'total', time: '1970-01-01 01:00:00', value: 10 },
            { name: 'status', time: '1970-01-01 01:00:00', value: 'new' },
            { name: 'status', time: '2031-03-05 08:00:00', value: 'paid' },
          ],
          relationships: [{ objectId: 'I-1', qualifier: 'has' }],
        },
        {
          id: 'SO-2',
          type: 'Sales Order',
          attributes: [
            { name: 'total', time: '1970-01-01 01:00:00', value: 5 },
            { name: 'status', time: '1970-01-01 01:00:00', value: 'new' },
          ],
          relationships: [],
        },
      ],
      events: [
        {
          id: 'e1',
          type: 'Create Order',
          time: '2031-03-04 09:15:02',
          attributes: [{ name: 'clerk', value: 'Ann' }],
          relationships: [
            { objectId: 'SO-1', qualifier: 'creates' },
            { objectId: 'gone', qualifier: 'mentions' },
          ],
        },
        {
          id: 'e2',
          type: 'Create Order',
          time: '2031-03-04 10:00:00',
          attributes: [],
          relationships: [{ objectId: 'SO-2', qualifier: 'creates' }],
        },
      ],
    });
    expect(chooseFormat({ name: 'log.jsonocel', bytes: Buffer.from(text), text, complete: true })?.format.id).toBe('ocel-json');
  });

  it('says so when a column is missing', async () => {
    const found = await find(
      make(`${LOG} ALTER TABLE event_CreateOrder DROP COLUMN clerk; ALTER TABLE event_object DROP COLUMN ocel_qualifier;`),
    );
    await expect(textOf(found[0])).rejects.toThrow(/no such column/);
    await expect(textOf(found[0])).rejects.toBeInstanceOf(UserError);
  });
});
