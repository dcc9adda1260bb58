import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Emit, Mapping, SourceContext } from '../../mapper.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { beginPart, emitTries, errorText, readStatus, readTracked, readTracking, TRACKED, trackedOf, triesOf } from './logic-apps-run.ts';
import type { RunPart, RunReaders } from './logic-apps-run.ts';
import { createMomentReader } from './moments.ts';
import { createPayloadReader, openPayload } from './payload.ts';
import { leavesOf, namedReader, namedSpecs } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * Azure Logic Apps' run history from the REST API: runs, their actions, the passes through loops, triggers, and single runs with all their
 * actions inside. The same run exported while it goes on and again later has the same execution and spans.
 * Source: Azure REST API, "Workflow Runs", "Workflow Run Actions", "Workflow Run Action Repetitions", "Workflow Trigger Histories".
 */
export const logicAppsRuns = defineProfile({
  id: 'logic-apps-runs',
  title: 'Azure Logic Apps run history',
  matches: (entry) => partsOf(entry) !== undefined,
  shape: 'runs, actions or triggers of Azure Logic Apps',
  system: platformSystem('logic-apps', 'the entries come from Azure Logic Apps'),
  zone: 'UTC',
  zoneReason: 'Logic Apps writes UTC',
  kind: 'step',
  step: 'run',
  fields: (entries) => [
    ...SPECS,
    ...namedSpecs(entries, TRACKED, trackedLeaves, true),
    ...PAYLOADS.flatMap((name) => payloadSpecs(entries, name)),
  ],

  compile(source, mapping) {
    const readers = readersFor(source, mapping);
    return (entry, draft, emit) => {
      const parts = partsOf(entry);
      if (parts === undefined) return 'the entry is no run, action or trigger of Azure Logic Apps';
      const { names, properties } = parts;
      const part = (step: string, span: string, item = ''): RunPart => ({
        system: mapping.system,
        flow: names.workflow,
        run: names.run || asText(asObject(properties['run'])?.['name']),
        step,
        span,
        item,
      });
      if (parts.kind === 'trigger') emitPart(part(names.trigger || 'trigger', 'trigger'), properties, readers, draft, emit);
      else if (parts.kind === 'run') emitRun(part, properties, readers, draft, emit);
      else emitPart(part(names.action || 'action', names.action, itemOf(properties)), properties, readers, draft, emit);
      return undefined;
    };
  },
});

const PAYLOADS = ['inputs', 'outputs'] as const;

function readersFor(source: SourceContext, mapping: Mapping): RunReaders {
  const text = createTextReader(source.textPatterns);
  return {
    moment: createMomentReader('UTC'),
    tracked: namedReader(mapping.fields, TRACKED, true),
    inputs: createPayloadReader(mapping.fields, 'inputs.', text),
    outputs: createPayloadReader(mapping.fields, 'outputs.', text),
    text,
  };
}

interface Names {
  readonly workflow: string;
  readonly run: string;
  readonly action: string;
  readonly trigger: string;
}

interface Parts {
  readonly kind: 'run' | 'action' | 'trigger';
  readonly names: Names;
  readonly properties: JsonObject;
}

const TYPE = /(?:^|\/)workflows\/(runs(?:\/actions(?:\/(?:scope)?repetitions)?)?|triggers\/histories)$/i;

/** What an object is, from its type, and whose, from the path that is its id. Standard shortens both. */
function partsOf(entry: Entry): Parts | undefined {
  const object = objectOf(entry);
  const properties = asObject(object?.['properties']);
  const type = TYPE.exec(asText(object?.['type']))?.[1]?.toLowerCase();
  if (object === undefined || properties === undefined || type === undefined || properties['status'] === undefined) return undefined;
  const kind = type === 'runs' ? 'run' : type.startsWith('runs/') ? 'action' : 'trigger';
  const names = namesIn(asText(object['id']));
  const own = asText(object['name']);
  // The id of a trigger history is that of the run it started.
  if (kind === 'trigger') return { kind, names, properties };
  if (kind === 'run') return { kind, names: { ...names, run: own || names.run }, properties };
  return { kind, names: { ...names, action: names.action || own }, properties };
}

function namesIn(id: string): Names {
  const parts = id.split('/', 40);
  const after = (key: string): string => {
    const at = parts.lastIndexOf(key);
    return at < 0 ? '' : decoded(parts[at + 1] ?? '');
  };
  return { workflow: after('workflows'), run: after('runs'), action: after('actions'), trigger: after('triggers') };
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an encoding: the segment as it stands.
    return segment;
  }
}

/** `For_each[2]`, outermost loop first. */
function itemOf(properties: JsonObject): string {
  return asList(properties['repetitionIndexes'])
    .slice(0, 20)
    .map((item) => `${asText(asObject(item)?.['scopeName'])}[${asText(asObject(item)?.['itemIndex'])}]`)
    .join('/');
}

function emitRun(
  part: (step: string, span: string) => RunPart,
  properties: JsonObject,
  readers: RunReaders,
  draft: Draft,
  emit: Emit,
): void {
  emitPart(part('run', 'run'), properties, readers, draft, emit);
  const trigger = asObject(properties['trigger']);
  if (trigger !== undefined) emitPart(part(asText(trigger['name']) || 'trigger', 'trigger'), trigger, readers, draft, emit);
  const actions = asObject(properties['actions']);
  if (actions === undefined) return;
  for (const [name, action] of Object.entries(actions)) {
    const own = asObject(action);
    if (own !== undefined) emitPart(part(name, name), own, readers, draft, emit);
  }
}

function emitPart(part: RunPart, properties: JsonObject, readers: RunReaders, draft: Draft, emit: Emit): void {
  emitTries(triesOf(properties['retryHistory']), readers, draft, (last) => fill(part, properties, last, readers, draft), emit);
}

function fill(part: RunPart, properties: JsonObject, last: boolean, readers: RunReaders, draft: Draft): void {
  beginPart(part, draft);
  const start = readers.moment(properties['startTime']);
  draft.time = start.time;
  draft.precision = start.precision;
  draft.end = readers.moment(properties['endTime']).time;
  if (last) readStatus(asText(properties['status']), asText(properties['code']), errorText(asObject(properties['error'])), draft);
  const origin = asText(properties['originHistoryName']) || asText(asObject(properties['trigger'])?.['originHistoryName']);
  if (part.item === '' && origin !== part.run) draft.parentExecution = origin;
  readTracking(asText(asObject(properties['correlation'])?.['clientTrackingId']), part.run, draft, readers.text);
  readTracked(trackedOf(asObject(properties['trackedProperties'])), readers, draft);
  readers.inputs(properties['inputs'], draft);
  if (last) readers.outputs(part.span === 'run' ? valuesOf(properties['outputs']) : properties['outputs'], draft);
}

/** Outputs of a run are declared: `{ orderId: { type, value } }`. */
function valuesOf(outputs: JsonObject[string] | undefined): JsonObject | undefined {
  const declared = asObject(outputs);
  if (declared === undefined) return undefined;
  return Object.fromEntries(Object.entries(declared).map(([name, output]) => [name, asObject(output)?.['value'] ?? output]));
}

function trackedLeaves(entry: Entry): readonly NamedValue[] {
  return innerOf(entry).flatMap((one) => trackedOf(asObject(one['trackedProperties'])));
}

function payloadSpecs(entries: readonly Entry[], name: (typeof PAYLOADS)[number]): FieldSpec[] {
  const read = (entry: Entry): readonly NamedValue[] => {
    const parts = partsOf(entry);
    return innerOf(entry).flatMap((one) => {
      const declared = name === 'outputs' && parts?.kind === 'run' && one === parts.properties;
      return leavesOf(openPayload(declared ? valuesOf(one[name]) : one[name]));
    });
  };
  return namedSpecs(entries, `${name}.`, read, false);
}

/** The properties of an entry, and of the trigger and the actions in them. */
function innerOf(entry: Entry): readonly JsonObject[] {
  const properties = partsOf(entry)?.properties;
  if (properties === undefined) return [];
  const actions = Object.values(asObject(properties['actions']) ?? {});
  return [properties, ...[properties['trigger'], ...actions].map((one) => asObject(one)).filter((one) => one !== undefined)];
}

const SPECS: readonly FieldSpec[] = [
  { path: 'properties.startTime', role: 'time', format: 'iso', reason: 'start of the run, trigger or action' },
  { path: 'properties.endTime', role: 'end-time', format: 'iso', reason: 'its end' },
  { path: 'properties.status', role: 'status', reason: 'Running, Succeeded, Failed, Skipped, TimedOut …' },
  { path: 'properties.code', role: 'error', reason: 'why, where no error says more' },
  { path: 'properties.error.message', role: 'error', reason: 'why it failed' },
  { path: 'id', role: 'flow', reason: 'the path names workflow, run and action', read: (entry) => partsOf(entry)?.names.workflow },
  { path: 'name', role: 'step', reason: 'actions are steps of their run' },
  { path: 'id.run', role: 'execution', type: 'execution', reason: 'the run', read: (entry) => partsOf(entry)?.names.run },
  {
    path: 'properties.correlation.clientTrackingId',
    role: 'identifier',
    type: 'correlation',
    reason: 'the run, unless the caller gave an id',
  },
  { path: 'properties.retryHistory', role: 'attempt', reason: 'the tries before the last' },
];
