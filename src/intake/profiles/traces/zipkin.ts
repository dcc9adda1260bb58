import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Mapping } from '../../mapper.ts';
import { compileTime } from '../../time/index.ts';
import { attributeSpecs } from '../attribute-specs.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { attemptOf, createAttributeReader } from './span-attributes.ts';
import { createTextReader } from '../text-keys.ts';
import type { TextReader } from '../text-keys.ts';
import { spanId, traceId } from './trace-ids.ts';
import { asList, asNumber, asObject, asText, objectOf } from '../tree.ts';

/** Zipkin v2 JSON: `/api/v2/trace/{id}` (spans), `/api/v2/traces` (lists of spans). Source: openzipkin/zipkin-api `zipkin2-api.yaml`. */
export const zipkin = defineProfile({
  id: 'zipkin',
  title: 'Zipkin v2 traces (JSON)',
  matches: (entry) => spansOf(entry).length > 0,
  shape: 'Zipkin v2 spans: traceId, a 16-digit id and an endpoint, kind, name or timestamp',
  system: fallbackSystem('the service name of the local endpoint'),
  zone: 'UTC',
  zoneReason: 'Zipkin times are microseconds since 1970 in UTC',
  kind: 'step',
  unfold: (entries) =>
    entries
      .flatMap(spansOf)
      .slice(0, 200)
      .map((value) => ({ kind: 'tree', place: { offset: 0, length: 0, line: 0 }, value, context: undefined })),
  fields: (spans) => [...SPECS, ...attributeSpecs(spans, 'tags', tagsOf)],

  compile(source, mapping) {
    const readSpan = createSpanReader(mapping, createTextReader(source.textPatterns));
    return (entry, draft, emit) => {
      const spans = spansOf(entry);
      if (spans.length === 0) return 'the entry is no Zipkin span';
      for (const span of spans) {
        draft.reset();
        readSpan(span, draft);
        emit();
      }
      return undefined;
    };
  },
});

/** One span, or the list of spans of one trace. */
function spansOf(entry: Entry): readonly JsonObject[] {
  if (entry.kind !== 'tree') return [];
  const spans: JsonObject[] = [];
  for (const item of asList(entry.value)) {
    const span = asObject(item);
    if (span !== undefined && isSpan(span)) spans.push(span);
  }
  return spans;
}

function isSpan(span: JsonObject): boolean {
  if (!/^[0-9a-fA-F]{1,32}$/.test(asText(span['traceId'])) || !/^[0-9a-fA-F]{1,16}$/.test(asText(span['id']))) return false;
  return asObject(span['localEndpoint']) !== undefined || 'annotations' in span || ('timestamp' in span && 'name' in span);
}

function createSpanReader(mapping: Mapping, readText: TextReader): (span: JsonObject, draft: Draft) => void {
  const time = compileTime('epoch-us', 'UTC');
  const readAttribute = createAttributeReader(readText, mapping.fields, 'tags.');
  return (span, draft) => {
    draft.system = asText(asObject(span['localEndpoint'])?.['serviceName']).trim() || mapping.system;
    draft.step = asText(span['name']) || asText(span['kind']).toLowerCase() || 'span';
    const start = asNumber(span['timestamp']);
    draft.time = start > 0 ? time(start) : firstAnnotation(span);
    const duration = asNumber(span['duration']);
    if (duration >= 0) draft.end = draft.time + Math.floor(duration);
    draft.precision = 'microsecond';
    draft.executionType = 'trace';
    draft.execution = traceId(asText(span['traceId']));
    readIds(span, draft);
    const tags = asObject(span['tags']) ?? {};
    for (const key of Object.keys(tags)) {
      const value = asText(tags[key]);
      const attempt = attemptOf(key, value);
      if (attempt > 0) draft.attempt = attempt;
      readAttribute(key, [value], draft);
    }
    if ('error' in tags) {
      draft.status = 'failed';
      draft.statusRaw = 'error';
      draft.error = asText(tags['error']) || 'error';
    } else draft.status = duration >= 0 ? 'succeeded' : 'running';
    readText(draft.step, draft);
    readText(draft.error, draft);
  };
}

/**
 * The server half of a shared span carries its caller's id: it is the child of that half here, under an id of its own,
 * so that the call comes before the answer (zipkin-js `span-node` builds its tree the same way).
 */
function readIds(span: JsonObject, draft: Draft): void {
  const id = spanId(asText(span['id']));
  if (span['shared'] === true) {
    draft.span = `${id}/shared`;
    draft.parentSpan = id;
  } else {
    draft.span = id;
    draft.parentSpan = spanId(asText(span['parentId']));
  }
}

function firstAnnotation(span: JsonObject): number {
  let first = Number.NaN;
  for (const item of asList(span['annotations'])) {
    const at = asNumber(asObject(item)?.['timestamp']);
    if (at > 0 && !(at >= first)) first = at;
  }
  return first;
}

function tagsOf(entry: Entry): JsonObject {
  return asObject(objectOf(entry)?.['tags']) ?? {};
}

const SPECS: readonly FieldSpec[] = [
  { path: 'timestamp', role: 'time', format: 'epoch-us', reason: 'start of the span; the first annotation where it is missing' },
  { path: 'duration', role: 'duration', format: 'us', reason: 'microseconds; none means it was still running' },
  { path: 'localEndpoint.serviceName', role: 'system', reason: 'the service that made the span' },
  { path: 'name', role: 'step', reason: 'the name of the span' },
  { path: 'traceId', role: 'execution', type: 'trace', reason: 'all spans of one request' },
  { path: 'id', role: 'span', reason: 'the span itself; the server half of a shared span counts as the child of the client half' },
  { path: 'parentId', role: 'parent-span', reason: 'the span that caused it' },
  { path: 'tags.error', role: 'status', reason: 'its presence means failed, even when empty', read: (entry) => tagsOf(entry)['error'] },
];
