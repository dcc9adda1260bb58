import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { Emit } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { createNamedReader, entityOfMapping, namedRole } from '../business.ts';
import type { NamedReader } from '../business.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { createTypeReader, OBJECTS, recordTypes } from './object-types.ts';

/** Initial values carry the epoch, shifted by a local zone where a tool wrote local times. In microseconds. */
const INITIAL_TIME = 14 * 3_600_000_000;

const FORMATS: ReadonlySet<string> = new Set(['ocel-json', 'ocel-xml']);

/**
 * Object-centric event logs (OCEL 1.0 and 2.0; `formats/ocel`). An event is a step of all objects it relates to. An object is a snapshot without
 * a time, of what never changes and of the objects it relates to; each change of its attributes is one of that time. Events say no outcome, so
 * their status is unknown.
 */
export const ocel = defineProfile({
  id: 'ocel',
  title: 'OCEL object-centric event log',
  matches: (entry, source) => FORMATS.has(source.formatId) && objectOf(entry) !== undefined,
  shape: 'OCEL events and objects',
  system: fallbackSystem('an OCEL log names no system'),
  zoneReason: ({ zone }) =>
    `OCEL leaves zones to the tools that write it; ${zone === '' ? 'UTC is assumed' : 'the given zone is used'} where a time has none`,
  kind: 'step',
  fields: (entries) => [...SPECS, ...typeSpecs(entries), ...attributeSpecs(entries)],

  compile(source, mapping) {
    const time = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const entity = entityOfMapping(mapping.fields);
    const classify = (name: string) => namedRole(name, true, entity);
    const typeOf = createTypeReader(mapping.fields);
    const context: Context = {
      time,
      typeOf,
      eventField: createNamedReader({ classify, fields: mapping.fields, prefix: 'event.' }),
      objectField: createNamedReader({ classify, fields: mapping.fields, prefix: 'object.' }),
      system: mapping.system,
    };
    return (entry, draft, emit) => {
      const value = objectOf(entry);
      if (value === undefined) return 'the entry is no part of an OCEL log';
      const types = entry.kind === 'tree' ? asObject(entry.context?.['objects']) : undefined;
      return value['event'] === undefined ? readObject(value, types, context, draft, emit) : readEvent(value, types, context, draft, emit);
    };
  },
});

interface Context {
  readonly time: TimeParser;
  readonly typeOf: (type: string) => string | undefined;
  readonly eventField: NamedReader;
  readonly objectField: NamedReader;
  readonly system: string;
}

function readEvent(event: JsonObject, types: JsonObject | undefined, context: Context, draft: Draft, emit: Emit): string | undefined {
  draft.reset();
  draft.system = context.system;
  draft.step = asText(event['type']) || 'event';
  const at = asText(event['time']);
  if (at !== '') {
    draft.time = context.time(at);
    if (Number.isNaN(draft.time)) return `the time is none: ${at.slice(0, 40)}`;
    draft.precision = precisionOf(at, 'iso');
  }
  readRelations(event, types, context, draft);
  for (const [name, value] of Object.entries(asObject(event['attributes']) ?? {})) {
    const text = asText(value).trim();
    if (text !== '') context.eventField(name, text, draft);
  }
  emit();
  return undefined;
}

function readObject(object: JsonObject, types: JsonObject | undefined, context: Context, draft: Draft, emit: Emit): string | undefined {
  const id = asText(object['object']);
  const type = context.typeOf(asText(object['type']));
  if (type === undefined) return undefined;
  const states = statesOf(object, context.time);
  if (typeof states === 'string') return states;
  for (const state of states) {
    draft.reset();
    draft.kind = 'snapshot';
    draft.system = context.system;
    draft.time = state.time;
    draft.precision = state.precision;
    draft.identifier(type, id, 'object');
    if (Number.isNaN(state.time)) readRelations(object, types, context, draft);
    for (const { name, text } of state.values) context.objectField(name, text, draft);
    emit();
  }
  return undefined;
}

interface State {
  readonly time: number;
  readonly precision: Draft['precision'];
  readonly values: { readonly name: string; readonly text: string }[];
}

/**
 * What an object is like, without a time: the values of attributes that never change; then each time at which some changed, oldest first, with
 * the new values and those before (`status_before`). The first value of an attribute that changes later has no time of its own and stands
 * there only: anywhere else it could be taken for the last one. A sentence when a time is none.
 */
function statesOf(object: JsonObject, time: TimeParser): readonly State[] | string {
  const attributes = new Map<string, { readonly text: string; readonly when: number; readonly precision: Draft['precision'] }[]>();
  for (const item of asList(object['attributes'])) {
    const attribute = asObject(item);
    const text = asText(attribute?.['value']).trim();
    if (attribute === undefined || text === '') continue;
    const at = asText(attribute['time']);
    const parsed = at === '' ? 0 : time(at);
    if (Number.isNaN(parsed)) return `the time of an attribute is none: ${at.slice(0, 40)}`;
    const when = Math.abs(parsed) <= INITIAL_TIME ? Number.NEGATIVE_INFINITY : parsed;
    const name = asText(attribute['name']);
    const history = attributes.get(name);
    const value = { text, when, precision: precisionOf(at, 'iso') };
    if (history === undefined) attributes.set(name, [value]);
    else history.push(value);
  }
  const always: State = { time: Number.NaN, precision: 'second', values: [] };
  const changes = new Map<number, State>();
  for (const [name, history] of attributes) {
    let before = '';
    for (const { text, when, precision } of history.toSorted((a, b) => (a.when === b.when ? 0 : a.when - b.when))) {
      if (when === Number.NEGATIVE_INFINITY) {
        before = text;
        if (history.length === 1) always.values.push({ name, text });
        continue;
      }
      const state = changes.get(when) ?? { time: when, precision, values: [] };
      changes.set(when, state);
      state.values.push({ name, text });
      if (before !== '') state.values.push({ name: `${name}_before`, text: before });
      before = text;
    }
  }
  return [always, ...[...changes.values()].toSorted((a, b) => a.time - b.time)];
}

/**
 * The related objects, each with all qualifiers that relate it as its path. One that the log does not have is kept, with what is known of
 * it, and named in an attribute.
 */
function readRelations(entry: JsonObject, types: JsonObject | undefined, context: Context, draft: Draft): void {
  const relations = new Map<string, string>();
  for (const item of asList(entry['relationships'])) {
    const id = asText(asObject(item)?.['object']);
    const qualifier = asText(asObject(item)?.['qualifier']);
    const known = relations.get(id);
    relations.set(id, known === undefined || known === '' ? qualifier : qualifier === '' ? known : `${known}, ${qualifier}`);
  }
  const missing: string[] = [];
  for (const [id, qualifier] of relations) {
    const named = types !== undefined && Object.hasOwn(types, id) ? types[id] : undefined;
    if (named === null) missing.push(id);
    const type = context.typeOf(asText(named));
    if (type !== undefined) draft.identifier(type, id, `relationships.${(qualifier || '*').slice(0, 80)}`);
  }
  if (missing.length > 0) draft.attribute('objects_not_in_log', missing.join(', ').slice(0, 200), Number.NaN);
}

const SPECS: readonly FieldSpec[] = [
  { path: 'time', role: 'time', format: 'iso', reason: 'when it happened', read: (entry) => eventOf(entry)?.['time'] },
  { path: 'type', role: 'step', reason: 'the type of the event', read: (entry) => eventOf(entry)?.['type'] },
];

function eventOf(entry: Entry): JsonObject | undefined {
  const value = objectOf(entry);
  return value?.['event'] === undefined ? undefined : value;
}

function typeSpecs(entries: readonly Entry[]): FieldSpec[] {
  const samples = new Map<string, string[]>();
  const add = (type: Json | undefined, id: string): void => {
    if (typeof type !== 'string' || type === '') return;
    const ids = samples.get(type);
    if (ids === undefined) samples.set(type, [id]);
    else if (ids.length < 3 && !ids.includes(id)) ids.push(id);
  };
  for (const entry of entries) {
    const value = objectOf(entry);
    if (value?.['object'] !== undefined) add(value['type'], asText(value['object']));
    const types = entry.kind === 'tree' ? asObject(entry.context?.['objects']) : undefined;
    for (const [id, type] of Object.entries(types ?? {})) add(type, id);
  }
  const records = recordTypes(samples.keys());
  return [...samples].map(([type, ids]): FieldSpec => {
    const queue = [...ids];
    const reason = `objects of the type ${type}`;
    return { path: OBJECTS + type, role: 'identifier', type: records.get(type), reason, read: () => queue.shift() };
  });
}

/** The attributes of events and objects, at most 60. */
function attributeSpecs(entries: readonly Entry[]): FieldSpec[] {
  const levels = [
    { level: 'event', attributesOf: (entry: Entry) => asObject(eventOf(entry)?.['attributes']) ?? {} },
    { level: 'object', attributesOf: objectAttributes },
  ];
  const specs: FieldSpec[] = [];
  for (const { level, attributesOf } of levels) {
    for (const name of new Set(entries.flatMap((entry) => Object.keys(attributesOf(entry))))) {
      if (specs.length >= 60) break;
      const role = namedRole(name, true, undefined);
      specs.push({
        path: `${level}.${name}`,
        role: role.role,
        type: role.role === 'identifier' ? role.type : role.role === 'attribute' ? role.name : undefined,
        confidence: role.role === 'identifier' ? role.confidence : 0.9,
        reason: role.role === 'identifier' ? `the name says ${role.type}` : `an attribute of the ${level}`,
        read: (entry) => attributesOf(entry)[name],
      });
    }
  }
  return specs;
}

function objectAttributes(entry: Entry): JsonObject {
  const value = objectOf(entry);
  if (value?.['object'] === undefined) return {};
  return Object.fromEntries(
    asList(value['attributes']).flatMap((item): [string, Json][] => {
      const attribute = asObject(item);
      return attribute === undefined ? [] : [[asText(attribute['name']), attribute['value'] ?? null]];
    }),
  );
}
