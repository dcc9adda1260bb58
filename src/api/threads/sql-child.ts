import { answerSql, type SqlQuestion } from './sql-answer.ts';

/** The process that runs one query of the user's and may be killed while it does. */
process.once('message', (message) => {
  process.send!(answerSql(message as SqlQuestion));
});
