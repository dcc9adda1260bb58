import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import { MICROS_PER_MS } from '../../../model/time.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { levelStatus } from '../vocabulary.ts';
import { camelLineOf, plainLineOf } from './camel-line.ts';
import type { CamelLine } from './camel-line.ts';
import { namedReader, namedSpecs } from './records.ts';

/**
 * Logs of Apache Camel: lines with its diagnostic context, exchanges printed by the log component, the tracer, and failed deliveries. An exchange is the
 * execution; the routes that it goes through and what it sends are steps, other lines notes. Sources: Camel's manual (MDC logging, Tracer, log
 * component), `DefaultTracer`, `RedeliveryErrorHandler`.
 */
export const camelLog = defineProfile({
  id: 'camel-log',
  title: 'Apache Camel log',
  matches: (entry) => camelLineOf(entry) !== undefined,
  shape: 'lines of an Apache Camel log: an exchange, a route or a failed delivery',
  system: fallbackSystem('the id of the Camel context'),
  zoneReason: ({ zone }) => (zone === '' ? 'logs are in the zone of the machine: UTC is assumed' : 'the given zone, for times without one'),
  kind: 'note',
  step: 'log',
  fields: (entries) => [...SPECS, ...namedSpecs(entries, 'headers.', (entry) => camelLineOf(entry)?.headers ?? [], false)],

  compile(source, mapping) {
    const time = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const readHeader = namedReader(mapping.fields, 'headers.', false);
    const readText = createTextReader(source.textPatterns);
    const failures = createFailures();
    const exchanges = new Map<string, string>();
    let context = '';
    return (entry, draft, emit) => {
      // The rest of an application's log are notes on no exchange.
      const line = camelLineOf(entry) ?? plainLineOf(entry);
      if (line === undefined) return 'the entry is no line of a log';
      draft.reset();
      draft.time = time(line.time);
      if (Number.isNaN(draft.time)) return `the line does not begin with a time: ${line.time.slice(0, 40)}`;
      draft.precision = precisionOf(line.time, 'iso');
      // A line outside of a route names no context; an application has one as a rule.
      context = line.context || context;
      draft.system = context || mapping.system;
      draft.flow = line.route;
      draft.execution = line.exchange || (line.told.is === 'sent' ? (exchanges.get(line.thread) ?? '') : '');
      if (draft.execution !== '') draft.executionType = 'execution';
      remember(exchanges, line);
      if (line.correlation !== line.exchange) draft.parentExecution = line.correlation;
      draft.identifier('correlation', line.breadcrumb, 'breadcrumbId');
      draft.statusRaw = line.level;
      readTold(line, failures, mapping.step ?? 'log', draft);
      for (const [name, value] of line.headers) readHeader(name, value, draft);
      readText(line.message, draft);
      emit();
      return undefined;
    };
  },
});

/** The tracer's line about what was sent names no exchange: it is the one that its thread works on. At most 1,000 threads. */
function remember(exchanges: Map<string, string>, line: CamelLine): void {
  if (line.exchange === '' || line.thread === '') return;
  if (exchanges.size >= 1_000 && !exchanges.has(line.thread)) exchanges.clear();
  exchanges.set(line.thread, line.exchange);
}

function readTold(line: CamelLine, failures: Failures, step: string, draft: Draft): void {
  const { told } = line;
  draft.kind = 'step';
  draft.step = line.route || step;
  switch (told.is) {
    case 'enter':
      draft.status = 'started';
      return;
    case 'leave':
      // The tracer ends a failed exchange with the same arrow: the failure was told before.
      draft.status = failures.has(line.exchange) ? 'failed' : 'succeeded';
      return;
    case 'sent':
      draft.step = `send ${told.url}`;
      draft.status = told.failed ? 'failed' : 'succeeded';
      if (!Number.isNaN(told.milliseconds)) {
        draft.end = draft.time;
        draft.time -= told.milliseconds * MICROS_PER_MS;
      }
      return;
    case 'failed':
      failures.add(line.exchange);
      draft.step = line.route || 'delivery';
      draft.status = told.exhausted ? 'failed' : 'retried';
      draft.attempt = told.attempt;
      draft.error = line.message;
      return;
    case 'node':
      draft.kind = 'note';
      draft.step = told.label || draft.step;
      return;
    case 'text':
      draft.kind = 'note';
      draft.status = levelStatus(line.level);
      if (draft.status === 'failed') draft.error = line.message;
  }
}

interface Failures {
  has(exchange: string): boolean;
  add(exchange: string): void;
}

/** Exchanges whose delivery failed, the last 10,000 of them. */
function createFailures(): Failures {
  const known = new Set<string>();
  return {
    has: (exchange) => known.has(exchange),
    add(exchange) {
      if (known.size >= 10_000) known.delete(known.values().next().value!);
      known.add(exchange);
    },
  };
}

function part(name: keyof CamelLine): (entry: Entry) => string | undefined {
  return (entry) => {
    const value = camelLineOf(entry)?.[name];
    return typeof value === 'string' ? value : undefined;
  };
}

const SPECS: readonly FieldSpec[] = [
  { path: 'time', role: 'time', format: 'iso', reason: 'when the line was written', read: part('time') },
  { path: 'level', role: 'level', reason: 'ERROR is a failure', read: part('level') },
  { path: 'camel.contextId', role: 'system', reason: 'the Camel context', read: part('context') },
  { path: 'camel.routeId', role: 'flow', reason: 'the route', read: part('route') },
  { path: 'camel.exchangeId', role: 'execution', type: 'execution', reason: 'the exchange', read: part('exchange') },
  {
    path: 'camel.correlationId',
    role: 'parent-execution',
    type: 'execution',
    reason: 'the exchange it was split from',
    read: part('correlation'),
  },
  {
    path: 'camel.breadcrumbId',
    role: 'identifier',
    type: 'correlation',
    reason: 'travels with the message across systems',
    read: part('breadcrumb'),
  },
  {
    path: 'message',
    role: 'message',
    reason: 'the tracer’s arrows and failed deliveries are steps; keys are looked for in it',
    read: part('message'),
  },
];
