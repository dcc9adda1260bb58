import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject, Place } from '../../entry.ts';
import type { Emit, SourceContext } from '../../mapper.ts';
import { MICROS_PER_MS } from '../../../model/time.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asList, asNumber, asObject, asText, firstOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { createHistoryOrder } from './history-order.ts';
import { namedReader, namedSpecs, openJson, recordOf } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * Apache NiFi provenance: events of the REST API (`provenanceEvents`, `provenanceEvent`) or of the site-to-site reporting task, as JSON or as the
 * table that a record writer makes of them. A FlowFile is the execution; FORK, CLONE and JOIN tell which came of which. An event says that
 * something happened, rarely how it went. Sources: `ProvenanceEventDTO`, `SiteToSiteProvenanceReportingTask`, `ProvenanceEventType` of Apache NiFi.
 */
export const nifiProvenance = defineProfile({
  id: 'nifi-provenance',
  title: 'Apache NiFi provenance',
  matches: (entry, source) => eventOf(entry, source) !== undefined,
  shape: 'NiFi provenance events: event type, component and FlowFile',
  system: platformSystem('nifi', 'provenance events come from NiFi'),
  zoneReason: ({ zone }) =>
    zone === '' ? 'event times carry their zone, or are milliseconds in UTC' : 'the given zone, for event times that carry none',
  kind: 'step',
  fields: (entries, source) => [
    ...SPECS.map((spec) => ({ ...spec, read: (entry: Entry) => memberOf(entry, source, spec.path) })),
    ...namedSpecs(entries, 'attributes.', (entry) => attributesOf(eventOf(entry, source) ?? {}), false),
  ],

  compile(source, mapping) {
    const readTime = compileEventTime(mapping.zone === '' ? 'UTC' : mapping.zone, source.notices);
    const readAttribute = namedReader(mapping.fields, 'attributes.', false);
    let out: { readonly draft: Draft; readonly emit: Emit } | undefined;
    const order = createHistoryOrder<{ readonly event: JsonObject; readonly place: Place }>(({ event, place }) => {
      const { draft, emit } = out!;
      const attributes = attributesOf(event);
      const parents = uuids(event, 'parentUuids', 'parentIds');
      const own = asText(firstOf(event, 'flowFileUuid', 'entityId'));
      const begin = (): void => {
        draft.reset();
        readTime(event, draft);
        draft.system = mapping.system;
        readEvent(event, draft);
        for (const [name, value] of attributes) readAttribute(name, value, draft);
      };
      begin();
      draft.execution = own;
      draft.parentExecution = parents.find((uuid) => uuid !== own) ?? '';
      emit(place);
      // The FlowFiles that it made tell nowhere else where they come from.
      const children = uuids(event, 'childUuids', 'childIds').filter((uuid) => uuid !== own);
      for (const child of parents.includes(own) ? children : []) {
        begin();
        draft.kind = 'note';
        draft.status = 'unknown';
        draft.execution = child;
        draft.parentExecution = own;
        emit(place);
      }
    });
    const map = (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
      const event = eventOf(entry, source);
      if (event === undefined) return 'the entry is no NiFi provenance event';
      const problem = readTime(event, draft);
      if (problem !== undefined) return problem;
      out = { draft, emit };
      const id = asNumber(firstOf(event, 'eventOrdinal', 'eventId'));
      // Queries answer newest first, and events of one session share their millisecond: the number tells their order.
      order.add(Number.isNaN(id) ? 1 : id, { event, place: entry.place });
      return undefined;
    };
    const end = (draft: Draft, emit: Emit): void => {
      out = { draft, emit };
      order.end();
    };
    return Object.assign(map, { end });
  },
});

const TYPES: ReadonlySet<string> = new Set(
  (
    'CREATE,RECEIVE,FETCH,SEND,REMOTE_INVOCATION,DOWNLOAD,UPLOAD,DROP,EXPIRE,FORK,JOIN,CLONE,CONTENT_MODIFIED,ATTRIBUTES_MODIFIED,ROUTE,' +
    'ADDINFO,REPLAY,UNKNOWN'
  ).split(','),
);

function eventOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  const record = recordOf(entry, source);
  const event = asObject(record?.['provenanceEvent']) ?? record;
  if (event === undefined || !TYPES.has(asText(event['eventType']))) return undefined;
  const flowFile = firstOf(event, 'flowFileUuid', 'entityId');
  return flowFile !== undefined && ('componentId' in event || 'componentType' in event) ? event : undefined;
}

/**
 * The event is written when the work is done: its duration, where one is told, lies before it. The REST API writes the time as text in the
 * zone of the server; newer versions add milliseconds.
 */
function compileEventTime(zone: string, notices?: Notices): (event: JsonObject, draft: Draft) => string | undefined {
  const epoch = compileTime('epoch-ms', 'UTC');
  const american = compileTime('month-first', zone, notices?.onAmbiguous);
  const iso = compileTime('iso', zone, notices?.onAmbiguous);
  const parse: TimeParser = (text) => {
    const time = american(text);
    return Number.isNaN(time) ? iso(text) : time;
  };
  return (event, draft) => {
    const ms = asText(firstOf(event, 'timestampMillis', 'eventTimestamp'));
    const text = asText(firstOf(event, 'eventTime', 'timestamp'));
    draft.time = /^\d{1,15}$/.test(ms) ? epoch(ms) : parse(text);
    draft.precision = ms === '' ? precisionOf(text, 'iso') : 'millisecond';
    if (Number.isNaN(draft.time)) return `the event has no time: ${(ms || text).slice(0, 40)}`;
    const duration = asNumber(firstOf(event, 'durationMillis', 'eventDuration'));
    if (duration > 0) {
      draft.end = draft.time;
      draft.time -= Math.round(duration * MICROS_PER_MS);
    }
    return undefined;
  };
}

function readEvent(event: JsonObject, draft: Draft): void {
  const type = asText(event['eventType']);
  const component = asText(event['componentName']) || asText(event['componentType']);
  draft.flow = asText(firstOf(event, 'processGroupName', 'groupName'));
  draft.step = component === '' ? type : `${component} ${type}`;
  draft.executionType = 'execution';
  readStatus(type, event, draft);
}

/**
 * A hand-over to another system is a success. A route or a drop is judged by the relationship that it names, where the name is one that
 * processors use for outcomes; what is dropped without a relationship was emptied from a queue.
 */
function readStatus(type: string, event: JsonObject, draft: Draft): void {
  const details = asText(event['details']);
  const ended = /^Auto-Terminated by (.{1,100}) Relationship/i.exec(details)?.[1];
  const relationship = type === 'DROP' ? ended : asText(event['relationship']) || routeIn(details);
  // The type of the event is part of the step's name; as a status word it would pass for the state of the record.
  draft.statusRaw = relationship ?? '';
  draft.status = statusOf(type, relationship);
  if (draft.status === 'failed') draft.error = details;
}

/** The reporting task has no field for the relationship; older versions put it into the details. */
function routeIn(details: string): string {
  return /\brelationship[:= ]{1,3}'?([^',;]{1,100})/i.exec(details)?.[1]?.trim() ?? '';
}

function statusOf(type: string, relationship: string | undefined): Status {
  if (type === 'DROP' && relationship === undefined) return normaliseStatus(type, 'nifi');
  if (type !== 'DROP' && type !== 'ROUTE') return normaliseStatus(type, 'nifi');
  const word = relationship?.trim().toLowerCase() ?? '';
  if (word === 'success') return type === 'DROP' ? 'succeeded' : 'unknown';
  if (/^(?:failure|invalid|comms[ .]failure|permission denied|not[ .]found)$/.test(word)) return 'failed';
  return word === 'retry' ? 'retried' : 'unknown';
}

function uuids(event: JsonObject, ...names: readonly string[]): string[] {
  return asList(openJson(firstOf(event, ...names)))
    .map(asText)
    .filter((uuid) => uuid !== '');
}

/** Attributes that NiFi and its processors set for their own use, by the first part of their name. */
const TECHNICAL: ReadonlySet<string> = new Set(
  (
    'uuid,path,absolute,mime,entryDate,lineageStartDate,fileSize,file,fragment,segment,merge,s2s,http,kafka,jms,hdfs,s3,sql,executesql,record,schema,' +
    'avro,csv,xml,compression,tcp,udp,ftp,sftp,reporting,nifi,node,retry,invokehttp,restlistener,gcs,azure,aws,mqtt,amqp'
  ).split(','),
);

/** A file name is NiFi's own where it is the id of the FlowFile that the content came in. */
function isOwnUse(name: string, value: string): boolean {
  return TECHNICAL.has(name.split('.', 1)[0]!) || (name === 'filename' && UUID.test(value));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What the FlowFile carried after the event: `[{name, value, previousValue}]`, or the previous attributes with the updated ones laid over them. */
function attributesOf(event: JsonObject): NamedValue[] {
  const values = new Map<string, string>();
  for (const item of asList(openJson(event['attributes']))) {
    const attribute = asObject(item);
    if (attribute !== undefined) values.set(asText(attribute['name']), asText(attribute['value']));
  }
  for (const name of ['previousAttributes', 'updatedAttributes']) {
    const map = asObject(openJson(event[name]));
    if (map !== undefined) for (const key of Object.keys(map)) values.set(key, asText(map[key]));
  }
  return [...values].filter(([name, value]) => value !== '' && !isOwnUse(name, value));
}

function memberOf(entry: Entry, source: SourceContext, path: string): Json | undefined {
  const event = eventOf(entry, source);
  return event === undefined ? undefined : firstOf(event, ...path.split(' or '));
}

const SPECS: readonly FieldSpec[] = [
  {
    path: 'timestampMillis or eventTimestamp',
    role: 'time',
    format: 'epoch-ms',
    reason: 'when the event was written, at the end of the work',
  },
  {
    path: 'eventTime',
    role: 'time',
    format: 'month-first',
    reason: 'the same as text with the zone of the server; read where there are no milliseconds',
  },
  { path: 'durationMillis or eventDuration', role: 'duration', format: 'ms', reason: 'milliseconds before the event; -1 is unknown' },
  { path: 'processGroupName', role: 'flow', reason: 'the process group is the flow' },
  { path: 'componentName or componentType', role: 'step', reason: 'the processor, with the type of the event' },
  { path: 'eventType', role: 'status', reason: 'SEND is a success, EXPIRE and DROP end a FlowFile; most types tell no outcome' },
  { path: 'relationship', role: 'status', reason: 'a route to failure or retry' },
  { path: 'details', role: 'status', reason: 'the relationship that ended a FlowFile' },
  { path: 'flowFileUuid or entityId', role: 'execution', type: 'execution', reason: 'the FlowFile' },
  { path: 'parentUuids or parentIds', role: 'parent-execution', type: 'execution', reason: 'the FlowFiles it came of' },
  { path: 'childUuids or childIds', role: 'parent-execution', type: 'execution', reason: 'the FlowFiles that came of it' },
];
