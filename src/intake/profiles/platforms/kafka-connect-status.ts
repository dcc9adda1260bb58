import type { Entry, Json, JsonObject } from '../../entry.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';

/**
 * States of Kafka Connect connectors and their tasks: `/connectors/<name>/status`, or all of them with `/connectors?expand=status`. The answer has no time, so
 * its states are notes; a failed task tells its stack trace. Source: the REST API in the documentation of Kafka Connect.
 */
export const kafkaConnectStatus = defineProfile({
  id: 'kafka-connect-status',
  title: 'Kafka Connect connector states',
  matches: (entry) => connectorsOf(entry).length > 0,
  shape: 'states of Kafka Connect connectors and their tasks',
  system: platformSystem('kafka-connect', 'the states come from Kafka Connect'),
  zoneReason: 'these states carry no times',
  kind: 'note',
  unfold: (entries) =>
    entries.flatMap((entry) =>
      connectorsOf(entry).map((value): Entry => ({ kind: 'tree', place: entry.place, value, context: undefined })),
    ),
  fields: () => SPECS,

  compile(_source, mapping) {
    return (entry, draft, emit) => {
      const connectors = connectorsOf(entry);
      if (connectors.length === 0) return 'the entry is no state of a Kafka Connect connector';
      for (const connector of connectors) {
        const say = (step: string, state: JsonObject): void => {
          draft.reset();
          draft.kind = 'note';
          draft.system = mapping.system;
          draft.flow = asText(connector['name']);
          draft.step = step;
          draft.statusRaw = asText(state['state']);
          draft.status = normaliseStatus(draft.statusRaw, 'kafka-connect');
          draft.error = asText(state['trace']);
          emit();
        };
        say('connector', asObject(connector['connector']) ?? {});
        for (const value of asList(connector['tasks'])) {
          const task = asObject(value);
          if (task !== undefined) say(`task-${asText(task['id'])}`, task);
        }
      }
      return undefined;
    };
  },
});

/** The answer for one connector, or those in a map from names to `{status}`. */
function connectorsOf(entry: Entry): JsonObject[] {
  const object = objectOf(entry);
  if (object === undefined) return [];
  if (isStatus(object)) return [object];
  const connectors: JsonObject[] = [];
  for (const name of Object.keys(object)) {
    const status = asObject(asObject(object[name])?.['status']);
    if (status === undefined || !isStatus(status)) return [];
    connectors.push(status);
  }
  return connectors;
}

function isStatus(object: JsonObject): boolean {
  const connector = asObject(object['connector']);
  return connector !== undefined && 'state' in connector && 'worker_id' in connector && Array.isArray(object['tasks']) && 'name' in object;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'name', role: 'flow', reason: 'the connector is the flow' },
  { path: 'connector.state', role: 'status', reason: 'RUNNING, PAUSED, FAILED, UNASSIGNED …' },
  { path: 'tasks.state', role: 'status', reason: 'the state of each task', read: (entry) => firstTask(entry)?.['state'] },
  { path: 'tasks.trace', role: 'error', reason: 'why a task failed', read: failedTrace },
];

function firstTask(entry: Entry): JsonObject | undefined {
  return asObject(asList(objectOf(entry)?.['tasks'])[0]);
}

function failedTrace(entry: Entry): Json | undefined {
  return asList(objectOf(entry)?.['tasks'])
    .map((task) => asObject(task)?.['trace'])
    .find((trace) => trace !== undefined);
}
