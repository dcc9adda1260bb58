import { isAscii } from 'node:buffer';
import type { EntrySink, RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import type { LineSink } from '../lines.ts';
import { MAX_ENTRY_BYTES, rejection } from '../shared.ts';
import { recordKind, recordWidth } from './idoc-layout.ts';
import { IdocTree, statusTree } from './idoc-tree.ts';

interface Problem {
  readonly code: RejectCode;
  readonly reason: string;
}

/** The IDoc, or the run of records outside of one, that is being read. */
interface Current {
  readonly tree: IdocTree | undefined;
  readonly beginning: string;
  readonly from: number;
  readonly line: number;
  to: number;
  problem: Problem | undefined;
}

/**
 * Puts records together to IDocs. One damaged record damages its IDoc: what is left of it would tell other sums. Memory: one IDoc (at most 64 MiB).
 */
export class IdocAssembler {
  readonly #sink: EntrySink;
  readonly #unknown: ((name: string) => void) | undefined;
  #current: Current | undefined;

  constructor(sink: EntrySink, unknown?: (name: string) => void) {
    this.#sink = sink;
    this.#unknown = unknown;
  }

  /** `[from, to)` are the record's bytes; `cut` says that the file ends within it. */
  record(text: string, from: number, to: number, line: number, cut: boolean): void {
    const current = this.#current;
    const kind = recordKind(text);
    if (kind === 'status' && text.length < STATUS_LEAST) {
      if (current === undefined) this.#begin(undefined, text, from, to, line, SHORT_STATUS);
      else this.#damage(current, SHORT_STATUS, to);
      return;
    }
    if (kind === 'status' && (current?.tree === undefined || !current.tree.status(text))) {
      this.finish();
      if (cut) this.#begin(undefined, text, from, to, line, TRUNCATED);
      else
        this.#sink.entry({ kind: 'tree', place: { offset: from, length: to - from, line }, value: statusTree(text), context: undefined });
      return;
    }
    if (kind === 'control') {
      this.finish();
      const tree = new IdocTree(text, this.#unknown);
      const problem = tree.problem;
      this.#begin(tree, text, from, to, line, cut ? TRUNCATED : problem === undefined ? undefined : { code: 'malformed', reason: problem });
    } else if (kind === 'old') {
      this.finish();
      this.#begin(undefined, text, from, to, line, OLD);
    } else if (current === undefined) {
      this.#begin(undefined, text, from, to, line, OUTSIDE);
    } else {
      this.#goOn(current, kind === 'data' ? text : undefined, to, cut);
    }
  }

  /** A record that is too long to be one. */
  tooLong(text: string, from: number, to: number, line: number): void {
    const problem: Problem = { code: 'too-long', reason: `a record has more than ${MAX_RECORD_BYTES} bytes` };
    if (this.#current === undefined) this.#begin(undefined, text, from, to, line, problem);
    else this.#damage(this.#current, problem, to);
  }

  /** To be called after the last record. */
  finish(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const { tree, from, to, line, problem, beginning } = current;
    const place = { offset: from, length: to - from, line };
    if (problem === undefined && tree !== undefined) this.#sink.entry({ kind: 'tree', place, value: tree.value, context: undefined });
    else this.#sink.reject(rejection(place, problem!.code, problem!.reason, Buffer.from(beginning)));
  }

  #begin(tree: IdocTree | undefined, text: string, from: number, to: number, line: number, problem: Problem | undefined): void {
    this.#current = { tree, beginning: text.slice(0, 400), from, line, to, problem };
  }

  #damage(current: Current, problem: Problem, to: number): void {
    current.problem ??= problem;
    current.to = to;
  }

  #goOn(current: Current, data: string | undefined, to: number, cut: boolean): void {
    current.to = to;
    if (cut) current.problem ??= TRUNCATED;
    if (current.problem !== undefined || data === undefined) return;
    if (to - current.from > MAX_ENTRY_BYTES) {
      current.problem = { code: 'too-long', reason: `the IDoc has more than ${MAX_ENTRY_BYTES} bytes` };
      return;
    }
    const reason = current.tree?.data(data);
    if (reason !== undefined) current.problem = { code: 'malformed', reason };
  }
}

const TRUNCATED: Problem = { code: 'truncated', reason: 'the file ends within a record of the IDoc' };
/** Characters up to the status itself. */
const STATUS_LEAST = 45;
const SHORT_STATUS: Problem = { code: 'malformed', reason: 'a status record ends before its status' };
const OUTSIDE: Problem = { code: 'malformed', reason: 'a record outside of an IDoc' };
const OLD: Problem = { code: 'unsupported', reason: 'an IDoc in the record layout of release 3 (EDI_DC), which is not known' };

/** Longest line that may be a record: 1,063 characters of up to three bytes, and blanks. */
export const MAX_RECORD_BYTES = 64 * 1024;

/** Records that are lines. */
export class IdocLines implements LineSink {
  readonly #assembler: IdocAssembler;

  constructor(assembler: IdocAssembler) {
    this.#assembler = assembler;
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean): void {
    let last = end;
    while (last > start && bytes[last - 1]! <= 32) last--;
    if (last === start) return;
    const text = ascii ? bytes.toString('latin1', start, last) : bytes.toString('utf8', start, last);
    this.#assembler.record(text, offset, offset + last - start, line, false);
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#assembler.tooLong(beginning.toString(), offset, offset + length, line);
  }
}

/** Records of fixed width that follow one another; a line feed ends one early. */
export class IdocStream {
  readonly #assembler: IdocAssembler;
  readonly #window = new ByteWindow();
  #at = 0;

  constructor(assembler: IdocAssembler) {
    this.#assembler = assembler;
  }

  push(chunk: Uint8Array): void {
    this.#window.add(chunk);
    while (this.#next(false));
    this.#window.release(this.#at);
  }

  /** To be called after the last byte. */
  end(): void {
    while (this.#next(true));
    this.#assembler.finish();
  }

  /** Reads one record, or passes over blanks between two; false when there are not enough bytes. */
  #next(final: boolean): boolean {
    const { end } = this.#window;
    const blanks = blanksOf(this.#window.slice(this.#at, Math.min(end, this.#at + 4096)));
    if (blanks > 0) {
      this.#at += blanks;
      return true;
    }
    if (this.#at >= end || (end - this.#at < 10 && !final)) return false;
    const from = this.#at;
    const width = recordWidth(recordKind(this.#window.slice(from, from + 10).toString('latin1')));
    const narrow = this.#window.slice(from, Math.min(end, from + width));
    // A character has three bytes at most, one of two units four.
    if (!final && end - from < (isAscii(narrow) ? width : 3 * width)) return false;
    const bytes = this.#window.slice(from, Math.min(end, from + 3 * width));
    const { length, units } = measure(bytes, width);
    this.#at = from + length;
    const cut = units < width && this.#at >= end;
    this.#assembler.record(bytes.toString('utf8', 0, length), from, this.#at, this.#window.lineAt(from), cut);
    return true;
  }
}

function blanksOf(bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length && bytes[count]! <= 32) count++;
  return count;
}

/** How many bytes the first `width` characters take, counted as SAP does, in units of UTF-16; up to the end of the line. A character is not cut. */
function measure(bytes: Buffer, width: number): { readonly length: number; readonly units: number } {
  let length = 0;
  let units = 0;
  while (length < bytes.length && units < width) {
    const byte = bytes[length]!;
    if (byte === 10 || byte === 13) break;
    length += byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    units += byte < 0xf0 ? 1 : 2;
  }
  return { length: Math.min(length, bytes.length), units };
}
