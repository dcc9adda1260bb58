import { asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { openLine, LINE_FIELDS } from './inner-text.ts';

/**
 * Lines of containers that a collector wrote as JSON: `log`, `stream`, a time, and with Fluent Bit or Fluentd the pod and container under
 * `kubernetes`. The line is opened: JSON, logfmt, or a logger's line. Source: Docker documentation, "JSON File logging driver"; Fluent Bit
 * manual, "Kubernetes" filter.
 */
export const containerLog = defineLogDialect({
  id: 'container-log',
  title: 'Container lines (Docker, Fluent Bit, Fluentd)',
  shape: 'lines of a container, with log and stream',
  matches: (record) =>
    typeof record['log'] === 'string' &&
    (record['stream'] === 'stdout' || record['stream'] === 'stderr') &&
    (record['time'] ?? record['@timestamp'] ?? record['date'] ?? record['timestamp']) !== undefined,
  known: [
    ...LINE_FIELDS,
    {
      paths: ['container.time', 'container.@timestamp', 'container.timestamp', 'container.date'],
      role: 'time',
      reason: 'when the line was written',
    },
    {
      paths: ['kubernetes.labels.app', 'kubernetes.labels.app_kubernetes_io/name', 'kubernetes.container_name', 'container_name'],
      role: 'system',
      reason: 'the application or container that wrote the line',
    },
    {
      paths: ['kubernetes.*', 'container.*', 'stream', 'container_id', 'container_name', 'attrs.*', 'docker.*'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  open(record) {
    const { log, time, '@timestamp': timestamp, timestamp: plain, date, ...others } = record;
    const written = { time, '@timestamp': timestamp, timestamp: plain, date };
    const container = Object.fromEntries(Object.entries(written).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    return { ...openLine(asText(log)), ...others, container };
  },
});
