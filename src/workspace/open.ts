import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../model/errors.ts';
import { checkIdentity, migrate, SCHEMA_VERSION } from './migrate.ts';

export type Db = Database.Database;

const MAGIC = 'SQLite format 3\0';

/**
 * Opens a workspace for the one writer, and makes it when it is not there.
 * Throws `UserError` when the file is foreign, newer, damaged, in use by another writer, or not writable.
 */
export function openWriter(path: string): Db {
  refuseForeignFile(path);
  mkdirSync(dirname(path), { recursive: true });
  const fresh = !existsSync(path) || statSync(path).size === 0;
  const db = wrap(path, () => new Database(path, { timeout: 5000 }));
  wrap(path, () => {
    // Before WAL: the page size cannot change afterwards. 8 KiB measured as good as 4 or 16 for load and better for blobs.
    if (fresh) db.pragma('page_size = 8192');
    checkIdentity(db, path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('foreign_keys = OFF');
    // An index is sorted in as much memory as the cache may take; what is more goes to a temporary file.
    db.pragma('temp_store = FILE');
    db.pragma('cache_size = -32768');
    migrate(db);
  });
  return db;
}

/**
 * Opens a workspace for reading only. `alive()` is available to statements that may run long: it throws inside SQLite as soon
 * as the flag is set, which is the only way to stop a running statement (better-sqlite3 has no interrupt).
 */
export function openReader(path: string, cancelFlag?: Int32Array): Db {
  if (!existsSync(path)) throw new UserError('not-found', `there is no workspace at ${path}`, path);
  refuseForeignFile(path);
  const db = wrap(path, () => new Database(path, { readonly: true, timeout: 5000 }));
  wrap(path, () => {
    checkIdentity(db, path);
    db.pragma('query_only = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 1073741824');
    db.pragma('cache_size = -65536');
  });
  registerAlive(db, cancelFlag);
  return db;
}

/** Whether a workspace was written by a former version: its tables are brought up to date before it can be read. Throws as `openReader`. */
export function isOutdated(path: string): boolean {
  const db = openReader(path);
  try {
    return (db.pragma('user_version', { simple: true }) as number) < SCHEMA_VERSION;
  } finally {
    db.close();
  }
}

/** Not deterministic, so that SQLite calls it for each row it stands on. */
export function registerAlive(db: Db, cancelFlag: Int32Array | undefined): void {
  db.function('alive', { deterministic: false }, () => {
    if (cancelFlag !== undefined && Atomics.load(cancelFlag, 0) !== 0) throw new Error('waybill:cancelled');
    return 1;
  });
}

function refuseForeignFile(path: string): void {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) throw new UserError('workspace-foreign', `${path} is a folder, not a workspace file`, path);
  if (statSync(path).size === 0) return;
  const head = Buffer.alloc(MAGIC.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (head.toString('latin1') !== MAGIC) throw new UserError('workspace-foreign', `${path} is not a Waybill workspace`, path);
}

function wrap<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (code === 'SQLITE_BUSY') {
      throw new UserError('workspace-busy', `${path} is being written by another Waybill: wait for it, or use another workspace`, path);
    }
    if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') {
      throw new UserError('workspace-corrupt', `${path} is damaged: ${error.message}`, path);
    }
    if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
      throw new UserError('file-unreadable', `${path} cannot be opened: ${error.message}`, path);
    }
    throw error;
  }
}
