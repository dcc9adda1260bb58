/** Takes small things out of bytes in order; everything that goes beyond them throws. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('it ends too early');
    return byte;
  }

  /** An unsigned number of up to 32 bits, seven to a byte. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value >>> 0;
    }
    throw new Error('a number has too many bytes');
  }

  /** Passes over a number of up to 64 bits. */
  skipVarint(): void {
    for (let i = 0; i < 10; i++) if ((this.byte() & 0x80) === 0) return;
    throw new Error('a number has too many bytes');
  }

  skip(count: number): void {
    if (!(count >= 0) || this.at + count > this.bytes.length) throw new Error('it ends too early');
    this.at += count;
  }
}
