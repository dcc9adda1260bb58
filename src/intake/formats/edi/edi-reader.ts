import type { EntrySink, JsonObject, RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MAX_ENTRY_BYTES, rejection } from '../shared.ts';
import { controlProblem, countProblem, type Dialect, type Envelope, textOf } from './dialect.ts';
import { linesIn, type Omitted } from './large-message.ts';
import { messageTree } from './message-tree.ts';
import { SegmentScanner } from './segment-scanner.ts';
import { SegmentTrees } from './segment-tree.ts';
import { Stray } from './stray.ts';

/** Longest segment; beyond it the interchange is taken for damaged and the next one is looked for. */
const MAX_SEGMENT_BYTES = 1024 * 1024;
/** Segments longer than this are looked through for the beginning of another interchange: their terminator may have been lost. */
const LONG_SEGMENT_BYTES = 300;
const EXCERPT_BYTES = 1024;

/** An open envelope: an interchange or a group. */
interface Open {
  readonly header: JsonObject;
  readonly number: string;
  messages: number;
  groups: number;
}

/** The message that is being read. */
interface Message {
  readonly from: number;
  readonly line: number;
  readonly name: string;
  /** Its first bytes, once it has grown beyond what an entry may be. */
  beginning: Buffer | undefined;
}

/**
 * Cuts interchanges into messages. It knows separators, the first characters of each segment and the envelopes, nothing of what stands in between, so
 * damage inside one message does not reach the next. Memory: one message (at most 64 MiB).
 */
export class EdiReader {
  readonly #dialect: Dialect;
  readonly #sink: EntrySink;
  readonly #window = new ByteWindow();
  readonly #trees = new SegmentTrees();
  readonly #stray: Stray;
  /** Set while an interchange is read. */
  #scanner: SegmentScanner | undefined;
  /** Offset of the header that the separators were read from. */
  #startAt = -1;
  /** Beginning of what could not be read yet; -1 when there is nothing. */
  #pending = -1;
  #interchange: Open | undefined;
  #group: Open | undefined;
  #message: Message | undefined;
  #context: JsonObject | undefined;

  constructor(dialect: Dialect, sink: EntrySink) {
    this.#dialect = dialect;
    this.#sink = sink;
    this.#stray = new Stray(this.#window, sink);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let base = this.#window.end;
    let bytes = this.#window.add(chunk);
    if (this.#pending >= 0) {
      base = this.#pending;
      bytes = this.#window.slice(base, this.#window.end);
    }
    this.#run(bytes, base, false);
    this.#checkLength();
    const keep = this.#pending >= 0 ? this.#pending : this.#window.end;
    this.#window.release(this.#message === undefined || this.#message.beginning !== undefined ? keep : Math.min(keep, this.#message.from));
  }

  /** To be called after the last byte. */
  end(): void {
    const end = this.#window.end;
    if (this.#pending >= 0) this.#run(this.#window.slice(this.#pending, end), this.#pending, true);
    const unfinished = this.#message;
    if (unfinished !== undefined) {
      this.#rejectMessage(unfinished, end, 'truncated', `the file ends inside the ${unfinished.name}`);
      this.#message = undefined;
    } else if (this.#interchange !== undefined) {
      const { interchange } = this.#dialect;
      const reason = `the file ends before the ${interchange.name} ${this.#interchange.number} is closed: ${interchange.close} is missing`;
      this.#reject(end, end, 'truncated', reason);
    }
    this.#stray.flush();
  }

  #run(bytes: Buffer, base: number, last: boolean): void {
    this.#pending = -1;
    for (let i = 0; i < bytes.length;) {
      const next = this.#scanner === undefined ? this.#outside(bytes, i, base, last) : this.#inside(this.#scanner, bytes, i, base, last);
      if (next < 0) {
        this.#pending = base + i;
        return;
      }
      i = next;
    }
  }

  /** Looks for the next interchange. Like `#inside` it gives the index to go on from, or -1 when more bytes are needed to understand what stands there. */
  #outside(bytes: Buffer, i: number, base: number, last: boolean): number {
    const found = SegmentScanner.find(this.#dialect, bytes, i, bytes.length, last);
    if (found.at > i) {
      this.#stray.add(bytes, i, found.at, base, `text outside of an ${this.#dialect.interchange.name}`);
      return found.at;
    }
    if (found.scanner === undefined) return -1;
    this.#scanner = found.scanner;
    this.#startAt = base + found.header;
    return found.header;
  }

  #inside(scanner: SegmentScanner, bytes: Buffer, i: number, base: number, last: boolean): number {
    const start = scanner.skipBlanks(bytes, i);
    if (start > i) return start;
    const found = scanner.terminatorAt(bytes, start);
    const end = found < 0 ? bytes.length : found;
    if (found < 0 && !last && end - start <= MAX_SEGMENT_BYTES) return -1;
    // A damaged terminator may stand in the data by chance and hide the next interchange in a short segment: one that begins a line is seen.
    const { feed } = scanner;
    if (feed >= 0 || end - start > LONG_SEGMENT_BYTES) {
      const other = SegmentScanner.find(this.#dialect, bytes, end - start > LONG_SEGMENT_BYTES ? start + 1 : feed + 1, end, last);
      if (other.scanner !== undefined) return this.#lost(bytes, start, other.at, base);
      if (other.at < end) return -1;
    }
    if (found < 0 && end - start > MAX_SEGMENT_BYTES) return this.#lost(bytes, start, end, base);
    const { starts } = this.#dialect;
    if (base + start !== this.#startAt && starts.includes(scanner.idAt(bytes, start, end))) {
      const other = SegmentScanner.find(this.#dialect, bytes, start, start + 1, last);
      if (other.scanner !== undefined) return this.#lost(bytes, start, start, base);
      if (other.at === start) return -1;
    }
    return this.#segment(scanner, bytes, start, end, found < 0 ? end : end + scanner.terminatorBytes, base, found >= 0);
  }

  /** Gives up the interchange: what stands up to `to` cannot be taken apart. */
  #lost(bytes: Buffer, from: number, to: number, base: number): number {
    if (this.#message === undefined) this.#stray.add(bytes, from, to, base, 'a segment without a terminator');
    this.#closeAll(base + to);
    return to;
  }

  #segment(scanner: SegmentScanner, bytes: Buffer, start: number, end: number, next: number, base: number, terminated: boolean): number {
    const { interchange, group, message, alone, starts } = this.#dialect;
    const id = scanner.idAt(bytes, start, end);
    const from = base + start;
    const to = base + next;
    if (id === message.open) {
      this.#closeMessage(from);
      this.#stray.flush();
      const header = this.#header(scanner, bytes, start, end);
      this.#count();
      const name = `${message.name} ${textOf(header[this.#dialect.type])} ${textOf(header[message.number])}`.trimEnd().slice(0, 80);
      this.#message = { from, line: this.#window.lineAt(from), name, beginning: undefined };
    } else if (id === message.close) {
      if (this.#message === undefined) this.#stray.add(bytes, start, next, base, `segments outside of a ${message.name}`);
      else if (terminated) this.#finish(scanner, this.#message, to);
    } else if (starts.includes(id) && from === this.#startAt) {
      this.#stray.flush();
      const plain = this.#dialect.plainHeader ? { ...scanner.separators, component: '', repetition: '' } : scanner.separators;
      const header = this.#trees.parse(bytes.toString('utf8', start, end), plain)[0] ?? { segment: '' };
      this.#interchange = { header, number: textOf(header[interchange.number]).trim(), messages: 0, groups: 0 };
      this.#context = { interchange: header };
    } else if (id === interchange.close || id === group.open || id === group.close) {
      this.#closeMessage(from);
      this.#stray.flush();
      this.#envelope(id, this.#header(scanner, bytes, start, end), from, to);
    } else if (this.#message === undefined) {
      if (alone.includes(id) && terminated) this.#single(scanner, bytes, start, next, base);
      else this.#stray.add(bytes, start, next, base, `segments outside of a ${message.name}`);
    }
    return next;
  }

  #envelope(id: string, segment: JsonObject, from: number, to: number): void {
    const { interchange, group } = this.#dialect;
    if (id === interchange.close) {
      this.#closeGroup(from, to);
      const open = this.#interchange;
      if (open !== undefined) {
        // Batches of TRADACOMS are optional, and what its trailer counts then differs.
        const grouped = open.groups > 0;
        const what = grouped ? `${group.name}s` : `${this.#dialect.message.name}s`;
        if (!(grouped && interchange.control === ''))
          this.#compare(open, segment, interchange, grouped ? open.groups : open.messages, what, from, to);
      }
      this.#interchange = undefined;
      this.#context = undefined;
      this.#scanner = undefined;
    } else if (id === group.open) {
      this.#closeGroup(from, to);
      if (this.#interchange !== undefined) this.#interchange.groups++;
      this.#group = { header: segment, number: textOf(segment[group.number]).trim(), messages: 0, groups: 0 };
      this.#context = { ...(this.#interchange === undefined ? {} : { interchange: this.#interchange.header }), group: segment };
    } else if (this.#group === undefined) {
      this.#reject(from, to, 'malformed', `${group.close} without ${group.open}`);
    } else {
      this.#compare(this.#group, segment, group, this.#group.messages, `${this.#dialect.message.name}s`, from, to);
      this.#leaveGroup();
    }
  }

  #compare(open: Open, trailer: JsonObject, envelope: Envelope, count: number, what: string, from: number, to: number): void {
    const problems = [countProblem(trailer, envelope, count, what), controlProblem(open.header, trailer, envelope)];
    for (const problem of problems)
      if (problem !== undefined) this.#reject(from, to, 'malformed', `${envelope.name} ${open.number}: ${problem}`);
  }

  #count(): void {
    if (this.#interchange !== undefined) this.#interchange.messages++;
    if (this.#group !== undefined) this.#group.messages++;
  }

  #finish(scanner: SegmentScanner, message: Message, to: number): void {
    this.#message = undefined;
    const length = to - message.from;
    if (message.beginning !== undefined || length > MAX_ENTRY_BYTES) {
      this.#tooLong(message, to);
      return;
    }
    const bytes = this.#window.slice(message.from, to);
    const { value, omitted } = messageTree(bytes, scanner.separators, this.#dialect, this.#trees);
    this.#sink.entry({ kind: 'tree', place: { offset: message.from, length, line: message.line }, value, context: this.#context });
    if (omitted !== undefined) this.#omit(message, omitted, bytes);
  }

  /** Tells what of a large message was not looked at. */
  #omit(message: Message, { from, to, segments }: Omitted, bytes: Buffer): void {
    const place = { offset: message.from + from, length: to - from, line: message.line + linesIn(bytes, from) };
    const reason = `the ${message.name} is long: ${segments} segments in its middle are not looked at`;
    this.#sink.reject(rejection(place, 'too-long', reason, bytes.subarray(from, Math.min(to, from + EXCERPT_BYTES))));
  }

  #single(scanner: SegmentScanner, bytes: Buffer, start: number, next: number, base: number): void {
    this.#stray.flush();
    const place = { offset: base + start, length: next - start, line: this.#window.lineAt(base + start) };
    const { value } = messageTree(bytes.subarray(start, next), scanner.separators, this.#dialect, this.#trees);
    this.#sink.entry({ kind: 'tree', place, value, context: this.#context });
  }

  #header(scanner: SegmentScanner, bytes: Buffer, start: number, end: number): JsonObject {
    return this.#trees.parse(bytes.toString('utf8', start, end), scanner.separators)[0] ?? { segment: '' };
  }

  #closeAll(at: number): void {
    this.#closeMessage(at);
    this.#stray.flush();
    this.#closeGroup(at, at);
    if (this.#interchange !== undefined) {
      const { interchange } = this.#dialect;
      this.#reject(at, at, 'malformed', `the ${interchange.name} ${this.#interchange.number} has no ${interchange.close}`);
    }
    this.#interchange = undefined;
    this.#context = undefined;
    this.#scanner = undefined;
  }

  #closeGroup(from: number, to: number): void {
    if (this.#group === undefined) return;
    const { group } = this.#dialect;
    this.#reject(from, to, 'malformed', `the ${group.name} ${this.#group.number} has no ${group.close}`);
    this.#leaveGroup();
  }

  #leaveGroup(): void {
    this.#group = undefined;
    this.#context = this.#interchange === undefined ? undefined : { interchange: this.#interchange.header };
  }

  /** Refuses the message that is open where something begins that cannot stand in it. */
  #closeMessage(at: number): void {
    const open = this.#message;
    if (open === undefined) return;
    this.#message = undefined;
    this.#rejectMessage(open, at, 'truncated', `the ${open.name} has no ${this.#dialect.message.close}`);
  }

  #rejectMessage(message: Message, to: number, code: RejectCode, reason: string): void {
    if (message.beginning !== undefined) {
      this.#tooLong(message, to);
      return;
    }
    const place = { offset: message.from, length: to - message.from, line: message.line };
    this.#sink.reject(rejection(place, code, reason, this.#window.slice(message.from, Math.min(to, message.from + EXCERPT_BYTES))));
  }

  #tooLong(message: Message, to: number): void {
    const beginning = message.beginning ?? this.#window.slice(message.from, message.from + EXCERPT_BYTES);
    const place = { offset: message.from, length: to - message.from, line: message.line };
    this.#sink.reject(rejection(place, 'too-long', `the ${message.name} has more than ${MAX_ENTRY_BYTES} bytes`, beginning));
  }

  /** Lets go of the bytes of a message that has grown too long; only its end is waited for. */
  #checkLength(): void {
    const open = this.#message;
    if (open === undefined || open.beginning !== undefined || this.#window.end - open.from <= MAX_ENTRY_BYTES) return;
    open.beginning = Buffer.from(this.#window.slice(open.from, open.from + EXCERPT_BYTES));
  }

  #reject(from: number, to: number, code: RejectCode, reason: string): void {
    const place = { offset: from, length: to - from, line: this.#window.lineAt(from) };
    this.#sink.reject(rejection(place, code, reason, this.#window.slice(from, Math.min(to, from + EXCERPT_BYTES))));
  }
}
