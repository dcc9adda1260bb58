const SLOTS = 1024;

/** Short texts out of bytes, without decoding those that were seen before: calls that leave the engine take longer than comparing a few bytes. */
export class NameMemo {
  readonly #names: string[] = Array.from({ length: SLOTS }, () => '');

  /** `bytes[from, to)` as text. */
  of(bytes: Buffer, from: number, to: number): string {
    let hash = to - from;
    for (let i = from; i < to; i++) hash = (hash * 31 + bytes[i]!) | 0;
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    const known = this.#names[slot]!;
    if (known.length === to - from) {
      let i = 0;
      while (i < known.length && known.charCodeAt(i) === bytes[from + i]!) i++;
      if (i === known.length) return known;
    }
    const name = bytes.toString('utf8', from, to);
    // Of others a character is not a byte.
    if (name.length === to - from) this.#names[slot] = name;
    return name;
  }
}
