import type { Json, JsonObject } from '../../entry.ts';
import { jsonDocumentOf } from './json-documents.ts';
import { isObject, type Wrapped, wrappedIn } from './json-element.ts';
import { transformOptions } from './json-transform.ts';

/** Where the entries of a JSON document are. */
export interface JsonShape {
  /** Keys from the document to the list; each may hold spellings `a|b`. Empty: the document is the list. */
  readonly root: readonly string[];
  /** The document is the element. */
  readonly whole: boolean;
  /** Lists inside the element whose innermost elements are the entries. */
  readonly nested: readonly string[];
  /** Name of the outer element in the context of the nested ones. */
  readonly level: string;
  /** Options for what is done to every entry (`json-transform.ts`), and `frames`: elements without the nested list are passed over. */
  readonly extra: { readonly [key: string]: Json };
  readonly reason: string;
}

/** Lists inside an element, its name, and what is done to the entries. */
type Inner = Pick<JsonShape, 'nested' | 'level' | 'extra'>;

const OTLP_TOP = 'resourceSpans|resource_spans|resourceLogs|resource_logs';
const OTLP_SCOPE =
  'scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans|' +
  'scopeLogs|scope_logs|instrumentationLibraryLogs|instrumentation_library_logs';
const OTLP_LEAF = 'spans|logRecords|log_records|logs';
const OTLP_KEYS = OTLP_TOP.split('|');

/** Keys under which APIs hand out lists of independent things. */
const ENVELOPE_KEYS: ReadonlySet<string> = new Set(
  'result results value data records entries events hits logs logEvents rows documents messages executions runs history Records Events'.split(
    ' ',
  ),
);

/** Members that make the object around a list a thing of its own: an order and its lines, a run and its actions. */
const IDENTITY = /^(?:id|name|status|type)$|[a-z]_(?:id|no|number|key|at|date)$|[a-z](?:Id|ID|No|Number|Key|Date|At)$/;

/** Values of a status that an API gives to its answer, not to a thing. */
const ANSWERED = /^(?:ok|success|successful|complete|completed|done)$/i;

const NOTHING: Inner = { nested: [], level: '', extra: {} };
const PLAIN = { whole: false, ...NOTHING } as const;

/**
 * Finds the list that the document is about.
 * @param value the document, or its beginning.
 * @param open how many containers, along the last member of each, were cut off: what goes on beyond the head weighs most.
 */
export function shapeOf(value: Json, open: number): JsonShape {
  if (Array.isArray(value)) return shapeOfList(value);
  if (!isObject(value)) return { ...PLAIN, root: [], whole: true, reason: 'a single value' };
  const otlp = otlpOf(value);
  if (otlp !== undefined) return otlp;
  const document = jsonDocumentOf(value);
  if (document !== undefined) return { ...PLAIN, ...document, whole: document.root.length === 0 };
  if (isJaegerTrace(value)) return { root: [], whole: true, nested: ['spans'], level: 'data', extra: {}, reason: 'a Jaeger trace' };
  if (firstObject(value['data']) !== undefined && isJaegerTrace(firstObject(value['data'])!)) {
    return { ...PLAIN, root: ['data'], nested: ['spans'], level: 'data', reason: 'Jaeger traces in data' };
  }
  const wrapped = wrappedIn(value);
  if (wrapped !== undefined) return { ...innerOf(wrapped), root: [], whole: true, reason: `what stands in ${wrapped.nested.join('.')}` };
  const list = mainList(value, open);
  if (list === undefined) return { ...PLAIN, root: [], whole: true, extra: transformOptions([value], undefined), reason: 'one object' };
  const name = list.path.join('.') + (list.others.length > 0 ? `; not read: ${list.others.slice(0, 4).join(', ')}` : '');
  if (list.identity) {
    return { root: [], whole: true, nested: list.path, level: 'document', extra: {}, reason: `the list ${name} of one object` };
  }
  const inner = nestedOf(list.list, list.holder);
  return { ...PLAIN, root: list.path, ...inner, reason: `the list ${name}` };
}

/** The nested lists of documents that stand one to a line; empty for plain objects. */
export function shapeOfLine(value: Json): Inner {
  if (!isObject(value)) return NOTHING;
  const { whole, root, nested, level, extra } = shapeOf(value, 0);
  return whole ? { nested, level, extra } : { nested: [...root, ...nested], level: '', extra };
}

function shapeOfList(list: readonly Json[]): JsonShape {
  const inner = nestedOf(list, undefined);
  return { ...PLAIN, root: [], ...inner, reason: inner.nested.length > 0 ? `a list of lists (${inner.nested.join(', ')})` : 'a list' };
}

/** What the elements of a list hold, judged by the first of them. `holder` is the object that the list stands in. */
function nestedOf(list: readonly Json[], holder: JsonObject | undefined): Inner {
  const extra = transformOptions(list, holder);
  const first = list[0];
  if (Array.isArray(first)) {
    if (extra['pairs'] !== undefined || extra['columns'] !== undefined) return { ...NOTHING, extra };
    return isObject(first[0]) || first.length === 0 ? { ...NOTHING, nested: ['*'] } : NOTHING;
  }
  if (!isObject(first)) return NOTHING;
  const wrapped = wrappedIn(first);
  if (wrapped !== undefined) return innerOf(wrapped, extra);
  if (isJaegerTrace(first)) return { ...NOTHING, nested: ['spans'], level: 'data' };
  const otlp = otlpOf(first);
  if (otlp !== undefined) return { ...NOTHING, nested: [...otlp.root, ...otlp.nested] };
  const document = jsonDocumentOf(first);
  if (document !== undefined) return { ...NOTHING, nested: document.root };
  const inner = mainList(first, 0);
  if (inner === undefined || !ENVELOPE_KEYS.has(inner.path.at(-1)!)) return { ...NOTHING, extra };
  const deeper = nestedOf(inner.list, inner.holder);
  // A table has a name of its own and is an envelope all the same.
  if (inner.identity && deeper.extra['columns'] === undefined) return { ...NOTHING, extra };
  return { ...deeper, nested: [...inner.path, ...deeper.nested], level: deeper.nested.length > 0 ? deeper.level : '' };
}

function innerOf(wrapped: Wrapped, extra: Inner['extra'] = {}): Inner {
  return { nested: wrapped.nested, level: wrapped.level, extra: wrapped.frames ? { ...extra, frames: true } : extra };
}

function otlpOf(value: JsonObject): JsonShape | undefined {
  const direct = OTLP_KEYS.find((key) => Array.isArray(value[key]));
  if (direct !== undefined) {
    return { ...PLAIN, root: [OTLP_TOP], nested: [OTLP_SCOPE, OTLP_LEAF], level: direct, reason: `OpenTelemetry ${direct}` };
  }
  const result = value['result'];
  if (!isObject(result)) return undefined;
  const inner = OTLP_KEYS.find((key) => Array.isArray(result[key]));
  if (inner === undefined) return undefined;
  return {
    ...PLAIN,
    root: ['result', OTLP_TOP],
    nested: [OTLP_SCOPE, OTLP_LEAF],
    level: inner,
    reason: `OpenTelemetry ${inner} in result`,
  };
}

function isJaegerTrace(value: JsonObject): boolean {
  return Array.isArray(value['spans']) && (isObject(value['processes']) || typeof value['traceID'] === 'string');
}

interface Candidate {
  readonly path: readonly string[];
  readonly list: readonly Json[];
  /** The object that it stands in. */
  readonly holder: JsonObject;
  readonly size: number;
  /** Whether an object on the way to the list is a thing of its own. */
  readonly identity: boolean;
}

interface MainList extends Candidate {
  /** Other lists of the document, which are not read. */
  readonly others: readonly string[];
}

/** The largest list of objects within three levels, if the document is its envelope. */
function mainList(document: JsonObject, open: number): MainList | undefined {
  const candidates: Candidate[] = [];
  collect(document, [], false, open, candidates);
  const merged = mergeMaps(candidates).sort((a, b) => b.size - a.size);
  const total = JSON.stringify(document).length;
  for (const candidate of merged) {
    const key = candidate.path.at(-1)!;
    // The connections of one record are parts of it; those of a query are its answer.
    const envelope = ENVELOPE_KEYS.has(key) || (key === 'edges' && !candidate.identity);
    if (envelope || (!candidate.identity && candidate.size >= total / 2)) {
      const others = merged.filter((other) => other !== candidate && other.list.length > 0).map((other) => other.path.join('.'));
      return { ...candidate, others };
    }
  }
  return undefined;
}

/** Lists that stand under the same key in each of several members are one: `{ "run 1": { events }, "run 2": { events } }` → `*.events`. */
function mergeMaps(candidates: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const tail = JSON.stringify(candidate.path.slice(1));
    groups.set(tail, [...(groups.get(tail) ?? []), candidate]);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0]!;
    if (group.length < 2 || first.path.length < 2) return group;
    const size = group.reduce((sum, candidate) => sum + candidate.size, 0);
    return [{ ...first, path: ['*', ...first.path.slice(1)], size, identity: false }];
  });
}

function collect(object: JsonObject, path: readonly string[], identity: boolean, open: number, into: Candidate[]): void {
  const entries = Object.entries(object);
  const here = identity || entries.some(([key, member]) => isOwn(key, member));
  for (const [i, [key, member]] of entries.entries()) {
    const cut = open > 1 && i === entries.length - 1;
    if (Array.isArray(member)) {
      const objects = member.filter((element) => isObject(element) || Array.isArray(element)).length;
      if (objects < member.length / 2 || (member.length === 0 && !ENVELOPE_KEYS.has(key))) continue;
      // What the head does not show the end of counts as larger than all it shows.
      into.push({
        path: [...path, key],
        list: member,
        holder: object,
        size: JSON.stringify(member).length + (cut ? 1e9 : 0),
        identity: here,
      });
    } else if (isObject(member) && path.length < 3) {
      collect(member, [...path, key], here, cut ? open - 1 : 0, into);
    }
  }
}

function firstObject(value: Json | undefined): JsonObject | undefined {
  const first = Array.isArray(value) ? value[0] : undefined;
  return isObject(first) ? first : undefined;
}

/** Whether a member makes the object around a list a thing of its own. */
export function isOwn(key: string, value: Json): boolean {
  return IDENTITY.test(key) && isScalar(value) && !isAnswer(key, value);
}

/** `"status": "success"` beside a list is about the answer. */
export function isAnswer(key: string, value: Json): boolean {
  return key === 'status' && (value === 200 || (typeof value === 'string' && ANSWERED.test(value)));
}

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}
