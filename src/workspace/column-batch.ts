import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * Events as columns with workspace ids in place of strings: the one form in which they are kept. Absent values are 0 for ids and NaN for
 * times and numbers.
 */
export interface ColumnBatch {
  readonly count: number;
  readonly firstEvent: number;
  readonly source: number;
  readonly time: Float64Array;
  readonly end: Float64Array;
  readonly span: Float64Array;
  readonly parentSpan: Float64Array;
  readonly fingerprint: Float64Array;
  readonly offset: Float64Array;
  readonly attrNumber: Float64Array;
  readonly entry: Uint32Array;
  readonly line: Uint32Array;
  readonly length: Uint32Array;
  readonly system: Uint32Array;
  readonly flow: Uint32Array;
  readonly step: Uint32Array;
  readonly statusRaw: Uint32Array;
  readonly execution: Uint32Array;
  readonly parentExecution: Uint32Array;
  readonly error: Uint32Array;
  readonly idStart: Uint32Array;
  readonly identifier: Uint32Array;
  /** Name id of the field path that each identifier was found under. */
  readonly idPath: Uint32Array;
  readonly attrStart: Uint32Array;
  readonly attrName: Uint32Array;
  readonly attrText: Uint32Array;
  readonly attempt: Uint16Array;
  readonly status: Uint8Array;
  readonly kind: Uint8Array;
  readonly precision: Uint8Array;
}

/**
 * Events of one stored batch. Looking up one event decodes its batch: 0.2 ms for 2,048 events, four times as much for as many as a
 * parse thread sends at once, while the whole workspace decodes equally fast.
 */
export const STORED_EVENTS = 2048;

// Eight-byte columns first, then four, two and one, so that every column is aligned without padding.
const F64 = ['time', 'end', 'span', 'parentSpan', 'fingerprint', 'offset', 'attrNumber'] as const;
const U32 = [
  'entry',
  'line',
  'length',
  'system',
  'flow',
  'step',
  'statusRaw',
  'execution',
  'parentExecution',
  'error',
  'idStart',
  'identifier',
  'idPath',
  'attrStart',
  'attrName',
  'attrText',
] as const;
const U16 = ['attempt'] as const;
const U8 = ['status', 'kind', 'precision'] as const;

type Lengths = { readonly count: number; readonly ids: number; readonly attrs: number };

function lengthOf(column: string, { count, ids, attrs }: Lengths): number {
  switch (column) {
    case 'identifier':
    case 'idPath':
      return ids;
    case 'attrNumber':
    case 'attrName':
    case 'attrText':
      return attrs;
    case 'idStart':
    case 'attrStart':
      return count + 1;
    default:
      return count;
  }
}

const HEADER_BYTES = 16;

/** Events `from … to` of a batch as a batch of their own. The columns are views, but for the two that count from the batch's beginning. */
export function sliceColumns(batch: ColumnBatch, from: number, to: number): ColumnBatch {
  if (from === 0 && to === batch.count) return batch;
  const ids = [batch.idStart[from]!, batch.idStart[to]!] as const;
  const attrs = [batch.attrStart[from]!, batch.attrStart[to]!] as const;
  const rebased = (starts: Uint32Array, base: number): Uint32Array => starts.subarray(from, to + 1).map((start) => start - base);
  return {
    count: to - from,
    firstEvent: batch.firstEvent + from,
    source: batch.source,
    time: batch.time.subarray(from, to),
    end: batch.end.subarray(from, to),
    span: batch.span.subarray(from, to),
    parentSpan: batch.parentSpan.subarray(from, to),
    fingerprint: batch.fingerprint.subarray(from, to),
    offset: batch.offset.subarray(from, to),
    attrNumber: batch.attrNumber.subarray(...attrs),
    entry: batch.entry.subarray(from, to),
    line: batch.line.subarray(from, to),
    length: batch.length.subarray(from, to),
    system: batch.system.subarray(from, to),
    flow: batch.flow.subarray(from, to),
    step: batch.step.subarray(from, to),
    statusRaw: batch.statusRaw.subarray(from, to),
    execution: batch.execution.subarray(from, to),
    parentExecution: batch.parentExecution.subarray(from, to),
    error: batch.error.subarray(from, to),
    idStart: rebased(batch.idStart, ids[0]),
    identifier: batch.identifier.subarray(...ids),
    idPath: batch.idPath.subarray(...ids),
    attrStart: rebased(batch.attrStart, attrs[0]),
    attrName: batch.attrName.subarray(...attrs),
    attrText: batch.attrText.subarray(...attrs),
    attempt: batch.attempt.subarray(from, to),
    status: batch.status.subarray(from, to),
    kind: batch.kind.subarray(from, to),
    precision: batch.precision.subarray(from, to),
  };
}

/** Encodes batches, one after the other, in one buffer that is used again. */
export class ColumnEncoder {
  #plain = new ArrayBuffer(1 << 18);

  /** One zstd-compressed buffer. The header is the numbers of events, identifiers and attributes. */
  encode(batch: ColumnBatch): Uint8Array {
    const lengths: Lengths = { count: batch.count, ids: batch.identifier.length, attrs: batch.attrName.length };
    let size = HEADER_BYTES;
    for (const column of F64) size += 8 * lengthOf(column, lengths);
    for (const column of U32) size += 4 * lengthOf(column, lengths);
    for (const column of U16) size += 2 * lengthOf(column, lengths);
    for (const column of U8) size += lengthOf(column, lengths);
    if (this.#plain.byteLength < size) this.#plain = new ArrayBuffer(Math.ceil(1.25 * size));
    const bytes = new Uint8Array(this.#plain, 0, size);
    new Uint32Array(this.#plain, 0, 4).set([lengths.count, lengths.ids, lengths.attrs, 0]);
    let at = HEADER_BYTES;
    for (const column of [...F64, ...U32, ...U16, ...U8]) {
      const values = batch[column];
      const byteLength = lengthOf(column, lengths) * values.BYTES_PER_ELEMENT;
      bytes.set(new Uint8Array(values.buffer, values.byteOffset, byteLength), at);
      at += byteLength;
    }
    return zstdCompressSync(bytes, {
      params: { [constants.ZSTD_c_compressionLevel]: 1 },
      pledgedSrcSize: bytes.length,
      chunkSize: 128 * 1024,
    });
  }
}

/** A buffer that is filled to its end is taken for too small, and another is made. */
const SLACK = 64;
/** What is given to a frame that does not tell its size. */
const USUAL_SIZE = 1 << 18;

/**
 * How many bytes a zstd frame of less than 4 GB holds, as its header tells (RFC 8878, 3.1.1.1): one buffer of that size instead of many small
 * ones that are joined is a fifth of the time of decoding.
 */
function plainSize(frame: Uint8Array): number {
  const descriptor = frame[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  const byte = (i: number): number => frame[at + i] ?? 0;
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? byte(0) : USUAL_SIZE;
    case 1:
      return byte(0) + 256 * byte(1) + 256;
    case 2:
      return Math.min(MOST_BYTES, byte(0) + 256 * (byte(1) + 256 * (byte(2) + 256 * byte(3))));
    default:
      return USUAL_SIZE;
  }
}

/** A damaged header does not ask for more than this at once. */
const MOST_BYTES = 1 << 26;

/** The inverse of `ColumnEncoder.encode`. */
export function decodeColumns(body: Uint8Array, firstEvent: number, source: number): ColumnBatch {
  const plain = zstdDecompressSync(body, { chunkSize: plainSize(body) + SLACK });
  const aligned = plain.byteOffset % 8 === 0;
  const buffer = aligned ? plain.buffer : plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.byteLength);
  let at = aligned ? plain.byteOffset : 0;
  const [count, ids, attrs] = new Uint32Array(buffer, at, 3) as unknown as [number, number, number];
  const lengths: Lengths = { count, ids, attrs };
  at += HEADER_BYTES;
  const f64 = (column: string): Float64Array => {
    const n = lengthOf(column, lengths);
    const view = new Float64Array(buffer, at, n);
    at += 8 * n;
    return view;
  };
  const u32 = (column: string): Uint32Array => {
    const n = lengthOf(column, lengths);
    const view = new Uint32Array(buffer, at, n);
    at += 4 * n;
    return view;
  };
  // Object literals evaluate in order: this is the order of F64, U32, U16, U8 above.
  const wide = {
    time: f64('time'),
    end: f64('end'),
    span: f64('span'),
    parentSpan: f64('parentSpan'),
    fingerprint: f64('fingerprint'),
    offset: f64('offset'),
    attrNumber: f64('attrNumber'),
  };
  const words = {
    entry: u32('entry'),
    line: u32('line'),
    length: u32('length'),
    system: u32('system'),
    flow: u32('flow'),
    step: u32('step'),
    statusRaw: u32('statusRaw'),
    execution: u32('execution'),
    parentExecution: u32('parentExecution'),
    error: u32('error'),
    idStart: u32('idStart'),
    identifier: u32('identifier'),
    idPath: u32('idPath'),
    attrStart: u32('attrStart'),
    attrName: u32('attrName'),
    attrText: u32('attrText'),
  };
  const attempt = new Uint16Array(buffer, at, count);
  at += 2 * count;
  const status = new Uint8Array(buffer, at, count);
  at += count;
  const kind = new Uint8Array(buffer, at, count);
  at += count;
  const precision = new Uint8Array(buffer, at, count);
  return { count, firstEvent, source, ...wide, ...words, attempt, status, kind, precision };
}
