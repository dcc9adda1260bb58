import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { type HeadedSink, HeldElements, readHeaded, rejectLate } from '../list-heads.ts';
import { extensionOf, flagOption, listOption, rejection } from '../shared.ts';
import { xmlDocumentOf, xmlRootOf } from './xml-documents.ts';
import { type XmlComplaints, type XmlHead, XmlHeads, type XmlRecordPath } from './xml-heads.ts';
import { XmlNames } from './xml-names.ts';
import { xmlShapeOf } from './xml-shape.ts';
import { XmlSplitter } from './xml-splitter.ts';
import { XmlTreeParser, xmlReason } from './xml-tree.ts';

/**
 * XML: the element at `path` (local names from the root) is the entry; the attributes of what encloses it are its context. The options
 * `namespace` (the root's) and `document` (what an envelope holds) are for profiles: the trees have local names only, unless a user's
 * profile gives prefixes to namespaces (`namespaces`); `elements` are then the names that the elements of the path must have. `members`:
 * where small elements beside the list make what encloses it a thing of its own (`BatchId`), they are context too, wherever they stand.
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
      ...(known === undefined && shape.path.length > 1 ? { members: true } : {}),
      ...(root === undefined || root.namespace === '' ? {} : { namespace: root.namespace }),
      ...(known?.document === undefined ? {} : { document: known.document }),
    };
    return { confidence: sure ? 0.9 : 0.75, reason: `XML: ${shape.reason}`, options };
  },

  async read(chunks, options, sink, again) {
    const names = namesOf(options);
    const path = listOption(options, 'path');
    // Names are understood while their namespaces are open: such records cannot wait.
    const members = flagOption(options, 'members') && path.length > 1 && names === undefined;
    const where: XmlRecordPath = { path, elements: listOption(options, 'elements'), names, members };
    const records = new XmlRecords(names, sink);
    const held = new HeldElements<XmlHead>(records, members);
    const complaints: XmlComplaints = {
      late: (bytes, offset, line) => {
        if (held.late()) rejectLate(sink, { offset, length: bytes.length, line }, bytes);
      },
      damaged: (...damage) => records.damaged(...damage),
    };
    const splitter = new XmlSplitter(new XmlHeads(where, held, complaints));
    await readHeaded(chunks, splitter, held, (listener) => new XmlSplitter(new XmlHeads(where, listener)), again);
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

/** Parses records and gives them to the sink. */
class XmlRecords implements HeadedSink {
  readonly #sink: EntrySink;
  readonly #tree: XmlTreeParser;

  constructor(names: XmlNames | undefined, sink: EntrySink) {
    this.#tree = new XmlTreeParser(names);
    this.#sink = sink;
  }

  element(bytes: Buffer, offset: number, line: number, context: JsonObject | undefined): void {
    const place = { offset, length: bytes.length, line };
    let value: Json;
    try {
      value = this.#tree.parse(bytes.toString());
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not well-formed: ${xmlReason(error)}`, bytes));
      return;
    }
    this.#sink.entry({ kind: 'tree', place, value, context });
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, beginning));
  }
}
