import type { Json } from '../../entry.ts';
import { asObject, asText } from '../tree.ts';
import { listAt } from './tree-path.ts';

/** The text along a path: JSON writes a primitive as it is, XML as the attribute `value` of its element. Where an element repeats, its first one. */
export function fhirText(value: Json | undefined, ...names: readonly string[]): string {
  let found = value;
  for (const name of names) found = asObject(Array.isArray(found) ? found[0] : found)?.[name];
  if (Array.isArray(found)) found = found[0];
  const object = asObject(found);
  return asText(object === undefined ? found : object['@value']).trim();
}

/** All values of a member. */
export function fhirList(value: Json | undefined, name: string): readonly Json[] {
  return listAt(value, name);
}
