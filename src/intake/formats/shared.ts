import type { Json, JsonObject, Place, RejectCode, Rejection } from '../entry.ts';
import type { FormatOptions } from '../format.ts';

/** Most bytes of one entry (a line, an element): beyond it the entry is a `too-long` rejection. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

/** Deepest nesting that is handed on: what comes after walks values recursively. */
export const MAX_DEPTH = 256;

const EXCERPT_CHARACTERS = 200;

/** Builds a rejection whose excerpt is the beginning of `bytes`. */
export function rejection(place: Place, code: RejectCode, reason: string, bytes: Uint8Array): Rejection {
  return { place, code, reason, excerpt: excerpt(bytes) };
}

/** The first 200 characters of UTF-8 bytes; a character cut at the end is left out. */
export function excerpt(bytes: Uint8Array): string {
  const cut = bytes.subarray(0, EXCERPT_CHARACTERS * 4);
  const text = new TextDecoder().decode(cut, { stream: cut.length < bytes.length });
  return text.length > EXCERPT_CHARACTERS ? text.slice(0, EXCERPT_CHARACTERS) : text;
}

/** The same memory as a Buffer, whose search and decoding run natively. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The file's ending in lower case without the dot, looking through compression: `a/B.CSV.gz` → `csv`. Empty when there is none. */
export function extensionOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase();
  const bare = file.replace(/\.(?:gz|zst|zip)$/, '');
  const dot = bare.lastIndexOf('.');
  return dot < 0 ? '' : bare.slice(dot + 1);
}

/** Sets an own member under any name, `__proto__` too. */
export function setMember(object: JsonObject, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

export function textOption(options: FormatOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagOption(options: FormatOptions, name: string): boolean {
  return options[name] === true;
}

export function numberOption(options: FormatOptions, name: string): number {
  const value = options[name];
  return typeof value === 'number' ? value : 0;
}

/** A list of texts; a lone text counts as a list of one. */
export function listOption(options: FormatOptions, name: string): readonly string[] {
  const value: Json | undefined = options[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
