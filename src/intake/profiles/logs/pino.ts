import type { Json, JsonObject } from '../../entry.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Log records of pino: `level` 10 to 60 (or its word), `time` in epoch milliseconds (or ISO), `msg`, `err`, and unless they were switched off
 * `pid` and `hostname`. Before version 7 a `v` of 1 stood at the end. Source: pino, constants and "base" option.
 */
export const pino = defineLogDialect({
  id: 'log-pino',
  title: 'pino logs',
  shape: 'log records of pino',
  matches: isPino,
  known: [
    { paths: ['time'], role: 'time', reason: 'when the record was written' },
    { paths: ['level'], role: 'level', reason: '10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal' },
    { paths: ['msg'], role: 'message', reason: 'the message; keys are looked for in it' },
    { paths: ['err.message'], role: 'error', reason: 'the error' },
    { paths: ['responseTime'], role: 'duration', format: 'ms', reason: 'milliseconds that the request took' },
    { paths: ['name'], role: 'system', reason: 'the name of the logger, which is the application' },
    { paths: ['v', 'pid', 'hostname', 'err.*', 'req.headers.*', 'res.headers.*'], role: 'ignored', reason: 'it tells about the machinery' },
  ],
  writtenAtEnd: true,
});

function isPino(record: JsonObject): boolean {
  const { level, time, v } = record;
  if (v !== undefined && v !== 1) return false;
  const base = record['pid'] !== undefined && typeof record['hostname'] === 'string' && typeof record['msg'] !== 'object';
  if (base) return (isLevel(level) || typeof level === 'string') && time !== undefined && record['message'] === undefined;
  return isLevel(level) && typeof time === 'number' && time > 1e12 && typeof record['msg'] === 'string';
}

function isLevel(level: Json | undefined): boolean {
  return typeof level === 'number' && level >= 10 && level <= 60;
}
