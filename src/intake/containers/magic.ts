/** What the first bytes of a file say it is. */
export type Kind =
  | { readonly kind: 'gzip' | 'zstd' | 'zip' | 'tar' | 'text' | 'empty' }
  /** Nothing that can be imported; `what` completes “… is ”. */
  | { readonly kind: 'binary'; readonly what: string };

/** How many bytes `kindOf` wants to see. */
export const MAGIC_BYTES = 64 * 1024;

const FOREIGN: readonly (readonly [signature: string, what: string])[] = [
  ['SQLite format 3\0', 'an SQLite database; export its tables as CSV'],
  ['%PDF-', 'a PDF document'],
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['GIF8', 'an image'],
  ['PAR1', 'a Parquet file; export it as CSV or JSON lines'],
  ['Obj\x01', 'an Avro file; export it as JSON lines'],
  ['ORC', 'an ORC file; export it as CSV or JSON lines'],
  ['BZh', 'a bzip2 archive; unpack it first'],
  ['\xfd7zXZ\0', 'an xz archive; unpack it first'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive; unpack it first'],
  ['Rar!\x1a\x07', 'a RAR archive; unpack it first'],
  ['\x04\x22\x4d\x18', 'an LZ4 file; unpack it first'],
  ['\x7fELF', 'a program'],
  ['MZ\x90\0', 'a program'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Office document; save it as CSV'],
];

/** Recognises containers and what is not text, by content and never by the file's ending. */
export function kindOf(head: Uint8Array): Kind {
  if (head.length === 0) return { kind: 'empty' };
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 512)).toString('latin1');
  if (start.startsWith('\x1f\x8b')) return { kind: 'gzip' };
  // The second: a skippable frame, whose first byte is 0x50 to 0x5F.
  if (start.startsWith('\x28\xb5\x2f\xfd') || (head[0]! >> 4 === 5 && start.startsWith('\x2a\x4d\x18', 1))) return { kind: 'zstd' };
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { kind: 'zip' };
  if (start.slice(257, 262) === 'ustar') return { kind: 'tar' };
  for (const [signature, what] of FOREIGN) {
    // Three letters may also begin a text: then there is no control character near by.
    if (start.startsWith(signature) && (signature.length > 3 || hasControls(head))) return { kind: 'binary', what };
  }
  return { kind: 'text' };
}

/** Whether bytes that are not UTF-16 are no text: a NUL, or many control characters. EDI's separators (0x1C–0x1F) are not counted. */
export function isBinaryText(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  return controls > Math.max(2, bytes.length / 20);
}

function hasControls(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).some((byte) => byte < 9 || byte === 0x7f || (byte > 13 && byte < 32));
}
