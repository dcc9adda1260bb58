import { answerSql, type SqlQuestion } from '../src/api/threads/sql-answer.ts';

/** The process that runs one query of the user's and may be killed while it does. */
process.parentPort.once('message', ({ data }) => {
  process.parentPort.postMessage(answerSql(data as SqlQuestion));
});
