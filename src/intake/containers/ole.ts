import type { ByteSource } from './byte-source.ts';

/** How far the directory of a document is looked for. */
const LOOK_AT_BYTES = 64 * 1024 * 1024;

/**
 * What a compound file ([MS-CFB]) is, as the end of `… is `. Workbooks with a password ([MS-OFFCRYPTO] 2.3.4) are kept in one, and so are the
 * documents of Office before 2007; the names of its streams are UTF-16.
 */
export async function oleDocument(source: ByteSource): Promise<string> {
  const names: readonly (readonly [name: string, what: string])[] = [
    ['EncryptedPackage', 'protected by a password: save it without one'],
    ['Workbook', 'an Excel file of the old format (.xls): save it as .xlsx or CSV'],
    ['WordDocument', 'an old Office document: save it as text'],
  ];
  const patterns = names.map(([name, what]) => ({ bytes: Buffer.from(name, 'utf16le'), what }));
  let tail: Buffer = Buffer.alloc(0);
  let total = 0;
  const found = new Set<string>();
  for await (const chunk of source.read(() => undefined)) {
    const bytes = Buffer.concat([tail, chunk]);
    for (const pattern of patterns) if (bytes.includes(pattern.bytes)) found.add(pattern.what);
    if (found.has(patterns[0]!.what)) break;
    tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 64)));
    total += chunk.length;
    if (total > LOOK_AT_BYTES) break;
  }
  return patterns.find(({ what }) => found.has(what))?.what ?? 'an old Office document or another compound file: save it as CSV';
}
