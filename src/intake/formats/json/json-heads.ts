import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Again } from '../../format.ts';
import { type HeadedSink, type HeadListener, HeldElements, type ListHead, MOST_MEMBERS, readHeaded, rejectLate } from '../list-heads.ts';
import { setMember } from '../shared.ts';
import type { ElementPath, ElementSink } from './json-elements.ts';
import { isOwn } from './json-shape.ts';
import { JsonSplitter } from './json-splitter.ts';
import { parseJson } from './json-value.ts';

/** A member of the objects around a list: which of them it is in, counted from the outside, and where it stands. */
interface Member {
  readonly level: number;
  readonly key: string;
  readonly value: Json;
}

/** What surrounds the list of one document. */
class JsonHead implements ListHead {
  readonly #keys: ElementPath['keys'];
  readonly #members: Member[] = [];
  /** Whether one of the members makes the document a thing of its own: an order and its lines, a run and its events. */
  #own = false;

  constructor(keys: ElementPath['keys']) {
    this.#keys = keys;
  }

  /** Adds a member; `key` and `value` are JSON. Whether it makes the document a thing of its own. */
  add(level: number, key: string, bytes: Buffer): boolean {
    if (this.#members.length >= MOST_MEMBERS) return false;
    try {
      const name = parseJson(key, false) as string;
      const value = parseJson(bytes.toString(), true);
      this.#members.push({ level, key: name, value });
      const own = isOwn(name, value);
      this.#own ||= own;
      return own;
    } catch {
      // What is damaged around a list says nothing about its elements.
      return false;
    }
  }

  /** The members of the document under `document`, those of an object within it under its key. */
  context(): JsonObject | undefined {
    if (!this.#own) return undefined;
    const context: JsonObject = {};
    for (const { level, key, value } of this.#members) {
      const name = level === 0 ? 'document' : (this.#keys[level - 1]?.[0] ?? 'document');
      const object = (context[name] ??= {}) as JsonObject;
      setMember(object, key, value);
    }
    return context;
  }
}

/** What to do with members that come too late, and with damage. */
interface Complaints {
  late(bytes: Buffer, offset: number, line: number): void;
  damaged: HeadedSink['damaged'];
}

/** Tells about documents as heads of their elements. */
class JsonHeads implements ElementSink {
  readonly #keys: ElementPath['keys'];
  readonly #listener: HeadListener<JsonHead>;
  readonly #complaints: Complaints | undefined;
  #head: JsonHead | undefined;

  constructor(keys: ElementPath['keys'], listener: HeadListener<JsonHead>, complaints?: Complaints) {
    this.#keys = keys;
    this.#listener = listener;
    this.#complaints = complaints;
  }

  begin(): void {
    // A document that was damaged has no end: it is closed by the beginning of the next.
    this.ended();
    this.#head = new JsonHead(this.#keys);
    this.#listener.enter(this.#head);
  }

  ended(): void {
    if (this.#head !== undefined) this.#listener.leave();
    this.#head = undefined;
  }

  member(level: number, key: string, bytes: Buffer, offset: number, line: number): void {
    if (this.#head?.add(level, key, bytes) === true) this.#complaints?.late(bytes, offset, line);
  }

  element(bytes: Buffer, offset: number, line: number): void {
    this.#listener.element(bytes, offset, line);
  }

  damaged(code: RejectCode, reason: string, bytes: Buffer, offset: number, length: number, line: number): void {
    this.#complaints?.damaged(code, reason, bytes, offset, length, line);
  }
}

/** Reads the lists of documents whose elements are to know what stands around them. */
export async function readHeadedJson(
  chunks: AsyncIterable<Uint8Array>,
  path: ElementPath,
  elements: HeadedSink,
  rejects: EntrySink,
  again: Again | undefined,
): Promise<void> {
  const held = new HeldElements<JsonHead>(elements, true);
  const complaints: Complaints = {
    late: (bytes, offset, line) => {
      if (held.late()) rejectLate(rejects, { offset, length: bytes.length, line }, bytes);
    },
    damaged: (...damage) => elements.damaged(...damage),
  };
  const splitter = new JsonSplitter(path, new JsonHeads(path.keys, held, complaints));
  await readHeaded(chunks, splitter, held, (listener) => new JsonSplitter(path, new JsonHeads(path.keys, listener)), again);
}
