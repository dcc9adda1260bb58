import { runSql, type SqlResult } from '../../workspace/ad-hoc-sql.ts';
import { openReader } from '../../workspace/open.ts';
import { describeError, type WireError } from './rpc.ts';

/** One query of the user's, as it is handed to the process that runs it. */
export interface SqlQuestion {
  /** The workspace file. */
  readonly path: string;
  readonly sql: string;
  /** Most rows to answer. */
  readonly limit: number;
}

export type SqlAnswer = { readonly result: SqlResult } | { readonly error: WireError };

/** Runs one query in this process, which may be killed while it does. Never throws: what went wrong is the answer. */
export function answerSql({ path, sql, limit }: SqlQuestion): SqlAnswer {
  try {
    const db = openReader(path);
    try {
      return { result: runSql(db, sql, limit) };
    } finally {
      db.close();
    }
  } catch (error) {
    return { error: describeError(error) };
  }
}
