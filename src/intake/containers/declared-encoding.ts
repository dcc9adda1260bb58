import type { Encoding } from './encodings.ts';

/** Names of encodings in declarations and on command lines, folded to letters and digits (IANA character sets, WHATWG labels). */
const LABELS: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['utf8', 'utf-8'],
  ['ascii', 'utf-8'],
  ['usascii', 'utf-8'],
  ['utf16', 'utf-16le'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['utf32', 'utf-32le'],
  ['utf32le', 'utf-32le'],
  ['utf32be', 'utf-32be'],
  ['windows1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['windows1250', 'windows-1250'],
  ['cp1250', 'windows-1250'],
  ['windows1251', 'windows-1251'],
  ['cp1251', 'windows-1251'],
  ['iso88591', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['iso88592', 'iso-8859-2'],
  ['latin2', 'iso-8859-2'],
  ['iso88593', 'iso-8859-3'],
  ['iso88594', 'iso-8859-4'],
  ['iso88595', 'iso-8859-5'],
  ['iso88596', 'iso-8859-6'],
  ['iso88597', 'iso-8859-7'],
  ['iso88598', 'iso-8859-8'],
  ['iso88599', 'iso-8859-9'],
  ['iso885915', 'iso-8859-15'],
  ['latin9', 'iso-8859-15'],
  ['ibm037', 'ibm-037'],
  ['cp037', 'ibm-037'],
  ['ebcdiccpus', 'ibm-037'],
]);

/** The encoding that a name stands for, whatever its case and punctuation: `ISO_8859-2`, `latin2`. Undefined when it is not supported. */
export function encodingByName(name: string): Encoding | undefined {
  return LABELS.get(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** Syntax identifiers of UN/EDIFACT (ISO 9735-1:2002, annex A; codes of data element 0001). UNOA and UNOB are ASCII. */
const EDIFACT: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['C', 'iso-8859-1'],
  ['D', 'iso-8859-2'],
  ['E', 'iso-8859-5'],
  ['F', 'iso-8859-7'],
  ['G', 'iso-8859-3'],
  ['H', 'iso-8859-4'],
  ['I', 'iso-8859-6'],
  ['J', 'iso-8859-8'],
  ['K', 'iso-8859-9'],
]);

/**
 * The single-byte encoding that a text says it has: by its XML declaration or the syntax identifier of an EDIFACT interchange. Undefined when it says
 * none, one of Unicode (which the bytes themselves show) or one that is not supported.
 */
export function declaredEncoding(head: Uint8Array): Encoding | undefined {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 512)).toString('latin1');
  const xml = /^\s{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,10}=\s{0,10}["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  const edifact = xml === undefined ? /^\s{0,100}(?:UNA[^]{6}\s{0,10})?UNB[^]UNO([A-Z])/.exec(start)?.[1] : undefined;
  const encoding = xml === undefined ? EDIFACT.get(edifact ?? '') : encodingByName(xml);
  return encoding === undefined || encoding.startsWith('utf-') || encoding === 'ibm-037' ? undefined : encoding;
}

/** `ISA`, `UNA`, `UNB` and `<?xml` as code page 037 writes them: no other text begins so. */
const EBCDIC_BEGINNINGS: readonly (readonly number[])[] = [
  [0xc9, 0xe2, 0xc1],
  [0xe4, 0xd5, 0xc1],
  [0xe4, 0xd5, 0xc2],
  [0x4c, 0x6f, 0xa7, 0x94, 0x93],
];

/** Whether a file begins as EDI or XML do in EBCDIC, and goes on with bytes that are text there. */
export function isEbcdic(head: Uint8Array): boolean {
  if (!EBCDIC_BEGINNINGS.some((beginning) => beginning.every((byte, i) => head[i] === byte))) return false;
  const look = head.subarray(0, 1024);
  let text = 0;
  for (const byte of look) if (byte >= 0x40 || byte === 0x15 || byte === 0x25 || byte === 0x0d || byte === 0x05) text++;
  return text >= look.length * 0.95;
}
