import type { Json } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { UserError } from '../../../model/errors.ts';
import { headerNames, looksLikeHeader } from './csv-header.ts';
import { readPreamble } from './csv-preamble.ts';
import { CsvReader, type CsvShape, MAX_ROW_BYTES } from './csv-reader.ts';
import { type CellStyle, RowParser } from './csv-row.ts';
import { type CsvGuess, decimalSeparator, guessQuoting, guessStyle, plainStyle, readRows } from './csv-shape.ts';
import { readLines } from '../lines.ts';
import { extensionOf, flagOption, listOption, numberOption, textOption } from '../shared.ts';

/** Of a table whose head is mostly broken rows, so many must be whole (the header is one), and this share. */
const FEWEST_FITTING = 4;
const BROKEN_FILE = 0.1;

/** Titles that may stand before the header. */
const MOST_TITLES = 20;

/**
 * Delimited text: RFC 4180 with `,`, `;`, tab or `|`, quoted cells over several lines, with or without a header. Options: `delimiter`,
 * `header`, `headerRow`, `skip` (lines before it), `decimal`, and, only where a file has it, `backslash` (escapes), `twice` (cells
 * quoted twice), `short` (rows end at their last value) and `comment`.
 */
export const csv: Format = {
  id: 'csv',
  title: 'Delimited text (CSV, TSV)',
  extensions: ['csv', 'tsv', 'psv'],

  sniff(head: Head): Detection | undefined {
    const first = head.text.trimStart()[0];
    if (first === undefined || first === '{' || first === '[' || first === '<') return undefined;
    const named = csv.extensions.includes(extensionOf(head.name));
    const { skip, declared, comment } = readPreamble(head.text);
    const text = afterLines(head.text, skip);
    const guess = declared === undefined ? guessStyle(text, head.complete) : guessWith(text, head.complete, declared);
    if (guess === undefined) return named ? singleColumn(text, head.complete) : undefined;
    // A quote or a few ragged rows must not hide a table that says it is one.
    if (guess.rows.length < 2 && !named) return undefined;
    const headerIndex = guess.rows.findIndex((row) => row.length === guess.width);
    const top = guess.rows[headerIndex]!;
    const hasHeader = headerIndex <= MOST_TITLES && looksLikeHeader(top, guess.rows.slice(headerIndex + 1));
    // Where a file is named a table and begins with a header that some rows fit, the others are broken rows, however many.
    const some = named && hasHeader && headerIndex === 0 && guess.width > 2 && guess.share * guess.rows.length >= FEWEST_FITTING;
    if (guess.share < (some ? BROKEN_FILE : named ? 0.5 : 0.8)) return undefined;
    if (!hasHeader && !named && guess.width < 4) return undefined;
    if (!named && guess.width === 2 && looksLikeProse(guess)) return undefined;
    const titles = hasHeader && headerIndex > 0 ? linesBefore(text, top, guess.style) : 0;
    const header = hasHeader ? headerNames(top) : headerNames(top.map(() => ''));
    const decimal = decimalSeparator(guess.rows.slice(headerIndex + (hasHeader ? 1 : 0)));
    const options: Record<string, Json> = { delimiter: guess.style.delimiter, header, headerRow: hasHeader, skip: skip + titles };
    if (decimal !== undefined) options['decimal'] = decimal;
    if (guess.style.backslash) options['backslash'] = true;
    if (guess.style.twice) options['twice'] = true;
    if (guess.short) options['short'] = true;
    if (comment !== '') options['comment'] = comment;
    const percent = Math.floor(guess.share * 100);
    return {
      confidence: (hasHeader ? (guess.width > 2 ? 0.9 : 0.7) : 0.78) * (0.5 + guess.share / 2) + (named ? 0.08 : 0),
      reason:
        `${guess.rows.length} rows looked at, ${percent} % with ${guess.short ? `up to ${guess.width}` : guess.width} cells split at ` +
        delimiterName(guess.style.delimiter) +
        (hasHeader ? `; the first row names the columns` : '; no header') +
        (guess.style.backslash ? '; quotes are escaped with a backslash' : '') +
        (guess.style.twice ? '; cells are quoted twice' : ''),
      options,
    };
  },

  async read(chunks, options, sink) {
    const shape: CsvShape = {
      style: styleOf(options),
      header: listOption(options, 'header'),
      headerRow: flagOption(options, 'headerRow'),
      skip: numberOption(options, 'skip'),
      short: flagOption(options, 'short'),
      comment: textOption(options, 'comment') ?? '',
    };
    if (shape.header.length === 0) throw new UserError('invalid-input', 'the table has no column names: set the option header');
    const reader = new CsvReader(shape, sink);
    await readLines(chunks, reader, MAX_ROW_BYTES);
    reader.end();
  },

  header(options) {
    return listOption(options, 'header');
  },

  parse(bytes, options): Json {
    const parser = new RowParser(styleOf(options));
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
    let state = 'open';
    for (const line of lines) state = parser.feed(line);
    if (state !== 'row') throw new Error('the bytes are not one complete row');
    const cells = parser.take();
    const header = listOption(options, 'header');
    if (flagOption(options, 'short')) while (cells.length < header.length) cells.push('');
    return Object.fromEntries(cells.map((cell, i) => [header[i] ?? `column${i + 1}`, cell]));
  },
};

function styleOf(options: FormatOptions): CellStyle {
  const delimiter = textOption(options, 'delimiter');
  return {
    delimiter: delimiter === undefined || delimiter.length !== 1 ? ',' : delimiter,
    backslash: flagOption(options, 'backslash'),
    twice: flagOption(options, 'twice'),
  };
}

function guessWith(text: string, complete: boolean, delimiter: string): CsvGuess | undefined {
  const guess = guessQuoting(text, complete, delimiter);
  if (guess !== undefined) return guess;
  const style = plainStyle(delimiter);
  const rows = readRows(text, complete, style);
  const width = rows[0]?.length ?? 0;
  if (width < 1) return undefined;
  return { style, rows, width, share: rows.filter((row) => row.length === width).length / rows.length, short: false };
}

/** A `.csv` of one column: names are still worth having. */
function singleColumn(text: string, complete: boolean): Detection | undefined {
  const rows = readRows(text, complete, plainStyle(','));
  const top = rows[0];
  if (top === undefined || top.length !== 1 || rows.length < 2 || !looksLikeHeader(top, [])) return undefined;
  return {
    confidence: 0.5,
    reason: 'the name ends in .csv and every row has one cell',
    options: { delimiter: ',', header: headerNames(top), headerRow: true, skip: 0 },
  };
}

/** Two columns split at `, `: sentences, not a table. */
function looksLikeProse(guess: CsvGuess): boolean {
  const prose = guess.rows.filter((row) => row[1]?.startsWith(' ') === true || row.some((cell) => cell.length > 80)).length;
  return prose > guess.rows.length / 3;
}

function afterLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const feed = text.indexOf('\n', at);
    if (feed < 0) return '';
    at = feed + 1;
  }
  return text.slice(at);
}

/** How many physical lines stand before the header row. */
function linesBefore(text: string, header: readonly string[], style: CellStyle): number {
  const lines = text.split('\n', 2 * MOST_TITLES + 10);
  const parser = new RowParser(style);
  for (const [i, line] of lines.entries()) {
    parser.reset();
    if (parser.feed(line.replace(/\r$/, '')) !== 'row') continue;
    const cells = parser.take();
    if (cells.length === header.length && cells.every((cell, k) => cell === header[k])) return i;
  }
  return 0;
}

function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ',':
      return 'commas';
    case ';':
      return 'semicolons';
    case '\t':
      return 'tabs';
    default:
      return `“${delimiter}”`;
  }
}
