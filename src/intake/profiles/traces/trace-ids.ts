/**
 * Trace and span ids come as hex in either case, without their leading zeros (Jaeger), as 64 or 128 bits (Zipkin), or
 * base64 (plain protobuf dumpers). Two files of one trace must meet, so each id has one spelling here.
 */

const HEX = /^[0-9a-fA-F]+$/;
const ZEROS = /^0*$/;

/**
 * A trace id as lower-case hex: 16 digits when its upper half is zero (such an id was made with 64 bits), else 32.
 * Empty when there is none (empty or all zeros).
 */
export function traceId(text: string): string {
  const hex = toHex(text, 16);
  if (ZEROS.test(hex)) return '';
  if (!HEX.test(hex)) return hex;
  const digits = hex.replace(/^0+/, '');
  return digits.length <= 16 ? digits.padStart(16, '0') : digits.padStart(32, '0');
}

/** A span id as 16 lower-case hex digits; empty when there is none. */
export function spanId(text: string): string {
  const hex = toHex(text, 8);
  if (ZEROS.test(hex)) return '';
  return HEX.test(hex) ? hex.replace(/^0+/, '').padStart(16, '0') : hex;
}

/** Hex in lower case; base64 of the right number of bytes is decoded; anything else (a UUID, a vendor's own form) stays as it is. */
function toHex(text: string, bytes: number): string {
  const trimmed = text.trim();
  if (HEX.test(trimmed) && trimmed.length <= bytes * 2) return trimmed.toLowerCase();
  const unpadded = trimmed.replace(/={1,2}$/, '');
  if (unpadded.length === Math.ceil((bytes * 4) / 3) && /^[A-Za-z0-9+/_-]+$/.test(unpadded)) {
    const decoded = Buffer.from(unpadded.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
    if (decoded.length === bytes) return decoded.toString('hex');
  }
  return trimmed;
}
