import type { Entry, Json, JsonObject } from '../../entry.ts';
import { asObject, asText, firstOf, objectOf } from '../tree.ts';
import { kafkaMessageOf } from './kafka-message.ts';

/** A change event, taken out of what wraps it. */
export interface Change {
  readonly op: string;
  /** The logical name of the server or connector. */
  readonly name: string;
  readonly database: string;
  readonly table: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  /** The primary key, where the key of the message is there. */
  readonly key: JsonObject | undefined;
  readonly schema: Json | undefined;
  readonly source: JsonObject;
  readonly payload: JsonObject;
  readonly transaction: string;
}

/** Key and value of an entry: a message of a dump, a `{key, value}` pair, or the value alone. */
function messageOf(entry: Entry): { readonly key: Json | undefined; readonly value: Json | undefined } {
  const object = objectOf(entry);
  const message = kafkaMessageOf(object);
  if (message !== undefined) return message;
  if (object !== undefined && 'key' in object && 'value' in object) return { key: object['key'], value: object['value'] };
  return { key: undefined, value: object };
}

/** The payload beside its schema, or the value itself where the converter was told to leave schemas out. */
function payloadOf(value: Json | undefined): JsonObject | undefined {
  const object = asObject(value);
  return object !== undefined && 'schema' in object && 'payload' in object ? asObject(object['payload']) : object;
}

/** The change event in an entry: bare, with its schema, in a message of a dump, or a flattened row. */
export function changeOf(entry: Entry): Change | undefined {
  const { key, value } = messageOf(entry);
  const payload = payloadOf(value);
  if (payload === undefined) return undefined;
  const schema = asObject(value)?.['schema'];
  const source = asObject(payload['source']);
  const own = { key: payloadOf(key), payload };
  if (source !== undefined && 'op' in payload && ('before' in payload || 'after' in payload) && 'connector' in source) {
    const transaction = asText(asObject(payload['transaction'])?.['id']) || asText(firstOf(source, 'txId', 'gtid'));
    return {
      ...own,
      op: asText(payload['op']),
      name: asText(source['name']),
      database: asText(source['db']),
      table: asText(firstOf(source, 'table', 'collection')),
      before: rowOf(payload['before']),
      after: rowOf(payload['after']),
      schema,
      source,
      transaction,
    };
  }
  return '__op' in payload && ('__source_ts_ms' in payload || '__table' in payload || '__ts_ms' in payload)
    ? { ...own, ...flattened(payload), schema }
    : undefined;
}

/** MongoDB writes documents as JSON in a text. */
function rowOf(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string' || !value.startsWith('{')) return asObject(value);
  try {
    return asObject(JSON.parse(value) as Json);
  } catch {
    return undefined;
  }
}

function flattened(payload: JsonObject): Omit<Change, 'key' | 'payload' | 'schema'> {
  const deleted = asText(payload['__deleted']) === 'true';
  return {
    op: deleted ? 'd' : asText(payload['__op']),
    name: asText(payload['__name']),
    database: asText(payload['__db']),
    table: asText(payload['__table']),
    before: undefined,
    after: Object.fromEntries(Object.entries(payload).filter(([column]) => !column.startsWith('__'))),
    source: { ts_ms: payload['__source_ts_ms'] ?? null },
    transaction: asText(payload['__source_txId']),
  };
}

/** What follows a delete: a key without a value, so that the topic forgets the row. */
export function isTombstone(entry: Entry): boolean {
  if (entry.kind === 'tree' && entry.value === null) return true;
  const object = objectOf(entry);
  if (object === undefined || !('key' in object)) return false;
  const value = 'payload' in object ? object['payload'] : object['value'];
  return value === null && asObject(messageOf(entry).key) !== undefined;
}

/** Heartbeats, schema changes and the bounds of transactions stand in topics of their own, and in dumps among the rest. */
export function isBookkeeping(entry: Entry): boolean {
  const payload = payloadOf(messageOf(entry).value);
  if (payload === undefined) return false;
  return 'ddl' in payload || ('ts_ms' in payload && Object.keys(payload).length <= 2) || /^(?:BEGIN|END)$/.test(asText(payload['status']));
}
