import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asText, objectOf } from '../tree.ts';
import { levelStatus } from '../vocabulary.ts';
import { placeOf } from './kafka-message.ts';

/**
 * The log of a Kafka Connect worker, whose lines name the connector and task in brackets (`[orders-sink|task-0]`) and the class at their end. Lines
 * are notes; a task that is killed and a record that could not be processed are steps. Source: KIP-449 and KIP-721 (connector contexts),
 * `WorkerTask` and `LogReporter` of Apache Kafka.
 */
export const kafkaConnectLog = defineProfile({
  id: 'kafka-connect-log',
  title: 'Kafka Connect worker log',
  matches: (entry) => lineOf(entry) !== undefined,
  signed: (entries) => entries.some((entry) => isOwn(lineOf(entry))),
  shape: 'lines of a Kafka Connect worker log: time, level, connector context, message, class',
  system: platformSystem('kafka-connect', 'the log is written by Kafka Connect'),
  zoneReason: ({ zone }) =>
    zone === '' ? 'log4j writes the time of the machine: UTC is assumed' : 'the given zone, for times without one',
  kind: 'note',
  step: 'worker',
  fields: () => SPECS,

  compile(source, mapping) {
    const time = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const line = lineOf(entry) ?? plainLineOf(entry);
      if (line === undefined) return 'the entry is no line of a log';
      draft.reset();
      draft.time = time(line.time);
      if (Number.isNaN(draft.time)) return `the line does not begin with a time: ${line.time.slice(0, 40)}`;
      draft.precision = precisionOf(line.time, 'iso');
      draft.kind = 'note';
      draft.system = mapping.system;
      draft.flow = line.connector;
      draft.step = line.task || (mapping.step ?? 'worker');
      draft.statusRaw = line.level;
      draft.status = levelStatus(line.level);
      if (draft.status === 'failed') draft.error = line.message;
      readSteps(line, draft);
      readText(line.message, draft);
      emit();
      return undefined;
    };
  },
});

interface Line {
  readonly time: string;
  readonly level: string;
  readonly connector: string;
  /** `task-0`, `worker`; empty when the line names none. */
  readonly task: string;
  readonly message: string;
  /** The class at the end of the line. */
  readonly from: string;
}

const CONTEXT = /^\[?([^|[\]\s]{1,200})\|(worker|task-\d{1,5})(?:\|[a-z]{1,20})?\]?/;
const CLASS = /\(([\w$]{1,60}(?:\.[\w$]{1,80}){1,20})(?::\d{1,6})?\)\s*$/;
/** Before connector contexts the task named itself. */
const TASK_ID = /\bWorkerS(?:ink|ource)Task\{id=([^{}]{1,200})-(\d{1,5})\}/;

function lineOf(entry: Entry): Line | undefined {
  const value = objectOf(entry);
  const time = asText(value?.['time']);
  const level = asText(value?.['level']);
  if (value === undefined || time === '' || level === '') return undefined;
  const message = asText(value['message']);
  const feed = message.indexOf('\n');
  const from = CLASS.exec(feed < 0 ? message : message.slice(0, feed))?.[1] ?? '';
  const own = CONTEXT.exec(asText(value['thread']));
  const context = own ?? CONTEXT.exec(message);
  if (context === null && from === '') return undefined;
  const id = context === null ? TASK_ID.exec(message) : null;
  return {
    time,
    level,
    connector: context?.[1] ?? id?.[1] ?? '',
    task: context?.[2] ?? (id === null ? '' : `task-${id[2]}`),
    message: own === null && context !== null ? message.slice(context[0].length).trimStart() : message,
    from,
  };
}

/** What a plug-in printed into the log of its worker. */
function plainLineOf(entry: Entry): Line | undefined {
  const value = objectOf(entry);
  const time = asText(value?.['time']);
  if (value === undefined || time === '') return undefined;
  return { time, level: asText(value['level']), connector: '', task: '', message: asText(value['message']), from: '' };
}

/** A line that only Kafka Connect writes. */
function isOwn(line: Line | undefined): boolean {
  return line !== undefined && (line.from.startsWith('org.apache.kafka.connect.') || (line.connector !== '' && line.from !== ''));
}

/**
 * `Task is being killed …` ends a task, however many more lines tell it. `Executing stage '…' … record is {topic='…', …}` is one record that
 * failed (`errors.log.enable`).
 */
function readSteps(line: Line, draft: Draft): void {
  if (line.message.includes('Task is being killed')) {
    draft.kind = 'step';
    draft.status = 'failed';
    draft.error = line.message;
    return;
  }
  const stage = /Executing stage '([A-Z_]{1,60})'/.exec(line.message)?.[1];
  if (stage === undefined || !line.message.startsWith('Error encountered in task')) return;
  draft.kind = 'step';
  draft.step = stage;
  draft.status = 'failed';
  draft.error = line.message;
  if (draft.flow === '') draft.flow = /^Error encountered in task (\S{1,200})-\d{1,5}\./.exec(line.message)?.[1] ?? '';
  const record = /\{topic='([^']{1,250})', partition=(\d{1,9}), offset=(\d{1,15})/.exec(line.message);
  if (record !== null) draft.identifier('message', placeOf(record[1]!, Number(record[2]), Number(record[3])), 'message');
}

const SPECS: readonly FieldSpec[] = [
  { path: 'time', role: 'time', format: 'iso', reason: 'when the line was written' },
  { path: 'level', role: 'level', reason: 'ERROR is a failure' },
  { path: 'context', role: 'flow', reason: 'the connector is the flow', read: (entry) => lineOf(entry)?.connector },
  { path: 'context.task', role: 'step', reason: 'the task, or the stage in which a record failed', read: (entry) => lineOf(entry)?.task },
  {
    path: 'message',
    role: 'message',
    reason: 'killed tasks and failed records are steps; keys are looked for in it',
    read: (entry) => lineOf(entry)?.message,
  },
];
