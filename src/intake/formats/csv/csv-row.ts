/** What a line did to the row that is being read. */
export type RowState = 'row' | 'open' | 'bad';

/** How the writer of a table cuts and quotes its cells. */
export interface CellStyle {
  /** One character. */
  readonly delimiter: string;
  /** Inside quotes `\"` is a quote and `\\` a backslash (MySQL, Spark, Hive), besides `""`. */
  readonly backslash: boolean;
  /** Cells were quoted before they were written: `"""a"""` is `a` (Datadog's export). */
  readonly twice: boolean;
}

const QUOTE = 34;
const EQUALS = 61;
const BACKSLASH = 92;

/**
 * Cuts one row into cells (RFC 4180, relaxed): a quote opens a quoted cell only where a cell begins, `""` inside is a quote, a quote
 * elsewhere is an ordinary character. A quoted cell may go on over several lines; they are fed one after the other.
 * `="00123"`, which keeps Excel from dropping zeros, is the text in it.
 */
export class RowParser {
  readonly #delimiter: string;
  readonly #delimiterCode: number;
  readonly #backslash: boolean;
  readonly #twice: boolean;
  #cells: string[] = [];
  #cell = '';
  #open = false;

  constructor(style: CellStyle) {
    this.#delimiter = style.delimiter;
    this.#delimiterCode = style.delimiter.charCodeAt(0);
    this.#backslash = style.backslash;
    this.#twice = style.twice;
  }

  /** Forgets an unfinished row. */
  reset(): void {
    this.#cells = [];
    this.#cell = '';
    this.#open = false;
  }

  /** The cells after `feed` returned `row`. */
  take(): string[] {
    const cells = this.#cells;
    this.reset();
    return cells;
  }

  /**
   * Reads one line, without its line end.
   * @returns `row`: the row is complete; `open`: a quoted cell goes on in the next line; `bad`: something follows a closing quote.
   */
  feed(text: string): RowState {
    if (!this.#open && text.indexOf('"') < 0) {
      this.#cells = text.split(this.#delimiter);
      return 'row';
    }
    let at = 0;
    if (this.#open) {
      this.#cell += '\n';
      at = this.#quoted(text, 0);
      if (at < 0) return at === -1 ? 'open' : 'bad';
      if (at > text.length) return 'row';
    }
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#cell = '';
        at = this.#quoted(text, at + 1);
        if (at < 0) return at === -1 ? 'open' : 'bad';
        if (at > text.length) return 'row';
        continue;
      }
      if (code === EQUALS && text.charCodeAt(at + 1) === QUOTE) {
        this.#cell = '';
        const next = this.#quoted(text, at + 2);
        if (next > text.length) return 'row';
        if (next > 0) {
          at = next;
          continue;
        }
        // A formula: an ordinary cell.
        this.#open = false;
        this.#cell = '';
      }
      const end = text.indexOf(this.#delimiter, at);
      if (end < 0) {
        this.#cells.push(text.slice(at));
        return 'row';
      }
      this.#cells.push(text.slice(at, end));
      at = end + 1;
    }
  }

  /** Reads the inside of a quoted cell from `at`. Returns where the next cell begins (beyond the text: the row ends), -1 still open, -2 bad. */
  #quoted(text: string, from: number): number {
    this.#open = true;
    let special = false;
    let at = from;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        this.#cell += this.#plain(text.slice(from), special || this.#backslash);
        return -1;
      }
      if (this.#backslash) {
        special = true;
        if (this.#escapes(text, from, quote)) {
          at = quote + 1;
          continue;
        }
      }
      const next = text.charCodeAt(quote + 1);
      if (next === QUOTE) {
        special = true;
        at = quote + 2;
        continue;
      }
      if (quote + 1 < text.length && next !== this.#delimiterCode) return -2;
      let cell = text.slice(from, quote);
      if (special) cell = this.#plain(cell, true);
      if (this.#cell !== '') {
        cell = this.#cell + cell;
        this.#cell = '';
      }
      if (this.#twice || cell.charCodeAt(0) === EQUALS) cell = unwrap(cell, this.#twice);
      this.#cells.push(cell);
      this.#open = false;
      return quote + 2;
    }
  }

  /** What a piece of a quoted cell says, in which quotes may be doubled or escaped. */
  #plain(piece: string, special: boolean): string {
    if (!special) return piece;
    if (!this.#backslash) {
      let plain = '';
      let at = 0;
      for (let quote = piece.indexOf('""'); quote >= 0; quote = piece.indexOf('""', at)) {
        plain += piece.slice(at, quote + 1);
        at = quote + 2;
      }
      return plain + piece.slice(at);
    }
    return piece.replace(/\\(["\\])|""/g, (_all, character: string | undefined) => character ?? '"');
  }

  /** Whether an odd number of backslashes stands before the quote. */
  #escapes(text: string, from: number, quote: number): boolean {
    let i = quote;
    while (i > from && text.charCodeAt(i - 1) === BACKSLASH) i--;
    return (quote - i) % 2 === 1;
  }
}

/** Takes off what a cell was wrapped in before it was quoted: `="x"`, and with `twice` a second pair of quotes. */
function unwrap(cell: string, twice: boolean): string {
  const from = cell.charCodeAt(0) === EQUALS ? 1 : 0;
  if (from === 0 && !twice) return cell;
  if (cell.length < from + 2 || cell.charCodeAt(from) !== QUOTE || cell.charCodeAt(cell.length - 1) !== QUOTE) return cell;
  const inner = cell.slice(from + 1, -1);
  if (from === 1) return inner.includes('"') ? cell : inner;
  return inner.replaceAll('""', '"');
}

/** Whether a cell still stands in quotes after it was read. */
export function isQuotedAgain(cell: string): boolean {
  return cell.length >= 2 && cell.charCodeAt(0) === QUOTE && cell.charCodeAt(cell.length - 1) === QUOTE;
}
