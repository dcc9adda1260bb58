import { RowParser } from './csv-row.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_ROWS = 200;

export interface CsvGuess {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  /** Cells of most rows. */
  readonly width: number;
  /** Share of the rows that have that many cells. */
  readonly share: number;
}

/** The delimiter under which most rows have the same number of cells, at least two. Undefined when there is none. */
export function guessDelimiter(text: string, complete: boolean): CsvGuess | undefined {
  let best: CsvGuess | undefined;
  for (const delimiter of DELIMITERS) {
    const guess = tryDelimiter(text, complete, delimiter);
    if (guess !== undefined && (best === undefined || weight(guess) > weight(best))) best = guess;
  }
  return best;
}

function weight(guess: CsvGuess): number {
  return guess.share * guess.share * Math.log2(1 + guess.width);
}

function tryDelimiter(text: string, complete: boolean, delimiter: string): CsvGuess | undefined {
  const rows = readRows(text, complete, delimiter);
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
  return trailing ? { delimiter, rows, width: width - 1, share: 1 } : { delimiter, rows, width, share: most / rows.length };
}

/** The first rows of `text`; a last row that may be cut is left out unless the text is complete. */
export function readRows(text: string, complete: boolean, delimiter: string): string[][] {
  const parser = new RowParser(delimiter);
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

const NUMBER = /^[-+]?\d[\d.,]*(?:[eE][-+]?\d{1,3})?%?$/;
const DATE = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}/;
const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-/;

/** Whether a first row names columns: words that differ, no values. Its first cell may be empty (an index without a name). */
export function looksLikeHeader(row: readonly string[], second: readonly string[] | undefined): boolean {
  const seen = new Set<string>();
  let empty = 0;
  for (const cell of row) {
    const name = cell.trim();
    if (name === '') {
      empty++;
      continue;
    }
    if (name.length > 100 || NUMBER.test(name) || DATE.test(name) || UUID.test(name) || !/\p{L}/u.test(name)) return false;
    if (/[{}=<>]/.test(name)) return false;
    seen.add(name.toLowerCase());
  }
  const named = row.length - empty;
  if (named === 0 || empty > Math.max(1, row.length / 4)) return false;
  if (second !== undefined && second.length === row.length && row.some((cell, i) => cell !== '' && cell === second[i] && cell.length > 12))
    return false;
  return seen.size >= named - 1;
}

/** Names that are unique and never empty: an unnamed column becomes `column1`, a repeated name gets a number. */
export function headerNames(cells: readonly string[]): string[] {
  const used = new Set<string>();
  return cells.map((cell, i) => {
    const base = cell.trim() === '' ? `column${i + 1}` : cell.trim();
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
    used.add(name);
    return name;
  });
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
