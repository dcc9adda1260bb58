import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { extensionOf, rejection, setMember } from '../shared.ts';
import { type Take, type XmlSink, XmlSplitter } from './xml-splitter.ts';
import { XmlTreeParser, xmlReason } from './xml-tree.ts';

/** Elements of a log or a trace that carry an attribute (IEEE 1849). */
const ATTRIBUTE_TAGS: ReadonlySet<string> = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);

/**
 * XES event logs (IEEE 1849-2016, -2023 and before). Each `<event>` is an entry whose value maps attribute keys to values; an attribute with
 * attributes of its own is `{ value, … }`, a list or container is a list. The context holds the attributes of the trace, which come before its
 * events, and of the log, and the classifiers: `{ classifiers: { Activity: ['concept:name', …] } }`. Globals are not copied into events: they
 * declare what every event has, with values that are examples.
 */
export const xes: Format = {
  id: 'xes',
  title: 'XES event log',
  extensions: ['xes'],

  sniff(head: Head): Detection | undefined {
    const named = extensionOf(head.name) === 'xes';
    const root = /<(?:[\w.-]{1,40}:)?log[\s>]/.exec(head.text);
    if (root === null || !/^\s*</.test(head.text)) return undefined;
    const declared = /xes\.version|xes-standard\.org|deckfour\.org\/xes/.test(head.text);
    const shaped = /<(?:\w{1,20}:)?event>\s*<(?:\w{1,20}:)?(?:string|date|int|float|boolean|id)\s+key=/.test(head.text);
    // OCEL 1.0 in XML looks alike, but keeps its events in a list of their own.
    if (/<events[\s>]/.test(head.text)) return undefined;
    if (!declared && !shaped && !named) return undefined;
    return {
      confidence: declared || named ? 0.98 : 0.93,
      reason: declared ? 'the log declares itself as XES' : 'a log of events with keys and values',
      options: {},
    };
  },

  async read(chunks, _options, sink) {
    const splitter = new XmlSplitter(new XesEvents(sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return attributesOf(new XmlTreeParser().parse(new TextDecoder().decode(bytes)));
  },
};

class XesEvents implements XmlSink {
  readonly #sink: EntrySink;
  readonly #tree = new XmlTreeParser();
  #log: JsonObject = {};
  #trace: JsonObject | undefined;
  #context: JsonObject | undefined;
  #inTrace = false;
  #classifiers: JsonObject | undefined;

  constructor(sink: EntrySink) {
    this.#sink = sink;
  }

  open(name: string, path: readonly string[]): Take {
    if (path.length === 0) return name === 'log' ? 'enter' : 'skip';
    if (name === 'event') return 'record';
    if (name === 'trace' && path.length === 1) {
      this.#trace = {};
      this.#inTrace = true;
      this.#context = undefined;
      return 'enter';
    }
    if (name === 'classifier') return 'record';
    // `global` and `extension` declare; their values are examples.
    return ATTRIBUTE_TAGS.has(name) ? 'record' : 'skip';
  }

  close(name: string): void {
    if (name !== 'trace') return;
    this.#trace = undefined;
    this.#inTrace = false;
    this.#context = undefined;
  }

  record(name: string, bytes: Buffer, offset: number, line: number): void {
    const place = { offset, length: bytes.length, line };
    let tree: Json;
    try {
      tree = this.#tree.parse(bytes.toString());
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not well-formed: ${xmlReason(error)}`, bytes));
      return;
    }
    if (name === 'event') {
      this.#sink.entry({ kind: 'tree', place, value: attributesOf(tree), context: this.#surroundings() });
      return;
    }
    if (name === 'classifier') {
      this.#classify(tree);
      return;
    }
    const target = this.#inTrace ? this.#trace! : this.#log;
    // Events that were given out keep the context they have.
    const next = { ...target, ...attributesOf({ [name]: tree }) };
    if (this.#inTrace) this.#trace = next;
    else this.#log = next;
    this.#context = undefined;
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, beginning));
  }

  /** Classifiers of events; those of traces (2023) say nothing of steps. */
  #classify(tree: Json): void {
    if (typeof tree !== 'object' || tree === null || Array.isArray(tree) || tree['@scope'] === 'trace') return;
    const name = tree['@name'];
    const keys = tree['@keys'];
    if (typeof keys !== 'string') return;
    const known = { ...this.#classifiers };
    setMember(known, typeof name === 'string' ? name : '', classifierKeys(keys));
    this.#classifiers = known;
    this.#context = undefined;
  }

  #surroundings(): JsonObject {
    this.#context ??= {
      ...(this.#trace === undefined ? {} : { trace: this.#trace }),
      log: this.#log,
      ...(this.#classifiers === undefined ? {} : { classifiers: this.#classifiers }),
    };
    return this.#context;
  }
}

/** Keys apart by white space; one that holds some stands between single quotes. */
function classifierKeys(text: string): string[] {
  return Array.from(text.matchAll(/'([^']*)'|[^\s']+/g), (match) => match[1] ?? match[0]);
}

/** The attributes below an element as key → value. A repeated key becomes a list. */
function attributesOf(element: Json): JsonObject {
  const result: JsonObject = {};
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return result;
  for (const [tag, children] of Object.entries(element)) {
    if (!ATTRIBUTE_TAGS.has(tag)) continue;
    for (const child of Array.isArray(children) ? children : [children]) {
      if (typeof child !== 'object' || child === null || Array.isArray(child)) continue;
      const key = child['@key'];
      if (typeof key === 'string') add(result, key, valueOf(tag, child));
    }
  }
  return result;
}

function valueOf(tag: string, attribute: JsonObject): Json {
  if (tag === 'list' || tag === 'container') {
    const inside = attribute['values'];
    return listOf(inside === undefined ? attribute : inside);
  }
  const value = scalarOf(tag, attribute['@value']);
  const nested = attributesOf(attribute);
  return Object.keys(nested).length > 0 ? { value, ...nested } : value;
}

function listOf(element: Json): Json[] {
  if (typeof element !== 'object' || element === null) return [];
  if (Array.isArray(element)) return element.flatMap(listOf);
  const items: Json[] = [];
  for (const [tag, children] of Object.entries(element)) {
    if (!ATTRIBUTE_TAGS.has(tag)) continue;
    for (const child of Array.isArray(children) ? children : [children]) {
      if (typeof child !== 'object' || child === null || Array.isArray(child)) continue;
      const key = child['@key'];
      items.push({ [typeof key === 'string' ? key : tag]: valueOf(tag, child) });
    }
  }
  return items;
}

/** Numbers and booleans as such; an integer that a double cannot hold stays text. */
function scalarOf(tag: string, value: Json | undefined): Json {
  if (typeof value !== 'string') return null;
  switch (tag) {
    case 'int': {
      const number = Number(value);
      return value.trim() !== '' && Number.isSafeInteger(number) ? number : value;
    }
    case 'float': {
      const number = Number(value);
      return value.trim() !== '' && Number.isFinite(number) ? number : value;
    }
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value;
  }
}

function add(object: JsonObject, key: string, value: Json): void {
  if (!Object.hasOwn(object, key)) {
    setMember(object, key, value);
    return;
  }
  const known = object[key]!;
  object[key] = Array.isArray(known) ? [...known, value] : [known, value];
}
