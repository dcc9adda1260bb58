const REPLACEMENT = 0xfffd;

/** A streaming decoder of UTF-32 to text; what is no character becomes U+FFFD. */
export class Utf32Decoder {
  readonly #bigEndian: boolean;
  #carry: Uint8Array = new Uint8Array(0);

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  decode(chunk: Uint8Array): string {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const whole = bytes.length & ~3;
    const view = new DataView(bytes.buffer, bytes.byteOffset, whole);
    const pieces: string[] = [];
    for (let i = 0; i < whole; i += 4) {
      const code = view.getUint32(i, !this.#bigEndian);
      pieces.push(String.fromCodePoint(code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? REPLACEMENT : code));
    }
    this.#carry = Uint8Array.from(bytes.subarray(whole));
    return pieces.join('');
  }

  /** What is left at the end: a cut character. */
  end(): string {
    return this.#carry.length === 0 ? '' : String.fromCodePoint(REPLACEMENT);
  }
}
