import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { UserError } from '../model/errors.ts';
import * as initial from './migrations/001-initial.ts';
import * as contents from './migrations/002-contents.ts';
import * as lifecycle from './migrations/003-finding-lifecycle.ts';
import * as passports from './migrations/004-passports.ts';
import * as completeness from './migrations/005-completeness.ts';
import * as identity from './migrations/006-identity.ts';
import { viewSql } from './views.ts';

/** `WAYB` in ASCII: tells a workspace from any other SQLite file (https://www.sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x57415942;

/** Schema 1 was never released: its workspaces kept events in another way. */
const FIRST_SCHEMA = 2;
const MIGRATIONS: readonly string[] = [initial.sql, contents.sql, lifecycle.sql, passports.sql, completeness.sql, identity.sql];
export const SCHEMA_VERSION = FIRST_SCHEMA + MIGRATIONS.length - 1;

/**
 * Checks that a file is a workspace that this version can read.
 * Throws `UserError`: `workspace-foreign` for another program's database, `workspace-newer` for a later version's workspace.
 */
export function checkIdentity(db: Database, path: string): void {
  const application = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true }) as number;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (application === 0 && version === 0 && tables === 0) return;
  if (application !== APPLICATION_ID) {
    throw new UserError('workspace-foreign', `${path} is a database of another program, not a Waybill workspace`, path);
  }
  if (version < FIRST_SCHEMA) {
    throw new UserError('workspace-foreign', `${path} was written by a Waybill before its first release: import the files again`, path);
  }
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      'workspace-newer',
      `${path} was written by a newer Waybill (schema ${version}; this one knows ${SCHEMA_VERSION}): update Waybill to open it`,
      path,
    );
  }
}

/**
 * Brings a workspace to the newest schema, one transaction a step. Its views hold no data: they are made anew whenever this version's
 * differ from the ones in the file. The database is opened for writing.
 */
export function migrate(db: Database): void {
  const from = db.pragma('user_version', { simple: true }) as number;
  for (let version = Math.max(from + 1, FIRST_SCHEMA); version <= SCHEMA_VERSION; version++) {
    db.transaction(() => {
      db.exec(MIGRATIONS[version - FIRST_SCHEMA]!);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version}`);
    })();
  }
  const views = viewSql();
  const hash = JSON.stringify(createHash('sha256').update(views).digest('hex'));
  if (db.prepare("SELECT value FROM meta WHERE key = 'views'").pluck().get() === hash) return;
  db.transaction(() => {
    db.exec(views);
    db.prepare("INSERT INTO meta (key, value) VALUES ('views', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(hash);
  })();
}
