import type { Json, JsonObject } from '../../entry.ts';
import { asList, asNumber, asObject, asText, firstOf } from '../tree.ts';
import { openJson } from './records.ts';

/** One message of a dump of a Kafka topic. */
export interface KafkaMessage {
  readonly topic: string;
  /** NaN when not told. */
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds or a text; empty when not told. */
  readonly time: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Key and value, opened where they are JSON in a text. */
  readonly key: Json | undefined;
  readonly value: Json | undefined;
}

/**
 * A message as the usual tools write it: `kcat -J` (headers as a flat list, `payload` as text), AKHQ and Confluent (headers as
 * `[{key, stringValue}]`, `value`). Undefined for objects that are no message: without topic and value.
 */
export function kafkaMessageOf(object: JsonObject | undefined): KafkaMessage | undefined {
  if (object === undefined) return undefined;
  const value = 'payload' in object ? object['payload'] : object['value'];
  const topic = asText(firstOf(object, 'topic', 'topicName'));
  if (topic === '' || value === undefined || !('offset' in object || 'partition' in object || 'headers' in object)) return undefined;
  return {
    topic,
    partition: asNumber(firstOf(object, 'partition', 'partitionId')),
    offset: asNumber(object['offset']),
    time: asText(firstOf(object, 'ts', 'timestamp')),
    headers: headersOf(object['headers']),
    key: openJson(object['key']),
    value: openJson(value),
  };
}

function headersOf(value: Json | undefined): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const map = asObject(value);
  if (map !== undefined) for (const name of Object.keys(map)) headers.set(name, asText(map[name]));
  const list = asList(Array.isArray(value) ? value : undefined);
  for (let i = 0; i < list.length; i++) {
    const pair = asObject(list[i]);
    if (pair !== undefined) headers.set(asText(pair['key']), asText(firstOf(pair, 'stringValue', 'value')));
    else if (typeof list[i] === 'string') headers.set(asText(list[i]), asText(list[++i]));
  }
  return headers;
}

/** The place of a message in its topic, under which logs and dead letters name it: `orders-0@17`. Empty when it is not known. */
export function placeOf(topic: string, partition: number, offset: number): string {
  return topic === '' || !(partition >= 0) || !(offset >= 0) ? '' : `${topic}-${partition}@${offset}`;
}
