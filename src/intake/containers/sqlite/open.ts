import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { readIntoMemory } from '../in-memory.ts';
import { MAX_NESTED_ARCHIVE_BYTES } from '../limits.ts';

export type Db = Database.Database;

/** Offsets in the file's header (SQLite database file format, 1.3). */
const WRITE_VERSION = 18;
const READ_VERSION = 19;
const APPLICATION_ID = 68;
const WRITE_AHEAD = 2;
const ROLLBACK = 1;

/** Whether the file is a workspace of Waybill itself. */
export function isWorkspace(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(APPLICATION_ID, APPLICATION_ID + 4)).toString('latin1') === 'WAYB';
}

/**
 * Finds the way in which a database can be opened without writing anything, also beside it: a file for reading only, or from memory when it
 * stands in an archive or is kept in write-ahead mode (whose readers make files).
 * @throws UserError when there is none.
 */
export async function openerOf(
  source: ByteSource,
  head: Uint8Array,
  onDisk: boolean,
): Promise<{ readonly open: () => Db; readonly bytes: number }> {
  const path = resolve(source.path);
  const writeAhead = head[WRITE_VERSION] === WRITE_AHEAD || head[READ_VERSION] === WRITE_AHEAD;
  if (onDisk && (!writeAhead || (await sizeOf(`${path}-wal`)) > 0)) {
    // What a program has not yet moved out of `-wal` belongs to the data; then the files that a reader needs are there already.
    const open = (): Db => guard(source, () => secured(new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 })));
    return { open, bytes: source.diskBytes ?? 0 };
  }
  if (onDisk && (source.diskBytes ?? 0) > MAX_NESTED_ARCHIVE_BYTES) {
    throw new UserError(
      'limit-exceeded',
      `${source.name} is a database in write-ahead mode of more than ${MAX_NESTED_ARCHIVE_BYTES} bytes: run PRAGMA journal_mode = DELETE on a copy first`,
      source.path,
    );
  }
  const bytes = await readIntoMemory(source, 'a database');
  bytes[WRITE_VERSION] = ROLLBACK;
  bytes[READ_VERSION] = ROLLBACK;
  return { open: () => guard(source, () => secured(new Database(bytes, { readonly: true }))), bytes: bytes.length };
}

/** What a file says of itself is not trusted (SQLite, "Defense Against The Dark Arts"); better-sqlite3 switches defensive mode on. */
function secured(db: Db): Db {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('query_only = ON');
  db.pragma('mmap_size = 0');
  db.pragma('temp_store = MEMORY');
  return db;
}

/** Runs something against a database; what SQLite complains about becomes one sentence. */
export function guard<T>(source: { readonly name: string; readonly path: string }, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw databaseError(source, error);
  }
}

export function databaseError(source: { readonly name: string; readonly path: string }, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!code.startsWith('SQLITE_')) return error;
  if (code.startsWith('SQLITE_BUSY')) return new UserError('file-unreadable', `${source.name} is in use by another program`, source.path);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new UserError(
      'file-unreadable',
      `${source.name} cannot be read without repairing it: open it once with the program that wrote it (${error.message})`,
      source.path,
    );
  }
  return new UserError('file-unreadable', `${source.name} is a damaged or encrypted SQLite database (${error.message})`, source.path);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** A name as SQL quotes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
