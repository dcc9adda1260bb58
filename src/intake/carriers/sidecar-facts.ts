import type { CarrierId, CarrierType } from '../../model/carrier.ts';
import type { Json } from '../entry.ts';
import { hash52 } from '../hash.ts';
import { compileTime, type TimeShape } from '../time/index.ts';
import { isTime } from './name-ids.ts';

/** What a sidecar says of its document. */
export interface SidecarFacts {
  readonly ids: readonly CarrierId[];
  /** Microseconds. */
  readonly time: number | undefined;
  readonly system: string | undefined;
}

const MOST_LEAVES = 400;
const MOST_DEPTH = 4;

/** Names of keys as `plainKey` leaves them. */
const ID_KEYS: Readonly<Record<CarrierType, readonly string[]>> = {
  execution: [
    'executionid',
    'executionguid',
    'execution',
    'execid',
    'runid',
    'runguid',
    'workflowrunid',
    'flowrunid',
    'jobrunid',
    'dagrunid',
    'processinstanceid',
    'exchangeid',
    'flowfileuuid',
  ],
  message: ['messageid', 'messageguid', 'messageuuid', 'msgid', 'sapmessageprocessinglogid', 'mplid', 'jmsmessageid', 'mulemessageid'],
  trace: ['traceid', 'traceparent', 'b3traceid'],
  correlation: ['correlationid', 'correlationguid', 'sapmplcorrelationid', 'jmscorrelationid', 'clienttrackingid', 'breadcrumbid'],
};
const TIME_KEYS = ['timestamp', 'eventtime', 'sentat', 'receivedat', 'capturedat', 'createdat', 'time', 'date', 'lastmodified', 'datetime'];
const SYSTEM_KEYS = ['system', 'systemname', 'sourcesystem', 'application', 'applicationname'];
/** Shapes that say themselves what they are. Numbers are told by their size. */
const SHAPES: readonly TimeShape[] = ['iso', 'rfc2822', 'odata', 'compact', 'epoch'];

const TYPE_OF = new Map<string, CarrierType>(
  (Object.keys(ID_KEYS) as CarrierType[]).flatMap((type) => ID_KEYS[type].map((key) => [key, type] as const)),
);

/**
 * Reads what a sidecar's tree says of the execution, the system and the time of its document: NiFi's attributes, metadata of Azure blobs and S3
 * objects, HTTP headers, exports of message platforms. Undefined where it says none of it: then it is a document like any other.
 */
export function sidecarFacts(value: Json): SidecarFacts | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const leaves = [...leavesOf(value, 0)].slice(0, MOST_LEAVES);
  const plain = new Map<string, { readonly key: string; readonly text: string }>();
  for (const [key, text] of leaves) if (!plain.has(plainKey(key))) plain.set(plainKey(key), { key, text });
  const ids: CarrierId[] = [];
  for (const [name, { key, text }] of plain) {
    const type = TYPE_OF.get(name) ?? (name === 'uuid' && isFlowFile(plain) ? 'execution' : undefined);
    const id = type === undefined ? undefined : idOf(name, text);
    if (type !== undefined && id !== undefined) ids.push({ value: id, type, rank: 0, place: key, sure: true, hash: hash52(id) });
  }
  const time = TIME_KEYS.map((name) => timeOf(plain.get(name)?.text)).find((one) => one !== undefined);
  const system = SYSTEM_KEYS.map((name) => plain.get(name)?.text.trim()).find((text) => text !== undefined && isName(text));
  return ids.length === 0 && time === undefined && system === undefined ? undefined : { ids, time, system };
}

/** NiFi's core attributes: https://nifi.apache.org/documentation/ (FlowFile: `filename`, `path`, `uuid`). */
function isFlowFile(plain: ReadonlyMap<string, unknown>): boolean {
  return plain.has('filename') || plain.has('path');
}

function* leavesOf(value: Json, depth: number): Generator<readonly [string, string]> {
  if (value === null || typeof value !== 'object' || depth > MOST_DEPTH) return;
  // Lists of name and value: headers as HTTP archives and CPI write them.
  if (Array.isArray(value)) {
    for (const one of value.slice(0, MOST_LEAVES)) {
      if (one === null || typeof one !== 'object' || Array.isArray(one)) continue;
      const name = one['name'] ?? one['Name'] ?? one['key'];
      const text = one['value'] ?? one['Value'];
      if (typeof name === 'string' && (typeof text === 'string' || typeof text === 'number')) yield [name, String(text)];
    }
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'string' || typeof member === 'number') yield [key, String(member)];
    else yield* leavesOf(member, depth + 1);
  }
}

/** `x-ms-meta-Execution_Id` → `executionid`. */
function plainKey(key: string): string {
  return key
    .toLowerCase()
    .replace(/^(?:http|mule|camel|header|nifi)[._-]/, '')
    .replace(/^x-(?:ms|amz|goog)-meta-|^x-(?:ms|amz|goog|b3|sap)-(?=[a-z])|^x-/, '')
    .replace(/[^a-z0-9]/g, '')
    .replace(/^camel(?=exchangeid)/, '');
}

const LONGEST_ID = 256;

function idOf(name: string, text: string): string | undefined {
  const trimmed = text.trim().replace(/^[{<"]+|[}>"]+$/g, '');
  // https://www.w3.org/TR/trace-context/: version, trace, parent, flags.
  const value = name === 'traceparent' ? (/^[0-9a-f]{2}-([0-9a-f]{32})-/i.exec(trimmed)?.[1] ?? '') : trimmed;
  if (value.length < 2 || value.length > LONGEST_ID || /\s/.test(value) || !/\d/.test(value) || isTime(value)) return undefined;
  return value;
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || !/\d/.test(text)) return undefined;
  for (const shape of SHAPES) {
    const time = compileTime(shape, 'UTC')(text);
    if (!Number.isNaN(time)) return time;
  }
  return undefined;
}

function isName(text: string): boolean {
  return text !== '' && text.length <= 60 && /^[\p{L}\p{N} _.-]+$/u.test(text);
}
