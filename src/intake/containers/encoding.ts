import { isAscii, isUtf8 } from 'node:buffer';

/** How bytes become text. `utf-8` may turn into `windows-1252` when the first byte above 0x7F shows it. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
  /** False while all bytes looked at are ASCII: then what comes later decides. */
  readonly certain: boolean;
}

/** Windows-1252, bytes 0x80–0x9F (WHATWG Encoding, index-windows-1252). */
const HIGH_CONTROLS =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** Looks at the first bytes of a text: byte order mark, then the pattern of NUL bytes, then strict UTF-8. */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3, certain: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2, certain: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2, certain: true };
  const wide = wideByNulPattern(head);
  if (wide !== undefined) return { encoding: wide, mark: 0, certain: true };
  if (isAscii(head)) return { encoding: 'utf-8', mark: 0, certain: false };
  return { encoding: looksUtf8(head) ? 'utf-8' : 'windows-1252', mark: 0, certain: true };
}

/** UTF-16 without a mark: in text that is mostly Latin every other byte is NUL. */
function wideByNulPattern(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const n = Math.min(head.length & ~1, 8192);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = n / 2;
  if (pairs < 2) return undefined;
  if (odd > pairs * 0.6 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.05) return 'utf-16be';
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
  let encoding = guess.encoding;
  let certain = guess.certain;
  let mark = guess.mark;
  let carry: Uint8Array = new Uint8Array(0);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be' ? new TextDecoder(encoding) : undefined;
  for await (const raw of chunks) {
    let chunk = raw;
    if (mark > 0) {
      const skipped = Math.min(mark, chunk.length);
      chunk = chunk.subarray(skipped);
      mark -= skipped;
    }
    if (carry.length > 0) {
      chunk = Buffer.concat([carry, chunk]);
      carry = new Uint8Array(0);
    }
    if (chunk.length === 0) continue;
    if (wide !== undefined) {
      yield Buffer.from(wide.decode(chunk, { stream: true }));
      continue;
    }
    if (isAscii(chunk)) {
      yield chunk;
      continue;
    }
    if (encoding === 'utf-8') {
      const whole = completeLength(chunk);
      if (!certain && whole > 0 && !isAscii(chunk.subarray(0, whole))) {
        certain = true;
        if (!looksUtf8(chunk)) {
          encoding = 'windows-1252';
          onEncoding(encoding);
        }
      }
      if (encoding === 'utf-8') {
        carry = chunk.subarray(whole);
        chunk = chunk.subarray(0, whole);
        if (chunk.length > 0) yield isUtf8(chunk) ? chunk : Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(chunk));
        continue;
      }
    }
    yield decodeWindows1252(chunk);
  }
  if (wide !== undefined) {
    const rest = wide.decode();
    if (rest.length > 0) yield Buffer.from(rest);
  } else if (carry.length > 0) {
    yield Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(carry));
  }
}

/** Windows-1252 to UTF-8, by table: some versions of Node decode 0x80–0x9F as ISO-8859-1. */
export function decodeWindows1252(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 3);
  let n = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 0x80) {
      out[n++] = byte;
      continue;
    }
    const code = byte < 0xa0 ? HIGH_CONTROLS.charCodeAt(byte - 0x80) : byte;
    if (code < 0x800) {
      out[n++] = 0xc0 | (code >> 6);
    } else {
      out[n++] = 0xe0 | (code >> 12);
      out[n++] = 0x80 | ((code >> 6) & 0x3f);
    }
    out[n++] = 0x80 | (code & 0x3f);
  }
  return out.subarray(0, n);
}
