import type { Json, JsonObject, RejectCode } from '../../entry.ts';
import { isAnswer } from '../json/json-shape.ts';
import { type HeadedSink, type HeadListener, type ListHead, MOST_MEMBER_BYTES, MOST_MEMBERS } from '../list-heads.ts';
import { declarationsOf, tagName, type XmlNames } from './xml-names.ts';
import { isOwnName } from './xml-shape.ts';
import type { Take, XmlSink } from './xml-splitter.ts';
import { appendMember, XmlTreeParser, xmlReason } from './xml-tree.ts';

/** What surrounds a list in one element that contains it: its attributes and, where these make it a thing of its own, the small elements beside the list. */
export class XmlHead implements ListHead {
  readonly #name: string;
  readonly #attributes: JsonObject;
  readonly #members = new Map<string, Json[]>();
  readonly #sizes = new Map<string, number>();

  constructor(name: string, attributes: JsonObject) {
    this.#name = name;
    this.#attributes = attributes;
  }

  /** Whether elements of a name may still belong to it: those that repeat beyond the size of a member are another list. */
  takes(name: string): boolean {
    const size = this.#sizes.get(name);
    return size === undefined ? this.#sizes.size < MOST_MEMBERS : size <= MOST_MEMBER_BYTES;
  }

  /** @param length in bytes. Whether the member makes the element a thing of its own. */
  add(name: string, value: Json, length: number): boolean {
    const size = (this.#sizes.get(name) ?? 0) + length;
    this.#sizes.set(name, size);
    const values = this.#members.get(name) ?? [];
    if (size <= MOST_MEMBER_BYTES) this.#members.set(name, [...values, value]);
    else this.#members.delete(name);
    return this.#members.has(name) && isOwn(name, value);
  }

  /** Under the name of the element. */
  context(): JsonObject | undefined {
    const members: JsonObject = { ...this.#attributes };
    if ([...this.#members].some(([name, values]) => values.length === 1 && isOwn(name, values[0]!))) {
      for (const [name, values] of this.#members) for (const value of values) appendMember(members, name, value);
    }
    return Object.keys(members).length > 0 ? { [this.#name]: members } : undefined;
  }
}

function isOwn(name: string, value: Json): boolean {
  return typeof value === 'string' && value !== '' && isOwnName(name) && !isAnswer(name.toLowerCase(), value);
}

/** Where the records of a document are. */
export interface XmlRecordPath {
  /** Local names from the root to the record. */
  readonly path: readonly string[];
  /** For each name of the path the one with its prefix, empty where any namespace will do. */
  readonly elements: readonly string[];
  readonly names: XmlNames | undefined;
  /** Whether elements beside the list are looked at; not together with `names`. */
  readonly members: boolean;
}

/** What to do with members that come too late or cannot be read, and with damage. */
export interface XmlComplaints {
  late(bytes: Buffer, offset: number, line: number): void;
  damaged: HeadedSink['damaged'];
}

/** Finds the records at a path, and tells about the elements around them as heads of their lists. */
export class XmlHeads implements XmlSink {
  readonly #where: XmlRecordPath;
  readonly #listener: HeadListener<XmlHead>;
  readonly #complaints: XmlComplaints | undefined;
  readonly #tree: XmlTreeParser;
  /** Those of the open elements on the path. */
  readonly #heads: XmlHead[] = [];

  /** @param complaints without them, records are passed over: only heads are looked for. */
  constructor(where: XmlRecordPath, listener: HeadListener<XmlHead>, complaints?: XmlComplaints) {
    this.#where = where;
    this.#listener = listener;
    this.#complaints = complaints;
    this.#tree = new XmlTreeParser(where.names);
  }

  open(name: string, path: readonly string[], tag: () => string): Take {
    const depth = path.length;
    const { path: wanted, names } = this.#where;
    if (name !== wanted[depth]) return this.#beside(name);
    if (names !== undefined) {
      names.reset(depth + 1);
      names.enter(declarationsOf(tag()));
      const prefixed = this.#where.elements[depth] ?? '';
      if (prefixed !== '' && names.name(tagName(tag()), false) !== prefixed) return 'skip';
    }
    if (depth === wanted.length - 1) {
      // The record declares its own namespaces when it is parsed.
      names?.leave();
      return this.#complaints === undefined ? 'skip' : 'record';
    }
    const head = new XmlHead(name, attributesOf(this.#tree, tag()));
    this.#heads.push(head);
    this.#listener.enter(head);
    return 'enter';
  }

  close(): void {
    this.#heads.pop();
    this.#where.names?.leave();
    this.#listener.leave();
  }

  record(_name: string, bytes: Buffer, offset: number, line: number): void {
    this.#listener.element(bytes, offset, line);
  }

  member(name: string, bytes: Buffer, offset: number, line: number): void {
    const head = this.#heads.at(-1);
    if (head === undefined) return;
    let value: Json;
    try {
      value = this.#tree.parse(bytes.toString());
    } catch (error) {
      this.#complaints?.damaged('malformed', `not well-formed: ${xmlReason(error)}`, bytes, offset, bytes.length, line);
      return;
    }
    if (head.add(name, value, bytes.length)) this.#complaints?.late(bytes, offset, line);
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#complaints?.damaged(code, reason, beginning, offset, length, line);
  }

  #beside(name: string): Take {
    return this.#where.members && this.#heads.at(-1)?.takes(name) === true ? 'member' : 'skip';
  }
}

/** The attributes of a start tag as `@name` members. Empty when they cannot be read. */
function attributesOf(parser: XmlTreeParser, tag: string): JsonObject {
  const closed = tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`;
  try {
    const value = parser.parse(closed);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    // A damaged start tag of an envelope costs its attributes and nothing else.
    return {};
  }
}
