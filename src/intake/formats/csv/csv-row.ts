/** What a line did to the row that is being read. */
export type RowState = 'row' | 'open' | 'bad';

const QUOTE = 34;

/**
 * Cuts one row into cells (RFC 4180, relaxed): a quote opens a quoted cell only where a cell begins, `""` inside is a quote, a quote
 * elsewhere is an ordinary character. A quoted cell may go on over several lines; they are fed one after the other.
 */
export class RowParser {
  readonly #delimiter: string;
  readonly #delimiterCode: number;
  #cells: string[] = [];
  #cell = '';
  #open = false;

  /** @param delimiter one character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#delimiterCode = delimiter.charCodeAt(0);
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
      if (text.charCodeAt(at) === QUOTE) {
        this.#cell = '';
        at = this.#quoted(text, at + 1);
        if (at < 0) return at === -1 ? 'open' : 'bad';
        if (at > text.length) return 'row';
      } else {
        const end = text.indexOf(this.#delimiter, at);
        if (end < 0) {
          this.#cells.push(text.slice(at));
          return 'row';
        }
        this.#cells.push(text.slice(at, end));
        at = end + 1;
      }
    }
  }

  /** Reads the inside of a quoted cell from `at`. Returns where the next cell begins (beyond the text: the row ends), -1 still open, -2 bad. */
  #quoted(text: string, at: number): number {
    this.#open = true;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        this.#cell += text.slice(at);
        return -1;
      }
      this.#cell += text.slice(at, quote);
      if (text.charCodeAt(quote + 1) === QUOTE) {
        this.#cell += '"';
        at = quote + 2;
        continue;
      }
      if (quote + 1 < text.length && text.charCodeAt(quote + 1) !== this.#delimiterCode) return -2;
      this.#cells.push(this.#cell);
      this.#cell = '';
      this.#open = false;
      return quote + 2;
    }
  }
}
