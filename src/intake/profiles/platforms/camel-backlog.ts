import type { Entry, Json, JsonObject } from '../../entry.ts';
import { MICROS_PER_MS } from '../../../model/time.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asList, asNumber, asObject, asText, firstOf, objectOf } from '../tree.ts';
import { leavesOf, namedReader, namedSpecs, openJson } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * Camel's backlog tracer as JSON: one event for each node of a route that an exchange reached, with how long it took and the message it carried. The first
 * event of an exchange is its run, the last one repeats its end. Source: `BacklogTracerEventMessage.toJSon` of Apache Camel 3 and 4.
 */
export const camelBacklog = defineProfile({
  id: 'camel-backlog',
  title: 'Apache Camel backlog trace',
  matches: (entry) => traceOf(entry) !== undefined,
  shape: 'events of Camel’s backlog tracer: exchange, route, node and time',
  system: platformSystem('camel', 'the events come from a Camel application'),
  zoneReason: 'times are milliseconds since 1970 in UTC, or carry an offset',
  kind: 'step',
  step: 'run',
  fields: (entries) => [
    ...SPECS.map((spec) => ({ ...spec, read: spec.read ?? ((entry: Entry) => traceOf(entry)?.[spec.path]) })),
    ...namedSpecs(entries, 'headers.', (entry) => headersOf(traceOf(entry)).filter(([name]) => name !== BREADCRUMB), false),
    ...namedSpecs(entries, 'body.', (entry) => bodyOf(traceOf(entry)), false),
  ],

  compile(source, mapping) {
    const epoch = compileTime('epoch-ms', 'UTC');
    const iso = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const readHeader = namedReader(mapping.fields, 'headers.', false);
    const readBody = namedReader(mapping.fields, 'body.', false);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const trace = traceOf(entry);
      if (trace === undefined) return 'the entry is no event of the Camel backlog tracer';
      draft.reset();
      const at = asText(trace['timestamp']);
      const digits = /^\d{1,15}$/.test(at);
      draft.time = digits ? epoch(at) : iso(at);
      if (Number.isNaN(draft.time)) return `timestamp is no time: ${at.slice(0, 40)}`;
      draft.precision = precisionOf(at, digits ? 'epoch-ms' : 'iso');
      const elapsed = asNumber(trace['elapsed']);
      const done = trace['done'] === true;
      if (done && elapsed >= 0) draft.end = draft.time + Math.round(elapsed * MICROS_PER_MS);
      draft.system = mapping.system;
      draft.flow = asText(trace['routeId']);
      const first = trace['first'] === true;
      const last = trace['last'] === true;
      draft.step = first || last ? (mapping.step ?? 'run') : asText(firstOf(trace, 'nodeId', 'toNode', 'nodeLabel'));
      draft.executionType = 'execution';
      draft.execution = asText(trace['exchangeId']);
      const parent = asText(trace['correlationExchangeId']);
      if (parent !== draft.execution) draft.parentExecution = parent;
      if (trace['failed'] === true) draft.status = 'failed';
      else draft.status = done ? 'succeeded' : 'running';
      if (last) draft.kind = 'note';
      const exception = asObject(trace['exception']);
      draft.error = asText(exception?.['message']) || asText(exception?.['type']);
      for (const [name, value] of headersOf(trace)) {
        if (name === BREADCRUMB) draft.identifier('correlation', value, 'headers.breadcrumbId');
        else readHeader(name, value, draft);
      }
      for (const [name, value] of bodyOf(trace)) readBody(name, value, draft);
      readText(bodyText(trace), draft);
      readText(draft.error, draft);
      emit();
      return undefined;
    };
  },
});

/** Travels with the message across systems. */
const BREADCRUMB = 'breadcrumbId';

function traceOf(entry: Entry): JsonObject | undefined {
  const object = objectOf(entry);
  if (object === undefined) return undefined;
  const own = 'uid' in object && 'exchangeId' in object && 'timestamp' in object;
  return own && ('routeId' in object || 'nodeId' in object || 'toNode' in object) && 'message' in object ? object : undefined;
}

/** `[{key, type, value}]`; Camel's own headers tell of the machinery. */
function headersOf(trace: JsonObject | undefined): NamedValue[] {
  return asList(asObject(trace?.['message'])?.['headers']).flatMap((value) => {
    const header = asObject(value);
    const name = asText(header?.['key']);
    return name === '' || name.startsWith('Camel') ? [] : [[name, asText(header?.['value'])] as const];
  });
}

function bodyText(trace: JsonObject | undefined): string {
  const body: Json | undefined = asObject(trace?.['message'])?.['body'];
  return asText(asObject(body)?.['value'] ?? body);
}

function bodyOf(trace: JsonObject | undefined): NamedValue[] {
  return leavesOf(openJson(bodyText(trace)));
}

const SPECS: readonly FieldSpec[] = [
  { path: 'timestamp', role: 'time', format: 'epoch-ms', reason: 'when the exchange reached the node' },
  { path: 'elapsed', role: 'duration', format: 'ms', reason: 'milliseconds at the node; of the first event, of the whole exchange' },
  { path: 'routeId', role: 'flow', reason: 'the route' },
  { path: 'nodeId', role: 'step', reason: 'the node' },
  { path: 'failed', role: 'status', reason: 'true is failed' },
  { path: 'done', role: 'status', reason: 'true is succeeded unless it failed' },
  { path: 'exchangeId', role: 'execution', type: 'execution', reason: 'the exchange' },
  {
    path: 'message.headers.breadcrumbId',
    role: 'identifier',
    type: 'correlation',
    reason: 'travels with the message across systems',
    read: (entry) => headersOf(traceOf(entry)).find(([name]) => name === BREADCRUMB)?.[1],
  },
  { path: 'correlationExchangeId', role: 'parent-execution', type: 'execution', reason: 'the exchange it was split from' },
];
