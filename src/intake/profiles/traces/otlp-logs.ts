import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Mapping, SourceContext } from '../../mapper.ts';
import { compileTime } from '../../time/index.ts';
import { attributeSpecs } from '../attribute-specs.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createServiceReader, isWithin, nanos, OTLP, otlpAttributes, serviceOf } from './otlp-resource.ts';
import { bodyText, keyValues, scalars } from './otlp-values.ts';
import { messageTemplate } from '../../infer/text-roles.ts';
import { attemptOf, createAttributeReader } from './span-attributes.ts';
import { createTextReader } from '../text-keys.ts';
import { spanId, traceId } from './trace-ids.ts';
import { asNumber, asText, firstOf, fromContext, objectOf } from '../tree.ts';

/**
 * OpenTelemetry log records in JSON. A record inside a trace tells about one of its steps (a note); a named event, or a record
 * outside any trace that mentions a business record, is a step of its own. Source: opentelemetry-proto logs.proto.
 */
export const otlpLogs = defineProfile({
  id: 'otlp-logs',
  title: 'OpenTelemetry logs (OTLP JSON)',
  matches: isLogRecord,
  shape: 'OTLP log records inside their resource',
  ...OTLP,
  kind: 'note',
  fields: (entries) => [...SPECS, ...attributeSpecs(entries, 'attributes', otlpAttributes)],

  compile(source, mapping) {
    const read = createRecordReader(source, mapping);
    return (entry, draft, emit) => {
      const record = objectOf(entry);
      if (record === undefined || !isLogRecord(entry)) return 'the entry is no OTLP log record';
      draft.reset();
      read(record, entry.kind === 'tree' ? entry.context : undefined, draft);
      emit();
      return undefined;
    };
  },
});

function isLogRecord(entry: Entry): boolean {
  const record = objectOf(entry);
  if (record === undefined || entry.kind !== 'tree') return false;
  if (isWithin(entry.context, 'logs')) return true;
  const timed = firstOf(record, 'timeUnixNano', 'time_unix_nano', 'observedTimeUnixNano', 'observed_time_unix_nano');
  return timed !== undefined && firstOf(record, 'body', 'severityNumber', 'severity_number', 'severityText', 'severity_text') !== undefined;
}

function createRecordReader(
  source: SourceContext,
  mapping: Mapping,
): (record: JsonObject, context: JsonObject | undefined, draft: Draft) => void {
  const time = compileTime('epoch-ns', 'UTC');
  const systemOf = createServiceReader(mapping.system);
  const readText = createTextReader(source.textPatterns);
  const readAttribute = createAttributeReader(readText, mapping.fields, 'attributes.');
  return (record, context, draft) => {
    draft.system = systemOf(context);
    draft.time = nanos(time, firstOf(record, 'timeUnixNano', 'time_unix_nano'));
    if (Number.isNaN(draft.time)) draft.time = nanos(time, firstOf(record, 'observedTimeUnixNano', 'observed_time_unix_nano'));
    draft.precision = 'nanosecond';
    draft.execution = traceId(asText(firstOf(record, 'traceId', 'trace_id')));
    if (draft.execution !== '') draft.executionType = 'trace';
    // The record belongs to the span, it is no child of it: its own span id is that of the step it tells about.
    draft.span = spanId(asText(firstOf(record, 'spanId', 'span_id')));
    const attributes = keyValues(record['attributes']);
    for (const key of Object.keys(attributes)) {
      const values = scalars(attributes[key]);
      const attempt = attemptOf(key, values[0] ?? '');
      if (attempt > 0) draft.attempt = attempt;
      readAttribute(key, values, draft);
    }
    const body = bodyText(record['body']);
    readText(body, draft);
    const eventName = asText(firstOf(record, 'eventName', 'event_name')) || asText(attributes['event.name']);
    const inTrace = draft.execution !== '';
    draft.kind = eventName !== '' || (!inTrace && draft.idValues.length > 0) ? 'step' : 'note';
    draft.step = eventName || messageTemplate(body) || scopeName(context) || 'log record';
    readSeverity(record, body, draft);
  };
}

/** Severities 17 to 24 (ERROR, FATAL) mark the step as failed; the lower ones say nothing about its outcome. */
function readSeverity(record: JsonObject, body: string, draft: Draft): void {
  const severity = severityOf(record);
  draft.statusRaw =
    asText(firstOf(record, 'severityText', 'severity_text')) || asText(firstOf(record, 'severityNumber', 'severity_number'));
  if (severity < 17) return;
  draft.status = 'failed';
  const attributes = keyValues(record['attributes']);
  draft.error = asText(attributes['exception.message']) || body;
}

const SEVERITY_NAMES: ReadonlyMap<string, number> = new Map([
  ['TRACE', 1],
  ['DEBUG', 5],
  ['INFO', 9],
  ['WARN', 13],
  ['WARNING', 13],
  ['ERROR', 17],
  ['CRITICAL', 21],
  ['FATAL', 21],
]);

/** 1 to 24; from the number, its enum name (`SEVERITY_NUMBER_ERROR2`), or the text. 0 when not said. */
function severityOf(record: JsonObject): number {
  const raw = firstOf(record, 'severityNumber', 'severity_number');
  const number = asNumber(raw);
  if (number > 0) return number;
  const name =
    asText(raw)
      .replace(/^SEVERITY_NUMBER_/i, '')
      .replace(/\d$/, '') || asText(firstOf(record, 'severityText', 'severity_text'));
  return SEVERITY_NAMES.get(name.toUpperCase()) ?? 0;
}

function scopeName(context: JsonObject | undefined): string {
  const scope = fromContext(context, 'scope', 'instrumentationLibrary', 'instrumentation_library');
  return scope === undefined ? '' : asText(scope['name']);
}

const SPECS: readonly FieldSpec[] = [
  { path: 'timeUnixNano', role: 'time', format: 'epoch-ns', reason: 'when it happened; observedTimeUnixNano where it is missing' },
  {
    path: 'resource.service.name',
    role: 'system',
    reason: 'the service that wrote the record',
    read: serviceOf,
  },
  { path: 'eventName', role: 'step', reason: 'named events are steps' },
  { path: 'body', role: 'message', reason: 'the text; keys are looked for in it', read: (entry) => bodyText(objectOf(entry)?.['body']) },
  { path: 'severityNumber', role: 'level', reason: '17 and above is a failure' },
  { path: 'traceId', role: 'execution', type: 'trace', reason: 'the request it was written in' },
  { path: 'spanId', role: 'span', reason: 'the step it tells about' },
];
