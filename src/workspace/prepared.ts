import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

const statements = new WeakMap<Db, Map<string, Statement>>();

/**
 * A statement that is prepared once for a connection: preparing takes longer than fetching a row, and rebuilding a journey asks the same few questions
 * each time. For SQL of one place in the code only, which asks it in one mode (`raw`, `pluck`): the mode stays with the statement.
 */
export function prepared(db: Db, sql: string): Statement {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, (known = new Map()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)));
  return statement;
}
