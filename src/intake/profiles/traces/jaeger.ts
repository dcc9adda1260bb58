import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { Mapping } from '../../mapper.ts';
import { compileTime } from '../../time/index.ts';
import { attributeSpecs } from '../attribute-specs.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { attemptOf, createAttributeReader } from './span-attributes.ts';
import { createTextReader } from '../text-keys.ts';
import type { TextReader } from '../text-keys.ts';
import { spanId, traceId } from './trace-ids.ts';
import { asList, asNumber, asObject, asText, firstOf, fromContext, objectOf } from '../tree.ts';

/**
 * Jaeger's own JSON: the UI's "Trace JSON" download and `/api/traces`. Sources: jaeger-ui `types/trace.ts`, the span model of
 * jaegertracing/jaeger. References may point to spans that are not in the file, or into other traces.
 */
export const jaeger = defineProfile({
  id: 'jaeger',
  title: 'Jaeger traces (JSON)',
  matches: isSpan,
  shape: 'Jaeger spans: traceID, spanID, operationName and a start in microseconds',
  system: fallbackSystem('the service name of the process of each span'),
  zone: 'UTC',
  zoneReason: 'Jaeger times are microseconds since 1970 in UTC',
  kind: 'step',
  fields: (entries) => [...SPECS, ...attributeSpecs(entries, 'tags', tagsOf)],

  compile(source, mapping) {
    const readSpan = createSpanReader(mapping, createTextReader(source.textPatterns));
    const isRepeat = createRepeatFilter();
    return (entry, draft, emit) => {
      const span = objectOf(entry);
      if (span === undefined || !isSpan(entry)) return 'the entry is no Jaeger span';
      if (isRepeat(span)) return undefined;
      draft.reset();
      readSpan(span, entry.kind === 'tree' ? entry.context : undefined, draft);
      emit();
      return undefined;
    };
  },
});

function isSpan(entry: Entry): boolean {
  const span = objectOf(entry);
  return span !== undefined && 'traceID' in span && 'spanID' in span && 'operationName' in span && 'startTime' in span;
}

function createSpanReader(
  mapping: Mapping,
  readText: TextReader,
): (span: JsonObject, context: JsonObject | undefined, draft: Draft) => void {
  const time = compileTime('epoch-us', 'UTC');
  const readAttribute = createAttributeReader(readText, mapping.fields, 'tags.');
  return (span, context, draft) => {
    draft.system = serviceOf(span, context) || mapping.system;
    draft.step = asText(span['operationName']);
    const start = asNumber(span['startTime']);
    draft.time = start > 0 ? time(start) : Number.NaN;
    const duration = asNumber(span['duration']);
    if (duration >= 0) draft.end = draft.time + Math.floor(duration);
    draft.precision = 'microsecond';
    draft.executionType = 'trace';
    draft.execution = traceId(asText(span['traceID']));
    draft.span = spanId(asText(span['spanID']));
    readReferences(span, draft);
    const tags = tagsFrom(span['tags']);
    for (const key of Object.keys(tags)) {
      const value = asText(tags[key]);
      const attempt = attemptOf(key, value);
      if (attempt > 0) draft.attempt = attempt;
      readAttribute(key, [value], draft);
    }
    readStatus(span, tags, draft);
    readText(draft.step, draft);
    readText(draft.error, draft);
  };
}

/** The span's own `process` (as stored in Elasticsearch), else the one its `processID` names in the trace around it. */
function serviceOf(span: JsonObject, context: JsonObject | undefined): string {
  const own = asObject(span['process']);
  if (own !== undefined) return asText(own['serviceName']).trim();
  const processes = fromContext(context, 'processes') ?? asObject(context?.['processes']);
  const process = asObject(processes?.[asText(span['processID'])]);
  return process === undefined ? '' : asText(process['serviceName']).trim();
}

/** The parent is the first CHILD_OF within the trace, else the first FOLLOWS_FROM; a reference into another trace names what caused this one. */
function readReferences(span: JsonObject, draft: Draft): void {
  let follows = '';
  for (const item of asList(span['references'])) {
    const reference = asObject(item);
    if (reference === undefined) continue;
    const trace = traceId(asText(reference['traceID']));
    const id = spanId(asText(reference['spanID']));
    if (trace !== '' && trace !== draft.execution) {
      if (draft.parentExecution === '') draft.parentExecution = trace;
    } else if (asText(reference['refType']) !== 'FOLLOWS_FROM') {
      if (draft.parentSpan === '') draft.parentSpan = id;
    } else if (follows === '') follows = id;
  }
  if (draft.parentSpan === '') draft.parentSpan = follows || spanId(asText(firstOf(span, 'parentSpanID', 'parentSpanId')));
  if (draft.parentSpan !== '') draft.parentExecution = '';
}

/** There is no status in a Jaeger span: an `error` tag, the OpenTelemetry status or a 5xx answer say that it failed. */
function readStatus(span: JsonObject, tags: JsonObject, draft: Draft): void {
  const error = asText(tags['error']);
  const otel = asText(tags['otel.status_code']).toUpperCase();
  const http = asNumber(firstOf(tags, 'http.response.status_code', 'http.status_code'));
  if (error.toLowerCase() === 'true' || otel === 'ERROR' || http >= 500) {
    draft.status = 'failed';
    draft.statusRaw = otel === 'ERROR' ? 'ERROR' : error.toLowerCase() === 'true' ? 'error=true' : `HTTP ${http}`;
    draft.error =
      asText(tags['otel.status_description']) || asText(tags['error.message']) || logError(span) || (http >= 400 ? `HTTP ${http}` : '');
    return;
  }
  draft.status = Number.isNaN(draft.end) ? 'running' : 'succeeded';
  draft.statusRaw = otel;
}

/** The message of the last log that speaks of an error or exception. */
function logError(span: JsonObject): string {
  let text = '';
  for (const item of asList(span['logs'])) {
    const fields = tagsFrom(asObject(item)?.['fields']);
    const event = asText(fields['event']).toLowerCase();
    const message = asText(fields['exception.message']) || asText(fields['error.object']) || asText(fields['message']);
    if (event === 'error' || event === 'exception' || 'exception.message' in fields || 'error.object' in fields) text = message || text;
  }
  return text;
}

/** `[{key, type, value}]` as an object. The first of two tags with one key counts. */
function tagsFrom(list: Json | undefined): JsonObject {
  const tags: JsonObject = {};
  for (const item of asList(list)) {
    const tag = asObject(item);
    const key = asText(tag?.['key']);
    if (tag === undefined || key === '' || key in tags || tag['type'] === 'binary') continue;
    tags[key] = tag['value'] ?? null;
  }
  return tags;
}

function tagsOf(entry: Entry): JsonObject {
  return tagsFrom(objectOf(entry)?.['tags']);
}

/** Spans of one trace that are remembered to find repeats. */
const REMEMBERED = 50_000;

/**
 * Finds spans that a file tells twice. The same span id alone proves nothing (client and server halves share one in Zipkin's
 * model), so process, start, duration and operation must be the same too. Looks within one trace: spans of a trace stand together.
 */
function createRepeatFilter(): (span: JsonObject) => boolean {
  let trace = '';
  const seen = new Set<string>();
  return (span) => {
    const own = asText(span['traceID']);
    if (own !== trace || seen.size >= REMEMBERED) seen.clear();
    trace = own;
    const key = JSON.stringify([span['spanID'], span['processID'], span['startTime'], span['duration'], span['operationName']]);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
}

const SPECS: readonly FieldSpec[] = [
  { path: 'startTime', role: 'time', format: 'epoch-us', reason: 'start of the span' },
  { path: 'duration', role: 'duration', format: 'us', reason: 'microseconds; start and duration give the end' },
  {
    path: 'processID',
    role: 'system',
    reason: 'the service of that process',
    read: (entry) => serviceOf(objectOf(entry) ?? {}, entry.kind === 'tree' ? entry.context : undefined),
  },
  { path: 'operationName', role: 'step', reason: 'the name of the operation' },
  { path: 'traceID', role: 'execution', type: 'trace', reason: 'all spans of one request; leading zeros may be missing' },
  { path: 'spanID', role: 'span', reason: 'the span itself' },
  {
    path: 'references',
    role: 'parent-span',
    reason: 'CHILD_OF before FOLLOWS_FROM; a reference into another trace is its cause',
    read: referencesOf,
  },
  {
    path: 'tags.error',
    role: 'status',
    reason: 'true is failed, as are otel.status_code ERROR and HTTP 5xx',
    read: (entry) => tagsOf(entry)['error'],
  },
];

function referencesOf(entry: Entry): Json | undefined {
  const references = asList(objectOf(entry)?.['references']);
  return references.length === 0 ? undefined : references[0];
}
