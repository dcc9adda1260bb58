import { slotMark, TEXT, type Spans } from '../../spans.ts';
import { isSumWord } from './csv-extras.ts';
import type { CellStyle } from './csv-row.ts';

/** Cells of one row; wider tables are read cell by cell. */
const MAX_CELLS = 256;

const QUOTE = 34;
const EQUALS = 61;
const HYPHEN = 45;

/**
 * Finds the cells of ordinary rows without decoding them: one line, as many cells as the header, quoted cells without quotes in them. Everything else
 * (a cell over several lines, `""`, `="00123"`, a row too short or too long, what may be a line that is no record) is left to `RowParser`.
 */
export class RowSpans {
  readonly spans: Spans;
  /** The first cell of the header row, once it was read. */
  header: Buffer | undefined;
  readonly #delimiter: number;
  readonly #width: number;
  /** Quotes mean more than RFC 4180 says. */
  readonly #special: boolean;
  readonly #comment: number;

  constructor(style: CellStyle, width: number, comment: string) {
    this.#delimiter = style.delimiter.charCodeAt(0);
    this.#width = width;
    this.#special = style.backslash || style.twice;
    this.#comment = comment === '' ? -1 : Buffer.from(comment)[0]!;
    this.spans = {
      bytes: Buffer.alloc(0),
      ascii: true,
      shape: { index: 0, slots: width, probe: Array.from({ length: width }, (_, slot) => slotMark(slot)) },
      starts: new Int32Array(width),
      ends: new Int32Array(width),
      kinds: new Uint8Array(width).fill(TEXT),
      hashes: new Int32Array(width),
    };
  }

  /** Whether rows of such a table can be read so. */
  static fits(style: CellStyle, width: number): boolean {
    return width <= MAX_CELLS && style.delimiter.charCodeAt(0) < 128;
  }

  /**
   * Finds the cells of the row `bytes[start, end)`; the result is in `spans`. False when it is no ordinary row.
   * @param ascii whether no byte of the row is above 0x7F
   */
  read(bytes: Buffer, start: number, end: number, ascii: boolean): boolean {
    const { starts, ends, hashes } = this.spans;
    const delimiter = this.#delimiter;
    const width = this.#width;
    if (bytes[start] === HYPHEN || bytes[start] === this.#comment) return false;
    let at = start;
    for (let cell = 0; ; cell++) {
      if (cell === width) return false;
      const isQuoted = bytes[at] === QUOTE && at < end;
      if (isQuoted && (this.#special || bytes[at + 1] === EQUALS || (cell === 0 && bytes[at + 1] === HYPHEN))) return false;
      if (bytes[at] === EQUALS && bytes[at + 1] === QUOTE) return false;
      if (isQuoted) at++;
      const stop = isQuoted ? QUOTE : delimiter;
      starts[cell] = at;
      let hash = 0x811c9dc5 | 0;
      while (at < end && bytes[at] !== stop) hash = Math.imul(hash ^ bytes[at++]!, 0x01000193);
      ends[cell] = at;
      hashes[cell] = hash;
      // Open at the end of the line, or followed by something else than the next cell.
      if (isQuoted && (at >= end || (++at < end && bytes[at] !== delimiter))) return false;
      if (at >= end) {
        if (cell + 1 !== width) return false;
        break;
      }
      at++;
    }
    this.spans.bytes = bytes;
    this.spans.ascii = ascii;
    return !this.#sumsUp() && !this.#repeatsHeader();
  }

  /** Whether the row begins with a word for a sum. */
  #sumsUp(): boolean {
    const { bytes, starts, ends } = this.spans;
    const cell = ends[0] === starts[0] && this.#width > 1 ? 1 : 0;
    const first = bytes[starts[cell]!]! | 32;
    // Such words begin with g, s or t, or with a blank before.
    if (first !== 103 && first !== 115 && first !== 116 && first !== 41 && first !== 32) return false;
    return ends[cell]! - starts[cell]! <= 16 && isSumWord(bytes.toString('latin1', starts[cell], ends[cell]));
  }

  /** Whether the row begins as the header does: files that were joined repeat it. */
  #repeatsHeader(): boolean {
    const { bytes, starts, ends } = this.spans;
    const { header } = this;
    return header !== undefined && header.length === ends[0]! - starts[0]! && header.compare(bytes, starts[0], ends[0]) === 0;
  }
}
