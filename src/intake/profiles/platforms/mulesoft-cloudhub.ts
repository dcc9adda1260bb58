import type { Entry, JsonObject } from '../../entry.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { asNumber, asObject, asText, objectOf } from '../tree.ts';
import { isJsonLogger, lineOfJson, mapMuleLines, muleSpecs } from './mulesoft-line.ts';
import type { MuleLine } from './mulesoft-line.ts';
import { openPayload } from './payload.ts';

/**
 * Logs of CloudHub as its APIs give them: `{ data: [{ message, priority, sequenceNumber, timestamp }] }`, and the newer list of
 * `{ recordId, deploymentId, instanceId, line, event }`. Neither tells the event that a line belongs to, unless the JSON Logger wrote it.
 * Source: MuleSoft documentation, CloudHub API (logs).
 */
export const mulesoftCloudhub = defineProfile({
  id: 'mulesoft-cloudhub',
  title: 'MuleSoft CloudHub logs',
  matches: (entry) => lineOf(entry) !== undefined,
  shape: 'log records of CloudHub: message, priority, timestamp',
  system: fallbackSystem('the thread names the application where it is told'),
  zone: 'UTC',
  zoneReason: 'times are milliseconds since 1970',
  kind: 'note',
  step: 'log',
  fields: (entries) => muleSpecs(entries, lineOf),
  compile: (source, mapping) => mapMuleLines(source, mapping, lineOf, 'log record of CloudHub'),
});

const PRIORITIES = /^(?:DEBUG|TRACE|INFO|WARN|ERROR|FATAL|SYSTEM|CONSOLE)$/;

function lineOf(entry: Entry): MuleLine | undefined {
  const object = objectOf(entry);
  if (object === undefined) return undefined;
  const event = object['recordId'] === undefined ? undefined : asObject(object['event']);
  if (event !== undefined) return isRecord(event) ? lineOfRecord(event, Number.NaN) : undefined;
  return object['sequenceNumber'] !== undefined && isRecord(object) ? lineOfRecord(object, asNumber(object['sequenceNumber'])) : undefined;
}

function isRecord(record: JsonObject): boolean {
  return typeof record['message'] === 'string' && PRIORITIES.test(asText(record['priority'])) && asNumber(record['timestamp']) > 0;
}

function lineOfRecord(record: JsonObject, sequence: number): MuleLine {
  const line: MuleLine = {
    time: record['timestamp'],
    level: asText(record['priority']),
    thread: asText(record['threadName']),
    logger: asText(record['loggerName']),
    message: asText(record['message']),
    processor: '',
    event: '',
    fields: {},
    sequence,
  };
  const logged = asObject(openPayload(record['message']));
  if (logged === undefined || !isJsonLogger(logged)) return line;
  const own = lineOfJson(logged);
  return {
    ...own,
    level: own.level || line.level,
    thread: own.thread || line.thread,
    logger: own.logger || line.logger,
    time: line.time,
    sequence,
  };
}
