import type { EntrySink, JsonObject, RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MAX_ENTRY_BYTES, rejection } from '../shared.ts';
import { textOf } from './dialect.ts';
import { hl7Header, hl7Tree, isHeader } from './hl7-tree.ts';
import { Stray } from './stray.ts';

const EXCERPT_BYTES = 1024;
/** Longest header of a batch; what stands behind is not needed. */
const HEADER_BYTES = 16 * 1024;

interface Message {
  readonly from: number;
  readonly line: number;
  /** End of the last segment that was read. */
  to: number;
  beginning: Buffer | undefined;
}

/**
 * Cuts HL7 v2 messages at their headers. Segments end with a carriage return, in files also with a line feed; frames of the transport (MLLP) and blank
 * lines between messages are left out. Memory: one message (at most 64 MiB).
 */
export class Hl7Reader {
  readonly #sink: EntrySink;
  readonly #window = new ByteWindow();
  readonly #stray: Stray;
  #lineFrom = 0;
  #message: Message | undefined;
  #file: JsonObject | undefined;
  #batch: JsonObject | undefined;
  #context: JsonObject | undefined;
  /** Messages since the header of the batch. */
  #count = 0;

  constructor(sink: EntrySink) {
    this.#sink = sink;
    this.#stray = new Stray(this.#window, sink);
  }

  push(chunk: Uint8Array): void {
    const base = this.#window.end;
    const bytes = this.#window.add(chunk);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === 13 || byte === 10) this.#endLine(base + i);
    }
    const open = this.#message;
    if (open !== undefined && open.beginning === undefined && this.#window.end - open.from > MAX_ENTRY_BYTES) {
      open.beginning = Buffer.from(this.#window.slice(open.from, open.from + EXCERPT_BYTES));
    }
    this.#releaseLongLine();
    this.#window.release(open === undefined || open.beginning !== undefined ? this.#lineFrom : Math.min(this.#lineFrom, open.from));
  }

  /** To be called after the last byte. */
  end(): void {
    this.#endLine(this.#window.end);
    this.#finish();
    this.#stray.flush();
  }

  /** A line without an end must not fill the memory, whether it belongs to a message or not. */
  #releaseLongLine(): void {
    const end = this.#window.end;
    if (end - this.#lineFrom <= MAX_ENTRY_BYTES) return;
    if (this.#message === undefined)
      this.#stray.add(this.#window.slice(this.#lineFrom, end), 0, end - this.#lineFrom, this.#lineFrom, OUTSIDE);
    this.#lineFrom = end;
  }

  #endLine(end: number): void {
    const lineFrom = this.#lineFrom;
    this.#lineFrom = end + 1;
    if (end <= lineFrom) return;
    const beginning = this.#window.slice(lineFrom, Math.min(end, lineFrom + 16));
    let skip = 0;
    while (skip < beginning.length && isFrame(beginning[skip]!)) skip++;
    const from = lineFrom + skip;
    if (from >= end) {
      // The frame of the transport ends the message.
      if (beginning.includes(FRAME_END)) this.#finish();
      return;
    }
    // Four characters, whatever their bytes.
    const id = this.#window
      .slice(from, Math.min(end, from + 8))
      .toString()
      .slice(0, 4);
    const framed = this.#window.slice(Math.max(from, end - 1), end)[0] === FRAME_END;
    const to = framed ? end - 1 : end;
    this.#segment(id, from, to);
    if (framed) this.#finish();
  }

  #segment(id: string, from: number, to: number): void {
    const name = id.slice(0, 3);
    if (isHeader(id)) {
      this.#finish();
      this.#stray.flush();
      if (name === 'MSH') {
        this.#count++;
        this.#message = { from, line: this.#window.lineAt(from), to, beginning: undefined };
      } else {
        this.#open(name, from, to);
      }
    } else if (/^(?:BTS|FTS)[^A-Za-z0-9]?$/.test(id)) {
      this.#finish();
      this.#stray.flush();
      this.#close(name, id[3] ?? '', from, to);
    } else if (this.#message === undefined) {
      this.#stray.add(this.#window.slice(from, to), 0, to - from, from, OUTSIDE);
    } else {
      this.#message.to = to;
    }
  }

  #open(name: string, from: number, to: number): void {
    const header = hl7Header(this.#window.slice(from, Math.min(to, from + HEADER_BYTES)).toString());
    if (name === 'FHS') this.#file = header;
    this.#batch = name === 'BHS' ? header : undefined;
    this.#count = 0;
    this.#context = {
      ...(this.#file === undefined ? {} : { file: this.#file }),
      ...(this.#batch === undefined ? {} : { batch: this.#batch }),
    };
  }

  #close(name: string, separator: string, from: number, to: number): void {
    if (name === 'BTS') {
      const said =
        separator === ''
          ? ''
          : this.#window
              .slice(from, Math.min(to, from + 64))
              .toString()
              .split(separator)[1]!
              .trim();
      if (/^\d{1,12}$/.test(said) && Number(said) !== this.#count) {
        const reason = `batch ${textOf(this.#batch?.['BHS-11'])}`.trimEnd();
        this.#reject(
          from,
          to,
          this.#window.lineAt(from),
          'malformed',
          `${reason}: BTS-1 says ${Number(said)} messages, there are ${this.#count}`,
        );
      }
    } else {
      this.#file = undefined;
    }
    this.#batch = undefined;
    this.#count = 0;
    this.#context = this.#file === undefined ? undefined : { file: this.#file };
  }

  #finish(): void {
    const open = this.#message;
    if (open === undefined) return;
    this.#message = undefined;
    const length = open.to - open.from;
    if (open.beginning !== undefined || length > MAX_ENTRY_BYTES) {
      const bytes = open.beginning ?? this.#window.slice(open.from, open.from + EXCERPT_BYTES);
      const place = { offset: open.from, length, line: open.line };
      this.#sink.reject(rejection(place, 'too-long', `the message has more than ${MAX_ENTRY_BYTES} bytes`, bytes));
      return;
    }
    const value = hl7Tree(this.#window.slice(open.from, open.to).toString());
    const place = { offset: open.from, length, line: open.line };
    this.#sink.entry({ kind: 'tree', place, value, context: this.#context });
  }

  #reject(from: number, to: number, line: number, code: RejectCode, reason: string): void {
    const place = { offset: from, length: to - from, line };
    this.#sink.reject(rejection(place, code, reason, this.#window.slice(from, Math.min(to, from + EXCERPT_BYTES))));
  }
}

const OUTSIDE = 'text outside of a message';
const FRAME_END = 0x1c;

/** Blanks and the characters with which MLLP frames a message. */
function isFrame(byte: number): boolean {
  return byte <= 32;
}
