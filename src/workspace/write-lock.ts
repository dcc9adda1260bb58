import Database from 'better-sqlite3';
import { UserError } from '../model/errors.ts';

/**
 * Keeps a second process from writing the same workspace. The lock is SQLite's own on a small file beside the workspace, so the
 * operating system releases it when the process dies; its content means nothing.
 * Returns the release. Throws `UserError` `workspace-busy` when another process holds it.
 */
export function lockForWriting(path: string): () => void {
  const db = new Database(`${path}-lock`, { timeout: 500 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new UserError('workspace-busy', `${path} is being written by another Waybill: wait for it, or use another workspace`, path);
    }
    throw error;
  }
  return () => db.close();
}
