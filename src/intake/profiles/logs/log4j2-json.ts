import type { Json, JsonObject } from '../../entry.ts';
import { asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * log4j2's JsonLayout, and JsonTemplateLayout with its "JsonLayout" template: `instant` (seconds and nanoseconds) or `timeMillis`, `level`,
 * `loggerName`, `message`, `thrown`, `contextMap` (older versions: a list of keys and values). Source: logging-log4j2, JsonLayout.json.
 */
export const log4j2Json = defineLogDialect({
  id: 'log-log4j2-json',
  title: 'log4j2 records (JsonLayout)',
  shape: 'log records of log4j2’s JsonLayout',
  matches: (record) =>
    typeof record['level'] === 'string' &&
    typeof record['loggerName'] === 'string' &&
    (typeof asObject(record['instant'])?.['epochSecond'] === 'number' || typeof record['timeMillis'] === 'number'),
  known: [
    { paths: ['instant', 'timeMillis'], role: 'time', reason: 'when the record was written' },
    { paths: ['level'], role: 'level', reason: 'the level' },
    { paths: ['message'], role: 'message', reason: 'the message; keys are looked for in it' },
    { paths: ['thrown.message', 'thrown.name'], role: 'error', reason: 'the exception' },
    {
      paths: [
        'thread',
        'threadId',
        'threadPriority',
        'loggerName',
        'loggerFqcn',
        'endOfBatch',
        'contextStack',
        'source.*',
        'thrown.*',
        'marker.*',
      ],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  open(record) {
    const instant = instantOf(record['instant']);
    const context = record['contextMap'];
    if (instant === undefined && !Array.isArray(context)) return record;
    const opened: JsonObject = { ...record };
    if (instant !== undefined) opened['instant'] = instant;
    if (Array.isArray(context)) opened['contextMap'] = fromPairs(context);
    return opened;
  },
});

/** `{ "epochSecond": 1930382102, "nanoOfSecond": 431000000 }` as ISO text with nine digits. */
function instantOf(value: Json | undefined): string | undefined {
  const instant = asObject(value);
  const second = instant?.['epochSecond'];
  const nano = instant?.['nanoOfSecond'];
  if (typeof second !== 'number' || Math.abs(second) > 8e12) return undefined;
  const fraction = typeof nano === 'number' ? String(nano).padStart(9, '0').slice(0, 9) : '000000000';
  return `${new Date(second * 1000).toISOString().replace(/\.\d{3}Z$/, '')}.${fraction}Z`;
}

function fromPairs(pairs: readonly Json[]): JsonObject {
  const object: JsonObject = {};
  for (const one of pairs) {
    const pair = asObject(one);
    const key = asText(pair?.['key']);
    if (pair !== undefined && key !== '') object[key] = pair['value'] ?? null;
  }
  return object;
}
