import { openWriter, type Db } from '../../workspace/open.ts';
import { lockForWriting } from '../../workspace/write-lock.ts';

/** A short change of a workspace, in this thread. Throws `UserError` `workspace-busy` while a job writes. */
export function changeShortly<T>(path: string, change: (db: Db) => T): T {
  const release = lockForWriting(path);
  try {
    const db = openWriter(path);
    try {
      return change(db);
    } finally {
      db.close();
    }
  } finally {
    release();
  }
}
