import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject, Place } from '../../entry.ts';
import type { Emit, FieldMapping, Mapper, SourceContext } from '../../mapper.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import type { TextReader } from '../text-keys.ts';
import { asNumber, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { createHistoryOrder } from './history-order.ts';
import { createMomentReader } from './moments.ts';
import type { MomentReader } from './moments.ts';
import { createPayloadReader, saidIn, say, stemOf } from './payload.ts';
import type { PayloadReader } from './payload.ts';
import { leavesOf, namedReader, namedSpecs } from './records.ts';
import type { NamedValue } from './records.ts';
import { subjectOf, WorkflowFollower } from './temporal-history.ts';
import type { WorkflowEvent, WorkflowFacts } from './temporal-history.ts';
import {
  attributesOf,
  failureText,
  foldType,
  namedPayloads,
  payloadValues,
  protoMember,
  protoObject,
  protoText,
} from './temporal-values.ts';

/**
 * Temporal: histories of workflow runs (`temporal workflow show -o json`, downloads of the web interface), newest or oldest first, and
 * lists of workflows (`temporal workflow list -o json`). A history names its run in its first event; without it the file does. Failed
 * tries of an activity have no events of their own: the next start tells its number and how the last one ended.
 * Source: temporalio/api `history/v1/message.proto`, `enums/v1/event_type.proto`, `workflow/v1/message.proto`.
 */
export const temporal = defineProfile({
  id: 'temporal',
  title: 'Temporal workflows',
  matches: (entry) => eventOf(entry) !== undefined || workflowOf(entry) !== undefined,
  shape: 'events of Temporal workflow histories, or workflows',
  system: platformSystem('temporal', 'the entries come from Temporal'),
  zone: 'UTC',
  zoneReason: 'Temporal writes UTC',
  kind: 'step',
  step: 'run',
  fields: (entries) => [
    ...SPECS,
    ...namedSpecs(entries, INPUT, inputLeaves, false),
    ...namedSpecs(entries, ATTRIBUTES, searchAttributes, true),
  ],
  about: (_entries, source) => ({ execution: stemOf(source.name).replace(/_events$/, '') }),
  compile: (source, mapping) => compile(source, mapping.fields, mapping.system, mapping.execution ?? stemOf(source.name)),
});

const INPUT = 'payloads.';
const ATTRIBUTES = 'searchAttributes.';

interface Readers {
  readonly moment: MomentReader;
  readonly payload: PayloadReader;
  readonly attribute: (name: string, value: string, draft: Draft) => void;
  readonly text: TextReader;
}

function compile(source: SourceContext, fields: readonly FieldMapping[], system: string, unnamed: string): Mapper {
  const text = createTextReader(source.textPatterns);
  const readers: Readers = {
    moment: createMomentReader('UTC'),
    payload: createPayloadReader(fields, INPUT, text),
    attribute: namedReader(fields, ATTRIBUTES, true),
    text,
  };
  let follower = new WorkflowFollower(unnamed);
  let last = 0;
  /** Ids of the earlier histories of the file. */
  let told = 0;
  let pending: { readonly draft: Draft; readonly emit: Emit; readonly place: Place | undefined } | undefined;

  const order = createHistoryOrder<WorkflowEvent>((event) => {
    if (event.id === 1 || event.id <= last) {
      follower = new WorkflowFollower(unnamed);
      told += last;
    }
    last = event.id;
    const { draft, place } = pending!;
    const emit = (): void => (event.place === place ? pending!.emit() : pending!.emit(event.place));
    const step = follower.follow(event);
    if (step.failedBefore !== undefined) {
      // The try before this one failed; when is not told. It stands between the events around it.
      draft.reset();
      begin(draft, system, told + event.id, follower);
      draft.step = step.step;
      draft.span = step.span;
      draft.attempt = step.attempt - 1;
      draft.status = 'failed';
      draft.statusRaw = 'lastFailure';
      draft.error = step.failedBefore;
      readers.text(draft.error, draft);
      emit();
    }
    draft.reset();
    begin(draft, system, told + event.id, follower);
    draft.time = event.at.time;
    draft.precision = event.at.precision;
    draft.kind = step.kind;
    draft.step = step.step;
    draft.span = step.span;
    draft.attempt = step.attempt;
    draft.parentExecution = event.parent;
    draft.status = step.routine ? 'unknown' : normaliseStatus(event.type, 'temporal');
    if (step.kind === 'step' || draft.status !== 'unknown') draft.statusRaw = event.typeRaw;
    draft.error = event.error;
    say(event.said, draft);
    emit();
  });

  const mapper = (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
    const raw = eventOf(entry);
    if (raw === undefined) {
      const workflow = workflowOf(entry);
      if (workflow === undefined) return 'the entry is no event of a Temporal history and no workflow';
      draft.reset();
      readWorkflow(workflow, system, readers, draft);
      emit();
      return undefined;
    }
    draft.reset();
    pending = { draft, emit, place: entry.place };
    order.add(Number(asText(raw['eventId'] ?? raw['event_id'])), workflowEvent(raw, readers, draft, entry));
    return undefined;
  };
  return Object.assign(mapper, {
    end(draft: Draft, emit: Emit): void {
      pending = { draft, emit, place: undefined };
      order.end();
    },
  });
}

function begin(draft: Draft, system: string, sequence: number, follower: WorkflowFollower): void {
  draft.system = system;
  draft.flow = follower.flow;
  draft.sequence = sequence;
  draft.executionType = 'execution';
  draft.execution = follower.execution;
}

function eventOf(entry: Entry): JsonObject | undefined {
  const object = objectOf(entry);
  if (object === undefined || !/^\d{1,9}$/.test(protoText(object, 'eventId'))) return undefined;
  const type = foldType(protoText(object, 'eventType'));
  return EVENTS.test(type) && protoMember(object, 'eventTime') !== undefined ? object : undefined;
}

const EVENTS =
  /^(?:workflowexecution|workflowtask|workflowproperties|activitytask|activityproperties|timer|marker|startchildworkflow|childworkflow|signalexternal|requestcancelexternal|externalworkflow|upsertworkflow|nexusoperation)[a-z]{1,60}$/;

/** A workflow as lists and descriptions give it: the latter in `workflowExecutionInfo`. */
function workflowOf(entry: Entry): JsonObject | undefined {
  const object = objectOf(entry);
  const info = protoObject(object, 'workflowExecutionInfo') ?? object;
  if (info === undefined || protoText(info, 'status') === '') return undefined;
  const execution = protoObject(info, 'execution');
  return protoText(execution, 'workflowId') !== '' && protoObject(info, 'type') !== undefined ? info : undefined;
}

function readWorkflow(workflow: JsonObject, system: string, readers: Readers, draft: Draft): void {
  const execution = protoObject(workflow, 'execution');
  const start = readers.moment(protoMember(workflow, 'startTime'));
  draft.time = start.time;
  draft.precision = start.precision;
  draft.end = readers.moment(protoMember(workflow, 'closeTime')).time;
  draft.system = system;
  draft.flow = protoText(protoObject(workflow, 'type'), 'name');
  draft.step = 'run';
  draft.span = 'run';
  draft.executionType = 'execution';
  draft.execution = protoText(execution, 'runId') || protoText(execution, 'workflowId');
  draft.parentExecution = protoText(protoObject(workflow, 'parentExecution'), 'runId');
  draft.statusRaw = protoText(workflow, 'status');
  draft.status = normaliseStatus(draft.statusRaw.replace(/^WORKFLOW_EXECUTION_STATUS_/, ''), 'temporal');
  readNamed(workflow, readers, draft);
  readers.text(protoText(execution, 'workflowId'), draft);
}

/** Search attributes are chosen to find workflows by; memos are notes that may hold keys. */
function readNamed(holder: JsonObject, readers: Readers, draft: Draft): void {
  for (const [name, value] of searchLeaves(holder)) {
    readers.attribute(name, value, draft);
    readers.text(value, draft);
  }
  readers.payload(namedPayloads(protoObject(holder, 'memo')), draft);
}

/** Where the values stand that an event carries. */
const CARRIED = ['input', 'result', 'details', 'lastCompletionResult'] as const;

function workflowEvent(raw: JsonObject, readers: Readers, draft: Draft, entry: Entry): WorkflowEvent {
  const attributes = attributesOf(raw);
  const type = foldType(protoText(raw, 'eventType'));
  if (type !== 'markerrecorded')
    for (const name of CARRIED) for (const value of payloadValues(protoMember(attributes, name))) readers.payload(value, draft);
  readNamed(attributes, readers, draft);
  const error = failureText(protoObject(attributes, 'failure')) || protoText(attributes, 'reason');
  readers.text(error, draft);
  const facts: WorkflowFacts = {
    id: asNumber(protoMember(raw, 'eventId')),
    type,
    typeRaw: protoText(raw, 'eventType'),
    at: readers.moment(protoMember(raw, 'eventTime')),
    error,
    place: entry.place,
    said: saidIn(draft),
  };
  const event = { ...facts, ...subjectOf(type, attributes) };
  if (event.workflowId === '') return event;
  readers.text(event.workflowId, draft);
  return { ...event, said: saidIn(draft) };
}

function inputLeaves(entry: Entry): readonly NamedValue[] {
  const event = eventOf(entry);
  if (event === undefined) return [];
  const attributes = attributesOf(event);
  return CARRIED.flatMap((name) => payloadValues(protoMember(attributes, name)).flatMap((value) => leavesOf(value)));
}

function searchAttributes(entry: Entry): readonly NamedValue[] {
  const event = eventOf(entry);
  const holder = event === undefined ? workflowOf(entry) : attributesOf(event);
  return holder === undefined ? [] : searchLeaves(holder);
}

/** Search attributes under their names, without those that the server and the workers set. */
function searchLeaves(holder: JsonObject): NamedValue[] {
  const all = leavesOf(namedPayloads(protoObject(holder, 'searchAttributes')));
  return all.flatMap(([name, value]) => (OWN_ATTRIBUTES.test(name) ? [] : [[name.replace(/\[\]$/, ''), value] as const]));
}

const OWN_ATTRIBUTES = /^(?:TemporalChangeVersion|BuildIds|BinaryChecksums)/;

const SPECS: readonly FieldSpec[] = [
  { path: 'eventTime', role: 'time', format: 'iso', reason: 'when it happened', read: (entry) => protoMember(eventOf(entry), 'eventTime') },
  { path: 'eventId', role: 'sequence', reason: 'the order within a run', read: (entry) => protoMember(eventOf(entry), 'eventId') },
  {
    path: 'eventType',
    role: 'status',
    reason: 'what became of the workflow, the activity, the timer or the child',
    read: (entry) => protoMember(eventOf(entry), 'eventType'),
  },
  {
    path: 'activityType.name',
    role: 'step',
    reason: 'the activity; later events refer to its schedule',
    read: (entry) => protoMember(protoObject(attributesOf(eventOf(entry) ?? {}), 'activityType'), 'name'),
  },
  {
    path: 'workflowType.name',
    role: 'flow',
    reason: 'the workflow',
    read: (entry) => protoMember(protoObject(attributesOf(eventOf(entry) ?? {}), 'workflowType'), 'name'),
  },
  {
    path: 'originalExecutionRunId',
    role: 'execution',
    type: 'execution',
    reason: 'the run',
    read: (entry) => protoMember(attributesOf(eventOf(entry) ?? {}), 'originalExecutionRunId'),
  },
  {
    path: 'attempt',
    role: 'attempt',
    reason: 'the try of an activity that was started',
    read: (entry) => protoMember(attributesOf(eventOf(entry) ?? {}), 'attempt'),
  },
  { path: 'startTime', role: 'time', reason: 'start of the workflow' },
  { path: 'closeTime', role: 'end-time', reason: 'end of the workflow' },
  { path: 'status', role: 'status', reason: 'RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED, CONTINUED_AS_NEW, TIMED_OUT' },
  { path: 'execution.runId', role: 'execution', type: 'execution', reason: 'the run' },
  { path: 'type.name', role: 'flow', reason: 'the workflow' },
];
