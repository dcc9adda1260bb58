import type { Entry, Json, JsonObject } from '../entry.ts';

/** The tree of an entry when it is an object, else undefined. */
export function objectOf(entry: Entry): JsonObject | undefined {
  return entry.kind === 'tree' ? asObject(entry.value) : undefined;
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** A list as it is; a single value as a list of one (converters from XML write a lone element without its list); nothing as an empty list. */
export function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** A scalar as text; an XML element with attributes gives its `#text`; everything else is empty. */
export function asText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined || Array.isArray(value)) return '';
  const text = value['#text'];
  return typeof text === 'string' ? text : '';
}

/** A number, digits in text, or Boomi's `["Long", 4827]`; NaN for everything else. */
export function asNumber(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'string') return asNumber(value[1]);
  const text = asText(value).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** A member that may be written as a key, or in XML as an attribute. */
export function member(object: JsonObject, name: string): Json | undefined {
  return object[name] ?? object[`@${name}`];
}

/** The first of several spellings of a key that has a value. */
export function firstOf(object: JsonObject, ...names: readonly string[]): Json | undefined {
  for (const name of names) {
    const value = object[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The first member of the entry's surroundings that has one of the keys, on whichever level it stands. */
export function fromContext(context: JsonObject | undefined, ...keys: readonly string[]): JsonObject | undefined {
  if (context === undefined) return undefined;
  for (const level of Object.values(context)) {
    const object = asObject(level);
    if (object === undefined) continue;
    for (const key of keys) {
      const found = asObject(object[key]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
