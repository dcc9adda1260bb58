import { asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { LINE_FIELDS } from './inner-text.ts';
import { isLambdaLine, openLambdaLine } from './lambda-line.ts';

/**
 * Results of CloudWatch Logs Insights, as CSV or from `get-query-results`: the columns that the query chose, `@timestamp` in UTC, `@message`
 * with the line. Source: CloudWatch user guide, "Supported logs and discovered fields".
 */
export const cloudwatchInsights = defineLogDialect({
  id: 'cloudwatch-insights',
  title: 'CloudWatch Logs Insights results',
  shape: 'rows of CloudWatch Logs Insights, with @timestamp and @message',
  matches: (record) =>
    typeof record['@timestamp'] === 'string' &&
    ['@message', '@logStream', '@log', '@ptr', '@ingestionTime', '@requestId'].some((name) => typeof record[name] === 'string'),
  known: [
    ...LINE_FIELDS,
    { paths: ['@timestamp'], role: 'time', format: 'iso', reason: 'when the line was written, in UTC' },
    { paths: ['service'], role: 'system', reason: 'the last part of the log group’s name' },
    {
      paths: ['@requestId', 'requestId'],
      role: 'execution',
      type: 'execution',
      reason: 'the request that Lambda was working on',
    },
    { paths: ['@duration', 'duration'], role: 'duration', format: 'ms', reason: 'how long Lambda worked, in milliseconds' },
    {
      paths: [
        '@ptr',
        '@ingestionTime',
        '@log',
        '@logStream',
        '@type',
        '@billedDuration',
        '@memorySize',
        '@maxMemoryUsed',
        '@xrayTraceId',
        '@initDuration',
      ],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  writtenAtEnd: true,
  note: isLambdaLine,
  zone: { zone: 'UTC', reason: 'CloudWatch Logs Insights writes its times in UTC' },
  open(record) {
    const { '@message': message, ...columns } = record;
    const text = asText(message);
    const line = text === '' ? {} : openLambdaLine(text);
    const group = asText(record['@log']);
    const name = group.slice(Math.max(group.lastIndexOf('/'), group.lastIndexOf(':')) + 1);
    return { ...line, ...columns, ...(name === '' ? {} : { service: name }) };
  },
});
