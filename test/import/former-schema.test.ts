import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { APPLICATION_ID } from '../../src/workspace/migrate.ts';
import * as initial from '../../src/workspace/migrations/001-initial.ts';
import { bench } from '../support/engine.ts';
import { tempFolder } from '../support/temp.ts';

test('a workspace of a former version can be asked at once, also before anything is written to it', async () => {
  const workspace = join(tempFolder(), 'former.waybill');
  const db = new Database(workspace);
  db.exec(initial.sql);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma('user_version = 2');
  db.close();
  const { client } = await bench({ workspace });
  expect((await client.workspace.info()).events).toBe(0);
  expect(await client.findings.page({})).toEqual({ rows: [], total: 0 });
  expect(await client.flows.list()).toEqual([]);
  expect(await client.identity.decisions()).toEqual([]);
});
