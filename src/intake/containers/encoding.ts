import { isAscii, isUtf8 } from 'node:buffer';
import { codePageDecoder } from './code-pages.ts';
import { declaredEncoding, isEbcdic } from './declared-encoding.ts';
import type { CodePage, Encoding } from './encodings.ts';
import { Utf32Decoder } from './utf-32.ts';

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
  /** False while all bytes looked at are ASCII: then what comes later decides. */
  readonly certain: boolean;
}

/**
 * Looks at the first bytes of a text: byte order mark, then the pattern of NUL bytes, then EBCDIC, then strict UTF-8, then what the text declares.
 * UTF-8 goes before a declaration: bytes above 0x7F are seldom well-formed by chance, and files are recoded without being edited.
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  const marked = byMark(head);
  if (marked !== undefined) return { ...marked, certain: true };
  const wide = wideByNulPattern(head);
  if (wide !== undefined) return { encoding: wide, mark: 0, certain: true };
  if (isEbcdic(head)) return { encoding: 'ibm-037', mark: 0, certain: true };
  const declared = declaredEncoding(head);
  if (isAscii(head)) return { encoding: declared ?? 'utf-8', mark: 0, certain: declared !== undefined };
  return { encoding: looksUtf8(head) ? 'utf-8' : (declared ?? 'windows-1252'), mark: 0, certain: true };
}

/** What the user said, less the mark that a file may still have. */
export function givenEncoding(encoding: Encoding, head: Uint8Array): EncodingGuess {
  const marked = byMark(head);
  return { encoding, mark: marked?.encoding === encoding ? marked.mark : 0, certain: true };
}

function byMark(head: Uint8Array): { readonly encoding: Encoding; readonly mark: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) return { encoding: 'utf-32le', mark: 4 };
  if (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff) return { encoding: 'utf-32be', mark: 4 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return undefined;
}

/** UTF-16 and UTF-32 without a mark: in text that is mostly Latin every other byte is NUL, or three of four. */
function wideByNulPattern(head: Uint8Array): Encoding | undefined {
  const n = Math.min(head.length & ~3, 8192);
  if (n < 4) return undefined;
  const nuls = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) if (head[i] === 0) nuls[i & 3]!++;
  const [a, b, c, d] = nuls.map((count) => count / (n / 4)) as [number, number, number, number];
  const most = 0.6;
  const few = 0.05;
  if (Math.min(b, c, d) > most && a < few) return 'utf-32le';
  if (Math.min(a, b, c) > most && d < few) return 'utf-32be';
  const even = (a + c) / 2;
  const odd = (b + d) / 2;
  if (odd > most && even < few) return 'utf-16le';
  if (even > most && odd < few) return 'utf-16be';
  return undefined;
}

/** Whether bytes with some above 0x7F are UTF-8, leaving aside a character cut at the end and single damaged ones. */
export function looksUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes.subarray(0, completeLength(bytes)))) return true;
  let good = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      bad++;
      i++;
    } else {
      if (length > 1) good++;
      i += length;
    }
  }
  return good > bad;
}

/** Bytes of the character at `i`; 0 when it is not well-formed UTF-8. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? (first < 0xf0 ? 3 : 0) : first >= 0xc2 ? 2 : 0;
  for (let k = 1; k < length; k++) {
    const next = bytes[i + k];
    if (next === undefined || (next & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** How many bytes are left when a character that is cut at the end is taken off. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/**
 * Turns raw chunks into UTF-8 without a byte order mark. What cannot be decoded becomes U+FFFD; nothing throws.
 * @param guess from the first bytes of the same stream.
 * @param onEncoding told when ASCII turns out to be windows-1252.
 */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  guess: EncodingGuess,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  const unmarked = guess.mark > 0 ? withoutFirst(chunks, guess.mark) : chunks;
  const { encoding } = guess;
  if (encoding === 'utf-8') {
    yield* decodedUtf8(unmarked, guess.certain, onEncoding);
  } else if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    yield* decodedWide(
      unmarked,
      (chunk) => decoder.decode(chunk, { stream: true }),
      () => decoder.decode(),
    );
  } else if (encoding === 'utf-32le' || encoding === 'utf-32be') {
    const decoder = new Utf32Decoder(encoding === 'utf-32be');
    yield* decodedWide(
      unmarked,
      (chunk) => decoder.decode(chunk),
      () => decoder.end(),
    );
  } else {
    yield* decodedBytes(unmarked, encoding);
  }
}

/** The same, with the encoding that the first chunk shows. */
export async function* decodedByHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first.value as Uint8Array;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      // Left after the first chunk, nobody else would.
      await iterator.return?.();
    }
  }
  yield* decoded(all(), guessEncoding(first.value), () => undefined);
}

async function* withoutFirst(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

async function* decodedWide(
  chunks: AsyncIterable<Uint8Array>,
  decode: (chunk: Uint8Array) => string,
  end: () => string,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const text = decode(chunk);
    if (text !== '') yield Buffer.from(text);
  }
  const rest = end();
  if (rest !== '') yield Buffer.from(rest);
}

async function* decodedBytes(chunks: AsyncIterable<Uint8Array>, page: CodePage): AsyncGenerator<Uint8Array> {
  const decode = codePageDecoder(page);
  for await (const chunk of chunks) if (chunk.length > 0) yield page !== 'ibm-037' && isAscii(chunk) ? chunk : decode(chunk);
}

async function* decodedUtf8(
  chunks: AsyncIterable<Uint8Array>,
  sure: boolean,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  let certain = sure;
  let carry: Uint8Array = new Uint8Array(0);
  let decode: ((bytes: Uint8Array) => Buffer) | undefined;
  for await (const raw of chunks) {
    let chunk = raw;
    if (carry.length > 0) {
      chunk = Buffer.concat([carry, chunk]);
      carry = new Uint8Array(0);
    }
    if (chunk.length === 0) continue;
    if (isAscii(chunk)) {
      yield chunk;
      continue;
    }
    const whole = completeLength(chunk);
    if (!certain && decode === undefined && whole > 0 && !isAscii(chunk.subarray(0, whole))) {
      certain = true;
      if (!looksUtf8(chunk)) {
        decode = codePageDecoder('windows-1252');
        onEncoding('windows-1252');
      }
    }
    if (decode !== undefined) {
      yield decode(chunk);
      continue;
    }
    carry = chunk.subarray(whole);
    chunk = chunk.subarray(0, whole);
    if (chunk.length > 0) yield isUtf8(chunk) ? chunk : Buffer.from(lenient(chunk));
  }
  if (carry.length > 0) yield Buffer.from(lenient(carry));
}

function lenient(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
