import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { runSql } from './ad-hoc-sql.ts';
import { openReader, openWriter, type Db } from './open.ts';

let db: Db;
let folder: string;
beforeAll(() => {
  folder = tempFolder();
  const path = join(folder, 'w.waybill');
  const writer = openWriter(path);
  writer.exec("INSERT INTO name (value) VALUES ('erp'), ('shop'), ('wms')");
  writer.close();
  db = openReader(path);
});
afterAll(() => db.close());

const count = (): unknown => db.prepare('SELECT count(*) FROM name').pluck().get();

describe('what is refused', () => {
  test.each([
    "INSERT INTO name (value) VALUES ('x')",
    "INSERT INTO name (value) VALUES ('x') RETURNING id",
    'DELETE FROM name RETURNING value',
    'UPDATE name SET value = 1',
    'WITH x AS (SELECT 1) DELETE FROM name',
    'DROP TABLE name',
    'CREATE TABLE t (a)',
    'CREATE TEMP TABLE t (a)',
    'VACUUM',
    'BEGIN',
    'PRAGMA query_only = OFF',
    'PRAGMA writable_schema = ON',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE name',
    '',
    '-- nothing',
    'SELECT * FROM nowhere',
    'SELECT FROM WHERE',
    "SELECT load_extension('x')",
    'SELECT ?',
    '/* SELECT */ PRAGMA query_only = OFF',
    '-- SELECT\nPRAGMA query_only = OFF',
  ])('%s', (sql) => {
    expect(() => runSql(db, sql, 10)).toThrow(
      expect.objectContaining({ name: 'UserError', code: expect.stringMatching(/^query-(rejected|failed)$/) as string }) as Error,
    );
    expect(count()).toBe(3);
    expect(db.pragma('query_only', { simple: true })).toBe(1);
  });

  test('no other file is made or attached', () => {
    for (const sql of [`ATTACH '${join(folder, 'other.db')}' AS other`, `VACUUM INTO '${join(folder, 'other.db')}'`]) {
      expect(() => runSql(db, sql, 10)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^query-/) as string }) as Error);
    }
    expect(existsSync(join(folder, 'other.db'))).toBe(false);
    expect((db.prepare('PRAGMA database_list').all() as { name: string }[]).map(({ name }) => name)).not.toContain('other');
  });
});

describe('what is answered', () => {
  test('rows in the order of the columns, with the kinds that can be shown', () => {
    expect(
      runSql(db, "WITH n AS (SELECT 1 AS a) SELECT a, 2.5 AS b, 'x' AS c, NULL AS d, x'010203' AS e, 9007199254740993 AS f FROM n", 10),
    ).toEqual({
      columns: ['a', 'b', 'c', 'd', 'e', 'f'],
      rows: [[1, 2.5, 'x', null, '<3 bytes>', expect.anything()]],
      truncated: false,
    });
  });

  test('comments before the query are no matter', () => {
    expect(runSql(db, '-- how many?\n/* all */ select count(*) AS n FROM name', 10)).toMatchObject({ rows: [[3]] });
  });

  test('columns of the same name stay apart', () => {
    expect(runSql(db, 'SELECT 1 AS a, 2 AS a', 10)).toMatchObject({ columns: ['a', 'a'], rows: [[1, 2]] });
  });

  test('no more rows than the limit, and it is told', () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    expect(runSql(db, endless, 4)).toEqual({ columns: ['i'], rows: [[1], [2], [3], [4]], truncated: true });
    expect(runSql(db, 'SELECT value FROM name', 3)).toMatchObject({ truncated: false });
    expect(runSql(db, 'SELECT value FROM name', 2)).toMatchObject({ truncated: true, rows: [expect.anything(), expect.anything()] });
  });

  test('an error while it runs is told in one sentence', () => {
    expect(() => runSql(db, "SELECT json_extract('no json', '$.a')", 10)).toThrow('the query failed: malformed JSON');
  });
});
