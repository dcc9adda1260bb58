import { fork } from 'node:child_process';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { SqlResult } from '../../workspace/ad-hoc-sql.ts';
import { reviveError } from '../threads/rpc.ts';
import type { SqlAnswer, SqlQuestion } from '../threads/sql-answer.ts';

/** A query of the user's own may run for ever, and SQLite has no interrupt here: it gets a process that can be killed. */
export const SQL_TIME_LIMIT_MS = 60_000;

/** One query under way in a process of its own. */
export interface SqlRun {
  /** Undefined when the process ended without an answer. Rejects when it could not be started. */
  readonly answer: Promise<SqlAnswer | undefined>;
  /** Ends the process, whatever it is doing. May be called at any time, and more than once. */
  kill(): void;
}

/** Starts the process for one query. Hosts whose binary cannot be forked as a plain Node (a packaged desktop app) bring their own. */
export type SqlHost = (question: SqlQuestion) => SqlRun;

/** A forked Node process: for every host that is a Node process itself. */
export const forkedSqlHost: SqlHost = (question) => {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const child = fork(new URL(`../threads/sql-child${ending}`, import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const answer = new Promise<SqlAnswer | undefined>((resolve, reject) => {
    child.once('message', (message) => resolve(message as SqlAnswer));
    child.once('error', reject);
    child.once('exit', () => resolve(undefined));
    child.send(question, (error) => {
      if (error !== null) reject(error);
    });
  });
  return { answer, kill: () => void child.kill('SIGKILL') };
};

/**
 * Runs one SELECT in a process of its own on a read-only connection.
 * Throws `UserError` when the query is wrong or takes longer than `SQL_TIME_LIMIT_MS`, `Cancelled` when `signal` is aborted.
 */
export async function runSqlIsolated(
  host: SqlHost,
  question: SqlQuestion,
  signal?: AbortSignal,
): Promise<SqlResult & { readonly ms: number }> {
  if (signal?.aborted) throw new Cancelled('the query');
  const started = performance.now();
  const run = host(question);
  const kill = (): void => run.kill();
  signal?.addEventListener('abort', kill, { once: true });
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    kill();
  }, SQL_TIME_LIMIT_MS);
  try {
    const answer = await run.answer;
    if (answer === undefined) {
      if (signal?.aborted) throw new Cancelled('the query');
      if (expired) throw new UserError('query-failed', `the query took longer than ${SQL_TIME_LIMIT_MS / 1000} s and was stopped`);
      throw new UserError(
        'query-failed',
        'the process that ran the query ended without an answer: it may have needed more memory than there is',
      );
    }
    if ('error' in answer) throw reviveError(answer.error);
    return { ...answer.result, ms: Math.round((performance.now() - started) * 10) / 10 };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    kill();
  }
}
