import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { Mapper, Mapping, SourceContext } from '../../mapper.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asObject, asText } from '../tree.ts';
import { levelStatus, normaliseStatus } from '../vocabulary.ts';
import { createMomentReader } from './moments.ts';
import { createPayloadReader, openPayload } from './payload.ts';
import { leavesOf, namedSpecs } from './records.ts';

/** What a Mule application logged, whatever wrote it down. */
export interface MuleLine {
  readonly time: Json | undefined;
  readonly level: string;
  readonly thread: string;
  readonly logger: string;
  readonly message: string;
  /** `mainFlow/processors/2`. */
  readonly processor: string;
  /** The event's id, which is its correlation id. */
  readonly event: string;
  /** What the JSON Logger wrote, or the fields of the line. */
  readonly fields: JsonObject;
  /** NaN: not told. */
  readonly sequence: number;
}

/** Finds the line in an entry. */
type MuleReader = (entry: Entry) => MuleLine | undefined;

const CONTENT = 'content.';
const FIELDS = 'fields.';

/**
 * A mapper for Mule lines. Lines are notes on the event they belong to; where the JSON Logger marks the start, the end or the failure of a flow, they are
 * its run. All that one event did in any application shares its correlation id. `what` is said of entries without a line.
 */
export function mapMuleLines(source: SourceContext, mapping: Mapping, read: MuleReader, what: string): Mapper {
  const moment = createMomentReader(mapping.zone === '' ? 'UTC' : mapping.zone, ['iso'], source.notices);
  const readText = createTextReader(source.textPatterns);
  const readContent = createPayloadReader(mapping.fields, CONTENT, readText);
  const readFields = createPayloadReader(mapping.fields, FIELDS, readText);
  return (entry, draft, emit) => {
    const line = read(entry);
    if (line === undefined) return `the entry is no ${what}`;
    draft.reset();
    const at = moment(line.time);
    if (Number.isNaN(at.time)) return `the line has no time that can be read: ${asText(line.time).slice(0, 40)}`;
    draft.time = at.time;
    draft.precision = at.precision;
    if (Number.isInteger(line.sequence)) draft.sequence = line.sequence;
    readLine(line, mapping.system, draft);
    readContent(line.fields['content'], draft);
    readFields(ownFields(line.fields), draft);
    readText(line.message, draft);
    emit();
    return undefined;
  };
}

/** Marks by which the JSON Logger tells what became of a flow. Source: MuleSoft's JSON Logger connector, tracePoint. */
const RUN_POINTS: ReadonlySet<string> = new Set(['START', 'END', 'EXCEPTION']);

function readLine(line: MuleLine, system: string, draft: Draft): void {
  const { app, flow } = placeOf(line);
  const point = asText(line.fields['tracePoint']).toUpperCase();
  draft.system = app || system;
  draft.flow = flow;
  if (RUN_POINTS.has(point)) {
    draft.step = 'run';
    draft.status = normaliseStatus(point, 'mulesoft');
  } else {
    draft.kind = 'note';
    draft.step = line.processor || flow || shortName(line.logger) || 'log';
    draft.status = levelStatus(line.level);
  }
  draft.statusRaw = point || line.level;
  if (draft.status === 'failed') draft.error = errorIn(line.message);
  draft.executionType = 'correlation';
  draft.execution = asText(line.fields['correlationId']) || line.event;
  draft.parentExecution = parentOf(draft.execution);
}

/** Events that a scatter-gather or batch makes get the id of their parent with something behind it. */
function parentOf(event: string): string {
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[-_]/i.exec(event)?.[1] ?? '';
}

/** `[MuleRuntime].uber.12: [orders-api].mainFlow.CPU_INTENSIVE @5aa1`: application and flow stand before the kind of the thread. */
const THREAD = /\[([^[\]]{1,200})\]\.([^\s@]{1,300})\.[A-Z_]{2,30} @/;

function placeOf(line: MuleLine): { readonly app: string; readonly flow: string } {
  const thread = THREAD.exec(line.thread.slice(0, 1_000));
  const end = line.processor.search(/\/(?:processors|errorHandler|route|source)(?:\/|$)/);
  return {
    app: asText(line.fields['applicationName']) || (thread?.[1] ?? ''),
    flow:
      asText(asObject(line.fields['locationInfo'])?.['rootContainer']) ||
      (end < 0 ? line.processor : line.processor.slice(0, end)) ||
      (thread?.[2] ?? ''),
  };
}

function shortName(logger: string): string {
  return logger.slice(logger.lastIndexOf('.') + 1);
}

/** Lines that are looked at for the parts of an error block. */
const MOST_LINES = 60;

/** Mule frames an error with asterisks and names its parts: `Message : …`, `Error type : HTTP:BAD_REQUEST`. */
function errorIn(message: string): string {
  if (!message.includes('Error type') && !message.startsWith('**')) return message.slice(0, 2_000);
  let text = '';
  let type = '';
  for (const line of message.split('\n', MOST_LINES)) {
    const part = /^(Message|Error type) {0,40}: (.*)$/.exec(line);
    if (part?.[1] === 'Message' && text === '') text = part[2]!.trim();
    else if (part?.[1] === 'Error type' && type === '') type = part[2]!.trim();
  }
  return (
    [type, text]
      .filter((word) => word !== '')
      .join(': ')
      .slice(0, 2_000) || message.slice(0, 2_000)
  );
}

/** Members of a JSON Logger object that are not the application's own, and what the text reader adds. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    'correlationId,message,tracePoint,priority,elapsed,scopeElapsed,locationInfo,timestamp,content,applicationName,applicationVersion,environment,' +
    'threadName,event,processor,category,stackTrace'
  ).split(','),
);

function ownFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !KNOWN.has(name)));
}

/** The line that a JSON Logger object is. */
export function lineOfJson(object: JsonObject, more: Partial<MuleLine> = {}): MuleLine {
  return {
    time: object['timestamp'],
    level: asText(object['priority']),
    thread: asText(object['threadName']),
    logger: asText(object['category']),
    message: asText(object['message']),
    processor: asText(asObject(object['locationInfo'])?.['location']),
    event: '',
    fields: object,
    sequence: Number.NaN,
    ...more,
  };
}

/** Whether an object is what MuleSoft's JSON Logger writes. Companies rename its keys; these are the ones it comes with. */
export function isJsonLogger(object: JsonObject): boolean {
  if (typeof object['correlationId'] !== 'string') return false;
  return (
    typeof object['tracePoint'] === 'string' || (typeof object['priority'] === 'string' && asObject(object['locationInfo']) !== undefined)
  );
}

/** The preview of Mule lines. */
export function muleSpecs(entries: readonly Entry[], read: MuleReader): FieldSpec[] {
  const of =
    (part: (line: MuleLine) => Json | undefined): NonNullable<FieldSpec['read']> =>
    (entry) => {
      const line = read(entry);
      return line === undefined ? undefined : part(line);
    };
  const leaves = (part: (line: MuleLine) => Json | undefined) => (entry: Entry) => leavesOf(openPayload(of(part)(entry)));
  return [
    { path: 'timestamp', role: 'time', reason: 'when it was logged', read: of((line) => line.time) },
    { path: 'level', role: 'level', reason: 'ERROR is a failure', read: of((line) => line.level) },
    {
      path: 'tracePoint',
      role: 'status',
      reason: 'START, END and EXCEPTION tell the run of a flow',
      read: of((line) => line.fields['tracePoint']),
    },
    { path: 'application', role: 'system', reason: 'the application', read: of((line) => placeOf(line).app) },
    { path: 'flow', role: 'flow', reason: 'from the location, the processor path or the thread', read: of((line) => placeOf(line).flow) },
    { path: 'processor', role: 'step', reason: 'the processor', read: of((line) => line.processor) },
    {
      path: 'correlationId',
      role: 'execution',
      type: 'correlation',
      reason: 'the event; it travels with the message from application to application',
      read: of((line) => asText(line.fields['correlationId']) || line.event),
    },
    { path: 'message', role: 'message', reason: 'keys are looked for in it', read: of((line) => line.message) },
    ...namedSpecs(
      entries,
      CONTENT,
      leaves((line) => line.fields['content']),
      false,
    ),
    ...namedSpecs(
      entries,
      FIELDS,
      leaves((line) => ownFields(line.fields)),
      false,
    ),
  ];
}
