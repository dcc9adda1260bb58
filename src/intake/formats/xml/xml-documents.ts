/** The root of a document, as its start tag says. */
interface XmlRoot {
  /** Local name. */
  readonly name: string;
  /** The URI that the name's prefix, or the lack of one, is bound to; empty when there is none. */
  readonly namespace: string;
  /** Local name of the first element inside; empty when there is none in what was looked at. */
  readonly firstChild: string;
}

/** A business document that is known by its root: what repeats in it are its own lines, not entries. */
interface XmlDocument {
  /** Names from the root to the record. */
  readonly path: readonly string[];
  /** Local name of the document itself, where the root is an envelope around it. */
  readonly document?: string;
  readonly reason: string;
}

export const UBL_NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd:';
export const FHIR_NAMESPACE = 'http://hl7.org/fhir';
/** Feeds of OData services and others (RFC 4287). */
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';
/** Header of a wrapped business document (UN/CEFACT SBDH 1.3). */
export const SBDH_NAMESPACE = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** What a cXML `Request` or `Message` holds. */
const REQUEST = /<([A-Z][A-Za-z]{2,60}(?:Request|Message))[\s>]/;

/** The namespace of a UBL document, of which the header's `Standard` is another spelling; the component libraries are no documents. */
const ENVELOPED = /urn:oasis:names:specification:ubl:schema:xsd:(?!Common|Qualified|Unqualified)([A-Z][A-Za-z]{2,60})-2["'<]/;

/**
 * Where the record of a known kind of business document is. Undefined for all other XML, whose shape is measured instead.
 * Namespaces are compared by their URI: prefixes are the writer's choice. IDoc XML and cXML have none, so their names decide.
 */
export function xmlDocumentOf(root: XmlRoot, text: string): XmlDocument | undefined {
  if (root.namespace.startsWith(UBL_NAMESPACE)) return { path: [root.name], reason: `one UBL ${root.name}` };
  if (root.namespace === SBDH_NAMESPACE) {
    const document = ENVELOPED.exec(text)?.[1];
    return { path: [root.name], reason: 'one business document in its SBDH envelope', ...(document === undefined ? {} : { document }) };
  }
  if (root.namespace === FHIR_NAMESPACE) {
    return root.name === 'Bundle'
      ? { path: ['Bundle', 'entry'], reason: 'the entries of a FHIR Bundle' }
      : { path: [root.name], reason: `one FHIR ${root.name}` };
  }
  if (root.namespace === ATOM_NAMESPACE && root.name === 'feed') return { path: ['feed', 'entry'], reason: 'the entries of an Atom feed' };
  if (root.name === 'MessageProcessingLogs') return { path: [root.name, 'MessageProcessingLog'], reason: 'SAP message processing logs' };
  if (root.firstChild === 'IDOC') return { path: [root.name, 'IDOC'], reason: `the IDocs in ${root.name}` };
  if (root.name === 'cXML') {
    const document = REQUEST.exec(text)?.[1];
    return { path: ['cXML'], reason: 'one cXML message', ...(document === undefined ? {} : { document }) };
  }
  return undefined;
}

/** The lookaheads keep a name whole, so that no text is tried twice. */
const TAG = /<([^\s/>"'=<!?]+)(?=[\s/>])((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/y;
const NAME = /<([^\s/>"'=<!?]+)(?=[\s/>])/y;
const ATTRIBUTE = /(?<=\s)([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The root of a document, from its beginning; undefined when no start tag is there. Comments, instructions and a document type are passed over. */
export function xmlRootOf(text: string): XmlRoot | undefined {
  const at = nextTag(text, 0);
  if (at < 0) return undefined;
  TAG.lastIndex = at;
  const match = TAG.exec(text);
  if (match === null) return undefined;
  const name = match[1]!;
  const attributes = match[2]!;
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  return { name: name.slice(colon + 1), namespace: bindingOf(attributes, prefix), firstChild: firstChild(text, TAG.lastIndex, attributes) };
}

function firstChild(text: string, from: number, attributes: string): string {
  if (attributes.endsWith('/')) return '';
  const at = nextTag(text, from);
  if (at < 0) return '';
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[1] ?? '';
  return name.slice(name.indexOf(':') + 1);
}

/** What a prefix is bound to in the attributes of a start tag. */
function bindingOf(attributes: string, prefix: string): string {
  const wanted = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (const match of attributes.matchAll(ATTRIBUTE)) {
    if (match[1] === wanted) return (match[2] ?? match[3] ?? '').trim();
  }
  return '';
}

/** Index of the next start tag; -1 when an end tag comes first, or none is there. */
function nextTag(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('<', at);
    if (at < 0) return -1;
    const next = text[at + 1];
    if (next === '?') at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else if (next === '!') at = afterDoctype(text, at);
    else return next === '/' || next === undefined ? -1 : at;
    if (at < 0) return -1;
  }
}

function after(text: string, terminator: string, from: number): number {
  const found = text.indexOf(terminator, from);
  return found < 0 ? -1 : found + terminator.length;
}

/** Passes over a document type declaration with its internal subset; nothing in it is read. */
function afterDoctype(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '[') depth++;
    else if (c === ']') depth--;
    else if (c === '>' && depth <= 0) return i + 1;
  }
  return -1;
}
