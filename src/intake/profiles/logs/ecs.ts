import type { JsonObject } from '../../entry.ts';
import { asObject } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Logs in the Elastic Common Schema, with dotted keys or nested objects: log4j2's EcsLayout, the ecs-logging libraries, documents of Beats.
 * `event.duration` is in nanoseconds; `event.outcome` is success, failure or unknown. Source: ECS field reference, "Event Fields".
 */
export const ecs = defineLogDialect({
  id: 'log-ecs',
  title: 'Elastic Common Schema logs',
  shape: 'log records of the Elastic Common Schema',
  matches: (record) => record['@timestamp'] !== undefined && (has(record, 'ecs', 'version') || has(record, 'log', 'level')),
  known: [
    { paths: ['@timestamp'], role: 'time', reason: 'when the event happened' },
    { paths: ['log.level'], role: 'level', reason: 'the level' },
    { paths: ['message', 'event.original'], role: 'message', reason: 'the message; keys are looked for in it' },
    { paths: ['event.action'], role: 'step', reason: 'the action that the event describes' },
    { paths: ['event.outcome'], role: 'status', format: 'word', reason: 'success, failure or unknown' },
    { paths: ['event.duration'], role: 'duration', format: 'ns', reason: 'nanoseconds' },
    { paths: ['error.message', 'error.type'], role: 'error', reason: 'the error' },
    {
      paths: ['service.name', 'kubernetes.deployment.name', 'container.name'],
      role: 'system',
      reason: 'the service that wrote the record',
    },
    { paths: ['trace.id'], role: 'execution', type: 'trace', reason: 'the trace it was written in' },
    { paths: ['span.id'], role: 'span', reason: 'the span it was written in' },
    {
      paths: (
        'agent.* cloud.* container.* data_stream.* ecs.* elastic_agent.* host.* input.* kubernetes.* log.* observer.* orchestrator.* ' +
        'process.* service.* transaction.* parent.id tags error.* event.* _tmp.* fields.*'
      ).split(' '),
      role: 'ignored',
      reason: 'it tells about the machinery, not about the record',
    },
  ],
});

/** `{"log.level":…}` or `{"log":{"level":…}}` */
function has(record: JsonObject, outer: string, inner: string): boolean {
  return record[`${outer}.${inner}`] !== undefined || asObject(record[outer])?.[inner] !== undefined;
}
