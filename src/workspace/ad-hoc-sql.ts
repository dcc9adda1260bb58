import { UserError } from '../model/errors.ts';
import type { Db } from './open.ts';

export interface SqlResult {
  readonly columns: string[];
  readonly rows: unknown[][];
  readonly truncated: boolean;
}

/** White space and comments, then the first word. */
const FIRST_WORD = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*([a-z]+)/i;
const ALLOWED: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES', 'EXPLAIN']);

/**
 * Runs one SELECT of the user's on a read-only connection. Four guards: only statements that begin as a query are looked at (a PRAGMA
 * takes effect as soon as it is prepared), the file is opened read-only, `query_only` is on, and better-sqlite3 refuses a statement
 * that returns no rows or text with more than one statement. Blobs come back as `<n bytes>`.
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
  const only = 'only a single SELECT (or WITH … SELECT) can be run';
  if (!ALLOWED.has(FIRST_WORD.exec(sql)?.[1]?.toUpperCase() ?? '')) throw new UserError('query-rejected', only);
  let statement;
  try {
    statement = db.prepare(sql);
  } catch (error) {
    throw new UserError('query-rejected', `the query is not valid: ${messageOf(error)}`);
  }
  if (!statement.reader || !statement.readonly) throw new UserError('query-rejected', only);
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
