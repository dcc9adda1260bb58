import type { Json, JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';

/**
 * What the forms of OCEL say, in one shape.
 *
 * An event: `{ event, type, time, attributes: { name: value }, relationships: [{ object, qualifier }] }`.
 * An object: `{ object, type, attributes: [{ name, time, value }], relationships: [{ object, qualifier }] }`.
 *
 * Sources: OCEL 1.0 (A. F. Ghahfarokhi et al., 2020; JSON and XML), OCEL 2.0 specification (A. Berti et al., 2023), sections 5 to 7, and what
 * pm4py writes.
 */

/** An element of `objects` or `events` in OCEL 2.0 JSON. Undefined when it has no id. */
export function fromJson2(value: Json): JsonObject | undefined {
  const body = object(value);
  const id = text(body?.['id']);
  if (body === undefined || id === '') return undefined;
  const relations = relationsOf(list(body['relationships']), 'objectId', 'qualifier');
  if (body['time'] === undefined) {
    return { object: id, type: text(body['type']), attributes: history(attributeItems(body['attributes'])), relationships: relations };
  }
  return {
    event: id,
    type: text(body['type']),
    time: text(body['time']),
    attributes: current(attributeItems(body['attributes'])),
    relationships: relations,
  };
}

/** A member `{ "<id>": { … } }` of `ocel:events` or `ocel:objects` in OCEL 1.0 JSON. Undefined when it is neither. */
export function fromJson1(member: JsonObject): JsonObject | undefined {
  const [id] = Object.keys(member);
  const body = id === undefined ? undefined : object(member[id]);
  if (id === undefined || body === undefined) return undefined;
  if (body['ocel:activity'] !== undefined || body['ocel:timestamp'] !== undefined) {
    const typed = list(body['ocel:typedOmap']);
    const relationships =
      typed.length > 0
        ? relationsOf(typed, 'ocel:oid', 'ocel:qualifier')
        : list(body['ocel:omap']).map((item): JsonObject => ({ object: text(item), qualifier: '' }));
    return {
      event: id,
      type: text(body['ocel:activity']),
      time: text(body['ocel:timestamp']),
      attributes: plain(body['ocel:vmap']),
      relationships: relationships.filter((relation) => relation['object'] !== ''),
    };
  }
  return {
    object: id,
    type: text(body['ocel:type']),
    attributes: Object.entries(plain(body['ocel:ovmap'])).map(([name, value]): JsonObject => ({ name, time: '', value })),
    relationships: relationsOf(list(body['ocel:o2o']), 'ocel:oid', 'ocel:qualifier'),
  };
}

/** An `<event>` or `<object>` as a tree, of OCEL 2.0 (attributes `id`, `type`, `time`) or 1.0 (`<string key="id" value="…"/>`). */
export function fromXml(tree: Json): JsonObject | undefined {
  const element = object(tree);
  if (element === undefined) return undefined;
  return element['@id'] === undefined ? fromXml1(element) : fromXml2(element);
}

function fromXml2(element: JsonObject): JsonObject | undefined {
  const id = text(element['@id']);
  if (id === '') return undefined;
  const attributes = list(object(element['attributes'])?.['attribute']).flatMap((item): Item[] => {
    const attribute = object(item);
    if (attribute === undefined) return [];
    // An attribute without a value has no text.
    const value = attribute['#text'] ?? attribute['@value'] ?? '';
    return [{ name: text(attribute['@name']), time: text(attribute['@time']), value }];
  });
  const links = object(element['objects']);
  // pm4py writes `relationship` where its own XSD says `object`.
  const related = [...list(links?.['relationship']), ...list(links?.['object'])];
  const relationships = relationsOf(related, '@object-id', '@qualifier');
  const time = element['@time'];
  if (time === undefined) return { object: id, type: text(element['@type']), attributes: history(attributes), relationships };
  return { event: id, type: text(element['@type']), time: text(time), attributes: current(attributes), relationships };
}

function fromXml1(element: JsonObject): JsonObject | undefined {
  const own = keyed(element);
  const id = text(own.get('id')?.value);
  if (id === '') return undefined;
  const activity = own.get('activity');
  if (activity === undefined && own.get('timestamp') === undefined) {
    const attributes = [...keyed(own.get('ovmap')?.element)].map(([name, { value }]): JsonObject => ({ name, time: '', value }));
    return { object: id, type: text(own.get('type')?.value), attributes, relationships: [] };
  }
  const attributes: JsonObject = {};
  for (const [name, { value }] of keyed(own.get('vmap')?.element)) setMember(attributes, name, value);
  const relationships = scalars(own.get('omap')?.element).map(({ value }): JsonObject => ({ object: text(value), qualifier: '' }));
  return { event: id, type: text(activity?.value), time: text(own.get('timestamp')?.value), attributes, relationships };
}

interface Attribute {
  readonly key: string;
  readonly value: Json;
  readonly element: JsonObject;
}

/** Elements with `key` and `value`, under whatever tag (`string`, `int`, `date`, `list` …), in the order of their tags. */
function scalars(element: JsonObject | undefined): Attribute[] {
  if (element === undefined) return [];
  return Object.entries(element).flatMap(([tag, children]) => {
    if (tag.startsWith('@') || tag === '#text') return [];
    return list(children).flatMap((child): Attribute[] => {
      const inner = object(child);
      const key = text(inner?.['@key']);
      return inner === undefined || key === '' ? [] : [{ key, value: text(inner['@value']), element: inner }];
    });
  });
}

function keyed(element: JsonObject | undefined): Map<string, Attribute> {
  return new Map(scalars(element).map((attribute) => [attribute.key, attribute]));
}

interface Item {
  readonly name: string;
  readonly time: string;
  readonly value: Json;
}

/** A list of `{ name, value, time? }`; a plain map of names to values is taken too. */
function attributeItems(value: Json | undefined): Item[] {
  if (Array.isArray(value)) {
    return value.flatMap((item): Item[] => {
      const attribute = object(item);
      return attribute === undefined
        ? []
        : [{ name: text(attribute['name']), time: text(attribute['time']), value: attribute['value'] ?? null }];
    });
  }
  return Object.entries(plain(value)).map(([name, inner]): Item => ({ name, time: '', value: inner }));
}

function history(items: readonly Item[]): Json[] {
  return items.filter(({ name }) => name !== '').map(({ name, time, value }): JsonObject => ({ name, time, value }));
}

function current(items: readonly Item[]): JsonObject {
  const attributes: JsonObject = {};
  for (const { name, value } of items) if (name !== '') setMember(attributes, name, value);
  return attributes;
}

function relationsOf(items: readonly Json[], id: string, qualifier: string): JsonObject[] {
  return items.flatMap((item): JsonObject[] => {
    const relation = object(item);
    const target = text(relation?.[id]);
    return target === '' ? [] : [{ object: target, qualifier: text(relation?.[qualifier]) }];
  });
}

function plain(value: Json | undefined): JsonObject {
  return object(value) ?? {};
}

function object(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** Ids may be written as numbers. */
function text(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
