import type { Json, JsonObject } from '../../entry.ts';

const MOST_VALUES = 500_000;
const MOST_DEPTH = 100;

/**
 * Reads what the library `flatted` wrote, in which n8n keeps run data in its database: a list whose first element is the document; every text
 * inside of an object or list is the position of a value in that list. A value that contains itself is cut off with null.
 * Undefined when the text is something else.
 */
export function unflatten(text: string): Json | undefined {
  if (!text.startsWith('[')) return undefined;
  let list: Json;
  try {
    list = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_VALUES) return undefined;
  const values = list;
  const made = new Map<number, Json>();
  const open = new Set<number>();
  let wrong = false;

  const at = (index: number, depth: number): Json => {
    const value = values[index];
    if (value === undefined) {
      wrong = true;
      return null;
    }
    if (value === null || typeof value !== 'object') return value;
    const known = made.get(index);
    if (known !== undefined) return known;
    if (open.has(index) || depth > MOST_DEPTH) return null;
    open.add(index);
    const read = Array.isArray(value) ? value.map((item) => inside(item, depth)) : objectAt(value, depth);
    open.delete(index);
    made.set(index, read);
    return read;
  };
  const objectAt = (value: JsonObject, depth: number): JsonObject => {
    const object: JsonObject = {};
    for (const key of Object.keys(value)) {
      if (key !== '__proto__') object[key] = inside(value[key]!, depth);
    }
    return object;
  };
  const inside = (value: Json, depth: number): Json => {
    if (typeof value === 'string') {
      if (/^\d{1,7}$/.test(value)) return at(Number(value), depth + 1);
      wrong = true;
    }
    // Objects and lists are always kept as values of their own.
    if (typeof value === 'object' && value !== null) wrong = true;
    return typeof value === 'string' ? null : value;
  };

  const document = at(0, 0);
  return wrong ? undefined : document;
}
