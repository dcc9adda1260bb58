import type { Entry, Json, JsonObject } from '../../entry.ts';
import { fallbackSystem } from '../define.ts';
import { keyValues } from './otlp-values.ts';
import { asText, fromContext, objectOf } from '../tree.ts';

/** What the spans and the log records of OTLP have in common. Source: opentelemetry-proto, resource.proto and common.proto. */

/** Where and when, for the profiles of its signals. */
export const OTLP = {
  system: fallbackSystem('service.name of the resource'),
  zone: 'UTC',
  zoneReason: 'OTLP times are nanoseconds since 1970 in UTC',
} as const;

/** Whether the entry stands in OTLP's `resource…` or `scope…` lists of a signal, in any spelling. */
export function isWithin(context: JsonObject | undefined, signal: 'spans' | 'logs'): boolean {
  if (context === undefined) return false;
  return Object.keys(context).some(
    (level) => /^(resource|scope|instrumentation_?library)_?(spans|logs)$/i.test(level) && level.toLowerCase().endsWith(signal),
  );
}

/** The service of the resource around a span; resources are shared by many spans and read once. */
export function createServiceReader(fallback: string): (context: JsonObject | undefined) => string {
  let last: JsonObject | undefined;
  let system = fallback;
  return (context) => {
    const resource = fromContext(context, 'resource');
    if (resource === last && last !== undefined) return system;
    last = resource;
    const name = resource === undefined ? '' : asText(keyValues(resource['attributes'])['service.name']).trim();
    system = name === '' ? fallback : name;
    return system;
  };
}

/** `0` means unknown in protobuf JSON. */
export function nanos(parse: (value: string | number) => number, value: Json | undefined): number {
  if (typeof value !== 'string' && typeof value !== 'number') return Number.NaN;
  if (value === 0 || value === '0' || value === '') return Number.NaN;
  return parse(value);
}

/** The service that an entry names: its resource's. */
export function serviceOf(entry: Entry): Json | undefined {
  return entry.kind === 'tree' ? keyValues(fromContext(entry.context, 'resource')?.['attributes'])['service.name'] : undefined;
}

/** The attributes of a span or a log record. */
export function otlpAttributes(entry: Entry): JsonObject {
  return keyValues(objectOf(entry)?.['attributes']);
}
