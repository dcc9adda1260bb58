import type { EntrySink, Place } from '../../entry.ts';
import { RowParser } from './csv-row.ts';
import type { LineSink } from '../lines.ts';
import { rejection } from '../shared.ts';

/** Most bytes and lines of one row: a quote that is never closed must not swallow a file. */
export const MAX_ROW_BYTES = 4 * 1024 * 1024;
const MAX_ROW_LINES = 20_000;

/** Bytes that may be read a second time after a bad row, on top of twice the bytes of the file: keeps hostile input linear. */
const RESCAN_ALLOWANCE = 16 * 1024 * 1024;

export interface CsvShape {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Whether the header stands in the file. */
  readonly headerRow: boolean;
  /** Physical lines before the header (titles, `sep=;`). */
  readonly skip: number;
}

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
  /** Lines of the row that is being read, when it spans several. */
  #pending: Line[] = [];
  #pendingBytes = 0;
  #headerSeen: boolean;
  #read = 0;
  #rescanned = 0;

  constructor(shape: CsvShape, sink: EntrySink) {
    this.#shape = shape;
    this.#sink = sink;
    this.#parser = new RowParser(shape.delimiter);
    this.#headerSeen = !shape.headerRow;
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean, terminated: boolean): void {
    this.#read += end - start;
    if (line <= this.#shape.skip) return;
    if (start === end && this.#pending.length === 0) return;
    const text = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    this.#feed({ text, offset, length: end - start, line, terminated });
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
    if (line.text === '' && this.#pending.length === 0) return;
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

  /** Gives the cells out as an entry, or says what is wrong with their number. */
  #emit(cells: string[], first: Line, last: Line): { code: 'too-many-cells' | 'too-few-cells' | 'truncated'; reason: string } | undefined {
    const header = this.#shape.header;
    if (!this.#headerSeen) {
      this.#headerSeen = true;
      return undefined;
    }
    // A delimiter at the end of every row is a habit of some writers, not a cell.
    if (cells.length === header.length + 1 && cells[header.length] === '') cells.pop();
    if (cells.length > header.length) {
      return { code: 'too-many-cells', reason: `the row has ${cells.length} cells, the header ${header.length}` };
    }
    if (cells.length < header.length) {
      if (!last.terminated) {
        return { code: 'truncated', reason: `the file ends inside a row: ${cells.length} cells, the header has ${header.length}` };
      }
      return { code: 'too-few-cells', reason: `the row has ${cells.length} cells, the header ${header.length}` };
    }
    // Exports that were joined with `cat` repeat the header.
    if (this.#shape.headerRow && cells[0] === header[0] && cells.every((cell, i) => cell === header[i])) return undefined;
    this.#sink.entry({ kind: 'row', place: placeOf(first, last), cells });
    return undefined;
  }

  /** Rejects the first pending line and puts the others back to be read again. */
  #retreat(code: 'malformed' | 'too-many-cells' | 'too-few-cells' | 'truncated', reason: string, stack: Line[]): void {
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

  #reject(first: Line, last: Line, code: 'malformed' | 'too-many-cells' | 'too-few-cells' | 'truncated', reason: string): void {
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
