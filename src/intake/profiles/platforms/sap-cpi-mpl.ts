import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { isTerminal } from '../../../model/status.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { createMomentReader } from './moments.ts';
import type { MomentReader } from './moments.ts';
import { namedReader, namedSpecs } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * SAP Cloud Integration's message processing logs: one for each message that an integration flow handled. Messages of one exchange share
 * a correlation id, and each may name the one before it. A retry goes on in the same log. The custom headers are the keys that the
 * maker of the flow chose. Forms: OData v2 JSON (`d.results`, one `d`), OData v4 JSON, Atom, and the XML that flows see.
 * Source: SAP Help, "Message Processing Logs" (OData API) and "Message Status".
 */
export const sapCpiMpl = defineProfile({
  id: 'sap-cpi-mpl',
  title: 'SAP Cloud Integration message processing logs',
  matches: (entry) => logsOf(entry).length > 0,
  shape: 'message processing logs of SAP Cloud Integration: MessageGuid, LogStart, Status',
  system: platformSystem('sap-cpi', 'the logs come from SAP Cloud Integration'),
  zone: 'UTC',
  zoneReason: 'SAP Cloud Integration writes UTC, with no zone in XML',
  kind: 'step',
  step: 'run',
  unfold: (entries) =>
    entries.flatMap((entry) => logsOf(entry).map((value): Entry => ({ kind: 'tree', place: entry.place, value, context: undefined }))),
  fields: (entries) => [...SPECS, ...namedSpecs(entries, HEADERS, (entry) => headersOf(objectOf(entry) ?? {}), true)],

  compile(source, mapping) {
    const moment = createMomentReader('UTC', ['odata', 'iso']);
    const readHeader = namedReader(mapping.fields, HEADERS, true);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const logs = logsOf(entry);
      if (logs.length === 0) return 'the entry is no message processing log';
      for (const log of logs) {
        draft.reset();
        draft.system = mapping.system;
        draft.step = mapping.step ?? 'run';
        readLog(log, moment, draft);
        for (const [name, value] of headersOf(log)) {
          readHeader(name, value, draft);
          readText(value, draft);
        }
        readText(text(log, 'ApplicationMessageId'), draft);
        readText(draft.error, draft);
        emit();
      }
      return undefined;
    };
  },
});

const HEADERS = 'CustomHeaderProperties.';

/** The logs of an entry: itself, in its OData or Atom envelope, or several of them. */
function logsOf(entry: Entry): readonly JsonObject[] {
  const object = objectOf(entry);
  return object === undefined ? [] : unwrap(object, 0);
}

const MOST_WRAPPINGS = 3;

function unwrap(object: JsonObject, depth: number): readonly JsonObject[] {
  if (text(object, 'MessageGuid') !== '') return object['Status'] === undefined ? [] : [object];
  const properties = asObject(asObject(object['content'])?.['properties']);
  if (properties !== undefined) return text(properties, 'MessageGuid') === '' ? [] : [{ ...withoutNulls(properties), ...inlined(object) }];
  if (depth >= MOST_WRAPPINGS) return [];
  for (const key of ['d', 'results', 'value', 'MessageProcessingLog', 'entry']) {
    const inner = object[key];
    if (inner === undefined) continue;
    return asList(inner).flatMap((one) => {
      const log = asObject(one);
      return log === undefined ? [] : unwrap(log, depth + 1);
    });
  }
  return [];
}

/** Atom writes `<d:LogEnd m:null="true"/>`. */
function withoutNulls(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => asObject(value)?.['@null'] === undefined));
}

/** What an Atom entry was expanded by: links with their feeds inside, under the name at the end of their relation. */
function inlined(entry: JsonObject): JsonObject {
  const expanded: JsonObject = {};
  for (const item of asList(entry['link'])) {
    const link = asObject(item);
    const inline = asObject(link?.['inline']);
    const name = /([A-Za-z]{1,60})$/.exec(asText(link?.['@rel']))?.[1];
    if (inline === undefined || name === undefined) continue;
    const holder = asObject(inline['feed']) ?? inline;
    expanded[name] = asList(holder['entry']).flatMap((one) => {
      const properties = asObject(asObject(asObject(one)?.['content'])?.['properties'] ?? asObject(one)?.['properties']);
      return properties === undefined ? [] : [properties];
    });
  }
  return expanded;
}

function text(object: JsonObject, name: string): string {
  return asText(object[name]).trim();
}

/** What a navigation property was expanded to; one that was not holds `__deferred`. */
function expanded(log: JsonObject, name: string, item: string): readonly JsonObject[] {
  const value = log[name];
  const holder = asObject(value);
  const list: Json | undefined = Array.isArray(value) ? value : (holder?.['results'] ?? holder?.[item] ?? value);
  return asList(list).flatMap((one) => {
    const object = asObject(one);
    return object === undefined || object['__deferred'] !== undefined ? [] : [object];
  });
}

function headersOf(log: JsonObject): readonly NamedValue[] {
  return expanded(log, 'CustomHeaderProperties', 'CustomHeaderProperty').flatMap((property) => {
    const name = text(property, 'Name');
    const value = text(property, 'Value');
    return name === '' || value === '' ? [] : [[name, value] as const];
  });
}

function readLog(log: JsonObject, moment: MomentReader, draft: Draft): void {
  const start = moment(asText(log['LogStart']));
  draft.time = start.time;
  draft.precision = start.precision;
  draft.flow = text(log, 'IntegrationFlowName') || text(asObject(log['IntegrationArtifact']) ?? {}, 'Name');
  draft.statusRaw = text(log, 'Status');
  draft.status = normaliseStatus(draft.statusRaw, 'sap-cpi');
  // While a message is under way or waits for its retry, LogEnd is when the log was last written.
  if (isTerminal(draft.status)) draft.end = moment(asText(log['LogEnd'])).time;
  const guid = text(log, 'MessageGuid');
  const correlation = text(log, 'CorrelationId');
  draft.executionType = correlation === '' ? 'message' : 'correlation';
  draft.execution = correlation || guid;
  draft.span = guid;
  draft.parentSpan = text(log, 'PredecessorMessageGuid');
  draft.error = errorOf(log);
}

/** The error text; without it, for what failed, the custom status where the flow set one. */
function errorOf(log: JsonObject): string {
  const information = expanded(log, 'ErrorInformation', 'ErrorInformation')[0] ?? asObject(log['ErrorInformation']);
  const message = information === undefined ? asText(log['ErrorInformation']) : text(information, 'ErrorMessage');
  if (message !== '' || !/^(?:FAILED|ESCALATED|RETRY)$/.test(text(log, 'Status'))) return message;
  const custom = text(log, 'CustomStatus');
  return custom === text(log, 'Status') ? '' : custom;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'LogStart', role: 'time', format: 'odata', reason: 'when the processing began; milliseconds UTC' },
  { path: 'LogEnd', role: 'end-time', format: 'odata', reason: 'when it ended, where the status is a final one' },
  { path: 'IntegrationFlowName', role: 'flow', reason: 'the integration flow' },
  { path: 'Status', role: 'status', reason: 'PROCESSING, COMPLETED, RETRY, ESCALATED, FAILED, CANCELLED, DISCARDED, ABANDONED' },
  { path: 'CorrelationId', role: 'execution', type: 'correlation', reason: 'all messages of one exchange' },
  { path: 'MessageGuid', role: 'span', reason: 'the message itself' },
  { path: 'PredecessorMessageGuid', role: 'parent-span', reason: 'the message before it' },
  { path: 'ApplicationMessageId', role: 'message', reason: 'set by the flow; keys are looked for in it' },
  { path: 'ErrorInformation.ErrorMessage', role: 'error', reason: 'why it failed', read: (entry) => errorOf(objectOf(entry) ?? {}) },
];
