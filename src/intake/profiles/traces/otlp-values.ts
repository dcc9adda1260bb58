import type { Json, JsonObject } from '../../entry.ts';
import { asList, asObject, asText, firstOf } from '../tree.ts';

/**
 * An OTLP AnyValue as plain JSON: `{stringValue: 'a'}` is `'a'`, lists and maps are unwrapped. Keys in snake_case and 64-bit
 * numbers as text are accepted (opentelemetry-proto, "JSON Protobuf Encoding").
 */
export function anyValue(value: Json | undefined): Json | undefined {
  const object = asObject(value);
  if (object === undefined) return value;
  const text = firstOf(object, 'stringValue', 'string_value');
  if (text !== undefined) return text;
  const number = firstOf(
    object,
    'intValue',
    'int_value',
    'doubleValue',
    'double_value',
    'boolValue',
    'bool_value',
    'bytesValue',
    'bytes_value',
  );
  if (number !== undefined) return number;
  const array = asObject(firstOf(object, 'arrayValue', 'array_value'));
  if (array !== undefined) return asList(array['values']).map((item) => anyValue(item) ?? null);
  const map = asObject(firstOf(object, 'kvlistValue', 'kvlist_value'));
  if (map !== undefined) return keyValues(map['values']);
  return undefined;
}

/** A list of `{key, value}` as an object. A plain object (loose exporters) stays one. */
export function keyValues(list: Json | undefined): JsonObject {
  const plain = asObject(list);
  if (plain !== undefined) return plain;
  const object: JsonObject = {};
  for (const item of asList(list)) {
    const pair = asObject(item);
    if (pair === undefined) continue;
    const key = asText(pair['key']);
    if (key !== '') object[key] = anyValue(pair['value']) ?? null;
  }
  return object;
}

/** Scalars as text, lists of scalars one by one; maps are not business values. */
export function scalars(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.slice(0, 50).map(asText);
  return [asText(value)];
}

/** A message body for people: text as it is, structures as JSON. */
export function bodyText(body: Json | undefined): string {
  const value = anyValue(body);
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
