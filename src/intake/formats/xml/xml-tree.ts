import { SaxesParser } from 'saxes';
import type { JsonObject, Json } from '../../entry.ts';
import { setMember } from '../shared.ts';
import type { XmlNames } from './xml-names.ts';
import { PlainXml } from './xml-plain.ts';

const MAX_TREE_DEPTH = 256;

interface Open {
  readonly name: string;
  readonly value: JsonObject;
  text: string;
}

/**
 * Turns one XML element into a tree: child elements by their local name, repeated ones as a list, attributes as `@name`, text next to either
 * as `#text`; an element with nothing but text is that text. Namespace prefixes are dropped (`@type` for `xsi:type`), `xmlns` declarations left out;
 * with `names`, elements and attributes in the namespaces it knows keep the prefixes it gives them. One instance may be used again and again.
 */
export class XmlTreeParser {
  #parser = newParser();
  #stack: Open[] = [];
  #root: Json | undefined;
  readonly #names: XmlNames | undefined;
  readonly #plain = new PlainXml();

  constructor(names?: XmlNames) {
    this.#names = names;
    this.#listen();
  }

  /** @throws Error when the text is not one well-formed element; undeclared entities are errors, a document type is not read. */
  parse(text: string): Json {
    return (this.#names === undefined ? this.#plain.parse(text) : undefined) ?? this.#parseAny(text);
  }

  #parseAny(text: string): Json {
    this.#stack = [];
    this.#root = undefined;
    const depth = this.#names?.depth ?? 0;
    try {
      this.#parser.write(text).close();
    } catch (error) {
      this.#names?.reset(depth);
      // A parser that has failed keeps its state.
      this.#parser = newParser();
      this.#listen();
      throw error;
    }
    if (this.#root === undefined) throw new Error('there is no element');
    return this.#root;
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      if (this.#stack.length >= MAX_TREE_DEPTH) throw new Error(`the element nests deeper than ${MAX_TREE_DEPTH} levels`);
      const value: JsonObject = {};
      const { attributes } = tag;
      const names = this.#names;
      names?.enter(declared(attributes as Readonly<Record<string, string>>));
      const name = names === undefined ? local(tag.name) : names.name(tag.name, false);
      // `for in`: the parser's object has no prototype, and this is the hot loop.
      for (const key in attributes) {
        if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
        setMember(value, `@${names === undefined ? local(key) : names.name(key, true)}`, attributes[key] as string);
      }
      this.#stack.push({ name, value, text: '' });
    });
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('closetag', () => this.#close());
  }

  #text(text: string): void {
    const open = this.#stack.at(-1);
    if (open !== undefined) open.text += text;
  }

  #close(): void {
    const open = this.#stack.pop();
    if (open === undefined) return;
    this.#names?.leave();
    const text = open.text.trim();
    let value: Json = open.value;
    if (Object.keys(open.value).length === 0) value = text;
    else if (text !== '') setMember(open.value, '#text', text);
    const parent = this.#stack.at(-1);
    if (parent === undefined) this.#root = value;
    else appendMember(parent.value, open.name, value);
  }
}

function newParser(): SaxesParser<{ fragment: false; position: false }> {
  return new SaxesParser({ fragment: false, position: false });
}

/** The namespaces that an element declares; undefined when it declares none. */
function declared(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> | undefined {
  let found: Map<string, string> | undefined;
  for (const key in attributes) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    found ??= new Map();
    found.set(key.slice(6), attributes[key]!);
  }
  return found;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Adds a child element to those of its name. */
export function appendMember(object: JsonObject, name: string, value: Json): void {
  if (!Object.hasOwn(object, name)) {
    setMember(object, name, value);
    return;
  }
  const known = object[name]!;
  if (Array.isArray(known)) known.push(value);
  else setMember(object, name, [known, value]);
}

/** The parser's complaint without position and without the text. */
export function xmlReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\d+:\d+:\s*/, '').slice(0, 120);
}
