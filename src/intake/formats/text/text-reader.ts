import type { EntrySink, JsonObject, Place } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';
import type { LineSink } from '../lines.ts';
import { rejection } from '../shared.ts';
import { ClockDays, headingDay } from './text-clock.ts';
import { looksLikeContinuation, unwrap, type Unwrapped } from './text-container.ts';
import { clockOf, type Outer, readEntry } from './text-line.ts';
import { isTorn } from './torn-line.ts';
import {
  compileStart,
  findAnyStart,
  findSureStart,
  type Start,
  type StartFinder,
  type StartKind,
  shapeOf,
  type TextShape,
} from './text-shape.ts';

/** Most bytes of one line, and of one entry with all its continuation lines. */
export const MAX_TEXT_ENTRY_BYTES = 1024 * 1024;

/** So many lines that begin as no entry did so far, inside one entry, and the file has changed its shape. */
const CHANGED = 3;

/** A line that begins an entry, or might: `index` is its line within the block, `before` the offset where the text before it ends. */
interface Beginning {
  readonly index: number;
  readonly start: Start | undefined;
  readonly outer: Outer | undefined;
  readonly offset: number;
  readonly line: number;
  readonly before: number;
}

interface Block extends Beginning {
  readonly lines: string[];
  /** Offset after the last line that is not blank, without its line end. */
  to: number;
  /** Lines that begin in some other way, which may turn out to be entries of their own. */
  others: Beginning[];
}

/** The parts of a wrapped line that has not come to its end. */
interface Pending {
  readonly inner: Unwrapped;
  readonly pieces: string[];
  readonly offset: number;
  readonly line: number;
  to: number;
}

/** A run of lines that belong to no entry: rejected as one. */
interface Stray {
  readonly beginning: string;
  readonly reason: string;
  readonly code: 'malformed' | 'too-long';
  readonly offset: number;
  readonly line: number;
  to: number;
}

/** Joins lines into entries. Memory: one entry, at most 1 MB of text. */
export class TextReader implements LineSink {
  readonly #sink: EntrySink;
  readonly #shape: TextShape;
  readonly #starts: Set<StartKind>;
  /** Where lines tell the time of day only. */
  readonly #days: ClockDays | undefined;
  #begins: StartFinder;
  #entry: Block | undefined;
  #stray: Stray | undefined;
  #pending: Pending | undefined;
  #begun = false;
  /** What lines are that stand in no entry. */
  #outside = 'text before the first line that begins an entry';
  #outsideCode: Stray['code'] = 'malformed';

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#shape = shapeOf(options);
    this.#starts = new Set(this.#shape.starts);
    this.#days = this.#starts.has('clock') ? new ClockDays(this.#shape.day) : undefined;
    this.#begins = this.#compile();
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean): void {
    const content = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    if (!content.includes('\r')) {
      this.#add(content, offset, offset + end - start, line);
      return;
    }
    // A CR within a line ends a line too: a progress bar that overwrites itself, or a file that mixes line ends.
    let from = start;
    while (from <= end) {
      const found = bytes.indexOf(13, from);
      const to = found < 0 || found > end ? end : found;
      this.#add(bytes.toString('utf8', from, to), offset + from - start, offset + to - start, line);
      from = to + 1;
    }
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#endPending();
    this.#flush();
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', 'the line is longer than 1 MB', beginning));
    this.#outside = 'text after a line that is longer than 1 MB';
    this.#outsideCode = 'too-long';
  }

  /** To be called after the last line. */
  end(): void {
    this.#endPending();
    this.#flush();
  }

  #add(content: string, offset: number, to: number, line: number): void {
    const { wrapper } = this.#shape;
    if (wrapper === undefined) {
      this.#text(content, undefined, offset, to, line);
      return;
    }
    const inner = unwrap(content, wrapper);
    if (inner !== undefined) {
      this.#unwrapped(inner, offset, to, line);
      return;
    }
    if (content.trim() === '') return;
    this.#endPending();
    this.#flush();
    const reason =
      wrapper === 'cri' ? 'not a line with time and stream as a container runtime writes it' : 'not a line of Docker’s json-file log';
    this.#sink.reject(rejection({ offset, length: to - offset, line }, 'malformed', reason, Buffer.from(content.slice(0, 400))));
  }

  /** Joins the parts of a line; streams that mix do not. */
  #unwrapped(inner: Unwrapped, offset: number, to: number, line: number): void {
    if (this.#pending !== undefined && this.#pending.inner.stream !== inner.stream) this.#endPending();
    const pending = (this.#pending ??= { inner, pieces: [], offset, line, to });
    pending.pieces.push(inner.text);
    pending.to = to;
    if (!inner.partial || to - pending.offset > MAX_TEXT_ENTRY_BYTES) this.#endPending();
  }

  #endPending(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    const { inner, pieces, offset, to, line } = pending;
    if (this.#entry !== undefined && this.#entry.outer?.stream !== inner.stream) this.#flush();
    // A program may write several lines at once: they are one line of the log.
    const [first = '', ...rest] = pieces.join('').split('\n');
    this.#text(first, inner, offset, to, line);
    for (const more of rest) this.#goOn(more, to);
  }

  /** Adds a line to the entry that is open, whatever it looks like. */
  #goOn(content: string, to: number): void {
    if (this.#entry === undefined) return;
    this.#entry.lines.push(content);
    this.#entry.to = to;
  }

  #text(content: string, inner: Unwrapped | undefined, offset: number, to: number, line: number): void {
    const entry = this.#entry;
    const start = this.#begins(content);
    if (start !== undefined || this.#beginsAnyway(content, inner, entry)) {
      if (entry !== undefined && isTorn(entry.lines.at(-1)!, content)) this.#rejectTorn(entry, line);
      this.#flush();
      this.#entry = {
        index: 0,
        lines: [content],
        start: start ?? findAnyStart(content),
        outer: inner,
        offset,
        line,
        before: offset,
        to,
        others: [],
      };
      return;
    }
    const day = this.#days === undefined ? undefined : headingDay(content, entry === undefined);
    if (day !== undefined) {
      this.#flush();
      this.#days?.dated(day);
      return;
    }
    const blank = content.trim() === '';
    if (entry !== undefined && to - entry.offset <= MAX_TEXT_ENTRY_BYTES) {
      // Most lines that go on with an entry are indented.
      if (!blank && content.charCodeAt(0) > 32) this.#watch(entry, content, inner, offset, line);
      // Watching may have split the block.
      const block = this.#entry ?? entry;
      block.lines.push(content);
      if (!blank) block.to = to;
      return;
    }
    if (!blank) this.#outsideLine(content, offset, to, line);
  }

  /** Takes the last line of an entry out of it: the next one tells it whole. */
  #rejectTorn(entry: Block, next: number): void {
    const torn = entry.lines.pop()!;
    const isAlone = entry.lines.length === 0;
    const offset = isAlone ? entry.offset : Math.max(entry.offset, entry.to - Buffer.byteLength(torn));
    const place: Place = { offset, length: entry.to - offset, line: isAlone ? entry.line : next - 1 };
    if (isAlone) this.#entry = undefined;
    else entry.to = offset;
    entry.others = entry.others.filter(({ index }) => index < entry.lines.length);
    this.#sink.reject(rejection(place, 'truncated', 'the line breaks off; the next one tells it whole', Buffer.from(torn.slice(0, 400))));
  }

  /** Whether a line that begins as none did so far begins an entry nevertheless. */
  #beginsAnyway(content: string, inner: Unwrapped | undefined, entry: Block | undefined): boolean {
    // In a container's log each line has a time of its own: where entries are one line each, only what looks like a continuation is one.
    if (inner !== undefined && this.#oneLine()) return content.trim() !== '' && (entry === undefined || !looksLikeContinuation(content));
    // Nothing stands before it that it could go on with.
    return entry === undefined && (inner === undefined ? findSureStart(content) !== undefined : content.trim() !== '');
  }

  #oneLine(): boolean {
    for (const kind of this.#starts) if (kind !== 'json' && kind !== 'logfmt') return false;
    return true;
  }

  /**
   * Looks at a line that goes on with an entry: when several of one entry begin in the same other way, the file has changed its shape, and the entry is taken
   * apart into those that it was.
   */
  #watch(entry: Block, content: string, outer: Outer | undefined, offset: number, line: number): void {
    const start = findSureStart(content);
    if (start === undefined) return;
    if (entry.others[0]?.start?.kind !== start.kind) entry.others = [];
    entry.others.push({ index: entry.lines.length, start, outer, offset, line, before: entry.to });
    if (entry.others.length < CHANGED) return;
    this.#starts.add(start.kind);
    this.#begins = this.#compile();
    const beginnings: readonly Beginning[] = [entry, ...entry.others];
    for (const [i, one] of beginnings.entries()) {
      const next = beginnings[i + 1];
      this.#entry = {
        ...one,
        lines: entry.lines.slice(one.index, next?.index),
        to: next?.before ?? offset,
        others: [],
      };
      // The last one goes on with the line that is being looked at.
      if (next !== undefined) this.#flushEntry();
    }
  }

  #outsideLine(content: string, offset: number, to: number, line: number): void {
    // What stands above the lines of Grafana has been read.
    if (this.#shape.common !== undefined && !this.#begun) return;
    if (this.#stray !== undefined) {
      this.#stray.to = to;
      return;
    }
    if (this.#entry !== undefined) {
      this.#flushEntry();
      this.#outside = 'the lines after this entry make it longer than 1 MB';
      this.#outsideCode = 'too-long';
    }
    this.#stray = { beginning: content.slice(0, 400), reason: this.#outside, code: this.#outsideCode, offset, line, to };
  }

  #compile(): StartFinder {
    return compileStart([...this.#starts]);
  }

  #flush(): void {
    this.#flushEntry();
    const stray = this.#stray;
    this.#stray = undefined;
    if (stray === undefined) return;
    const place: Place = { offset: stray.offset, length: stray.to - stray.offset, line: stray.line };
    this.#sink.reject(rejection(place, stray.code, stray.reason, Buffer.from(stray.beginning)));
  }

  #flushEntry(): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry === undefined) return;
    this.#begun = true;
    const { lines } = entry;
    while (lines.length > 1 && lines.at(-1)!.trim() === '') lines.pop();
    const value = readEntry(lines.length === 1 ? lines[0]! : lines.join('\n'), entry.start, this.#shape, entry.outer);
    this.#sink.entry({
      kind: 'tree',
      place: { offset: entry.offset, length: entry.to - entry.offset, line: entry.line },
      value: this.#days === undefined ? value : this.#placeInDay(value, entry.start?.kind === 'clock', this.#days),
      context: undefined,
    });
  }

  /** Puts a time of day on the day it belongs to. A line with a date tells the day of those that follow. */
  #placeInDay(value: JsonObject, clocked: boolean, days: ClockDays): JsonObject {
    const time = value['time'];
    if (!clocked) {
      if (typeof time === 'string') days.dated(time);
      return value;
    }
    const clock = clockOf(value);
    const day = clock === undefined ? undefined : days.dayOf(clock);
    if (day === undefined) return value;
    const { clock: _told, ...fields } = value['fields'] as JsonObject;
    const { fields: _all, ...parts } = value;
    return { time: `${day} ${clock!.replace(',', '.')}`, ...parts, ...(Object.keys(fields).length === 0 ? {} : { fields }) };
  }
}
