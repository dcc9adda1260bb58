import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject, Place } from '../../entry.ts';
import type { Emit, FieldMapping, Mapper, SourceContext } from '../../mapper.ts';
import { formatIso, micros } from '../../../model/time.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asNumber, asObject, asText, firstOf, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { createHistoryOrder } from './history-order.ts';
import { createMomentReader } from './moments.ts';
import type { MomentReader } from './moments.ts';
import { createPayloadReader, openPayload, saidIn, say, stemOf } from './payload.ts';
import type { PayloadReader } from './payload.ts';
import { leavesOf, namedSpecs } from './records.ts';
import { ExecutionFollower } from './step-functions-history.ts';
import type { HistoryEvent, Subject, Visit } from './step-functions-history.ts';

/**
 * AWS Step Functions: histories of executions (`get-execution-history`, in either order), executions (`describe-execution`,
 * `list-executions`), and the log events of CloudWatch Logs. A history does not name its execution; then the file and the start do.
 * Times are seconds, ISO or missing: order is that of the ids. Source: Step Functions API reference, HistoryEvent and
 * DescribeExecution; Amazon States Language.
 */
export const stepFunctions = defineProfile({
  id: 'step-functions',
  title: 'AWS Step Functions',
  matches: (entry) => eventOf(entry) !== undefined || executionOf(entry) !== undefined,
  shape: 'Step Functions executions or events of their histories',
  system: platformSystem('step-functions', 'the entries come from AWS Step Functions'),
  zone: 'UTC',
  zoneReason: 'times are epoch seconds, or carry their offset',
  kind: 'step',
  step: 'run',
  fields: (entries) => [
    ...SPECS,
    ...PAYLOADS.flatMap((name) => namedSpecs(entries, `${name}.`, (entry) => payloadLeaves(entry, name), false)),
  ],
  about: (_entries, source) => ({ execution: stemOf(source.name) }),
  compile: (source, mapping) => compile(source, mapping.fields, mapping.system, mapping.execution ?? stemOf(source.name)),
});

const PAYLOADS = ['input', 'output', 'parameters'] as const;

/** Executions that are followed at once: CloudWatch interleaves those of a log group. */
const MOST_EXECUTIONS = 2_000;

function compile(source: SourceContext, fields: readonly FieldMapping[], system: string, unnamed: string): Mapper {
  const readText = createTextReader(source.textPatterns);
  const readers = PAYLOADS.map((name) => [name, createPayloadReader(fields, `${name}.`, readText)] as const);
  const moment = createMomentReader('UTC');
  const named = new Map<string, ExecutionFollower>();
  let current: ExecutionFollower | undefined;
  let last = 0;
  /** Ids of the earlier histories of the file. */
  let told = 0;
  let pending: Telling | undefined;

  const tell = (follower: ExecutionFollower, sequence: number, { event, flow, parent }: Held): void => {
    const { draft, emit, place } = pending!;
    draft.reset();
    draft.system = system;
    draft.flow = flow;
    draft.sequence = sequence;
    readEvent(event, follower.follow(event), draft);
    if (parent !== '') draft.parentExecution = parent;
    say(event.said, draft);
    readText(event.error, draft);
    if (event.place === place) emit();
    else emit(event.place);
  };
  // The histories of one file, one after the other: each begins anew with event 1.
  const order = createHistoryOrder<Held>((held) => {
    const { event } = held;
    if (current === undefined || event.id === 1 || event.id <= last) {
      current = new ExecutionFollower(nameOf(unnamed, event));
      told += last;
    }
    last = event.id;
    tell(current, told + event.id, held);
  });
  const followerOf = (arn: string): ExecutionFollower => {
    let follower = named.get(arn);
    if (follower === undefined) {
      if (named.size >= MOST_EXECUTIONS) named.delete(named.keys().next().value!);
      follower = new ExecutionFollower(arn);
      named.set(arn, follower);
    }
    return follower;
  };

  const mapper = (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
    const raw = eventOf(entry);
    if (raw === undefined) {
      const execution = executionOf(entry);
      if (execution === undefined) return 'the entry is no Step Functions event or execution';
      draft.reset();
      draft.system = system;
      readExecution(execution, readers, moment, draft);
      readText(draft.error, draft);
      emit();
      return undefined;
    }
    draft.reset();
    pending = { draft, emit, place: entry.place };
    const details = detailsOf(raw);
    for (const [name, read] of readers) read(details[name], draft);
    const event = historyEvent(raw, details, moment, draft, entry.place);
    const arn = asText(raw['execution_arn']);
    const flow = machineOf(arn || asText(firstOf(details, 'stateMachineVersionArn', 'stateMachineAliasArn')));
    const parent = event.type === 'ExecutionStarted' ? startedBy(details['input']) : '';
    if (arn === '' && Number.isInteger(event.id)) order.add(event.id, { event, flow, parent });
    else if (arn === '') {
      // Masked ids: what stands where is not known, only that it follows.
      order.end();
      current ??= new ExecutionFollower(nameOf(unnamed, event));
      tell(current, told + last, { event, flow, parent });
    } else {
      tell(followerOf(arn), event.id, { event, flow, parent });
      if (ENDED.test(event.type)) named.delete(arn);
    }
    return undefined;
  };
  return Object.assign(mapper, {
    end(draft: Draft, emit: Emit): void {
      pending = { draft, emit, place: undefined };
      order.end();
    },
  });
}

/** Where events go while an entry is mapped, and whose place it is. */
interface Telling {
  readonly draft: Draft;
  readonly emit: Emit;
  readonly place: Place | undefined;
}

interface Held {
  readonly event: HistoryEvent;
  readonly flow: string;
  readonly parent: string;
}

const ENDED = /^Execution(?:Succeeded|Failed|TimedOut|Aborted)$/;

/** Two histories saved under one name are told apart by when they began; without times by nothing but their place. */
function nameOf(unnamed: string, first: HistoryEvent): string {
  return Number.isNaN(first.at.time) ? `${unnamed}@${first.place.offset}` : `${unnamed}@${formatIso(micros(first.at.time))}`;
}

/** An event of a history or of CloudWatch Logs; the latter may be wrapped in `{ timestamp, message }`. */
function eventOf(entry: Entry): JsonObject | undefined {
  const object = objectOf(entry);
  if (object === undefined) return undefined;
  const message = object['message'];
  const event = typeof message === 'string' && message.includes('"execution_arn"') ? asObject(openPayload(message)) : object;
  if (event === undefined || event['id'] === undefined || !TYPE.test(asText(event['type']))) return undefined;
  return event['previousEventId'] !== undefined || event['previous_event_id'] !== undefined ? event : undefined;
}

const TYPE =
  /^(?:Execution|(?:Task|Pass|Choice|Wait|Succeed|Fail|Map|Parallel)State|Task|Activity|LambdaFunction|MapIteration|MapRun|Evaluation)[A-Z][A-Za-z]{1,30}$/;

function executionOf(entry: Entry): JsonObject | undefined {
  const object = objectOf(entry);
  if (object === undefined || typeof object['status'] !== 'string') return undefined;
  return /^arn:[^:]{1,20}:states:/.test(asText(object['executionArn'])) ? object : undefined;
}

/** `taskFailedEventDetails` and its kin; CloudWatch calls all of them `details`. */
function detailsOf(event: JsonObject): JsonObject {
  for (const key of Object.keys(event)) {
    const details = key.endsWith('EventDetails') || key === 'details' ? asObject(event[key]) : undefined;
    if (details !== undefined) return details;
  }
  return {};
}

function historyEvent(raw: JsonObject, details: JsonObject, moment: MomentReader, draft: Draft, place: Place): HistoryEvent {
  return {
    id: asNumber(raw['id']),
    previous: asNumber(firstOf(raw, 'previousEventId', 'previous_event_id')),
    type: asText(raw['type']),
    at: moment(firstOf(raw, 'event_timestamp', 'timestamp')),
    name: asText(firstOf(details, 'name', 'state')),
    index: asText(details['index']),
    error: errorOf(details),
    call: [asText(details['resourceType']), asText(details['resource'])].filter((word) => word !== '').join(' '),
    said: saidIn(draft),
    place,
  };
}

/** `States.Timeout: …`; Lambda's cause is JSON that holds the message. */
function errorOf(details: JsonObject): string {
  const message = asText(asObject(openPayload(details['cause']))?.['errorMessage']) || asText(details['cause']);
  return [asText(details['error']), message]
    .filter((word) => word !== '')
    .join(': ')
    .slice(0, 2_000);
}

/** Events that tell about a state whose outcome another event tells. */
const NOTES = /^(?:(?:Task|Map|Parallel)StateExited|MapRun[A-Z][A-Za-z]{1,20})$/;

function readEvent(event: HistoryEvent, subject: Subject, draft: Draft): void {
  draft.time = event.at.time;
  draft.precision = event.at.precision;
  draft.kind = NOTES.test(event.type) ? 'note' : 'step';
  draft.status = normaliseStatus(event.type, 'step-functions');
  // The exit of a state that another event told the outcome of is no word for an outcome.
  if (draft.kind === 'step' || draft.status !== 'unknown') draft.statusRaw = event.type;
  draft.error = event.error;
  draft.executionType = 'execution';
  switch (subject.is) {
    case 'run':
      draft.execution = subject.execution;
      draft.step = 'run';
      draft.span = 'run';
      return;
    case 'item':
      draft.execution = subject.execution;
      draft.parentExecution = subject.parentExecution;
      draft.step = `${subject.name} item`;
      draft.span = 'run';
      return;
    case 'state':
      readState(subject.visit, draft);
      return;
    case 'unknown':
      draft.execution = subject.execution;
      draft.step = event.name || event.call || event.type;
      draft.span = Number.isInteger(event.id) ? String(event.id) : '';
      return;
  }
}

/** The kinds of states that can try again. */
const TRIED: ReadonlySet<string> = new Set(['Task', 'Map', 'Parallel']);

function readState(visit: Visit, draft: Draft): void {
  draft.execution = visit.scope.execution;
  draft.parentExecution = visit.scope.parentExecution;
  draft.step = visit.name || visit.kind;
  draft.span = Number.isInteger(visit.span) ? String(visit.span) : '';
  if (visit.first && visit.scope.outer !== undefined) draft.parentSpan = String(visit.scope.outer.span);
  if (TRIED.has(visit.kind)) draft.attempt = visit.attempt;
}

function readExecution(
  execution: JsonObject,
  readers: readonly (readonly [string, PayloadReader])[],
  moment: MomentReader,
  draft: Draft,
): void {
  const start = moment(execution['startDate']);
  draft.time = start.time;
  draft.precision = start.precision;
  draft.end = moment(execution['stopDate']).time;
  draft.execution = asText(execution['executionArn']);
  draft.executionType = 'execution';
  draft.parentExecution = startedBy(execution['input']);
  draft.flow = machineOf(asText(execution['stateMachineArn']) || draft.execution);
  draft.step = 'run';
  draft.span = 'run';
  draft.statusRaw = asText(execution['status']);
  draft.status = normaliseStatus(draft.statusRaw, 'step-functions');
  draft.error = errorOf(execution);
  for (const [name, read] of readers) read(execution[name], draft);
}

/** `arn:aws:states:<region>:<account>:stateMachine|execution|express:<machine>…` → the machine's name. */
function machineOf(arn: string): string {
  const parts = arn.split(':', 9);
  return parts[2] === 'states' ? (parts[6] ?? '').split('/', 1)[0]! : '';
}

/** The execution that started this one: Step Functions puts its ARN into the input. */
function startedBy(input: Json | undefined): string {
  return asText(asObject(openPayload(input))?.['AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID']);
}

function payloadLeaves(entry: Entry, name: string): readonly (readonly [string, string])[] {
  const event = eventOf(entry);
  const holder = event === undefined ? executionOf(entry) : detailsOf(event);
  return leavesOf(openPayload(holder?.[name]));
}

const fromEvent =
  (...keys: readonly string[]): NonNullable<FieldSpec['read']> =>
  (entry) => {
    const event = eventOf(entry);
    return event === undefined ? undefined : firstOf(event, ...keys);
  };

const SPECS: readonly FieldSpec[] = [
  {
    path: 'timestamp',
    role: 'time',
    reason: 'seconds, or ISO; without it the ids give the order',
    read: fromEvent('event_timestamp', 'timestamp'),
  },
  { path: 'type', role: 'status', reason: 'what happened: entered, scheduled, failed, exited …', read: fromEvent('type') },
  {
    path: 'previousEventId',
    role: 'step',
    reason: 'leads back to the state that an event belongs to; a state that is tried again has further attempts',
    read: fromEvent('previousEventId', 'previous_event_id'),
  },
  { path: 'execution_arn', role: 'execution', type: 'execution', reason: 'the execution', read: fromEvent('execution_arn') },
  { path: 'startDate', role: 'time', reason: 'start of the execution' },
  { path: 'stopDate', role: 'end-time', reason: 'end of the execution' },
  { path: 'status', role: 'status', reason: 'RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE' },
  { path: 'executionArn', role: 'execution', type: 'execution', reason: 'the execution' },
  { path: 'stateMachineArn', role: 'flow', reason: 'the state machine' },
];
