import type { Json, JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

/** How far a document is searched for the notation. */
const SEARCHED_DEPTH = 6;
const LARGEST_DATE = 8.64e15;

/** Whether a document uses MongoDB's notation for types that JSON lacks. */
export function holdsExtended(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > SEARCHED_DEPTH) return false;
  if (Array.isArray(value)) return value.slice(0, 5).some((item) => holdsExtended(item, depth + 1));
  if (plainOf(value) !== undefined) return true;
  for (const key in value) if (holdsExtended(value[key]!, depth + 1)) return true;
  return false;
}

/**
 * A document of MongoDB Extended JSON (v2, canonical and relaxed; v1 dates) with plain values: `{"$oid":"…"}` is its text, `$date` an ISO
 * time, `$numberLong` a number, or its digits where a double has not enough; `$numberDecimal` keeps its digits.
 * The document must not nest deeper than `MAX_DEPTH`. Source: the specification "MongoDB Extended JSON (v2)".
 */
export function collapseExtended(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(collapseExtended);
  const plain = plainOf(value);
  if (plain !== undefined) return plain;
  const object: JsonObject = {};
  for (const key in value) setMember(object, key, collapseExtended(value[key]!));
  return object;
}

/** The plain value of `{"$type": …}`; undefined when the object is something else. */
function plainOf(object: JsonObject): Json | undefined {
  let only: string | undefined;
  for (const key in object) {
    if (only !== undefined || key.charCodeAt(0) !== 36) return undefined;
    only = key;
  }
  if (only === undefined) return undefined;
  const value = object[only];
  switch (only) {
    case '$oid':
    case '$uuid':
    case '$numberDecimal':
    case '$symbol':
      return typeof value === 'string' ? value : undefined;
    case '$date':
      return dateOf(value);
    case '$numberLong':
    case '$numberInt':
    case '$numberDouble':
      return typeof value === 'string' || typeof value === 'number' ? numberOf(value) : undefined;
    case '$timestamp':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value['t'] === 'number'
        ? isoOf(value['t'] * 1000)
        : undefined;
    default:
      return undefined;
  }
}

function dateOf(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return isoOf(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const inner = value['$numberLong'];
  return typeof inner === 'string' && /^-?\d{1,16}$/.test(inner) ? isoOf(Number(inner)) : undefined;
}

function isoOf(milliseconds: number): string | undefined {
  return Math.abs(milliseconds) <= LARGEST_DATE ? new Date(milliseconds).toISOString() : undefined;
}

function numberOf(value: string | number): Json {
  if (typeof value === 'number') return value;
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) && (Number.isSafeInteger(number) || !/^-?\d+$/.test(value)) ? number : value;
}
