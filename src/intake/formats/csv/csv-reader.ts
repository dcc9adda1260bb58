import type { EntrySink, Place } from '../../entry.ts';
import { isDecoration, isRuling, isSumRow } from './csv-extras.ts';
import { type CellStyle, RowParser } from './csv-row.ts';
import { RowSpans } from './row-spans.ts';
import type { LineSink } from '../lines.ts';
import { rejection } from '../shared.ts';

/** Most bytes and lines of one row: a quote that is never closed must not swallow a file. */
export const MAX_ROW_BYTES = 4 * 1024 * 1024;
const MAX_ROW_LINES = 20_000;

/** Bytes that may be read a second time after a bad row, on top of twice the bytes of the file: keeps hostile input linear. */
const RESCAN_ALLOWANCE = 16 * 1024 * 1024;

export interface CsvShape {
  readonly style: CellStyle;
  readonly header: readonly string[];
  /** Whether the header stands in the file. */
  readonly headerRow: boolean;
  /** Physical lines before the header (titles, `sep=;`). */
  readonly skip: number;
  /** Rows may end at their last value. */
  readonly short: boolean;
  /** What lines that are comments begin with; empty: there are none. */
  readonly comment: string;
}

type RowFault = 'too-many-cells' | 'too-few-cells' | 'truncated' | 'unsupported';
type LineFault = RowFault | 'malformed';

interface Line {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly terminated: boolean;
}

/** Turns lines into rows. After a row that cannot be read it goes on with the line after the row's first one. */
export class CsvReader implements LineSink {
  readonly #shape: CsvShape;
  readonly #sink: EntrySink;
  readonly #parser: RowParser;
  /** Where the sink takes rows without their cells being decoded. */
  readonly #spans: RowSpans | undefined;
  /** Lines of the row that is being read, when it spans several. */
  #pending: Line[] = [];
  #pendingBytes = 0;
  #headerSeen: boolean;
  /** The cells of the header row as they stand in the file: exports that were joined repeat it. */
  #headerCells: readonly string[] | undefined;
  #read = 0;
  #rescanned = 0;

  constructor(shape: CsvShape, sink: EntrySink) {
    this.#shape = shape;
    this.#sink = sink;
    this.#parser = new RowParser(shape.style);
    this.#headerSeen = !shape.headerRow;
    const { style, header, comment } = shape;
    const takes = sink.spans !== undefined && RowSpans.fits(style, header.length);
    this.#spans = takes ? new RowSpans(style, header.length, comment) : undefined;
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean, terminated: boolean): void {
    this.#read += end - start;
    if (line <= this.#shape.skip) return;
    // Files joined with `cat` keep their byte order marks.
    const mark = !ascii && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? 3 : 0;
    const from = start + mark;
    if (from >= end && this.#pending.length === 0) return;
    const spans = this.#spans;
    if (spans !== undefined && this.#headerSeen && this.#pending.length === 0 && spans.read(bytes, from, end, ascii)) {
      if (this.#sink.spans!(spans.spans, { offset: offset + mark, length: end - from, line })) return;
    }
    const text = ascii ? bytes.toString('latin1', from, end) : bytes.toString('utf8', from, end);
    this.#feed({ text, offset: offset + mark, length: end - from, line, terminated });
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#giveUp('malformed', 'a quote opened in this row is never closed');
    this.#sink.reject(
      rejection({ offset, length, line }, 'too-long', `the row has ${length} bytes, the most is ${MAX_ROW_BYTES}`, beginning),
    );
  }

  /** To be called after the last line. */
  end(): void {
    while (this.#pending.length > 0) {
      const cut = this.#pending.length === 1 && !this.#pending[0]!.terminated;
      if (cut) this.#giveUp('truncated', 'the file ends inside a quoted cell');
      else this.#giveUp('malformed', 'a quote opened in this row is never closed');
    }
  }

  #feed(first: Line): void {
    // A stack of lines still to read: rejecting the first line of a long row puts the others back.
    const stack = [first];
    for (let line = stack.pop(); line !== undefined; line = stack.pop()) this.#one(line, stack);
  }

  #one(line: Line, stack: Line[]): void {
    if (this.#pending.length === 0 && (line.text === '' || this.#isComment(line.text))) return;
    const state = this.#parser.feed(line.text);
    if (state === 'row' && this.#pending.length === 0) {
      const cells = this.#parser.take();
      const fault = this.#emit(cells, line, line);
      if (fault !== undefined) this.#reject(line, line, fault.code, fault.reason);
      return;
    }
    this.#pending.push(line);
    this.#pendingBytes += line.length;
    switch (state) {
      case 'row': {
        const cells = this.#parser.take();
        const fault = this.#emit(cells, this.#pending[0]!, line);
        if (fault === undefined) this.#clear();
        else this.#retreat(fault.code, fault.reason, stack);
        return;
      }
      case 'bad':
        this.#retreat('malformed', 'text follows the closing quote of a cell', stack);
        return;
      case 'open':
        if (this.#pendingBytes > MAX_ROW_BYTES || this.#pending.length > MAX_ROW_LINES) {
          this.#retreat('malformed', 'a quote opened in this row is not closed within 4 MB', stack);
        }
    }
  }

  #isComment(text: string): boolean {
    return this.#shape.comment !== '' && text.startsWith(this.#shape.comment);
  }

  /** Gives the cells out as an entry, or says what is wrong with them. */
  #emit(cells: string[], first: Line, last: Line): { readonly code: RowFault; readonly reason: string } | undefined {
    const header = this.#shape.header;
    if (!this.#headerSeen) {
      this.#headerSeen = true;
      this.#headerCells = cells;
      if (this.#spans !== undefined) this.#spans.header = Buffer.from(cells[0] ?? '');
      return undefined;
    }
    // A delimiter at the end of every row is a habit of some writers, not a cell.
    if (cells.length === header.length + 1 && cells[header.length] === '') cells.pop();
    if (cells.length !== header.length) {
      if (this.#shape.short && last.terminated && cells.length < header.length && cells.length * 2 >= header.length) {
        while (cells.length < header.length) cells.push('');
      } else {
        return first === last && isDecoration(first.text) ? undefined : this.#misfit(cells.length, last);
      }
    }
    if (isSumRow(cells))
      return { code: 'unsupported', reason: `a row that sums up others (“${(cells[0] || cells[1])!.trim()}”), no record` };
    const repeated = this.#headerCells;
    if (repeated !== undefined && cells[0] === repeated[0] && cells.every((cell, i) => cell === repeated[i])) return undefined;
    if (cells[0]!.startsWith('--') && isRuling(cells)) return undefined;
    this.#sink.entry({ kind: 'row', place: placeOf(first, last), cells });
    return undefined;
  }

  #misfit(count: number, last: Line): { readonly code: RowFault; readonly reason: string } {
    const width = this.#shape.header.length;
    if (count > width) return { code: 'too-many-cells', reason: `the row has ${count} cells, the header ${width}` };
    const cells = count === 1 ? '1 cell' : `${count} cells`;
    if (!last.terminated) return { code: 'truncated', reason: `the file ends inside a row: ${cells}, the header has ${width}` };
    return { code: 'too-few-cells', reason: `the row has ${cells}, the header ${width}` };
  }

  /** Rejects the first pending line and puts the others back to be read again. */
  #retreat(code: LineFault, reason: string, stack: Line[]): void {
    const [first, ...others] = this.#pending;
    const bytes = this.#pendingBytes;
    this.#clear();
    if (first === undefined) return;
    this.#rescanned += bytes;
    if (this.#rescanned > RESCAN_ALLOWANCE + 2 * this.#read) {
      this.#reject(first, others.at(-1) ?? first, code, reason);
      return;
    }
    this.#reject(first, first, code, reason);
    for (let i = others.length - 1; i >= 0; i--) stack.push(others[i]!);
  }

  #giveUp(code: 'malformed' | 'truncated', reason: string): void {
    const stack: Line[] = [];
    this.#retreat(code, reason, stack);
    for (let line = stack.pop(); line !== undefined; line = stack.pop()) this.#one(line, stack);
  }

  #reject(first: Line, last: Line, code: LineFault, reason: string): void {
    this.#parser.reset();
    this.#headerSeen = true;
    this.#sink.reject(rejection(placeOf(first, last), code, reason, Buffer.from(first.text.slice(0, 400))));
  }

  #clear(): void {
    this.#parser.reset();
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function placeOf(first: Line, last: Line): Place {
  return { offset: first.offset, length: last.offset + last.length - first.offset, line: first.line };
}
