import type { Json, JsonObject } from '../../entry.ts';
import { asList, asObject, asText } from '../tree.ts';

/** The value along a path of names; where an element repeats, its first one. */
export function at(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  let found = value;
  for (const name of names) found = asObject(Array.isArray(found) ? found[0] : found)?.[name];
  return Array.isArray(found) ? found[0] : found;
}

/** The text along a path of names, trimmed; empty when there is none. */
export function textAt(value: Json | undefined, ...names: readonly string[]): string {
  return asText(at(value, ...names)).trim();
}

/** All values of the last name of a path: an element that does not repeat is a list of one. */
export function listAt(value: Json | undefined, ...names: readonly string[]): readonly Json[] {
  const last = names.at(-1)!;
  return asList(asObject(at(value, ...names.slice(0, -1)))?.[last]);
}

/** The same, of objects only. */
export function objectsAt(value: Json | undefined, ...names: readonly string[]): readonly JsonObject[] {
  return listAt(value, ...names).filter((item): item is JsonObject => asObject(item) !== undefined);
}

/** The first of several texts that is not empty. */
export function firstText(...texts: readonly string[]): string {
  return texts.find((text) => text !== '') ?? '';
}
