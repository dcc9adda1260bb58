import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { attributeName } from '../../infer/attribute-name.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { createNamedReader, entityOf, entityOfMapping, namedRole } from '../business.ts';
import type { NamedReader, NamedRole } from '../business.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';

const NAME = 'concept:name';
const TRANSITION = 'lifecycle:transition';
const TIME = 'time:timestamp';

/**
 * XES event logs (IEEE 1849): a trace is a case, an event a step of it. `lifecycle:transition` tells start and completion (the journey makes one
 * attempt of both; `concept:instance` keeps those apart that overlap), `lifecycle:state` goes before it where it says more (`Closed.Completed.Failed`);
 * an event without either is a point in time that completed. Source: IEEE 1849-2016, extensions concept, lifecycle with its standard and BPAF
 * models, time, org and cost (tf-pm.org, standard extensions).
 */
export const xes = defineProfile({
  id: 'xes',
  title: 'XES event log',
  formatId: 'xes',
  matches: (entry) => objectOf(entry) !== undefined,
  shape: 'XES events',
  system: fallbackSystem('an XES log names no system; org:resource is who did it, not where'),
  zoneReason: ({ zone }) => `XES dates carry an offset; ${zone === '' ? 'UTC is assumed' : 'the given zone is used'} where one does not`,
  kind: 'step',
  fields: (entries) => [caseSpec(entries), ...SPECS, ...attributeSpecs(entries)],

  compile(source, mapping) {
    const time = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const entity = entityOfMapping(mapping.fields);
    const named = { classify: (key: string) => roleOf(key, entity), fields: mapping.fields };
    const readEventField = createNamedReader({ ...named, prefix: 'event.' });
    const readCase = createCaseReader(source.name.split(/[/\\]/).at(-1) ?? source.name, createNamedReader({ ...named, prefix: 'trace.' }));
    return (entry, draft, emit) => {
      const event = objectOf(entry);
      if (event === undefined) return 'the entry is no XES event';
      draft.reset();
      draft.system = mapping.system;
      const problem = readEvent(event, classifierOf(entry), time, draft);
      if (problem !== undefined) return problem;
      const name = readCase(entry, draft);
      const instance = textOf(event['concept:instance']);
      if (instance !== '' && draft.statusRaw !== '') draft.span = JSON.stringify([name, draft.step, instance]);
      readAttributes(event, readEventField, draft);
      emit();
      return undefined;
    };
  },
});

function readEvent(event: JsonObject, classifier: readonly string[], time: TimeParser, draft: Draft): string | undefined {
  draft.step = textOf(event[NAME]) || classified(event, classifier) || textOf(event['Activity']) || 'event';
  const at = textOf(event[TIME]);
  if (at !== '') {
    draft.time = time(at);
    if (Number.isNaN(draft.time)) return `time:timestamp is no time: ${at.slice(0, 40)}`;
    draft.precision = precisionOf(at, 'iso');
  }
  const transition = textOf(event[TRANSITION]);
  const state = textOf(event['lifecycle:state']);
  const ofState = state === '' ? 'unknown' : normaliseStatus(state, 'xes');
  const says = ofState !== 'unknown' || transition === '';
  draft.statusRaw = says ? state : transition;
  draft.status = draft.statusRaw === '' ? 'succeeded' : says ? ofState : normaliseStatus(transition, 'xes');
  return undefined;
}

/** The keys of the log's first classifier that name an activity. */
function classifierOf(entry: Entry): readonly string[] {
  const classifiers = entry.kind === 'tree' ? asObject(entry.context?.['classifiers']) : undefined;
  const [first] = Object.values(classifiers ?? {});
  return Array.isArray(first) ? first.map(asText).filter((key) => key !== TRANSITION) : [];
}

/** What a classifier calls an event that has no name: the values of its keys. */
function classified(event: JsonObject, keys: readonly string[]): string {
  return keys
    .map((key) => textOf(event[key]))
    .filter((text) => text !== '')
    .join('+');
}

/**
 * The case of each event. The trace's attributes go to its first event only: they are said once, not at every step.
 * A trace without a name is known by its ordinal in its file: another file's second trace is another case. Returns its name.
 */
function createCaseReader(sourceName: string, readField: NamedReader): (entry: Entry, draft: Draft) => string {
  let current: JsonObject | undefined;
  let name = '';
  let count = 0;
  return (entry, draft) => {
    const trace = traceOf(entry);
    if (trace === undefined) return '';
    const isFirst = trace !== current;
    if (isFirst) {
      current = trace;
      count++;
      name = textOf(trace[NAME]) || textOf(trace['identity:id']) || `${sourceName}#${count}`;
    }
    draft.identifier('case', name, 'trace.concept:name');
    if (isFirst) readAttributes(trace, readField, draft);
    return name;
  };
}

function traceOf(entry: Entry): JsonObject | undefined {
  return entry.kind === 'tree' ? asObject(entry.context?.['trace']) : undefined;
}

/** An attribute's own value: with attributes nested in it, it stands beside them under `value`. */
function textOf(value: Json | undefined): string {
  const nested = asObject(value);
  return asText(nested === undefined ? value : nested['value']);
}

/** Standard keys that are read as something else, or that say nothing about the record. */
const CONSUMED: ReadonlySet<string> = new Set([
  NAME,
  TRANSITION,
  TIME,
  'lifecycle:state',
  'lifecycle:model',
  'concept:instance',
  'identity:id',
  'semantic:modelReference',
  'Activity',
  'Resource',
  'creator',
]);

/** The standard extensions' attributes that say something of the step, under plain names. */
const STANDARD_NAMES: ReadonlyMap<string, string> = new Map([
  ['org:resource', 'resource'],
  ['org:role', 'role'],
  ['org:group', 'group'],
  ['cost:total', 'cost'],
  ['cost:currency', 'currency'],
  ['cost:drivers.cost:driver', 'cost_driver'],
  ['cost:drivers.cost:driver.cost:amount', 'cost_driver_amount'],
  ['cost:drivers.cost:driver.cost:type', 'cost_driver_type'],
]);

function readAttributes(object: JsonObject, read: NamedReader, draft: Draft): void {
  for (const key of Object.keys(object)) {
    if (CONSUMED.has(key)) continue;
    const value = object[key]!;
    if (typeof value !== 'object' || value === null) {
      const text = asText(value).trim();
      if (text !== '') read(key, text, draft);
    } else for (const [path, text] of leavesOf(key, value)) read(path, text, draft);
  }
}

const MOST_LEAVES = 50;
const MOST_LEVELS = 8;

/**
 * The values below an attribute that is nested or a list, by their paths: `product` and `product.qty`. Those of one path (the items of a list)
 * are joined.
 */
function leavesOf(key: string, value: Json): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (path: string, inner: Json, level: number): void => {
    if (leaves.size >= MOST_LEAVES || level > MOST_LEVELS) return;
    if (Array.isArray(inner)) {
      for (const item of inner) visit(path, item, level + 1);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [name, member] of Object.entries(inner)) visit(name === 'value' ? path : `${path}.${name}`, member, level + 1);
    } else {
      const text = asText(inner).trim();
      const known = leaves.get(path);
      if (text !== '') leaves.set(path, known === undefined ? text : `${known}, ${text}`);
    }
  };
  visit(key, value, 0);
  return leaves;
}

/** The case is named by its trace; another field that says `case` is an attribute, not a second case. */
function roleOf(key: string, entity: string | undefined): NamedRole {
  const standard = STANDARD_NAMES.get(key);
  if (standard !== undefined) return { role: 'attribute', name: standard };
  const role = namedRole(key, true, entity);
  return role.role === 'identifier' && role.type === 'case' ? { role: 'attribute', name: attributeName(key, entity) } : role;
}

function caseSpec(entries: readonly Entry[]): FieldSpec {
  const named = entries.some((entry) => textOf(traceOf(entry)?.[NAME]) !== '');
  return {
    path: 'trace.concept:name',
    role: 'identifier',
    type: 'case',
    reason: named ? 'the name of the trace is the case' : 'the traces have no names: their ordinals are used',
    read: (entry) => textOf(traceOf(entry)?.[NAME]) || (traceOf(entry) === undefined ? undefined : '#'),
  };
}

const SPECS: readonly FieldSpec[] = [
  { path: `event.${TIME}`, role: 'time', format: 'iso', reason: 'when it happened', read: (entry) => objectOf(entry)?.[TIME] },
  { path: `event.${NAME}`, role: 'step', reason: 'the activity', read: (entry) => objectOf(entry)?.[NAME] },
  { path: `event.${TRANSITION}`, role: 'status', reason: 'start, complete, skip …', read: (entry) => objectOf(entry)?.[TRANSITION] },
];

/** The other attributes of events and traces, at most 60 lines. */
function attributeSpecs(entries: readonly Entry[]): FieldSpec[] {
  const specs: FieldSpec[] = [];
  const levels = [
    { level: 'event', leavesAt: (entry: Entry) => attributesOf(objectOf(entry)) },
    { level: 'trace', leavesAt: (entry: Entry) => attributesOf(traceOf(entry)) },
  ];
  const leaves = levels.map(({ leavesAt }) => new Map(entries.map((entry) => [entry, leavesAt(entry)])));
  const keysOf = leaves.map((byEntry) => new Set([...byEntry.values()].flatMap((found) => [...found.keys()])));
  const entity = entityOf(keysOf.flatMap((keys) => [...keys]));
  for (const [index, { level }] of levels.entries()) {
    for (const key of keysOf[index]!) {
      if (specs.length >= 60) continue;
      const role = roleOf(key, entity);
      specs.push({
        path: `${level}.${key}`,
        role: role.role,
        type: role.role === 'identifier' ? role.type : role.role === 'attribute' ? role.name : undefined,
        confidence: role.role === 'identifier' ? role.confidence : 0.9,
        reason: role.role === 'identifier' ? `the name says ${role.type}` : `an attribute of the ${level}`,
        read: (from) => leaves[index]!.get(from)?.get(key),
      });
    }
  }
  return specs;
}

function attributesOf(object: JsonObject | undefined): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(object ?? {})) {
    if (!CONSUMED.has(key)) for (const [path, text] of leavesOf(key, value)) all.set(path, text);
  }
  return all;
}
