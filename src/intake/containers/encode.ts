import { isAscii } from 'node:buffer';
import { charactersOf } from './code-pages.ts';
import type { CodePage, Encoding } from './encodings.ts';

/** Byte order marks, of the encodings that have one. */
export const MARKS: Readonly<Partial<Record<Encoding, readonly number[]>>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  'utf-32le': [0xff, 0xfe, 0, 0],
  'utf-32be': [0, 0, 0xfe, 0xff],
};

/**
 * Turns UTF-8 into bytes of an encoding: the way back from `decoded`. What the encoding has no byte for becomes 0x1A, so who needs the bytes that there
 * were must compare a hash. Pieces may be cut within a character.
 */
export function createEncoder(encoding: Encoding): (piece: Uint8Array) => Uint8Array {
  if (encoding === 'utf-8') return (piece) => piece;
  if (!isWide(encoding)) return codePageEncoder(encoding);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const encode = WIDE[encoding];
  return (piece) => encode(decoder.decode(piece, { stream: true }));
}

function isWide(encoding: Exclude<Encoding, 'utf-8'>): encoding is keyof typeof WIDE {
  return encoding in WIDE;
}

const WIDE = {
  'utf-16le': (text: string): Buffer => Buffer.from(text, 'utf16le'),
  'utf-16be': (text: string): Buffer => Buffer.from(text, 'utf16le').swap16(),
  'utf-32le': (text: string): Buffer => utf32(text, true),
  'utf-32be': (text: string): Buffer => utf32(text, false),
} as const;

function utf32(text: string, littleEndian: boolean): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const out = Buffer.alloc(codes.length * 4);
  for (const [i, code] of codes.entries()) {
    if (littleEndian) out.writeUInt32LE(code, i * 4);
    else out.writeUInt32BE(code, i * 4);
  }
  return out;
}

const SUBSTITUTE = 0x1a;

function codePageEncoder(page: CodePage): (piece: Uint8Array) => Uint8Array {
  const bytes = new Map<string, number>();
  // Of two bytes for one character the first: EBCDIC ends lines with 0x15.
  for (const [byte, character] of charactersOf(page).split('').entries()) if (!bytes.has(character)) bytes.set(character, byte);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let cut = false;
  return (piece) => {
    if (!cut && page !== 'ibm-037' && isAscii(piece)) return piece;
    const text = decoder.decode(piece, { stream: true });
    // Until the next piece it is not known whether this one ended within a character.
    cut = (piece.at(-1) ?? 0) >= 0x80;
    const out = Buffer.allocUnsafe(text.length);
    let n = 0;
    for (const character of text) out[n++] = bytes.get(character) ?? SUBSTITUTE;
    return out.subarray(0, n);
  };
}
