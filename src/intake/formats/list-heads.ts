import type { EntrySink, JsonObject, Place, RejectCode } from '../entry.ts';
import type { Again } from '../format.ts';
import { rejection } from './shared.ts';

/** Larger members are no part of a head. */
export const MOST_MEMBER_BYTES = 4096;
/** Members of one head; more is no head. */
export const MOST_MEMBERS = 256;
/** Elements that wait for the members behind their list are kept up to so many bytes. */
const MOST_HELD = 1024 * 1024;

/** What surrounds a list: the members of one document, or of one element that contains the list. It grows until that is closed. */
export interface ListHead {
  /** What the elements of the list are to know of it. */
  context(): JsonObject | undefined;
}

/** Told in which documents, or in which elements within one another, the elements of a list stand. */
export interface HeadListener<H extends ListHead> {
  enter(head: H): void;
  /** The innermost one is closed. */
  leave(): void;
  element(bytes: Buffer, offset: number, line: number): void;
}

/** Told about elements with what surrounds their list. */
export interface HeadedSink {
  element(bytes: Buffer, offset: number, line: number, context: JsonObject | undefined): void;
  /** `bytes` holds the first bytes of what could not be read. */
  damaged(code: RejectCode, reason: string, bytes: Buffer, offset: number, length: number, line: number): void;
}

/** What finds the elements of a stream. */
interface Splitter {
  push(chunk: Uint8Array): void;
  /** To be called after the last byte. */
  end(): void;
}

/** A head that is open, or that elements wait for. */
interface Around<H> {
  readonly head: H;
  /** How many of the same level began before it in the stream. */
  readonly ordinal: number;
  /** Set once nothing waits for it any longer. `cut`: before its end, since there can be no second look. */
  settled: { readonly context: JsonObject | undefined; readonly cut: boolean } | undefined;
  told: boolean;
}

/** The heads around an element, the outermost first. */
interface Chain<H> {
  readonly arounds: readonly Around<H>[];
  /** Set once all of them are settled. */
  known: { readonly context: JsonObject | undefined } | undefined;
}

interface Held<H> {
  readonly bytes: Buffer;
  readonly offset: number;
  readonly line: number;
  readonly chain: Chain<H>;
}

/**
 * Gives the elements of a list what stands around it, also what stands behind it. Elements wait until all that surrounds them has ended, up to 1 MiB of
 * them; then what comes behind must be found by a second look at the stream (`needed`, `know`). Where there is none (`cut`), entries know what stands before
 * them only.
 */
export class HeldElements<H extends ListHead> implements HeadListener<H> {
  readonly #sink: HeadedSink;
  readonly #waits: boolean;
  readonly #counts: number[] = [];
  #open: Around<H>[] = [];
  #chain: Chain<H> = { arounds: [], known: { context: undefined } };
  #held: Held<H>[] = [];
  #bytes = 0;

  /** @param waits whether anything can stand behind a list that its elements should know. */
  constructor(sink: HeadedSink, waits: boolean) {
    this.#sink = sink;
    this.#waits = waits;
  }

  /** The outermost head whose end must be known before more is read; undefined when there is none. */
  get needed(): { readonly level: number; readonly ordinal: number } | undefined {
    if (this.#bytes <= MOST_HELD) return undefined;
    const level = this.#open.findIndex(({ settled }) => settled === undefined);
    return level < 0 ? undefined : { level, ordinal: this.#open[level]!.ordinal };
  }

  /** What a second look found: the head that was needed, and those within it that are the only ones of their level there. */
  know(level: number, contexts: readonly (JsonObject | undefined)[]): void {
    for (const [i, around] of this.#open.slice(level).entries()) {
      if (i === 0 || i < contexts.length) around.settled ??= { context: contexts[i], cut: false };
    }
    this.#release();
  }

  /** There can be no second look. */
  cut(): void {
    for (const around of this.#open) around.settled ??= { context: around.head.context(), cut: true };
    this.#release();
  }

  /** Whether a member of the innermost head comes too late for elements that should know it. True once for each head. */
  late(): boolean {
    const around = this.#open.at(-1);
    if (around === undefined || around.told || around.settled?.cut !== true) return false;
    around.told = true;
    return true;
  }

  enter(head: H): void {
    const level = this.#open.length;
    const ordinal = this.#counts[level] ?? 0;
    this.#counts[level] = ordinal + 1;
    const settled = this.#waits ? undefined : { context: head.context(), cut: false };
    this.#open.push({ head, ordinal, settled, told: false });
    this.#chain = this.#newChain();
  }

  leave(): void {
    const around = this.#open.pop();
    if (around === undefined) return;
    around.settled ??= { context: around.head.context(), cut: false };
    this.#chain = this.#newChain();
    this.#release();
  }

  element(bytes: Buffer, offset: number, line: number): void {
    const chain = this.#chain;
    const known = contextOf(chain);
    if (known !== undefined) {
      this.#sink.element(bytes, offset, line, known.context);
      return;
    }
    // A copy: the chunk that it stands in is not kept.
    this.#held.push({ bytes: Buffer.from(bytes), offset, line, chain });
    this.#bytes += bytes.length;
  }

  /** To be called after the last byte. */
  finish(): void {
    while (this.#open.length > 0) this.leave();
  }

  #newChain(): Chain<H> {
    return { arounds: [...this.#open], known: undefined };
  }

  /** In the order of the stream: those that still wait keep those behind them. */
  #release(): void {
    let count = 0;
    for (const { bytes, offset, line, chain } of this.#held) {
      const known = contextOf(chain);
      if (known === undefined) break;
      this.#sink.element(bytes, offset, line, known.context);
      this.#bytes -= bytes.length;
      count++;
    }
    if (count > 0) this.#held = this.#held.slice(count);
  }
}

/** Undefined as long as one of the heads is not known. */
function contextOf<H>(chain: Chain<H>): Chain<H>['known'] {
  if (chain.known !== undefined) return chain.known;
  let context: JsonObject | undefined;
  for (const { settled } of chain.arounds) {
    if (settled === undefined) return undefined;
    if (settled.context !== undefined) context = { ...context, ...settled.context };
  }
  chain.known = { context };
  return chain.known;
}

/**
 * Looks through a stream once more, ahead of its reader, for the heads of one level and those within them that are the only ones of their level there: the
 * only batch of a file, but not each of its thousands. Memory: the heads of one chunk.
 */
class HeadScanner<H extends ListHead> implements HeadListener<H> {
  readonly #level: number;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #splitter: Splitter;
  readonly #found = new Map<number, readonly (JsonObject | undefined)[]>();
  #depth = 0;
  #begun = -1;
  #heads: H[] = [];
  /** Levels, counted from its own, of which there has been one only. */
  #lone = Infinity;
  #ended = false;

  constructor(level: number, chunks: AsyncIterable<Uint8Array>, splitterFor: (listener: HeadListener<H>) => Splitter) {
    this.#level = level;
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#splitter = splitterFor(this);
  }

  enter(head: H): void {
    const level = this.#depth - this.#level;
    this.#depth++;
    if (level === 0) {
      this.#begun++;
      this.#heads = [head];
      this.#lone = Infinity;
    } else if (level > 0 && level < this.#lone) {
      if (level === this.#heads.length) this.#heads.push(head);
      else {
        this.#lone = level;
        this.#heads.length = level;
      }
    }
  }

  leave(): void {
    this.#depth--;
    if (this.#depth !== this.#level) return;
    this.#found.set(
      this.#begun,
      this.#heads.map((head) => head.context()),
    );
  }

  element(): void {}

  /** The contexts of a head, counted from 0 in its level, and of the lone ones within it. To be asked for rising numbers. */
  async contextsOf(ordinal: number): Promise<readonly (JsonObject | undefined)[]> {
    this.#forget(ordinal);
    while (!this.#found.has(ordinal) && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done === true) {
        this.#ended = true;
        this.#splitter.end();
        while (this.#depth > 0) this.leave();
      } else {
        this.#splitter.push(next.value);
      }
      this.#forget(ordinal);
    }
    return this.#found.get(ordinal) ?? [];
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #forget(before: number): void {
    for (const known of this.#found.keys()) if (known < before) this.#found.delete(known);
  }
}

/**
 * Reads a stream whose elements are to know what stands around them, before their list or behind it.
 * @param splitter tells `held`. @param splitterFor a splitter of the same stream that tells others.
 */
export async function readHeaded<H extends ListHead>(
  chunks: AsyncIterable<Uint8Array>,
  splitter: Splitter,
  held: HeldElements<H>,
  splitterFor: (listener: HeadListener<H>) => Splitter,
  again: Again | undefined,
): Promise<void> {
  const scanners = new Map<number, HeadScanner<H>>();
  try {
    for await (const chunk of chunks) {
      splitter.push(chunk);
      for (let { needed } = held; needed !== undefined; needed = held.needed) {
        const { level, ordinal } = needed;
        if (again === undefined) {
          held.cut();
          continue;
        }
        const scanner = scanners.get(level) ?? new HeadScanner(level, again('end'), splitterFor);
        scanners.set(level, scanner);
        held.know(level, await scanner.contextsOf(ordinal));
      }
    }
    splitter.end();
    held.finish();
  } finally {
    for (const scanner of scanners.values()) await scanner.close();
  }
}

/** Says that elements do not know a member that stands behind them. */
export function rejectLate(rejects: EntrySink, place: Place, bytes: Buffer): void {
  const reason =
    'this stands behind a list that is too long to wait for it, and the input can be read only once: its elements do not know it';
  rejects.reject(rejection(place, 'unsupported', reason, bytes));
}
