import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { FieldMapping, SourceContext } from '../../mapper.ts';
import { createNamedReader, entityOf, entityOfMapping, namedRole, seenRole } from '../business.ts';
import type { NamedReader } from '../business.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asText, objectOf } from '../tree.ts';

/** An entry as an object of named values: a tree as it is, a row of a table under the names of its header. Empty cells are left out. */
export function recordOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  if (entry.kind === 'tree') return objectOf(entry);
  const { header } = source;
  if (header === undefined) return undefined;
  const record: JsonObject = {};
  for (let i = 0; i < header.length; i++) {
    const cell = entry.cells[i];
    if (cell !== undefined && cell !== '' && header[i] !== '__proto__') record[header[i]!] = cell;
  }
  return record;
}

/** Specs whose paths are the keys or columns of `recordOf`. */
export function recordSpecs(source: SourceContext, specs: readonly FieldSpec[]): FieldSpec[] {
  return specs.map((spec) => (spec.read === undefined ? { ...spec, read: (entry) => recordOf(entry, source)?.[spec.path] } : spec));
}

/** JSON that stands in a cell or a text: the value it holds, else the text. */
export function openJson(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  const first = value.trimStart()[0];
  if (first !== '{' && first !== '[') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** `true` in the spellings of JSON, of Python and of database exports. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(?:true|t|1|yes)$/i.test(value.trim()));
}

export type NamedValue = readonly [name: string, value: string];

/** The most names that a preview lists. */
const MOST_NAMES = 60;

/**
 * Preview lines for named values that a person chose or a payload holds, with what their names and values are taken for. `owned`: chosen for
 * business use, so that what is no key is an attribute.
 */
export function namedSpecs(
  entries: readonly Entry[],
  prefix: string,
  valuesOf: (entry: Entry) => readonly NamedValue[],
  owned: boolean,
): FieldSpec[] {
  const seen = new Map<string, string[]>();
  for (const entry of entries) {
    for (const [name, value] of valuesOf(entry)) {
      const known = seen.get(name);
      if (known !== undefined) known.push(value);
      else if (seen.size < MOST_NAMES) seen.set(name, [value]);
    }
  }
  const entity = entityOf(seen.keys());
  const specs: FieldSpec[] = [];
  for (const [name, values] of seen) {
    const role = seenRole(name, values, owned, entity);
    if (role.role === 'ignored') continue;
    const key = role.role === 'identifier';
    specs.push({
      path: prefix + name,
      role: role.role,
      type: key ? role.type : role.name,
      confidence: key ? role.confidence : 0.6,
      reason: key ? `the name says ${role.type}` : 'the name says that it is part of the state of a record',
      read: (entry) => valuesOf(entry).find(([other]) => other === name)?.[1],
    });
  }
  return specs;
}

/** Reads such values into drafts. One per source. */
export function namedReader(fields: readonly FieldMapping[], prefix: string, owned: boolean): NamedReader {
  const entity = entityOfMapping(fields);
  return createNamedReader({ classify: (name) => namedRole(name, owned, entity), fields, prefix });
}

/** How deep and how wide a payload is read for keys. */
const MOST_DEPTH = 4;
const MOST_LEAVES = 200;

/** The scalars of a payload under their paths (`order.id`, `lines[].sku`), the first 200 of the first four levels. */
export function leavesOf(value: Json | undefined): NamedValue[] {
  const leaves: NamedValue[] = [];
  collect(value, '', 0, leaves);
  return leaves;
}

function collect(value: Json | undefined, path: string, depth: number, into: NamedValue[]): void {
  if (value === undefined || value === null || into.length >= MOST_LEAVES) return;
  if (typeof value !== 'object') {
    if (path !== '') into.push([path, asText(value)]);
    return;
  }
  if (depth >= MOST_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 20)) collect(item, `${path}[]`, depth + 1, into);
    return;
  }
  for (const key of Object.keys(value)) collect(value[key], path === '' ? key : `${path}.${key}`, depth + 1, into);
}
