import type { Entry } from '../../entry.ts';
import { compileTime } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asText, objectOf } from '../tree.ts';
import { kafkaMessageOf, placeOf } from './kafka-message.ts';
import type { KafkaMessage } from './kafka-message.ts';
import { leavesOf, namedReader, namedSpecs } from './records.ts';

const PREFIX = '__connect.errors.';

/**
 * Messages of a Kafka Connect dead letter queue, in a dump of the topic: records that a sink connector could not process, with headers that say
 * where they came from and why they failed. Source: KIP-298 and `DeadLetterQueueReporter` of Apache Kafka.
 */
export const kafkaConnectDlq = defineProfile({
  id: 'kafka-connect-dlq',
  title: 'Kafka Connect dead letters',
  matches: (entry) => deadLetterOf(entry) !== undefined,
  shape: 'messages of a Kafka Connect dead letter queue, with __connect.errors headers',
  system: platformSystem('kafka-connect', 'the headers are written by Kafka Connect'),
  zone: 'UTC',
  zoneReason: 'message times are milliseconds since 1970 in UTC',
  kind: 'step',
  step: 'record',
  fields: (entries) => [...SPECS, ...namedSpecs(entries, 'value.', (entry) => leavesOf(deadLetterOf(entry)?.value), false)],

  compile(source, mapping) {
    const epoch = compileTime('epoch-ms', 'UTC');
    const iso = compileTime('iso', 'UTC');
    const readValue = namedReader(mapping.fields, 'value.', false);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const message = deadLetterOf(entry);
      if (message === undefined) return 'the entry is no message of a Kafka Connect dead letter queue';
      draft.reset();
      draft.time = /^\d+$/.test(message.time) ? epoch(message.time) : iso(message.time);
      draft.precision = 'millisecond';
      draft.system = mapping.system;
      draft.flow = header(message, 'connector.name');
      draft.step = header(message, 'stage') || (mapping.step ?? 'record');
      draft.status = 'failed';
      const type = header(message, 'exception.class.name');
      const text = header(message, 'exception.message');
      draft.error = type === '' || text === '' ? type || text : `${type}: ${text}`;
      draft.identifier('message', originOf(message), `headers.${PREFIX}offset`);
      for (const [name, value] of leavesOf(message.value)) {
        readValue(name, value, draft);
        readText(value, draft);
      }
      if (typeof message.value === 'string') readText(message.value, draft);
      readText(asText(message.key), draft);
      readText(draft.error, draft);
      emit();
      return undefined;
    };
  },
});

function deadLetterOf(entry: Entry): KafkaMessage | undefined {
  const message = kafkaMessageOf(objectOf(entry));
  return message?.headers.has(`${PREFIX}topic`) === true || message?.headers.has(`${PREFIX}stage`) === true ? message : undefined;
}

function header(message: KafkaMessage, name: string): string {
  return message.headers.get(PREFIX + name) ?? '';
}

function originOf(message: KafkaMessage): string {
  const number = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN);
  return placeOf(header(message, 'topic'), number(header(message, 'partition')), number(header(message, 'offset')));
}

function headerSpec(name: string, role: FieldSpec['role'], reason: string, type?: string): FieldSpec {
  return { path: `headers.${PREFIX}${name}`, role, type, reason, read: (entry) => deadLetterOf(entry)?.headers.get(PREFIX + name) };
}

const SPECS: readonly FieldSpec[] = [
  {
    path: 'timestamp',
    role: 'time',
    format: 'epoch-ms',
    reason: 'when the dead letter was written',
    read: (entry) => deadLetterOf(entry)?.time,
  },
  headerSpec('connector.name', 'flow', 'the connector is the flow'),
  headerSpec('stage', 'step', 'where in the connector the record failed'),
  headerSpec('exception.message', 'error', 'why it failed'),
  headerSpec('offset', 'identifier', 'topic, partition and offset of the record that failed', 'message'),
];
