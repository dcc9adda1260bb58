import { inPieces } from '../generated.ts';

type Row = readonly string[];

/** Rows that are looked at together to find how wide the table is. */
const LOOK_AT_ROWS = 1000;
const LOOK_AT_CHARACTERS = 4 * 1024 * 1024;

/**
 * Rows of a sheet as CSV (RFC 4180, lines end with a line feed), in pieces of many. Sheets do not store empty cells at the end of a row, so rows are
 * filled up to the widest of the first thousand. Titles above the table stay as short as they are: that is how they are told from its header.
 */
export async function* csvPieces(rows: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  const writer = new CsvWriter();
  let first: Row[] | undefined = [];
  let characters = 0;
  for await (const some of rows) {
    if (first === undefined) {
      yield* inPieces(writer.lines(some));
      continue;
    }
    for (const row of some) {
      first.push(row);
      characters += row.reduce((sum, cell) => sum + cell.length, 0);
    }
    if (first.length < LOOK_AT_ROWS && characters < LOOK_AT_CHARACTERS) continue;
    yield* inPieces(writer.begin(first));
    first = undefined;
  }
  if (first !== undefined) yield* inPieces(writer.begin(first));
}

class CsvWriter {
  #width = 0;
  #inTable = false;

  begin(rows: readonly Row[]): Iterable<string> {
    this.#width = rows.reduce((width, row) => Math.max(width, row.length), 0);
    return this.lines(rows);
  }

  *lines(rows: readonly Row[]): Generator<string> {
    for (const cells of rows) {
      // A table begins with the first row that is filled at least by half.
      this.#inTable ||= cells.filter((cell) => cell !== '').length * 2 >= this.#width;
      const line = cells.map(csvCell).join(',');
      yield this.#inTable && cells.length < this.#width ? line + ','.repeat(this.#width - cells.length) : line;
    }
  }
}

function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
