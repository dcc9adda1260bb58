import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { extensionOf, listOption, rejection } from '../shared.ts';
import { xmlShapeOf } from './xml-shape.ts';
import { type Take, type XmlSink, XmlSplitter } from './xml-splitter.ts';
import { XmlTreeParser, xmlReason } from './xml-tree.ts';

/** XML: the element at `path` (local names from the root) is the entry; the attributes of what encloses it are its context. */
export const xml: Format = {
  id: 'xml',
  title: 'XML',
  extensions: ['xml', 'xmlocel'],

  sniff(head: Head): Detection | undefined {
    if (!/^\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])/.test(head.text.slice(0, 1024))) return undefined;
    const shape = xmlShapeOf(head.text);
    if (shape === undefined) return undefined;
    // Without a declaration a text may begin with something in angle brackets.
    const sure = head.text.trimStart().startsWith('<?xml') || xml.extensions.includes(extensionOf(head.name));
    return { confidence: sure ? 0.9 : 0.75, reason: `XML: ${shape.reason}`, options: { path: [...shape.path] } };
  },

  async read(chunks, options, sink) {
    const splitter = new XmlSplitter(new XmlRecords(options, sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return new XmlTreeParser().parse(new TextDecoder().decode(bytes));
  },
};

class XmlRecords implements XmlSink {
  readonly #path: readonly string[];
  readonly #sink: EntrySink;
  readonly #tree = new XmlTreeParser();
  /** Attributes of the open elements on the path. */
  readonly #attributes: JsonObject[] = [];
  #context: JsonObject | undefined;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#path = listOption(options, 'path');
    this.#sink = sink;
  }

  open(name: string, path: readonly string[], tag: () => string): Take {
    const depth = path.length;
    if (name !== this.#path[depth]) return 'skip';
    if (depth === this.#path.length - 1) return 'record';
    this.#attributes.length = depth;
    this.#attributes.push(attributesOf(this.#tree, tag()));
    this.#context = undefined;
    return 'enter';
  }

  close(): void {
    this.#attributes.pop();
    this.#context = undefined;
  }

  record(_name: string, bytes: Buffer, offset: number, line: number): void {
    const place = { offset, length: bytes.length, line };
    let value: Json;
    try {
      value = this.#tree.parse(bytes.toString());
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not well-formed: ${xmlReason(error)}`, bytes));
      return;
    }
    this.#sink.entry({ kind: 'tree', place, value, context: this.#surroundings() });
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, beginning));
  }

  #surroundings(): JsonObject | undefined {
    if (this.#context === undefined) {
      const context: JsonObject = {};
      for (const [i, attributes] of this.#attributes.entries()) {
        if (Object.keys(attributes).length > 0) context[this.#path[i]!] = attributes;
      }
      this.#context = context;
    }
    return Object.keys(this.#context).length > 0 ? this.#context : undefined;
  }
}

/** The attributes of a start tag as `@name` members. Empty when they cannot be read. */
export function attributesOf(parser: XmlTreeParser, tag: string): JsonObject {
  const closed = tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`;
  try {
    const value = parser.parse(closed);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    // A damaged start tag of an envelope costs its attributes and nothing else.
    return {};
  }
}
