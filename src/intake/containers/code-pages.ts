import type { CodePage } from './encodings.ts';

/** Windows-1252, bytes 0x80–0x9F (WHATWG Encoding, index-windows-1252): some versions of Node decode them as ISO-8859-1. */
const WINDOWS_1252_HIGH =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/**
 * EBCDIC code page 037 (US, Canada), bytes 0x00–0xFF: Unicode Consortium, VENDORS/MICSFT/EBCDIC/CP037.TXT. Byte 0x15 is there U+0085; it ends
 * lines on z/OS and is read as a line feed.
 */
const IBM_037 =
  '\u0000\u0001\u0002\u0003\u009c\u0009\u0086\u007f\u0097\u008d\u008e\u000b\u000c\u000d\u000e\u000f' +
  '\u0010\u0011\u0012\u0013\u009d\u0085\u0008\u0087\u0018\u0019\u0092\u008f\u001c\u001d\u001e\u001f' +
  '\u0080\u0081\u0082\u0083\u0084\u000a\u0017\u001b\u0088\u0089\u008a\u008b\u008c\u0005\u0006\u0007' +
  '\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009a\u009b\u0014\u0015\u009e\u001a' +
  ' \u00a0\u00e2\u00e4\u00e0\u00e1\u00e3\u00e5\u00e7\u00f1\u00a2.<(+|' +
  '&\u00e9\u00ea\u00eb\u00e8\u00ed\u00ee\u00ef\u00ec\u00df!$*);\u00ac' +
  '-/\u00c2\u00c4\u00c0\u00c1\u00c3\u00c5\u00c7\u00d1\u00a6,%_>?' +
  '\u00f8\u00c9\u00ca\u00cb\u00c8\u00cd\u00ce\u00cf\u00cc`:#@\'="' +
  '\u00d8abcdefghi\u00ab\u00bb\u00f0\u00fd\u00fe\u00b1' +
  '\u00b0jklmnopqr\u00aa\u00ba\u00e6\u00b8\u00c6\u00a4' +
  '\u00b5~stuvwxyz\u00a1\u00bf\u00d0\u00dd\u00de\u00ae' +
  '^\u00a3\u00a5\u00b7\u00a9\u00a7\u00b6\u00bc\u00bd\u00be[]\u00af\u00a8\u00b4\u00d7' +
  '{ABCDEFGHI\u00ad\u00f4\u00f6\u00f2\u00f3\u00f5' +
  '}JKLMNOPQR\u00b9\u00fb\u00fc\u00f9\u00fa\u00ff' +
  '\\\u00f7STUVWXYZ\u00b2\u00d4\u00d6\u00d2\u00d3\u00d5' +
  '0123456789\u00b3\u00db\u00dc\u00d9\u00da\u009f';

const NEXT_LINE = '\u0085';

/** The 256 characters of a code page. Computed when asked for: a stream asks once. */
export function charactersOf(page: CodePage): string {
  if (page === 'ibm-037') return IBM_037.replace(NEXT_LINE, '\n');
  // What declares itself as ISO-8859-1 is read as Windows-1252, as browsers do (WHATWG Encoding, 4.2): the bytes between are no text there.
  if (page === 'windows-1252' || page === 'iso-8859-1') return latin1(0, 0x80) + WINDOWS_1252_HIGH + latin1(0xa0, 0x100);
  return new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, i) => i));
}

function latin1(from: number, to: number): string {
  return String.fromCharCode(...Array.from({ length: to - from }, (_, i) => from + i));
}

/** A decoder of single bytes to UTF-8. */
export function codePageDecoder(page: CodePage): (bytes: Uint8Array) => Buffer {
  const characters = charactersOf(page);
  const codes = Uint16Array.from(characters, (character) => character.charCodeAt(0));
  return (bytes) => {
    const out = Buffer.allocUnsafe(bytes.length * 3);
    let n = 0;
    for (let i = 0; i < bytes.length; i++) {
      const code = codes[bytes[i]!]!;
      if (code < 0x80) {
        out[n++] = code;
        continue;
      }
      if (code < 0x800) {
        out[n++] = 0xc0 | (code >> 6);
      } else {
        out[n++] = 0xe0 | (code >> 12);
        out[n++] = 0x80 | ((code >> 6) & 0x3f);
      }
      out[n++] = 0x80 | (code & 0x3f);
    }
    return out.subarray(0, n);
  };
}
