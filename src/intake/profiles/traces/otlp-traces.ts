import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { Mapping } from '../../mapper.ts';
import { compileTime } from '../../time/index.ts';
import { attributeSpecs } from '../attribute-specs.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createServiceReader, isWithin, nanos, OTLP, otlpAttributes, serviceOf } from './otlp-resource.ts';
import { keyValues, scalars } from './otlp-values.ts';
import { attemptOf, createAttributeReader } from './span-attributes.ts';
import { createTextReader } from '../text-keys.ts';
import type { TextReader } from '../text-keys.ts';
import { spanId, traceId } from './trace-ids.ts';
import { asList, asNumber, asObject, asText, firstOf, objectOf } from '../tree.ts';

/**
 * OpenTelemetry spans in JSON (collector file exporter, SDK output, Jaeger v3 API). Source: opentelemetry-proto, "JSON Protobuf
 * Encoding"; the deviations seen in exporters are accepted: snake_case keys, enum names, numbers for 64-bit integers, base64 ids.
 */
export const otlpTraces = defineProfile({
  id: 'otlp-traces',
  title: 'OpenTelemetry traces (OTLP JSON)',
  matches: isSpan,
  shape: 'OTLP spans: a trace id, a span id and a resource around them',
  ...OTLP,
  kind: 'step',
  fields: (entries) => [...SPECS, ...attributeSpecs(entries, 'attributes', otlpAttributes)],

  compile(source, mapping) {
    const readSpan = createSpanReader(mapping, createTextReader(source.textPatterns));
    return (entry, draft, emit) => {
      const span = objectOf(entry);
      if (span === undefined || !isSpan(entry)) return 'the entry is no OTLP span';
      draft.reset();
      readSpan(span, entry.kind === 'tree' ? entry.context : undefined, draft);
      emit();
      return undefined;
    };
  },
});

/** A resource or scope around it, or the OTLP spelling of its start: `traceId` and `spanId` alone stand in many log lines. */
function isSpan(entry: Entry): boolean {
  const span = objectOf(entry);
  if (span === undefined || entry.kind !== 'tree') return false;
  if (firstOf(span, 'traceId', 'trace_id') === undefined || firstOf(span, 'spanId', 'span_id') === undefined) return false;
  if (firstOf(span, 'severityNumber', 'severity_number', 'body', 'observedTimeUnixNano', 'observed_time_unix_nano') !== undefined)
    return false;
  return firstOf(span, 'startTimeUnixNano', 'start_time_unix_nano') !== undefined || isWithin(entry.context, 'spans');
}

function createSpanReader(
  mapping: Mapping,
  readText: TextReader,
): (span: JsonObject, context: JsonObject | undefined, draft: Draft) => void {
  const time = compileTime('epoch-ns', 'UTC');
  const readAttribute = createAttributeReader(readText, mapping.fields, 'attributes.');
  const systemOf = createServiceReader(mapping.system);
  return (span, context, draft) => {
    draft.system = systemOf(context);
    draft.step = asText(span['name']);
    draft.time = nanos(time, firstOf(span, 'startTimeUnixNano', 'start_time_unix_nano'));
    draft.end = nanos(time, firstOf(span, 'endTimeUnixNano', 'end_time_unix_nano'));
    draft.precision = 'nanosecond';
    draft.executionType = 'trace';
    draft.execution = traceId(asText(firstOf(span, 'traceId', 'trace_id')));
    draft.span = spanId(asText(firstOf(span, 'spanId', 'span_id')));
    draft.parentSpan = spanId(asText(firstOf(span, 'parentSpanId', 'parent_span_id')));
    if (draft.parentSpan === '') draft.parentExecution = linkedTrace(span, draft.execution);
    const attributes = keyValues(span['attributes']);
    for (const key of Object.keys(attributes)) {
      const values = scalars(attributes[key]);
      const attempt = attemptOf(key, values[0] ?? '');
      if (attempt > 0) draft.attempt = attempt;
      readAttribute(key, values, draft);
    }
    readStatus(span, draft);
    readText(draft.step, draft);
    readText(draft.error, draft);
  };
}

/** A root span that was caused by another trace (a queue between them) links to it: the first link's trace. */
function linkedTrace(span: JsonObject, own: string): string {
  for (const item of asList(span['links'])) {
    const link = asObject(item);
    const linked = link === undefined ? '' : traceId(asText(firstOf(link, 'traceId', 'trace_id')));
    if (linked !== '' && linked !== own) return linked;
  }
  return '';
}

const STATUS_WORDS = ['UNSET', 'OK', 'ERROR'] as const;

/** UNSET on a span that has ended means that nothing was reported wrong; an exception inside is then a warning. */
function readStatus(span: JsonObject, draft: Draft): void {
  const status = asObject(span['status']);
  const code = status === undefined ? undefined : status['code'];
  const word =
    typeof code === 'number'
      ? (STATUS_WORDS[code] ?? String(code))
      : asText(code)
          .replace(/^STATUS_CODE_/i, '')
          .toUpperCase();
  const known = /^[012]$/.test(word) ? STATUS_WORDS[Number(word)]! : word;
  const exception = exceptionOf(span);
  const message = status === undefined ? '' : asText(status['message']);
  draft.statusRaw = known;
  if (known === 'ERROR') {
    draft.status = 'failed';
    draft.error = message !== '' ? message : exception;
  } else if (Number.isNaN(draft.end)) {
    draft.status = 'running';
  } else {
    draft.status = exception === '' ? 'succeeded' : 'succeeded-with-warning';
    draft.error = exception;
  }
}

/** The message (or type) of the last exception event. */
function exceptionOf(span: JsonObject): string {
  let text = '';
  for (const item of asList(span['events'])) {
    const event = asObject(item);
    if (event === undefined || asText(event['name']) !== 'exception') continue;
    const attributes = keyValues(event['attributes']);
    text = asText(attributes['exception.message']) || asText(attributes['exception.type']) || 'exception';
  }
  return text;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'startTimeUnixNano', role: 'time', format: 'epoch-ns', reason: 'start of the span' },
  { path: 'endTimeUnixNano', role: 'end-time', format: 'epoch-ns', reason: 'end of the span; none means it was still running' },
  {
    path: 'resource.service.name',
    role: 'system',
    reason: 'the service that made the span',
    read: serviceOf,
  },
  { path: 'name', role: 'step', reason: 'the name of the span' },
  { path: 'traceId', role: 'execution', type: 'trace', reason: 'all spans of one request' },
  { path: 'spanId', role: 'span', reason: 'the span itself' },
  { path: 'parentSpanId', role: 'parent-span', reason: 'the span that caused it' },
  { path: 'links', role: 'parent-execution', type: 'trace', reason: 'the trace that caused a root span' },
  {
    path: 'status.code',
    role: 'status',
    reason: '2 is failed; 0 and 1 succeeded once the span has ended',
    read: (entry) => asNumberOrText(asObject(objectOf(entry)?.['status'])?.['code']),
  },
  { path: 'events', role: 'error', reason: 'the message of an exception event' },
];

function asNumberOrText(value: Json | undefined): Json | undefined {
  const number = asNumber(value);
  return Number.isNaN(number) ? value : number;
}
