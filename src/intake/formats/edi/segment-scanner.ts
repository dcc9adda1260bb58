import type { Dialect } from './dialect.ts';
import { isLineEnd, type Separators } from './separators.ts';

/** The beginning of an interchange, or how far was looked in vain. */
export interface Found {
  /** Where it begins; without a scanner: what stands before holds none. */
  readonly at: number;
  /** Where its header begins, behind a service string advice. */
  readonly header: number;
  /** Undefined: none was found, or more bytes are needed to tell about what stands at `at`. */
  readonly scanner: SegmentScanner | undefined;
}

const LINE_FEED = 10;
/** Most bytes that one character has. */
const CHARACTER_BYTES = 3;

/** Finds segments in bytes, without decoding them. One per interchange: it holds its separators as bytes. */
export class SegmentScanner {
  readonly separators: Separators;
  readonly #terminator: Buffer;
  /** The first byte of the release character; -1 when there is none. */
  readonly #release: number;
  readonly #lineEnds: boolean;
  /** Names by their bytes: 36 letters and digits, so there are few. */
  readonly #ids = new Map<number, string>();
  #feed = -1;

  constructor(separators: Separators) {
    this.separators = separators;
    this.#terminator = Buffer.from(separators.terminator);
    this.#release = separators.release.length === 1 && separators.release < '\x80' ? separators.release.charCodeAt(0) : -1;
    this.#lineEnds = isLineEnd(separators.terminator);
  }

  get terminatorBytes(): number {
    return this.#terminator.length;
  }

  /** The first line feed before the terminator that was looked for last; -1 when there is none. */
  get feed(): number {
    return this.#feed;
  }

  /** The next interchange that begins in `[from, to)`. `last`: nothing comes after `to`. */
  static find(dialect: Dialect, bytes: Buffer, from: number, to: number, last: boolean): Found {
    let at = from;
    for (;;) {
      at = nextStart(dialect.starts, bytes, at, to, last);
      if (at >= to) return { at: to, header: to, scanner: undefined };
      const beginning = bytes.subarray(at, Math.min(bytes.length, at + dialect.search * CHARACTER_BYTES));
      // A character that is cut at the end is left out, so that it is not taken for another one.
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(beginning, { stream: !last });
      const start = dialect.start(text);
      if (start === 'short' && !last) return { at, header: at, scanner: undefined };
      if (typeof start === 'object') {
        const header = at + Buffer.byteLength(text.slice(0, start.header));
        return { at, header, scanner: new SegmentScanner(start.separators) };
      }
      at++;
    }
  }

  /** Index of the first byte that belongs to a segment: blanks, line ends and end-of-file marks between segments are layout. */
  skipBlanks(bytes: Buffer, from: number): number {
    let i = from;
    while (i < bytes.length && (bytes[i]! <= 32 || bytes[i] === 127)) i++;
    return i;
  }

  /** Index of the terminator that ends the segment which begins at `from`; -1 when it is not there. Sets `feed`. */
  terminatorAt(bytes: Buffer, from: number): number {
    const terminator = this.#terminator;
    const first = terminator[0]!;
    let feed = -1;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === first && stands(terminator, bytes, i) && (this.#release < 0 || !this.#isReleased(bytes, from, i))) {
        this.#feed = feed;
        return i;
      }
      if (byte === LINE_FEED && feed < 0) feed = i;
    }
    this.#feed = feed;
    return -1;
  }

  /** Whether an odd number of release characters stands right before; line ends between them only wrap the line. */
  #isReleased(bytes: Buffer, from: number, at: number): boolean {
    let count = 0;
    for (let i = at - 1; i >= from; i--) {
      const byte = bytes[i]!;
      if (byte === this.#release) count++;
      else if (this.#lineEnds || (byte !== 10 && byte !== 13)) break;
    }
    return count % 2 === 1;
  }

  /** The segment's name: two or three letters and digits; empty when something else stands there. */
  idAt(bytes: Buffer, from: number, to: number): string {
    let code = 0;
    let length = 0;
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      if ((byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57)) {
        if (++length > 3) return '';
        code = (code << 8) | byte;
      } else if (this.#lineEnds || (byte !== 10 && byte !== 13)) break;
    }
    const known = this.#ids.get(code);
    if (known !== undefined) return known;
    let id = '';
    for (let rest = code; rest > 0; rest >>>= 8) id = String.fromCharCode(rest & 0xff) + id;
    this.#ids.set(code, id);
    return id;
  }
}

/** Whether a sequence of bytes whose first one is there stands at `at`. */
function stands(sequence: Buffer, bytes: Buffer, at: number): boolean {
  for (let k = 1; k < sequence.length; k++) if (bytes[at + k] !== sequence[k]) return false;
  return true;
}

/** `ISA` with a line end in it. */
const LONGEST_START = 5;

/** A name as it stands, and as a hard wrap may cut it. */
function spellingsOf(name: string): readonly string[] {
  const [a, b] = [name[0]!, name.slice(0, 2)];
  const [bc, c] = [name.slice(1), name[2]!];
  return [name, `${a}\n${bc}`, `${b}\n${c}`, `${a}\r\n${bc}`, `${b}\r\n${c}`];
}

/** The earliest place where one of the names stands, or could begin when more bytes follow; `to` when there is none. */
function nextStart(starts: readonly string[], bytes: Buffer, from: number, to: number, last: boolean): number {
  let best = to;
  for (const name of starts) {
    for (const spelling of spellingsOf(name)) {
      // Only as far as something nearer could stand: files hold many interchanges, and no advice.
      const at = bytes.subarray(from, Math.min(bytes.length, best + spelling.length - 1)).indexOf(spelling, 0, 'latin1');
      if (at >= 0 && from + at < best) best = from + at;
    }
  }
  if (best < to || last) return best;
  for (let i = Math.max(from, to - LONGEST_START + 1); i < to; i++) {
    const rest = bytes.toString('latin1', i, to).replace(/[\r\n]/g, '');
    if (rest !== '' && starts.some((name) => name.startsWith(rest))) return i;
  }
  return to;
}
