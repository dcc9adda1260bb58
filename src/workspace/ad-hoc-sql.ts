import { UserError } from '../model/errors.ts';
import type { Db } from './open.ts';

export interface SqlResult {
  readonly columns: string[];
  readonly rows: unknown[][];
  readonly truncated: boolean;
}

/**
 * Runs one SELECT of the user's on a read-only connection. Three guards: the file is opened read-only, `query_only` is on, and
 * better-sqlite3 refuses a statement that returns no rows or text with more than one statement. Blobs come back as `<n bytes>`.
 * Throws `UserError` with SQLite's own words.
 */
export function runSql(db: Db, sql: string, limit: number): SqlResult {
  const statement = prepare(db, sql);
  const columns = statement.columns().map((column) => column.name);
  const rows: unknown[][] = [];
  let truncated = false;
  try {
    for (const row of statement.raw().iterate() as IterableIterator<unknown[]>) {
      if (rows.length === limit) {
        truncated = true;
        break;
      }
      rows.push(row.map(cell));
    }
  } catch (error) {
    throw new UserError('query-failed', `the query failed: ${messageOf(error)}`);
  }
  return { columns, rows, truncated };
}

function prepare(db: Db, sql: string) {
  let statement;
  try {
    statement = db.prepare(sql);
  } catch (error) {
    throw new UserError('query-rejected', `the query is not valid: ${messageOf(error)}`);
  }
  if (!statement.reader || !statement.readonly) throw new UserError('query-rejected', 'only a single SELECT (or WITH … SELECT) can be run');
  return statement;
}

function cell(value: unknown): unknown {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (typeof value === 'bigint') return value.toString();
  return value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
