import type { JsonObject } from '../../entry.ts';
import { operationOf } from '../../formats/text/text-access.ts';
import { asNumber, asObject, asText, firstOf } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Google Cloud Logging: LogEntry objects of a sink, of `gcloud logging read` or of `entries.list`. The payload is a text, an object or an audit
 * record; the service is a label of the resource. `trace` is a path whose last part is the id. Source: Cloud Logging API, LogEntry.
 */
export const gcpLogging = defineLogDialect({
  id: 'gcp-logging',
  title: 'Google Cloud Logging entries',
  shape: 'entries of Google Cloud Logging',
  matches: (record) =>
    typeof record['logName'] === 'string' &&
    (record['timestamp'] !== undefined || record['receiveTimestamp'] !== undefined) &&
    (record['insertId'] !== undefined || record['resource'] !== undefined || record['severity'] !== undefined),
  known: [
    { paths: ['timestamp'], role: 'time', reason: 'when the event happened' },
    { paths: ['receiveTimestamp'], role: 'time', reason: 'when the entry arrived, where it has no time of its own' },
    { paths: ['severity'], role: 'level', reason: 'ERROR, CRITICAL, ALERT and EMERGENCY are failures' },
    { paths: ['message'], role: 'message', reason: 'the text, the message of the payload, the method of an audit record, or the request' },
    { paths: ['service'], role: 'system', reason: 'the service, container or function of the resource' },
    { paths: ['trace', 'operation.id'], role: 'execution', type: 'trace', reason: 'the last part of the trace’s path' },
    { paths: ['spanId'], role: 'span', reason: 'the span it was written in' },
    { paths: ['httpRequest.status'], role: 'status', format: 'http', reason: 'the answer to the request' },
    { paths: ['httpRequest.latency'], role: 'duration', format: 'go', reason: 'how long the request took' },
    { paths: ['jsonPayload.error.message', 'jsonPayload.exception', 'protoPayload.status.message'], role: 'error', reason: 'the error' },
    {
      paths: (
        'insertId logName resource.* labels.* httpRequest.* operation.* sourceLocation.* split.* errorGroups traceSampled textPayload ' +
        'jsonPayload.message jsonPayload.msg protoPayload.@type protoPayload.methodName protoPayload.serviceName protoPayload.status.* ' +
        'protoPayload.requestMetadata.* protoPayload.authenticationInfo.* protoPayload.authorizationInfo'
      ).split(' '),
      role: 'ignored',
      reason: 'it tells about the machinery, or stands in another field',
    },
  ],
  open(record) {
    const opened: JsonObject = { ...record, message: messageOf(record), service: serviceOf(record) };
    const trace = asText(record['trace']);
    if (trace !== '') opened['trace'] = trace.slice(trace.lastIndexOf('/') + 1);
    const severity = SEVERITIES.get(asNumber(record['severity']));
    if (severity !== undefined) opened['severity'] = severity;
    return opened;
  },
  step: stepOf,
});

/** The numbers of the enum LogSeverity. */
const SEVERITIES: ReadonlyMap<number, string> = new Map([
  [0, 'DEFAULT'],
  [100, 'DEBUG'],
  [200, 'INFO'],
  [300, 'NOTICE'],
  [400, 'WARNING'],
  [500, 'ERROR'],
  [600, 'CRITICAL'],
  [700, 'ALERT'],
  [800, 'EMERGENCY'],
]);

function messageOf(record: JsonObject): string {
  const text = asText(record['textPayload']);
  if (text !== '') return text;
  const payload = asObject(record['jsonPayload']);
  const said = payload === undefined ? '' : asText(firstOf(payload, 'message', 'msg', 'textPayload', 'event'));
  if (said !== '') return said;
  const audit = asText(asObject(record['protoPayload'])?.['methodName']);
  if (audit !== '') return audit;
  const request = asObject(record['httpRequest']);
  if (request === undefined) return '';
  return `${asText(request['requestMethod'])} ${pathOf(request)} ${asText(request['status'])}`.trim();
}

/** The method of an audit record, the operation of a request; for other entries the message says it. */
function stepOf(record: JsonObject): string {
  const audit = asObject(record['protoPayload']);
  if (audit !== undefined) return asText(audit['methodName']);
  const request = record['jsonPayload'] === undefined && record['textPayload'] === undefined ? asObject(record['httpRequest']) : undefined;
  return request === undefined ? '' : operationOf(asText(request['requestMethod']), pathOf(request), () => {});
}

/** `https://shop.example/orders/SO-7?x=1` → `/orders/SO-7?x=1` */
function pathOf(request: JsonObject): string {
  return asText(request['requestUrl']).replace(/^[a-z]{1,10}:\/\/[^/]{0,255}/, '');
}

/** Labels that name what runs, for the types of resources that integrations run on. */
const SERVICE_LABELS = ['service_name', 'function_name', 'job_name', 'container_name', 'module_id', 'workflow_id', 'dag_id'] as const;

function serviceOf(record: JsonObject): string {
  const labels = asObject(asObject(record['resource'])?.['labels']);
  const label = labels === undefined ? '' : asText(firstOf(labels, ...SERVICE_LABELS));
  return label || asText(asObject(record['protoPayload'])?.['serviceName']);
}
