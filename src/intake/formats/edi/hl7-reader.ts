import type { EntrySink, JsonObject, RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MAX_ENTRY_BYTES, rejection } from '../shared.ts';
import { textOf } from './dialect.ts';
import { Hl7Trees, isHeader, MOST_SEGMENTS } from './hl7-tree.ts';
import { linesIn } from './large-message.ts';
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
  readonly #trees = new Hl7Trees();
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
    let i = 0;
    for (; i < bytes.length && this.#lineFrom < base; i++) {
      // It began in an earlier chunk.
      if (isLineEnd(bytes[i]!)) this.#endLine(this.#window.slice(this.#lineFrom, base + i), 0, base + i - this.#lineFrom, this.#lineFrom);
    }
    for (let from = i; i < bytes.length; i++) {
      if (!isLineEnd(bytes[i]!)) continue;
      this.#endLine(bytes, from, i, base);
      from = i + 1;
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
    const end = this.#window.end;
    this.#endLine(this.#window.slice(this.#lineFrom, end), 0, end - this.#lineFrom, this.#lineFrom);
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

  /** A line is `bytes[start, end)`, which stands `base` bytes into the stream. */
  #endLine(bytes: Buffer, start: number, end: number, base: number): void {
    this.#lineFrom = base + end + 1;
    if (end <= start) return;
    const most = Math.min(end, start + MOST_FRAME);
    let from = start;
    while (from < most && isFrame(bytes[from]!)) from++;
    if (from >= end) {
      // The frame of the transport ends the message.
      if (bytes.subarray(start, end).includes(FRAME_END)) this.#finish();
      return;
    }
    const framed = bytes[end - 1] === FRAME_END;
    this.#segment(bytes, from, framed ? end - 1 : end, base);
    if (framed) this.#finish();
  }

  #segment(bytes: Buffer, start: number, end: number, base: number): void {
    const from = base + start;
    const to = base + end;
    // Four characters, whatever their bytes.
    const id = mayBeHeader(bytes, start) ? bytes.toString('utf8', start, Math.min(end, start + 8)).slice(0, 4) : '';
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
      this.#stray.add(bytes, start, end, base, OUTSIDE);
    } else {
      this.#message.to = to;
    }
  }

  #open(name: string, from: number, to: number): void {
    const header = this.#trees.header(this.#window.slice(from, Math.min(to, from + HEADER_BYTES)).toString());
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
    const bytes = this.#window.slice(open.from, open.to);
    const { value, omitted } = this.#trees.message(bytes);
    const place = { offset: open.from, length, line: open.line };
    this.#sink.entry({ kind: 'tree', place, value, context: this.#context });
    if (omitted === undefined) return;
    const reason = `the message is long: ${omitted.segments} segments behind the first ${MOST_SEGMENTS} are not looked at`;
    const rest = { offset: open.from + omitted.from, length: length - omitted.from, line: open.line + linesIn(bytes, omitted.from) };
    this.#sink.reject(rejection(rest, 'too-long', reason, bytes.subarray(omitted.from, omitted.from + EXCERPT_BYTES)));
  }

  #reject(from: number, to: number, line: number, code: RejectCode, reason: string): void {
    const place = { offset: from, length: to - from, line };
    this.#sink.reject(rejection(place, code, reason, this.#window.slice(from, Math.min(to, from + EXCERPT_BYTES))));
  }
}

const OUTSIDE = 'text outside of a message';
const FRAME_END = 0x1c;
/** Most bytes of frames and blanks before a segment. */
const MOST_FRAME = 16;

function isLineEnd(byte: number): boolean {
  return byte === 13 || byte === 10;
}

/** Whether a name that matters may stand there: MSH, FHS, BHS, BTS, FTS. */
function mayBeHeader(bytes: Buffer, at: number): boolean {
  const first = bytes[at];
  return first === 77 || first === 70 || first === 66;
}

/** Blanks and the characters with which MLLP frames a message. */
function isFrame(byte: number): boolean {
  return byte <= 32;
}
