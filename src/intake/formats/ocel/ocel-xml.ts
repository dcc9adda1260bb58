import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { rejection } from '../shared.ts';
import { type Take, type XmlSink, XmlSplitter } from '../xml/xml-splitter.ts';
import { XmlTreeParser, xmlReason } from '../xml/xml-tree.ts';
import { ObjectTypes } from './object-types.ts';
import { fromXml } from './ocel-value.ts';

const ROOT = /<(?:[\w.-]{1,40}:)?log[\s>]/;
const VERSION_2 = /<(?:[\w.-]{1,40}:)?(?:object-types|event-types)[\s/>]/;
const VERSION_1 = /<(?:string|list) key="(?:ocel:activity|ocel:type|object-types|omap|ovmap|object-id)"/;
const LINKS = /<(?:relationship|object) (?:object-id|qualifier)=/;

/** Object-centric event logs in XML, OCEL 1.0 and 2.0. Each event and each object is an entry; see `ocel-value.ts` for its shape. */
export const ocelXml: Format = {
  id: 'ocel-xml',
  title: 'OCEL in XML',
  extensions: ['xmlocel'],

  sniff(head: Head): Detection | undefined {
    if (!/^\s*</.test(head.text.slice(0, 1024)) || !ROOT.test(head.text)) return undefined;
    const lists = /<(?:[\w.-]{1,40}:)?(?:events|objects)[\s/>]/.test(head.text);
    if (VERSION_2.test(head.text) || (lists && LINKS.test(head.text))) return found('2.0');
    return VERSION_1.test(head.text) && (lists || !head.complete) ? found('1.0') : undefined;
  },

  async read(chunks, _options, sink, again) {
    const types = new ObjectTypes();
    if (again !== undefined) {
      const first = new XmlSplitter(new TypeReader(types));
      for await (const chunk of again()) first.push(chunk);
      types.finish();
    }
    const splitter = new XmlSplitter(new Entries(types, sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    const entry = fromXml(new XmlTreeParser().parse(new TextDecoder().decode(bytes)));
    if (entry === undefined) throw new Error('the bytes are neither an event nor an object');
    return entry;
  },
};

function found(version: string): Detection {
  return { confidence: 0.99, reason: `OCEL: a log with objects and events, as in OCEL ${version}`, options: { version } };
}

/** The elements of a log that are entries: `log/events/event` and `log/objects/object`. */
function takeOf(name: string, path: readonly string[], events: boolean): Take {
  if (path.length === 0) return name === 'log' ? 'enter' : 'skip';
  if (path.length === 1) return name === 'objects' || (events && name === 'events') ? 'enter' : 'skip';
  return (path[1] === 'events' && name === 'event') || (path[1] === 'objects' && name === 'object') ? 'record' : 'skip';
}

class TypeReader implements XmlSink {
  readonly #tree = new XmlTreeParser();
  readonly #types: ObjectTypes;

  constructor(types: ObjectTypes) {
    this.#types = types;
  }

  open(name: string, path: readonly string[]): Take {
    return takeOf(name, path, false);
  }

  close(): void {
    // Nothing is kept between elements.
  }

  record(_name: string, bytes: Buffer): void {
    try {
      this.#types.add(fromXml(this.#tree.parse(bytes.toString())));
    } catch {
      // What is damaged is told when the entries are read.
      return;
    }
  }

  damaged(): void {
    // As above.
  }
}

class Entries implements XmlSink {
  readonly #tree = new XmlTreeParser();
  readonly #types: ObjectTypes;
  readonly #sink: EntrySink;

  constructor(types: ObjectTypes, sink: EntrySink) {
    this.#types = types;
    this.#sink = sink;
  }

  open(name: string, path: readonly string[]): Take {
    return takeOf(name, path, true);
  }

  close(): void {
    // Nothing is kept between elements.
  }

  record(name: string, bytes: Buffer, offset: number, line: number): void {
    const place = { offset, length: bytes.length, line };
    let value: JsonObject | undefined;
    try {
      value = fromXml(this.#tree.parse(bytes.toString()));
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not well-formed: ${xmlReason(error)}`, bytes));
      return;
    }
    if (value === undefined) {
      this.#sink.reject(rejection(place, 'unsupported', `the ${name} has no id`, bytes));
      return;
    }
    this.#types.add(value);
    this.#sink.entry({ kind: 'tree', place, value, context: this.#types.contextOf(value) });
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, beginning));
  }
}
