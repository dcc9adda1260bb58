import type { Json, JsonObject } from '../../entry.ts';
import { platformSystem } from '../define.ts';
import { asNumber, asObject, asText, firstOf } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Events of Kubernetes, of both APIs (`v1` and `events.k8s.io/v1`), from `kubectl get events -o json`, a watch, or an exporter. What happened is the reason; an event that
 * was seen several times lasts from the first to the last of them. A Job is a run; pods are not, for they may serve any number of records. Labels and
 * annotations of the object, where an exporter adds them, are read like any field. Sources: Kubernetes API reference, Event v1 core and Event v1 events.k8s.io.
 */
export const kubernetesEvents = defineLogDialect({
  id: 'kubernetes-events',
  title: 'Kubernetes events',
  shape: 'events of Kubernetes',
  system: platformSystem('kubernetes', 'the events come from Kubernetes'),
  matches: (record) => eventOf(record) !== undefined,
  known: [
    { paths: ['time'], role: 'time', format: 'iso', reason: 'when the event was first seen' },
    { paths: ['end'], role: 'end-time', format: 'iso', reason: 'when it was last seen, where it was seen several times' },
    { paths: ['reason'], role: 'step', reason: 'what happened, in a word' },
    { paths: ['type'], role: 'level', reason: 'a warning; normal events have no level' },
    { paths: ['message'], role: 'message', reason: 'what happened, for people; keys are looked for in it' },
    { paths: ['job'], role: 'execution', type: 'job', reason: 'the Job that the event is about' },
    { paths: ['component', 'action'], role: 'ignored', reason: 'it tells about the machinery' },
  ],
  open(record) {
    // Events are deleted an hour after they happened: that tells nothing.
    if (record['type'] === 'DELETED') return undefined;
    const event = eventOf(record);
    return event === undefined ? record : opened(event);
  },
});

const CHANGES: ReadonlySet<string> = new Set(['ADDED', 'MODIFIED', 'DELETED']);
const TIMES = ['eventTime', 'firstTimestamp', 'deprecatedFirstTimestamp', 'lastTimestamp', 'deprecatedLastTimestamp'] as const;

/** The event itself, out of the frame of a watch; undefined when the record is none. Items of a list may leave out their kind. */
function eventOf(record: JsonObject): JsonObject | undefined {
  const inner = CHANGES.has(asText(record['type'])) ? asObject(record['object']) : undefined;
  const event = inner ?? record;
  const about = asObject(event['involvedObject'] ?? event['regarding']);
  if (about === undefined || asText(about['kind']) === '' || typeof event['reason'] !== 'string') return undefined;
  return event['kind'] === 'Event' || TIMES.some((name) => typeof event[name] === 'string') ? event : undefined;
}

function opened(event: JsonObject): JsonObject {
  const about = asObject(event['involvedObject'] ?? event['regarding']) ?? {};
  const series = asObject(event['series']) ?? {};
  const metadata = asObject(event['metadata']) ?? {};
  const last = textOf(series['lastObservedTime'], event['lastTimestamp'], event['deprecatedLastTimestamp']);
  const first = textOf(event['eventTime'], event['firstTimestamp'], event['deprecatedFirstTimestamp'], last, metadata['creationTimestamp']);
  const count = Math.max(1, ...[series['count'], event['count'], event['deprecatedCount']].map(asNumber).filter((one) => one > 1));
  const source = asObject(event['source'] ?? event['deprecatedSource']) ?? {};
  const name = asText(about['name']);
  return withoutEmpty({
    time: first,
    end: count > 1 && last !== first ? last : '',
    // `Normal` is no level of a log.
    type: event['type'] === 'Normal' ? '' : asText(event['type']),
    reason: asText(event['reason']),
    action: asText(event['action']),
    message: asText(firstOf(event, 'message', 'note')),
    count: count > 1 ? count : '',
    component: textOf(event['reportingController'], event['reportingComponent'], source['component']),
    job: about['kind'] === 'Job' ? [asText(about['namespace']), name].filter((part) => part !== '').join('/') : '',
    object: name === '' ? '' : `${asText(about['kind'])} ${name}`,
    namespace: asText(about['namespace']),
    labels: asObject(about['labels']) ?? '',
    annotations: asObject(about['annotations']) ?? '',
  });
}

/** The first of several texts that is not empty. */
function textOf(...values: readonly (Json | undefined)[]): string {
  return values.map(asText).find((text) => text !== '') ?? '';
}

function withoutEmpty(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== ''));
}
