import { runSql } from '../../workspace/ad-hoc-sql.ts';
import { openReader } from '../../workspace/open.ts';
import { describeError } from './rpc.ts';

/** The process that runs one query of the user's and may be killed while it does. */
process.once('message', (message) => {
  const { path, sql, limit } = message as { path: string; sql: string; limit: number };
  try {
    const db = openReader(path);
    process.send!({ result: runSql(db, sql, limit) });
  } catch (error) {
    process.send!({ error: describeError(error) });
  }
});
