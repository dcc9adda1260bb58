import type { SchemaElement, SchemaTree } from 'hyparquet';
import { binaryText, jsonCell } from '../json-cells.ts';

/** Makes JSON of a decoded value; empty for null. */
export type ToJson = (value: unknown) => string;

const DAY_SECONDS = 86_400;
/** Years 0001 to 9999, in days from 1970. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/**
 * Compiles a column of the schema, with its annotations, to a converter. Integers and decimals keep all digits (as texts where a double could not),
 * times all of theirs; bytes that are text are text. Parquet format, LogicalTypes.md.
 */
export function toJsonOf(node: SchemaTree): ToJson {
  const one = singleOf(node);
  // Repeated without the annotation of a list: what protocol buffers write.
  if (node.element.repetition_type !== 'REPEATED') return one;
  return (value) => (Array.isArray(value) ? listJson(value, one) : one(value));
}

function singleOf(node: SchemaTree): ToJson {
  const child = node.children[0];
  if (child === undefined) return leafOf(node.element);
  if (node.element.converted_type === 'LIST' && node.children.length === 1) {
    const item = singleOf(child.children.length === 1 ? child.children[0]! : child);
    return (value) => (Array.isArray(value) ? listJson(value, item) : '');
  }
  if (node.element.converted_type === 'MAP' && child.children.length === 2) {
    const item = toJsonOf(child.children[1]!);
    return (value) => (isRecord(value) ? objectJson(Object.entries(value).map(([key, inner]) => [JSON.stringify(key), item(inner)])) : '');
  }
  const members = node.children.map((inner) => ({
    name: inner.element.name,
    key: JSON.stringify(inner.element.name),
    item: toJsonOf(inner),
  }));
  return (value) => (isRecord(value) ? objectJson(members.map(({ name, key, item }) => [key, item(value[name])])) : '');
}

function listJson(list: readonly unknown[], item: ToJson): string {
  return `[${list.map((value) => item(value) || 'null').join(',')}]`;
}

function objectJson(members: readonly (readonly [key: string, json: string])[]): string {
  return `{${members.flatMap(([key, json]) => (json === '' ? [] : `${key}:${json}`)).join(',')}}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function leafOf(element: SchemaElement): ToJson {
  const convert = conversionOf(element);
  return (value) => (value === undefined || value === null ? '' : convert(value));
}

function conversionOf(element: SchemaElement): ToJson {
  const { converted_type: converted, logical_type: logical, type } = element;
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
    return (value) => decimalJson(integerOf(value), scale);
  }
  if (logical?.type === 'DATE' || converted === 'DATE') return (value) => `"${dateText(Number(integerOf(value)))}"`;
  if (logical?.type === 'TIMESTAMP') return timestampOf(digitsOf(logical.unit), logical.isAdjustedToUTC);
  if (converted === 'TIMESTAMP_MILLIS') return timestampOf(3, true);
  if (converted === 'TIMESTAMP_MICROS') return timestampOf(6, true);
  if (logical?.type === 'TIME') return timeOf(digitsOf(logical.unit));
  if (converted === 'TIME_MILLIS') return timeOf(3);
  if (converted === 'TIME_MICROS') return timeOf(6);
  if (logical?.type === 'UUID') return (value) => (value instanceof Uint8Array ? `"${uuidText(value)}"` : '');
  if (logical?.type === 'FLOAT16') return (value) => (value instanceof Uint8Array ? jsonCell(halfFloat(value)) : '');
  if (logical?.type === 'JSON' || converted === 'JSON') return (value) => jsonColumn(value);
  if (converted === 'INTERVAL')
    return (value) => (value instanceof Uint8Array && value.length === 12 ? `"${intervalText(value)}"` : jsonCell(value));
  const unsigned = unsignedBits(element);
  if (unsigned !== undefined) return (value) => jsonCell(BigInt.asUintN(unsigned, integerOf(value)));
  // Impala's and Hive's: nanoseconds of a day and a day, without a zone.
  if (type === 'INT96') return timestampOf(9, false);
  if (type === 'FLOAT') return (value) => (typeof value === 'number' ? jsonCell(shortFloat(value)) : '');
  return jsonCell;
}

function unsignedBits(element: SchemaElement): number | undefined {
  const { converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'INTEGER') return logical.isSigned ? undefined : logical.bitWidth;
  const match = /^UINT_(8|16|32|64)$/.exec(converted ?? '');
  return match === null ? undefined : Number(match[1]);
}

function digitsOf(unit: string): number {
  return unit === 'MILLIS' ? 3 : unit === 'MICROS' ? 6 : 9;
}

/** Decimals are kept in integers or in bytes, the highest first, as two's complement. */
function integerOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (!(value instanceof Uint8Array) || value.length === 0) return 0n;
  return BigInt.asIntN(8 * value.length, BigInt(`0x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`));
}

function decimalJson(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const text = scale <= 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return digits.length <= 15 ? sign + text : `"${sign}${text}"`;
}

function dateText(days: number): string {
  // Beyond the years that ISO 8601 writes with four digits the number says more.
  if (days < FIRST_DAY || days > LAST_DAY) return String(days);
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function timestampOf(digits: number, utc: boolean): ToJson {
  const units = 10n ** BigInt(digits);
  const zone = utc ? 'Z' : '';
  let lastDay = Number.NaN;
  let lastDate = '';
  return (value) => {
    const total = integerOf(value);
    let fraction = Number(total % units);
    let seconds = Number(total / units);
    if (fraction < 0) {
      fraction += 10 ** digits;
      seconds--;
    }
    const day = Math.floor(seconds / DAY_SECONDS);
    if (day < FIRST_DAY || day > LAST_DAY) return jsonCell(total);
    if (day !== lastDay) {
      lastDay = day;
      lastDate = dateText(day);
    }
    return `"${lastDate}T${clock(seconds - day * DAY_SECONDS, fraction, digits)}${zone}"`;
  };
}

function timeOf(digits: number): ToJson {
  const units = 10n ** BigInt(digits);
  return (value) => {
    const total = integerOf(value);
    return `"${clock(Number(total / units), Number(total % units), digits)}"`;
  };
}

function clock(seconds: number, fraction: number, digits: number): string {
  const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);
  const minutes = Math.floor(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${String(fraction).padStart(digits, '0')}`;
}

function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Months, days and milliseconds, four bytes each, as an ISO 8601 duration. */
function intervalText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return `P${view.getUint32(0, true)}M${view.getUint32(4, true)}DT${view.getUint32(8, true) / 1000}S`;
}

function halfFloat(bytes: Uint8Array): number {
  const bits = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** The shortest number that is the same with single precision: 0.1 and not 0.10000000149011612. */
function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** A column of JSON documents: the document itself, on one line. */
function jsonColumn(value: unknown): string {
  const text = value instanceof Uint8Array ? binaryText(value) : String(value);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // What is no JSON is still text.
    return JSON.stringify(text);
  }
}
