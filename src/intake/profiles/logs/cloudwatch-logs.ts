import type { Json, JsonObject } from '../../entry.ts';
import { asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { LINE_FIELDS } from './inner-text.ts';
import { isLambdaLine, openLambdaLine } from './lambda-line.ts';

/**
 * Amazon CloudWatch Logs: the events of `filter-log-events` and `get-log-events`, and those of a subscription's documents. The message is opened:
 * JSON, logfmt, a logger's line, or one of Lambda's own. Control messages of a subscription tell nothing.
 * Source: CloudWatch Logs API reference, FilteredLogEvent and OutputLogEvent; user guide, "Subscription filters".
 */
export const cloudwatchLogs = defineLogDialect({
  id: 'cloudwatch-logs',
  title: 'Amazon CloudWatch log events',
  shape: 'log events of CloudWatch, with timestamp and message',
  matches: (record, context) =>
    typeof record['message'] === 'string' &&
    !isStateEvent(record['message']) &&
    isMoment(record['timestamp']) &&
    (isMoment(record['ingestionTime']) || typeof record['eventId'] === 'string' || subscriptionOf(context) !== undefined),
  known: [
    ...LINE_FIELDS,
    { paths: ['timestamp'], role: 'time', format: 'epoch-ms', reason: 'epoch milliseconds at which the line was written' },
    { paths: ['service'], role: 'system', reason: 'the last part of the log group’s name' },
    { paths: ['requestId'], role: 'execution', type: 'execution', reason: 'the request that Lambda was working on' },
    { paths: ['duration'], role: 'duration', format: 'ms', reason: 'how long Lambda worked, in milliseconds' },
    {
      paths: ['ingestionTime', 'eventId', 'id', 'logStreamName', '^subscription.*'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  writtenAtEnd: true,
  note: isLambdaLine,
  open(record, context) {
    const subscription = subscriptionOf(context);
    if (subscription?.['messageType'] === 'CONTROL_MESSAGE') return undefined;
    const text = asText(record['message']);
    const { message: _text, ...outer } = record;
    const group = asText(subscription?.['logGroup'] ?? record['logGroupName'] ?? record['logGroup']);
    return {
      ...openLambdaLine(text),
      ...outer,
      ...(group === '' ? {} : { service: group.slice(group.lastIndexOf('/') + 1) }),
    };
  },
});

function subscriptionOf(context: JsonObject | undefined): JsonObject | undefined {
  return asObject(context?.['subscription']);
}

function isMoment(value: Json | undefined): boolean {
  return typeof value === 'number' && value > 1e11;
}

/** Events that Step Functions logs through CloudWatch have a profile of their own. */
function isStateEvent(message: string): boolean {
  return message.startsWith('{') && message.includes('"execution_arn"');
}
