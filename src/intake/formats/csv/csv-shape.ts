import { type CellStyle, isQuotedAgain, RowParser } from './csv-row.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_ROWS = 200;

/** A row of the sample that is no table row: the writer's cells do not fit together. */
const BROKEN_SHARE = 1;

export interface CsvGuess {
  readonly style: CellStyle;
  readonly rows: readonly (readonly string[])[];
  /** Cells of most rows. */
  readonly width: number;
  /** Share of the rows that have that many cells. */
  readonly share: number;
  /** The writer leaves out empty cells at the end of a row. */
  readonly short: boolean;
}

export function plainStyle(delimiter: string): CellStyle {
  return { delimiter, backslash: false, twice: false };
}

/** The delimiter and quoting under which most rows have the same number of cells, at least two. Undefined when there is none. */
export function guessStyle(text: string, complete: boolean): CsvGuess | undefined {
  let best: CsvGuess | undefined;
  for (const delimiter of DELIMITERS) {
    const guess = guessQuoting(text, complete, delimiter);
    if (guess !== undefined && (best === undefined || weight(guess) > weight(best))) best = guess;
  }
  return best;
}

function weight(guess: CsvGuess): number {
  return guess.share * guess.share * Math.log2(1 + guess.width);
}

/** The quoting that fits best under a delimiter. Undefined when no two cells stand side by side. */
export function guessQuoting(text: string, complete: boolean, delimiter: string): CsvGuess | undefined {
  const plain = tryStyle(text, complete, plainStyle(delimiter));
  let best = plain;
  if (text.includes('\\"') && (plain === undefined || plain.share < BROKEN_SHARE)) {
    const escaped = tryStyle(text, complete, { delimiter, backslash: true, twice: false });
    if (escaped !== undefined && (best === undefined || weight(escaped) > weight(best))) best = escaped;
  }
  if (best === undefined || !isWrittenTwice(best.rows, best.width)) return best;
  return tryStyle(text, complete, { ...best.style, twice: true });
}

function tryStyle(text: string, complete: boolean, style: CellStyle): CsvGuess | undefined {
  const rows = readRows(text, complete, style);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [cells, count] of counts) {
    if (cells > 1 && count > most) {
      width = cells;
      most = count;
    }
  }
  if (width < 2) return undefined;
  // Rows that all end with a delimiter which the header lacks: the last cell is none.
  const trailing =
    rows[0]!.length === width - 1 && width > 2 && rows.every((row, i) => i === 0 || (row.length === width && row.at(-1) === ''));
  if (trailing) return { style, rows, width: width - 1, share: 1, short: false };
  const habit = leavesOutCells(rows, counts);
  if (habit !== undefined) return { style, rows, ...habit, short: true };
  return { style, rows, width, share: most / rows.length, short: false };
}

/**
 * Some writers end a row at its last value. It is taken for a habit, not for damage, when the first row is the longest, rows of each of
 * several lengths come again and again, and no row has less than half of the cells.
 */
function leavesOutCells(
  rows: readonly (readonly string[])[],
  counts: ReadonlyMap<number, number>,
): { readonly width: number; readonly share: number } | undefined {
  const width = rows[0]!.length;
  if (width < 4 || rows.length < 8) return undefined;
  let full = 0;
  let short = 0;
  for (const [cells, count] of counts) {
    if (cells === width) full += count;
    else if (cells < width && cells * 2 >= width && cells > 1 && count >= 3) short += count;
  }
  if (full < 3 || short < 3 || short * 10 < rows.length || (full + short) * 10 < rows.length * 9) return undefined;
  // A row that ends with a delimiter shows that the writer does write empty cells.
  if (rows.some((row) => row.at(-1) === '' && row.length <= width)) return undefined;
  return { width, share: (full + short) / rows.length };
}

/** Whether every value of at least one column, and of most columns, still stands in quotes after it was read. */
function isWrittenTwice(rows: readonly (readonly string[])[], width: number): boolean {
  const full = rows.slice(1).filter((row) => row.length === width);
  if (full.length === 0) return false;
  let wrapped = 0;
  let used = 0;
  for (let column = 0; column < width; column++) {
    const values = full.map((row) => row[column]!).filter((cell) => cell !== '');
    if (values.length === 0) continue;
    used++;
    if (values.every(isQuotedAgain)) wrapped++;
  }
  return wrapped > 0 && wrapped * 2 >= used;
}

/** The first rows of `text`; a last row that may be cut is left out unless the text is complete. */
export function readRows(text: string, complete: boolean, style: CellStyle): string[][] {
  const parser = new RowParser(style);
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length && rows.length < SAMPLE_ROWS) {
    const feed = text.indexOf('\n', at);
    if (feed < 0 && !complete) break;
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(at, end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    at = end + 1;
    const state = parser.feed(line);
    if (state === 'bad') {
      parser.reset();
      rows.push([line]);
    } else if (state === 'row') {
      const cells = parser.take();
      if (cells.length > 1 || cells[0] !== '') rows.push(cells);
    }
  }
  return rows;
}

/** `,` where numbers are written like `12,50`. Undefined when no cell shows a fraction. */
export function decimalSeparator(rows: readonly (readonly string[])[]): ',' | '.' | undefined {
  let comma = 0;
  let point = 0;
  for (const row of rows) {
    for (const cell of row) {
      if (/^-?\d{1,3}(?:\.\d{3}){0,6},\d{1,4}$|^-?\d{1,15},\d{1,4}$/.test(cell)) comma++;
      else if (/^-?\d{1,3}(?:,\d{3}){0,6}\.\d{1,9}$|^-?\d{1,15}\.\d{1,9}$/.test(cell)) point++;
    }
  }
  if (comma === 0 && point === 0) return undefined;
  return comma > point ? ',' : '.';
}
