import { defineLogDialect } from './define-log.ts';

/**
 * Log records of logstash-logback-encoder: `@timestamp`, `@version`, `logger_name`, `thread_name`, `level`, `level_value`, `message`,
 * `stack_trace`; the MDC stands beside them. Source: logstash-logback-encoder, README "Standard fields".
 */
export const logstash = defineLogDialect({
  id: 'log-logstash',
  title: 'Logback records (logstash-logback-encoder)',
  shape: 'log records of logstash-logback-encoder',
  matches: (record) =>
    record['@timestamp'] !== undefined &&
    record['@version'] !== undefined &&
    (typeof record['level_value'] === 'number' || typeof record['logger_name'] === 'string'),
  known: [
    { paths: ['@timestamp'], role: 'time', reason: 'when the record was written' },
    { paths: ['level'], role: 'level', reason: 'the level' },
    { paths: ['message'], role: 'message', reason: 'the message; keys are looked for in it' },
    { paths: ['stack_trace'], role: 'error', reason: 'the exception' },
    {
      paths: ['@version', 'logger_name', 'thread_name', 'level_value', 'tags', 'HOSTNAME', 'stack_hash', 'throwable.*'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
});
