import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import { FHIR_NAMESPACE } from '../../formats/xml/xml-documents.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asObject, objectOf } from '../tree.ts';
import { httpStatus, normaliseStatus } from '../vocabulary.ts';
import { fhirList, fhirText } from './fhir-values.ts';
import { fhirType, readFhirIdentifiers } from './fhir-references.ts';
import { complain, fieldsRead, statusName, tellEvent, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { firstText } from './tree-path.ts';

/**
 * HL7 FHIR (R4, R5) in JSON and XML: a resource is a snapshot of its record; a resource that a Bundle says was created, changed or answered for
 * is a step (`POST ServiceRequest`) with the status of the answer; a message header is the step of its event. Sources: FHIR R4 and R5, pages
 * Bundle, Task, ServiceRequest, MessageHeader, OperationOutcome; value set task-status.
 */
export const fhir = defineProfile({
  id: 'fhir',
  title: 'HL7 FHIR resources and bundles',
  matches: (entry, source) => resourceIn(entry, source) !== undefined,
  shape: 'FHIR',
  system: platformSystem('fhir', 'resources name no system'),
  zoneReason: 'instants in FHIR carry their offset; days do not',
  kind: 'snapshot',
  fields: (entries, source) => fieldsRead(entries, createReader(source, 'fhir', 'UTC'), notes(source)),
  compile: (source, mapping) => createReader(source, mapping.system, mapping.zone),
});

interface Found {
  readonly type: string;
  readonly resource: JsonObject;
  /** The entry of the bundle that it stands in. */
  readonly entry: JsonObject | undefined;
}

const TYPE_NAME = /^[A-Z][A-Za-z]{2,60}$/;

/** A resource alone, or the one in an entry of a bundle: `{ resource: {…} }`, in XML `{ resource: { Patient: {…} } }`. */
function resourceIn(entry: Entry, source: SourceContext): Found | undefined {
  const value = objectOf(entry);
  if (value === undefined) return undefined;
  const xml = source.formatId === 'xml';
  if (xml && source.options['namespace'] !== FHIR_NAMESPACE) return undefined;
  const holder = asObject(value['resource']);
  if (xml) {
    if (holder === undefined) {
      const path = source.options['path'];
      const name = Array.isArray(path) ? path.at(-1) : undefined;
      if (name === 'entry') return outcomeOf(value);
      return typeof name === 'string' && TYPE_NAME.test(name) ? { type: name, resource: value, entry: undefined } : undefined;
    }
    const name = Object.keys(holder).find((key) => TYPE_NAME.test(key));
    const resource = name === undefined ? undefined : asObject(holder[name]);
    return name === undefined || resource === undefined ? undefined : { type: name, resource, entry: value };
  }
  const resource = holder ?? value;
  const type = resource['resourceType'];
  if (typeof type === 'string' && TYPE_NAME.test(type)) return { type, resource, entry: holder === undefined ? undefined : value };
  return holder === undefined ? outcomeOf(value) : undefined;
}

/** An entry that only answers: `{ response: { status, outcome } }`. What it answers for stands in its `location`, if anywhere. */
function outcomeOf(value: JsonObject): Found | undefined {
  const response = asObject(value['response']);
  if (response === undefined || fhirText(response, 'status') === '') return undefined;
  const location = /([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]*)?$/.exec(fhirText(response, 'location'));
  return { type: location?.[1] ?? 'entry', resource: location === null ? {} : { id: location[2]! }, entry: value };
}

function createReader(source: SourceContext, system: string, zone: string) {
  const time = compileTime('iso', zone);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const found = resourceIn(entry, source);
    if (found === undefined) return 'the entry is no FHIR resource';
    draft.reset();
    draft.system = system;
    draft.kind = 'snapshot';
    draft.step = found.type;
    readTime(found, time, draft);
    readFhirIdentifiers(found.type, found.resource, fhirText(found.entry, 'fullUrl'), draft);
    readState(found, draft);
    if (found.entry !== undefined) readExchange(found.type, found.entry, draft);
    if (found.type === 'MessageHeader') readMessage(found.resource, draft);
    if (found.type === 'OperationOutcome') readOutcome(found.resource, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

/** When the server last changed it, else when it happened by its own account. Days and months of a year are no time to order by. */
const TIMES: readonly (readonly string[])[] = [
  ['meta', 'lastUpdated'],
  ['lastModified'],
  ['authoredOn'],
  ['issued'],
  ['recorded'],
  ['occurrenceDateTime'],
  ['effectiveDateTime'],
  ['sent'],
  ['received'],
  ['date'],
  ['created'],
];

function readTime(found: Found, time: TimeParser, draft: Draft): void {
  const texts = [fhirText(found.entry, 'response', 'lastModified'), ...TIMES.map((path) => fhirText(found.resource, ...path))];
  for (const text of texts) {
    const at = text === '' ? Number.NaN : time(text);
    if (Number.isNaN(at)) continue;
    draft.time = at;
    draft.precision = precisionOf(text, 'iso');
    return;
  }
}

function readState({ type, resource }: Found, draft: Draft): void {
  const record = fhirType(type);
  const status = fhirText(resource, 'status');
  if (status !== '') {
    draft.statusRaw = status;
    draft.status = normaliseStatus(status, 'fhir');
    tellText(draft, statusName(record), status, 'status');
  }
  if (record === 'order') {
    const code = fhirText(resource, 'code', 'coding', 'display');
    tellText(draft, 'priority', fhirText(resource, 'priority'), 'priority');
    tellText(draft, 'code', firstText(fhirText(resource, 'code', 'text'), code, fhirText(resource, 'code', 'coding', 'code')), 'code');
  }
  if (draft.status === 'failed')
    complain(draft, firstText(fhirText(resource, 'statusReason', 'text'), fhirText(resource, 'statusReason', 'concept', 'text')));
}

/** What a transaction, a batch or a history says of the resource: how it was asked for, and what came of it. */
function readExchange(type: string, entry: JsonObject, draft: Draft): void {
  const method = fhirText(entry, 'request', 'method');
  const answer = fhirText(entry, 'response', 'status');
  if (method === '' && answer === '') return;
  draft.kind = 'step';
  draft.step = [method, type].filter((word) => word !== '').join(' ');
  const code = Number(answer.slice(0, 3));
  draft.statusRaw = answer;
  draft.status = answer === '' ? 'unknown' : httpStatus(code);
  if (draft.status !== 'failed' && draft.status !== 'timed-out') return;
  const outcome = asObject(asObject(entry['response'])?.['outcome']);
  complain(draft, firstText(issueText(outcome), issueText(asObject(outcome?.['OperationOutcome'])), answer));
}

function readMessage(header: JsonObject, draft: Draft): void {
  draft.kind = 'step';
  draft.step = firstText(
    fhirText(header, 'eventCoding', 'code'),
    fhirText(header, 'eventUri'),
    fhirText(header, 'eventCanonical'),
    'MessageHeader',
  );
  draft.executionType = 'message';
  draft.execution = fhirText(header, 'id');
  draft.parentExecution = fhirText(header, 'response', 'identifier');
  const code = fhirText(header, 'response', 'code');
  if (code === '') return;
  draft.statusRaw = code;
  draft.status = normaliseStatus(code, 'fhir');
}

/** An outcome on its own tells of something that is not here. */
function readOutcome(outcome: JsonObject, draft: Draft): void {
  draft.kind = 'note';
  const severity = fhirList(outcome, 'issue').map((issue) => fhirText(issue, 'severity'));
  const worst = severity.find((word) => word === 'fatal') ?? severity.find((word) => word === 'error');
  if (worst === undefined) return;
  draft.status = 'failed';
  draft.statusRaw = worst;
  complain(draft, issueText(outcome));
}

function issueText(outcome: JsonObject | undefined): string {
  const issue = fhirList(outcome, 'issue').find((item) => ['fatal', 'error'].includes(fhirText(item, 'severity')));
  return firstText(fhirText(issue, 'diagnostics'), fhirText(issue, 'details', 'text'), fhirText(issue, 'code'));
}

function notes(source: SourceContext): FieldNote[] {
  const text = (...path: readonly string[]): NonNullable<FieldNote['read']> => {
    return (entry) => fhirText(resourceIn(entry, source)?.resource, ...path);
  };
  return [
    { path: 'resourceType', role: 'step', reason: 'the kind of resource', read: (entry) => resourceIn(entry, source)?.type },
    { path: 'meta.lastUpdated', role: 'time', format: 'iso', reason: 'what the resource was then', read: text('meta', 'lastUpdated') },
    { path: 'status', role: 'status', reason: 'the state of the resource', read: text('status') },
    {
      path: 'response.status',
      role: 'status',
      format: 'http',
      reason: 'how the server answered',
      read: (entry) => fhirText(objectOf(entry), 'response', 'status'),
    },
  ];
}
