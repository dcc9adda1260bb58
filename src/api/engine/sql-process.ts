import { fork } from 'node:child_process';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { SqlResult } from '../../workspace/ad-hoc-sql.ts';
import { reviveError, type WireError } from '../threads/rpc.ts';

/** A query of the user's own may run for ever, and SQLite has no interrupt here: it gets a process that can be killed. */
export const SQL_TIME_LIMIT_MS = 60_000;

type Answer = { readonly result: SqlResult } | { readonly error: WireError };

/**
 * Runs one SELECT in a child process on a read-only connection.
 * Throws `UserError` when the query is wrong or takes longer than `SQL_TIME_LIMIT_MS`, `Cancelled` when `signal` is aborted.
 */
export async function runSqlIsolated(path: string, sql: string, limit: number, signal?: AbortSignal): Promise<SqlResult & { readonly ms: number }> {
  const started = performance.now();
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const child = fork(new URL(`../threads/sql-child${ending}`, import.meta.url), [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
  const abort = (): void => {
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(abort, SQL_TIME_LIMIT_MS);
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Answer));
      child.once('error', reject);
      child.once('exit', () => {
        if (signal?.aborted) reject(new Cancelled('the query'));
        else reject(new UserError('query-failed', `the query took longer than ${SQL_TIME_LIMIT_MS / 1000} s and was stopped`));
      });
      child.send({ path, sql, limit });
    });
    if ('error' in answer) throw reviveError(answer.error);
    return { ...answer.result, ms: Math.round((performance.now() - started) * 10) / 10 };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}
