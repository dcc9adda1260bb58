import type { Db } from '../open.ts';
import { prepared } from '../prepared.ts';

/** A JSON value that analysis stored with the workspace. */
export function meta<T>(db: Db, key: string): T | undefined {
  const value = prepared(db, 'SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined;
  return value === undefined ? undefined : (JSON.parse(value) as T);
}

/** Increases with every analysis: what caches are keyed by. */
export function revision(db: Db): number {
  return meta<number>(db, 'revision') ?? 0;
}

/** Whether something was imported or removed since the last analysis. */
export function isDirty(db: Db): boolean {
  return db.prepare("SELECT 1 FROM meta WHERE key = 'dirty'").get() !== undefined;
}
