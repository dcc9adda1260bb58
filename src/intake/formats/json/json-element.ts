import type { Json, JsonObject } from '../../entry.ts';

/** A path inside an element to the entries that it wraps. */
export interface Wrapped {
  readonly nested: readonly string[];
  /** Name of the element in the context of what it wraps; empty leaves it out. */
  readonly level: string;
  /** Elements without it are frames of the protocol: they are passed over. */
  readonly frames: boolean;
}

/**
 * What well-known elements wrap, judged by one of them. Undefined for everything else.
 * - a hit of Elasticsearch and OpenSearch (`_index`, `_id`, `_source`), also alone on a line (elasticdump);
 * - an edge of a GraphQL connection (`node`, `cursor`; Relay "GraphQL Cursor Connections Specification");
 * - a row of Splunk's export (`{"preview":false,"offset":0,"result":{…}}`), whose other frames carry messages;
 * - a series of Grafana Loki (`stream`, `values`; before version 1 `labels`, `entries`; Loki HTTP API, "query_range");
 * - a document of a CloudWatch Logs subscription (`messageType`, `logGroup`, `logEvents`).
 */
export function wrappedIn(element: JsonObject): Wrapped | undefined {
  if (isObject(element['_source']) && (typeof element['_index'] === 'string' || element['_id'] !== undefined)) {
    return { nested: ['_source'], level: 'hit', frames: false };
  }
  if (isObject(element['node']) && Object.keys(element).every((key) => key === 'node' || key === 'cursor' || key === '__typename')) {
    return { nested: ['node'], level: '', frames: false };
  }
  if (isSplunkFrame(element)) return { nested: ['result'], level: 'splunk', frames: true };
  if (isObject(element['stream']) && Array.isArray(element['values'])) return { nested: ['values'], level: 'series', frames: false };
  if (typeof element['labels'] === 'string' && Array.isArray(element['entries']))
    return { nested: ['entries'], level: 'series', frames: false };
  if (Array.isArray(element['logEvents']) && typeof element['logGroup'] === 'string') {
    return { nested: ['logEvents'], level: 'subscription', frames: false };
  }
  return undefined;
}

function isSplunkFrame(element: JsonObject): boolean {
  if (typeof element['preview'] !== 'boolean') return false;
  return isObject(element['result']) && Object.keys(element).every((key) => SPLUNK_KEYS.has(key));
}

const SPLUNK_KEYS: ReadonlySet<string> = new Set(['preview', 'offset', 'lastrow', 'result']);

const ACTIONS = ['index', 'create', 'update', 'delete'] as const;

/** What a line of an Elasticsearch bulk body says about the document in the next line; undefined when it is no such line. */
export function bulkAction(line: Json): { readonly action: (typeof ACTIONS)[number]; readonly about: JsonObject } | undefined {
  if (!isObject(line)) return undefined;
  for (const key in line) {
    const action = ACTIONS.find((one) => one === key);
    const about = line[key];
    if (action === undefined || !isObject(about) || Object.keys(line).length !== 1) return undefined;
    const known = Object.keys(about).every((name) => name.startsWith('_') || BULK_KEYS.has(name));
    return known ? { action, about } : undefined;
  }
  return undefined;
}

const BULK_KEYS: ReadonlySet<string> = new Set([
  'routing',
  'require_alias',
  'retry_on_conflict',
  'dynamic_templates',
  'pipeline',
  'version',
]);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
