import { isUtf8 } from 'node:buffer';

/** Bytes beyond this are left out of the text: they are pictures and documents, not fields. */
const MOST_BINARY_BYTES = 16 * 1024;

const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** A cell of a binary table as JSON text. Integers beyond ±2^53 become texts with all their digits; what JSON has no number for too. */
export function jsonCell(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return value >= -MOST_EXACT && value <= MOST_EXACT ? String(value) : `"${value}"`;
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  if (typeof value === 'boolean') return String(value);
  return value instanceof Uint8Array ? JSON.stringify(binaryText(value)) : 'null';
}

/** Bytes as text where they are text (payloads are often stored as such), else as base64; many bytes are only counted. */
export function binaryText(bytes: Uint8Array): string {
  if (isUtf8(bytes) && !hasControls(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  if (bytes.length > MOST_BINARY_BYTES) return `(${bytes.length} bytes left out)`;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function hasControls(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) return true;
  return false;
}
