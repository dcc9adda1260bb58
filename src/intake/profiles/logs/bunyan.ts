import { defineLogDialect } from './define-log.ts';

/** Log records of bunyan: `v` 0, `name`, `hostname`, `pid`, `level` 10 to 60, `time`, `msg`, `err`. Source: bunyan, README "Core fields". */
export const bunyan = defineLogDialect({
  id: 'log-bunyan',
  title: 'bunyan logs',
  shape: 'log records of bunyan',
  matches: (record) =>
    record['v'] === 0 && typeof record['name'] === 'string' && typeof record['level'] === 'number' && typeof record['time'] === 'string',
  known: [
    { paths: ['time'], role: 'time', reason: 'when the record was written' },
    { paths: ['level'], role: 'level', reason: '10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal' },
    { paths: ['msg'], role: 'message', reason: 'the message; keys are looked for in it' },
    { paths: ['err.message'], role: 'error', reason: 'the error' },
    { paths: ['name'], role: 'system', reason: 'the name of the logger, which is the application' },
    { paths: ['v', 'pid', 'hostname', 'component', 'src.*', 'err.*'], role: 'ignored', reason: 'it tells about the machinery' },
  ],
});
