import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import { rejection, setMember } from '../shared.ts';
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

/** Elements that wait for the members behind their list are kept up to so many bytes. */
const MOST_HELD = 1024 * 1024;
/** Members of one document; more is no head. */
const MOST_MEMBERS = 256;

/** What surrounds the list of one document. */
class Head {
  readonly #members: Member[] = [];
  #own = false;

  /** Whether one of its members makes the document a thing of its own: an order and its lines, a run and its events. */
  get own(): boolean {
    return this.#own;
  }

  /** Adds a member; false when it cannot be read. `key` and `value` are JSON. */
  add(level: number, key: string, bytes: Buffer): boolean {
    if (this.#members.length >= MOST_MEMBERS) return false;
    try {
      const name = parseJson(key, false) as string;
      const value = parseJson(bytes.toString(), true);
      this.#members.push({ level, key: name, value });
      this.#own ||= isOwn(name, value);
      return true;
    } catch {
      // What is damaged around a list says nothing about its elements.
      return false;
    }
  }

  /** The context of the elements: the members of the document under `document`, those of an object within it under its key. */
  context(keys: ElementPath['keys']): JsonObject | undefined {
    if (!this.#own) return undefined;
    const context: JsonObject = {};
    for (const { level, key, value } of this.#members) {
      const name = level === 0 ? 'document' : (keys[level - 1]?.[0] ?? 'document');
      const object = (context[name] ??= {}) as JsonObject;
      setMember(object, key, value);
    }
    return context;
  }
}

interface Held {
  readonly bytes: Buffer;
  readonly offset: number;
  readonly line: number;
}

/** Told about elements with what surrounds their list. */
export interface HeadedSink {
  element(bytes: Buffer, offset: number, line: number, context: JsonObject | undefined): void;
  damaged: ElementSink['damaged'];
}

/**
 * Gives the elements of a list what stands around it in its document, also what stands behind it. Elements wait until their document has ended, up to 1 MiB of
 * them; then what comes behind must be found by a second look at the stream (`needed`, `know`). Where there is none, entries know what stands before their list
 * only, and a member behind it that they should know is a rejection.
 */
export class HeadedElements implements ElementSink {
  readonly #keys: ElementPath['keys'];
  readonly #sink: HeadedSink;
  readonly #rejects: EntrySink;
  #held: Held[] = [];
  #bytes = 0;
  #head = new Head();
  #document = -1;
  /** Set once elements wait no longer. */
  #context: { readonly value: JsonObject | undefined; readonly complete: boolean } | undefined;
  #told = false;

  constructor(keys: ElementPath['keys'], sink: HeadedSink, rejects: EntrySink) {
    this.#keys = keys;
    this.#sink = sink;
    this.#rejects = rejects;
  }

  /** The number of the document whose end must be known before more of it is read; undefined when there is none. */
  get needed(): number | undefined {
    return this.#context === undefined && this.#bytes > MOST_HELD ? this.#document : undefined;
  }

  /** What a second look at the stream found around the document that is being read; undefined when there can be none. */
  know(context: JsonObject | undefined, complete: boolean): void {
    this.#context = { value: complete ? context : this.#head.context(this.#keys), complete };
    this.#release(this.#context.value);
  }

  begin(): void {
    this.#end();
    this.#document++;
  }

  member(level: number, key: string, bytes: Buffer, offset: number, line: number): void {
    const own = this.#head.own;
    const added = this.#head.add(level, key, bytes);
    const context = this.#context;
    if (!added || context === undefined || context.complete || this.#told || own || !this.#head.own) return;
    this.#told = true;
    const reason =
      'this stands behind a list that is too long to wait for it, and the input can be read only once: its elements do not know it';
    this.#rejects.reject(rejection({ offset, length: bytes.length, line }, 'unsupported', reason, bytes));
  }

  element(bytes: Buffer, offset: number, line: number): void {
    if (this.#context !== undefined) {
      this.#sink.element(bytes, offset, line, this.#context.value);
      return;
    }
    // A copy: the chunk that it stands in is not kept.
    this.#held.push({ bytes: Buffer.from(bytes), offset, line });
    this.#bytes += bytes.length;
  }

  damaged(code: RejectCode, reason: string, bytes: Buffer, offset: number, length: number, line: number): void {
    this.#sink.damaged(code, reason, bytes, offset, length, line);
  }

  /** To be called after the last byte. */
  finish(): void {
    this.#end();
  }

  #end(): void {
    if (this.#context === undefined) this.#release(this.#head.context(this.#keys));
    this.#head = new Head();
    this.#context = undefined;
    this.#told = false;
  }

  #release(context: JsonObject | undefined): void {
    for (const { bytes, offset, line } of this.#held) this.#sink.element(bytes, offset, line, context);
    this.#held = [];
    this.#bytes = 0;
  }
}

/** Looks through a stream once more, ahead of its reader, for what surrounds the lists of its documents. Memory: the heads of the documents of one chunk. */
export class HeadScanner {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #splitter: JsonSplitter;
  readonly #found = new Map<number, JsonObject | undefined>();
  #begun = -1;
  #ended = false;

  constructor(path: ElementPath, chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    let head = new Head();
    // A document that was damaged has no end: it is closed by the beginning of the next.
    const close = (): void => {
      if (this.#begun >= 0 && !this.#found.has(this.#begun)) this.#found.set(this.#begun, head.context(path.keys));
      head = new Head();
    };
    this.#splitter = new JsonSplitter(path, {
      begin: () => {
        close();
        this.#begun++;
      },
      member: (level, key, bytes) => void head.add(level, key, bytes),
      element: () => undefined,
      damaged: () => undefined,
      ended: close,
    });
  }

  /** The context of the elements of a document, counted from 0. To be asked for rising numbers. */
  async contextOf(document: number): Promise<JsonObject | undefined> {
    for (const known of this.#found.keys()) if (known < document) this.#found.delete(known);
    while (!this.#found.has(document) && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done === true) {
        this.#ended = true;
        this.#splitter.end();
      } else {
        this.#splitter.push(next.value);
      }
      if (this.#found.size > 1) for (const known of this.#found.keys()) if (known < document) this.#found.delete(known);
    }
    return this.#found.get(document);
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
