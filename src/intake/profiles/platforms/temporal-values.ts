import type { Json, JsonObject } from '../../entry.ts';
import { asList, asObject, asText, firstOf } from '../tree.ts';
import { openPayload } from './payload.ts';

/** A member in proto JSON's spelling, or in the snake case of older exports. */
export function protoMember(object: JsonObject | undefined, name: string): Json | undefined {
  if (object === undefined) return undefined;
  return firstOf(object, name, snake(name));
}

export function protoText(object: JsonObject | undefined, name: string): string {
  return asText(protoMember(object, name));
}

export function protoObject(object: JsonObject | undefined, name: string): JsonObject | undefined {
  return asObject(protoMember(object, name));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `EVENT_TYPE_ACTIVITY_TASK_SCHEDULED` and `ActivityTaskScheduled` as `activitytaskscheduled`. */
export function foldType(type: string): string {
  return type
    .replace(/^EVENT_TYPE_/, '')
    .replaceAll('_', '')
    .toLowerCase();
}

/** The attributes of an event: the one member whose name ends with it; the web interface's own copy where that is all there is. */
export function attributesOf(event: JsonObject): JsonObject {
  for (const key of Object.keys(event)) {
    const attributes = /EventAttributes$|_event_attributes$/.test(key) ? asObject(event[key]) : undefined;
    if (attributes !== undefined) return attributes;
  }
  return asObject(event['attributes']) ?? {};
}

/** Longer data (base64) is not decoded. */
const MOST_DATA = 262_144;

/**
 * What a Payload holds: JSON where its encoding says so (`json/plain`, `json/protobuf`; encoding and data are base64), or what a
 * decoded download holds in its place. Undefined for encrypted and binary data. Source: temporalio/api `common/v1/message.proto`.
 */
function payloadValue(payload: Json): Json | undefined {
  const object = asObject(payload);
  const data = object?.['data'];
  if (object === undefined || data === undefined) return payload;
  if (typeof data !== 'string') return data;
  const encoding = decode(asText(asObject(object['metadata'])?.['encoding']));
  if (!encoding.startsWith('json/') || data.length > MOST_DATA) return undefined;
  const text = decode(data);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Not what the encoding says: nothing to read.
    return undefined;
  }
}

/** The values of a Payloads message; a single one without its list is accepted. */
export function payloadValues(payloads: Json | undefined): Json[] {
  const list = asObject(payloads)?.['payloads'] ?? payloads;
  return asList(list).flatMap((payload) => {
    const value = payloadValue(payload);
    return value === undefined ? [] : [value];
  });
}

/** Values under names: search attributes (`indexedFields`), memo (`fields`), signal and marker details. */
export function namedPayloads(holder: JsonObject | undefined): JsonObject {
  const fields = protoObject(holder, 'indexedFields') ?? protoObject(holder, 'fields') ?? holder ?? {};
  const named: JsonObject = {};
  for (const [name, payload] of Object.entries(fields)) {
    const value = payloadValue(payload);
    if (value !== undefined && value !== null && name !== '__proto__') named[name] = openPayload(value) ?? value;
  }
  return named;
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

const MOST_CAUSES = 5;

/** `activity timed out: connection refused`: the messages of a failure and of its causes, outermost first. */
export function failureText(failure: JsonObject | undefined): string {
  const messages: string[] = [];
  let at = failure;
  for (let depth = 0; at !== undefined && depth < MOST_CAUSES; depth++) {
    const message = asText(at['message']).trim();
    if (message !== '' && !messages.includes(message)) messages.push(message);
    at = asObject(at['cause']);
  }
  return messages.join(': ').slice(0, 2_000);
}
