import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { extensionOf, listOption, rejection } from '../shared.ts';
import { xmlDocumentOf, xmlRootOf } from './xml-documents.ts';
import { xmlShapeOf } from './xml-shape.ts';
import { declarationsOf, tagName, XmlNames } from './xml-names.ts';
import { type Take, type XmlSink, XmlSplitter } from './xml-splitter.ts';
import { XmlTreeParser, xmlReason } from './xml-tree.ts';

/**
 * XML: the element at `path` (local names from the root) is the entry; the attributes of what encloses it are its context. The options
 * `namespace` (the root's) and `document` (what an envelope holds) are for profiles: the trees have local names only, unless a user's
 * profile gives prefixes to namespaces (`namespaces`); `elements` are then the names that the elements of the path must have.
 */
export const xml: Format = {
  id: 'xml',
  title: 'XML',
  extensions: ['xml', 'xmlocel'],

  sniff(head: Head): Detection | undefined {
    if (!/^\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])/.test(head.text.slice(0, 1024))) return undefined;
    const root = xmlRootOf(head.text);
    const known = root === undefined ? undefined : xmlDocumentOf(root, head.text);
    const shape = known ?? xmlShapeOf(head.text);
    if (shape === undefined) return undefined;
    // Without a declaration a text may begin with something in angle brackets.
    const sure = head.text.trimStart().startsWith('<?xml') || xml.extensions.includes(extensionOf(head.name));
    const options: FormatOptions = {
      path: [...shape.path],
      ...(root === undefined || root.namespace === '' ? {} : { namespace: root.namespace }),
      ...(known?.document === undefined ? {} : { document: known.document }),
    };
    return { confidence: sure ? 0.9 : 0.75, reason: `XML: ${shape.reason}`, options };
  },

  async read(chunks, options, sink) {
    const splitter = new XmlSplitter(new XmlRecords(options, sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    return new XmlTreeParser(namesOf(options)).parse(new TextDecoder().decode(bytes));
  },
};

function namesOf(options: FormatOptions): XmlNames | undefined {
  const declared = options['namespaces'];
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared)) return undefined;
  const namespaces = Object.entries(declared).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return namespaces.length === 0 ? undefined : new XmlNames(Object.fromEntries(namespaces));
}

class XmlRecords implements XmlSink {
  readonly #path: readonly string[];
  readonly #sink: EntrySink;
  readonly #names: XmlNames | undefined;
  /** For each name of the path the one with its prefix, empty where any namespace will do. */
  readonly #elements: readonly string[];
  readonly #tree: XmlTreeParser;
  /** Attributes of the open elements on the path. */
  readonly #attributes: JsonObject[] = [];
  #context: JsonObject | undefined;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#path = listOption(options, 'path');
    this.#names = namesOf(options);
    this.#elements = listOption(options, 'elements');
    this.#tree = new XmlTreeParser(this.#names);
    this.#sink = sink;
  }

  open(name: string, path: readonly string[], tag: () => string): Take {
    const depth = path.length;
    if (name !== this.#path[depth]) return 'skip';
    if (this.#names !== undefined) {
      this.#names.reset(depth + 1);
      this.#names.enter(declarationsOf(tag()));
      const wanted = this.#elements[depth] ?? '';
      if (wanted !== '' && this.#names.name(tagName(tag()), false) !== wanted) return 'skip';
    }
    if (depth === this.#path.length - 1) {
      // The record declares its own namespaces when it is parsed.
      this.#names?.leave();
      return 'record';
    }
    this.#attributes.length = depth;
    this.#attributes.push(attributesOf(this.#tree, tag()));
    this.#context = undefined;
    return 'enter';
  }

  close(): void {
    this.#attributes.pop();
    this.#names?.leave();
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
