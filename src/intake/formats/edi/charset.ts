/** Windows-1252, bytes 0x80–0x9F, as the containers decode them (WHATWG Encoding, index-windows-1252). */
const HIGH_CONTROLS =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

const BYTE_OF: ReadonlyMap<number, number> = new Map(Array.from(HIGH_CONTROLS, (character, i) => [character.charCodeAt(0), 0x80 + i]));

/**
 * Reads text anew in the character set its interchange declares. Containers decode single-byte text as Windows-1252, which loses nothing: every byte is one
 * character, so the bytes can be had back. Text with any other character was not decoded that way (it was UTF-8) and is left as it is.
 *
 * @param charset a label of the Encoding standard (`iso-8859-2`), or empty.
 */
export function inCharset(text: string, charset: string): string {
  // ASCII means the same in all of these sets.
  // oxlint-disable-next-line no-control-regex
  if (charset === '' || /^[\x00-\x7f]*$/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : BYTE_OF.get(code);
    if (byte === undefined) return text;
    bytes[i] = byte;
  }
  return new TextDecoder(charset).decode(bytes);
}
