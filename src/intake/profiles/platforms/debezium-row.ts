import type { Json, JsonObject } from '../../entry.ts';
import { asList, asNumber, asObject, asText } from '../tree.ts';

/** Longest decimal that is decoded, in bytes: 64 digits and more. */
const MOST_DECIMAL_BYTES = 32;

/** The schemas of a row's columns by their names, from the schema that the JSON converter puts beside a payload. Empty without one. */
export function columnSchemas(schema: Json | undefined, member: string): ReadonlyMap<string, JsonObject> {
  const columns = new Map<string, JsonObject>();
  const fields = (of: Json | undefined): JsonObject[] =>
    asList(asObject(of)?.['fields'])
      .map(asObject)
      .filter((field) => field !== undefined);
  const row = member === '' ? asObject(schema) : fields(schema).find((field) => field['field'] === member);
  for (const column of fields(row)) columns.set(asText(column['field']), column);
  return columns;
}

/**
 * A column's value as text. Decimals are base64 of a two's complement integer (`org.apache.kafka.connect.data.Decimal`, scale in the schema, or
 * `io.debezium.data.VariableScaleDecimal`); times are counts whose unit only the schema tells and are left out, as are lists and nested objects.
 */
export function columnText(value: Json | undefined, schema: JsonObject | undefined): string {
  if (value === undefined || value === null) return '';
  const name = asText(schema?.['name']);
  if (name.startsWith('io.debezium.time.') || /^org\.apache\.kafka\.connect\.data\.(?:Date|Time|Timestamp)$/.test(name)) return '';
  if (name === 'org.apache.kafka.connect.data.Decimal') {
    return decimalText(asText(value), asNumber(asObject(schema?.['parameters'])?.['scale']));
  }
  const variable = asObject(value);
  if (variable !== undefined && 'scale' in variable && 'value' in variable) {
    return decimalText(asText(variable['value']), asNumber(variable['scale']));
  }
  return asText(value);
}

/** Empty when the bytes are no decimal of this scale. */
function decimalText(base64: string, scale: number): string {
  if (!/^[A-Za-z0-9+/]{1,44}={0,2}$/.test(base64) || !(scale >= 0 && scale <= 60)) return '';
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > MOST_DECIMAL_BYTES) return '';
  const unsigned = BigInt(`0x${bytes.toString('hex')}`);
  const whole = BigInt.asIntN(bytes.length * 8, unsigned);
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return whole < 0n ? `-${text}` : text;
}
