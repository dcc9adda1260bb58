import type { JsonObject } from '../../entry.ts';
import { asObject, asText, firstOf } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Datadog logs: the API's v2 (`attributes`) and v1 (`content`), archives, and the Log Explorer's CSV, whose first columns are Date, Host and
 * Service. `status` is the level. Trace ids are decimal and stay as they are. Source: Datadog documentation, "Search logs",
 * "Export logs" and "Default standard attributes" (`duration` is in nanoseconds).
 */
export const datadogLogs = defineLogDialect({
  id: 'datadog-logs',
  title: 'Datadog logs',
  shape: 'Datadog logs',
  matches: (record) => bodyOf(record) !== undefined,
  known: [
    { paths: ['timestamp'], role: 'time', reason: 'when the line was written' },
    { paths: ['status'], role: 'level', reason: 'the level' },
    { paths: ['message'], role: 'message', reason: 'the text; keys are looked for in it' },
    { paths: ['service'], role: 'system', reason: 'the service that wrote the line' },
    { paths: ['attributes.error.message', '@error.message', 'attributes.error.stack'], role: 'error', reason: 'the error' },
    { paths: ['attributes.duration', '@duration'], role: 'duration', format: 'ns', reason: 'nanoseconds' },
    {
      paths: ['attributes.dd.trace_id', 'attributes.trace_id', '@dd.trace_id'],
      role: 'execution',
      type: 'trace',
      reason: 'the trace it was written in',
    },
    { paths: ['attributes.dd.span_id', '@dd.span_id'], role: 'span', reason: 'the span it was written in' },
    {
      paths:
        'id host tags source ddsource ddtags attributes.error.* attributes.dd.* attributes.logger.* attributes.usr.* attributes.network.* @thread @logger.*'.split(
          ' ',
        ),
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  open: (record) => bodyOf(record) ?? record,
});

/** The log itself, its custom attributes under `attributes`; of a CSV row the columns, those of the format by their usual names. Undefined when it is none. */
function bodyOf(record: JsonObject): JsonObject | undefined {
  const attributes = asObject(record['attributes']);
  if (record['type'] === 'log' && attributes !== undefined) return attributes;
  const content = asObject(record['content']);
  if (content !== undefined && typeof record['id'] === 'string' && typeof content['timestamp'] === 'string') return content;
  if (
    typeof record['_id'] === 'string' &&
    typeof record['date'] === 'string' &&
    (attributes !== undefined || record['service'] !== undefined)
  ) {
    const { _id: _own, date, ...rest } = record;
    return record['status'] === undefined && record['source'] === undefined ? undefined : { ...rest, timestamp: date };
  }
  return rowOf(record);
}

function rowOf(record: JsonObject): JsonObject | undefined {
  const { Date: date, Host: host, Service: service, ...columns } = record;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(date) || (host === undefined && service === undefined)) return undefined;
  const message = asText(firstOf(columns, 'Content', 'Message', 'content', 'message'));
  const { Content: _c, Message: _m, Status: status, ...others } = columns;
  if (message === '' && status === undefined) return undefined;
  return {
    timestamp: date,
    message,
    ...(service === undefined ? {} : { service }),
    ...(status === undefined ? {} : { status }),
    ...others,
  };
}
