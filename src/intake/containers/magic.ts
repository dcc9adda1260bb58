/** What the first bytes of a file say it is. */
export type Kind =
  | { readonly kind: 'gzip' | 'zstd' | 'zip' | 'tar' | 'sqlite' | 'parquet' | 'ole' | 'text' | 'empty' }
  /** Nothing that can be imported; `what` completes “… is ”. */
  | { readonly kind: 'binary'; readonly what: string };

/** How many bytes `kindOf` wants to see. */
export const MAGIC_BYTES = 64 * 1024;

const FOREIGN: readonly (readonly [signature: string, what: string])[] = [
  ['%PDF-', 'a PDF document'],
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['GIF8', 'an image'],
  ['PARE', 'an encrypted Parquet file; write it without encryption'],
  ['Obj\x01', 'an Avro file; export it as JSON lines'],
  ['ORC', 'an ORC file; export it as CSV or JSON lines'],
  ['BZh', 'a bzip2 archive; unpack it first'],
  ['\xfd7zXZ\0', 'an xz archive; unpack it first'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive; unpack it first'],
  ['Rar!\x1a\x07', 'a RAR archive; unpack it first'],
  ['\x04\x22\x4d\x18', 'an LZ4 file; unpack it first'],
  ['\x7fELF', 'a program'],
  ['MZ\x90\0', 'a program'],
];

/** Recognises containers and what is not text, by content and never by the file's ending. */
export function kindOf(head: Uint8Array): Kind {
  if (head.length === 0) return { kind: 'empty' };
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 512)).toString('latin1');
  if (start.startsWith('\x1f\x8b')) return { kind: 'gzip' };
  // The second: a skippable frame, whose first byte is 0x50 to 0x5F.
  if (start.startsWith('\x28\xb5\x2f\xfd') || (head[0]! >> 4 === 5 && start.startsWith('\x2a\x4d\x18', 1))) return { kind: 'zstd' };
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { kind: 'zip' };
  if (start.startsWith('SQLite format 3\0')) return { kind: 'sqlite' };
  if (start.startsWith('PAR1') && hasControls(head)) return { kind: 'parquet' };
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { kind: 'ole' };
  if (start.slice(257, 262) === 'ustar' || isOldTar(head)) return { kind: 'tar' };
  for (const [signature, what] of FOREIGN) {
    // Three letters may also begin a text: then there is no control character near by.
    if (start.startsWith(signature) && (signature.length > 3 || hasControls(head))) return { kind: 'binary', what };
  }
  return { kind: 'text' };
}

/** A tar from before POSIX has no mark, but its first header has a checksum. */
function isOldTar(head: Uint8Array): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const stated = /^ {0,6}([0-7]{1,6})[ \0]/.exec(Buffer.from(head.subarray(148, 156)).toString('latin1'))?.[1];
  if (stated === undefined) return false;
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i]!;
  return Number.parseInt(stated, 8) === sum;
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
