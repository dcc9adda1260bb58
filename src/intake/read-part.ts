import { createHash } from 'node:crypto';
import { constants, zstdCompress } from 'node:zlib';
import { promisify } from 'node:util';
import { Cancelled } from '../model/errors.ts';
import { BatchBuilder, type EventBatch } from './batch.ts';
import type { Part } from './containers/types.ts';
import { Draft } from './draft.ts';
import type { Entry, EntrySink, Place, Rejection } from './entry.ts';
import type { Format, FormatOptions } from './format.ts';
import type { Mapper } from './mapper.ts';

/** Where a part's events, bytes and rejections go. The promises are the backpressure. */
export interface PartSink {
  /** The batch may be read until the promise resolves; then it is filled anew. */
  events(batch: EventBatch): Promise<void>;
  /** Missing where the bytes are kept already. */
  readonly block?: ((offset: number, length: number, body: Uint8Array) => Promise<void>) | undefined;
  rejects(rejections: readonly Rejection[]): Promise<void>;
}

export interface PartProgress {
  /** Bytes of the file on disk that have been consumed. */
  readonly diskBytes: number;
  readonly entries: number;
  readonly rejected: number;
}

export interface ReadHooks {
  readonly cancelled: () => boolean;
  /** Waits while reading is to pause. */
  readonly paused?: () => Promise<void>;
  readonly progress: (progress: PartProgress) => void;
}

export interface PartTotals {
  /** Bytes of decoded text. */
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: number;
  readonly rejected: number;
}

const BLOCK_BYTES = 256 * 1024;
/** What the writer has not answered yet, in blocks: with fewer, reading stood still while a batch was written. Bounds memory to some 6 MB. */
const MOST_UNDER_WAY = 24;
/** A batch is about 1 MB, as four blocks are before they are compressed. */
const BATCH_WEIGHT = 4;
/** Rejections kept with their text; the rest of a file of garbage is only counted. */
export const MOST_REJECTIONS = 100_000;

const compress = promisify(zstdCompress);

/** One frame. With the size said beforehand its tables are no larger than needed; the result comes in one or two pieces. */
function compressed(bytes: Uint8Array): Promise<Uint8Array> {
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return compress(bytes, { params, pledgedSrcSize: bytes.length, chunkSize: 64 * 1024 });
}

/**
 * Reads one part from its first byte to its last: cuts entries, maps them to events, keeps the bytes. Constant memory.
 * Throws `Cancelled` when `cancelled()` says so, `UserError` when the part cannot be read to its end.
 * @param builder an empty one; it is empty again when the part was read to its end, and its memory serves for the next part
 */
export async function readPart(
  part: Part,
  format: Format,
  options: FormatOptions,
  mapper: Mapper,
  sink: PartSink,
  hooks: ReadHooks,
  builder: BatchBuilder = new BatchBuilder(),
): Promise<PartTotals> {
  const hash = createHash('sha256');
  const draft = new Draft();
  const flight = new Flight();
  const { block } = sink;
  const blocks = new BlockCutter(
    block === undefined ? undefined : (offset, bytes) => flight.add(compressed(bytes).then((body) => block(offset, bytes.length, body))),
  );
  let rejections: Rejection[] = [];
  let entries = 0;
  let rejected = 0;
  let diskBytes = 0;
  let current: Entry | undefined;
  const send = (): void => {
    const batch = builder.take();
    flight.add(
      sink.events(batch).then(() => builder.giveBack(batch)),
      BATCH_WEIGHT,
    );
  };
  const emit = (at?: Place): void => {
    builder.add(draft, at ?? current!.place, entries);
    if (builder.full) send();
  };
  const reject = (rejection: Rejection): void => {
    rejected++;
    if (rejected > MOST_REJECTIONS) return;
    rejections.push(rejection);
    if (rejections.length >= 1000) {
      flight.add(sink.rejects(rejections));
      rejections = [];
    }
  };
  // The reader pulls chunks; before each one it waits until the writer has caught up. That is the only place where it waits.
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of part.open({ onContent: (bytes) => hash.update(bytes), onDisk: (bytes) => (diskBytes = bytes) })) {
      await hooks.paused?.();
      if (hooks.cancelled()) throw new Cancelled('the import');
      await flight.below(MOST_UNDER_WAY);
      blocks.add(chunk);
      yield chunk;
      hooks.progress({ diskBytes, entries, rejected });
    }
  };
  const mapSpans = mapper.spans?.();
  const entrySink: EntrySink = {
    spans:
      mapSpans === undefined
        ? undefined
        : (spans, place) => {
            if (!mapSpans(spans, place, entries, builder)) return false;
            entries++;
            if (builder.full) send();
            return true;
          },
    entry: (entry) => {
      current = entry;
      draft.reset();
      const reason = mapper(entry, draft, emit);
      if (reason !== undefined) reject({ place: entry.place, code: 'no-time-no-order', reason, excerpt: excerptOf(entry) });
      entries++;
    },
    reject,
  };
  await format.read(chunks(), options, entrySink, againOf(part, hooks));
  draft.reset();
  mapper.end?.(draft, emit);
  blocks.end();
  if (builder.count > 0) send();
  if (rejections.length > 0) flight.add(sink.rejects(rejections));
  await flight.below(1);
  hooks.progress({ diskBytes, entries, rejected });
  return { bytes: blocks.bytes, sha256: hash.digest('hex'), entries, rejected };
}

/** A way to read a part once more, for formats that need a first look; standard input has none. */
function againOf(part: Part, hooks: ReadHooks): (() => AsyncIterable<Uint8Array>) | undefined {
  if (part.path === '-') return undefined;
  return async function* () {
    for await (const chunk of part.open()) {
      await hooks.paused?.();
      if (hooks.cancelled()) throw new Cancelled('the import');
      yield chunk;
    }
  };
}

function excerptOf(entry: Entry): string {
  const text = entry.kind === 'row' ? entry.cells.join(' | ') : JSON.stringify(entry.value);
  return text.slice(0, 200);
}

/** Promises under way, each with a weight. A failure is thrown at the next wait. */
class Flight {
  #weight = 0;
  #failure: unknown;
  #wake: (() => void) | undefined;

  add(promise: Promise<void>, weight = 1): void {
    this.#weight += weight;
    promise.then(
      () => this.#landed(weight, undefined),
      (error: unknown) => this.#landed(weight, error),
    );
  }

  async below(limit: number): Promise<void> {
    while (this.#weight >= limit && this.#failure === undefined) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #landed(weight: number, error: unknown): void {
    this.#weight -= weight;
    if (error !== undefined) this.#failure ??= error;
    this.#wake?.();
    this.#wake = undefined;
  }
}

/** Cuts a stream into blocks of equal size. */
class BlockCutter {
  readonly #emit: ((offset: number, bytes: Uint8Array) => void) | undefined;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #offset = 0;

  /** @param emit missing: bytes are only counted. */
  constructor(emit: ((offset: number, bytes: Uint8Array) => void) | undefined) {
    this.#emit = emit;
  }

  get bytes(): number {
    return this.#offset + this.#pendingBytes;
  }

  add(chunk: Uint8Array): void {
    if (this.#emit === undefined) {
      this.#offset += chunk.length;
      return;
    }
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= BLOCK_BYTES) this.#flush();
  }

  end(): void {
    if (this.#pendingBytes > 0) this.#flush();
  }

  #flush(): void {
    // Streams never fill a chunk anew: who reads keeps views of what is not finished, and so may the compression.
    const bytes = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    this.#emit?.(this.#offset, bytes);
    this.#offset += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
