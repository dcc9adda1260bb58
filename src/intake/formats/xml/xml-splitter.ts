import type { RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MOST_MEMBER_BYTES } from '../list-heads.ts';
import { MAX_ENTRY_BYTES } from '../shared.ts';
import { NameMemo } from './name-memo.ts';

/** What is done with an element when its start tag has been read. */
export type Take = 'record' | 'member' | 'enter' | 'skip';

/** Decides about elements and is told about those that were taken. Names come without their prefix. */
export interface XmlSink {
  /** `path` are the names of the open elements from the root, without the present one. `tag` gives the whole start tag. */
  open(name: string, path: readonly string[], tag: () => string): Take;
  /** An element that was entered is closed. */
  close(name: string, path: readonly string[]): void;
  /** A taken element, from `<` to `>`. */
  record(name: string, bytes: Buffer, offset: number, line: number): void;
  /** An element that was taken as a member of what surrounds the records; large ones are passed over. */
  member?(name: string, bytes: Buffer, offset: number, line: number): void;
  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void;
}

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;

const MAX_TAG_BYTES = 1024 * 1024;
const MAX_XML_DEPTH = 256;

type Mode =
  /** Between tags. */
  | { readonly kind: 'text' }
  /** Inside a comment, a CDATA section, an instruction: up to `terminator`. */
  | { readonly kind: 'until'; readonly terminator: string }
  /** Inside a document type declaration, which is passed over whole: entities are never expanded. */
  | { readonly kind: 'doctype'; depth: number; quote: number };

const TEXT: Mode = { kind: 'text' };

/**
 * Finds elements in a stream of XML without building a tree: it knows tags, comments, CDATA, instructions and nothing else, so that
 * each record has its exact place, and damage inside one record does not reach the next. Memory: one record.
 */
export class XmlSplitter {
  readonly #sink: XmlSink;
  readonly #window = new ByteWindow();
  readonly #names = new NameMemo();
  #mode: Mode = TEXT;
  readonly #path: string[] = [];
  /** Names of the open elements from a taken or skipped one inwards; empty when there is none. */
  readonly #inside: string[] = [];
  #taken: 'record' | 'member' | 'skip' = 'skip';
  #name = '';
  #from = 0;
  /** Line of a member that is passed over since it is large; 0 when there is none. */
  #largeLine = 0;
  /** Beginning of a tag that is not complete yet; -1 when there is none. */
  #pending = -1;

  constructor(sink: XmlSink) {
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let base = this.#window.end;
    let bytes = this.#window.add(chunk);
    if (this.#pending >= 0) {
      // The beginning of a tag, or of a terminator, is read again together with what follows it.
      base = this.#pending;
      bytes = this.#window.slice(base, this.#window.end);
      this.#pending = -1;
    }
    for (let i = 0; i < bytes.length;) {
      const next = this.#step(bytes, i, base);
      if (next < 0) {
        this.#pending = base + i;
        break;
      }
      i = next;
    }
    if (this.#inside.length > 0 && this.#taken === 'record' && this.#window.end - this.#from > MAX_ENTRY_BYTES) {
      this.#report('too-long', `the element ${this.#name} has more than ${MAX_ENTRY_BYTES} bytes`, this.#from, this.#window.end);
      this.#taken = 'skip';
    }
    if (this.#inside.length > 0 && this.#taken === 'member' && this.#window.end - this.#from > MOST_MEMBER_BYTES) {
      this.#largeLine = this.#window.lineAt(this.#from);
      this.#taken = 'skip';
    }
    const taken = this.#inside.length > 0 && this.#taken !== 'skip';
    const keep = taken ? this.#from : this.#window.end;
    this.#window.release(this.#pending >= 0 ? Math.min(keep, this.#pending) : keep);
  }

  /** To be called after the last byte. */
  end(): void {
    const end = this.#window.end;
    if (this.#inside.length > 0 && this.#taken === 'record')
      this.#report('truncated', `the file ends inside the element ${this.#name}`, this.#from, end);
    else if (this.#path.length > 0) this.#report('truncated', `the file ends before ${this.#path.at(-1)!} is closed`, end, end);
    else if (this.#pending >= 0 || this.#mode.kind !== 'text') this.#report('truncated', 'the file ends inside a tag', end, end);
  }

  /** `known`: the line, where its beginning may have been released already; else 0. */
  #report(code: RejectCode, reason: string, from: number, to: number, known = 0): void {
    const line = known > 0 ? known : this.#window.lineAt(from);
    this.#sink.damaged(code, reason, this.#window.slice(from, Math.min(to, from + 1024)), from, to - from, line);
  }

  /** Goes on from `i`. Returns the next index, or -1 when more bytes are needed to understand what stands at `i`. */
  #step(bytes: Buffer, i: number, base: number): number {
    switch (this.#mode.kind) {
      case 'until': {
        const { terminator } = this.#mode;
        const found = bytes.indexOf(terminator, i, 'latin1');
        if (found < 0) {
          // The terminator may be cut: its first bytes are looked at again.
          const back = Math.max(i, bytes.length - terminator.length + 1);
          return back > i ? back : -1;
        }
        this.#mode = TEXT;
        return found + terminator.length;
      }
      case 'doctype':
        return this.#doctype(bytes, i);
      case 'text': {
        const less = lessAt(bytes, i);
        if (less < 0) return bytes.length;
        if (less > i) return less;
        return this.#markup(bytes, i, base);
      }
    }
  }

  #markup(bytes: Buffer, i: number, base: number): number {
    const next = bytes[i + 1];
    if (next === undefined) return -1;
    if (next === BANG) {
      if (bytes.length - i < 9) return -1;
      const start = bytes.toString('latin1', i, i + 9);
      if (start.startsWith('<!--')) this.#mode = { kind: 'until', terminator: '-->' };
      else if (start === '<![CDATA[') this.#mode = { kind: 'until', terminator: ']]>' };
      else this.#mode = { kind: 'doctype', depth: 0, quote: 0 };
      return i + (start === '<![CDATA[' ? 9 : start.startsWith('<!--') ? 4 : 2);
    }
    if (next === QUESTION) {
      this.#mode = { kind: 'until', terminator: '?>' };
      return i + 2;
    }
    const end = tagEnd(bytes, i + 1);
    if (end < 0) {
      if (bytes.length - i <= MAX_TAG_BYTES) return -1;
      this.#report('malformed', 'a tag is not closed within 1 MB', base + i, base + bytes.length);
      return i + 1;
    }
    if (next === SLASH) this.#endTag(bytes, i, end, base);
    else this.#startTag(bytes, i, end, base);
    return end;
  }

  #startTag(bytes: Buffer, i: number, end: number, base: number): void {
    const selfClosing = bytes[end - 2] === SLASH;
    if (this.#inside.length > 0) {
      if (!selfClosing) this.#inside.push(this.#localName(bytes, i + 1, end - 1));
      return;
    }
    const name = this.#localName(bytes, i + 1, end - 1);
    const take = this.#path.length >= MAX_XML_DEPTH ? 'skip' : this.#sink.open(name, this.#path, () => bytes.toString('utf8', i, end));
    if (take === 'enter') {
      if (selfClosing) this.#sink.close(name, this.#path);
      else this.#path.push(name);
      return;
    }
    this.#taken = take;
    this.#largeLine = 0;
    this.#name = name;
    this.#from = base + i;
    if (selfClosing) this.#finish(base + end);
    else this.#inside.push(name);
  }

  #endTag(bytes: Buffer, i: number, end: number, base: number): void {
    const name = this.#localName(bytes, i + 2, end - 1);
    if (this.#inside.length > 0) {
      // An end tag closes whatever was left open inside its element, so that a record that lost one does not swallow the next.
      const last = this.#inside.length - 1;
      const open = this.#inside[last] === name ? last : this.#inside.lastIndexOf(name);
      if (open > 0) this.#inside.length = open;
      else if (open === 0) {
        this.#inside.length = 0;
        this.#finish(base + end);
      }
      if (open >= 0 || !this.#path.includes(name)) return;
      if (this.#taken !== 'skip' || this.#largeLine > 0)
        this.#report('malformed', `the element ${this.#name} is not closed`, this.#from, base + i, this.#largeLine);
      this.#inside.length = 0;
    }
    const at = this.#path.lastIndexOf(name);
    if (at < 0) {
      this.#report('malformed', `an end tag ${name} without its beginning`, base + i, base + end);
      return;
    }
    while (this.#path.length > at) {
      const closed = this.#path.pop()!;
      this.#sink.close(closed, this.#path);
    }
  }

  #finish(to: number): void {
    if (this.#taken === 'skip') return;
    if (this.#taken === 'member') {
      if (to - this.#from > MOST_MEMBER_BYTES) return;
      this.#sink.member?.(this.#name, this.#window.slice(this.#from, to), this.#from, this.#window.lineAt(this.#from));
      return;
    }
    this.#sink.record(this.#name, this.#window.slice(this.#from, to), this.#from, this.#window.lineAt(this.#from));
  }

  /** The name that begins at `from`, without its namespace prefix. */
  #localName(bytes: Buffer, from: number, to: number): string {
    let start = from;
    let end = from;
    for (; end < to; end++) {
      const byte = bytes[end]!;
      if (byte <= 32 || byte === SLASH || byte === GREATER) break;
      if (byte === 58) start = end + 1;
    }
    return this.#names.of(bytes, start, end);
  }

  #doctype(bytes: Buffer, start: number): number {
    if (this.#mode.kind !== 'doctype') return start;
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (this.#mode.quote !== 0) {
        if (byte === this.#mode.quote) this.#mode.quote = 0;
      } else if (byte === 34 || byte === 39) {
        this.#mode.quote = byte;
      } else if (byte === 91) {
        this.#mode.depth++;
      } else if (byte === 93) {
        this.#mode.depth--;
      } else if (byte === GREATER && this.#mode.depth <= 0) {
        this.#mode = TEXT;
        return i + 1;
      }
    }
    return bytes.length;
  }
}

/** The index after the `>` that ends a tag; `>` inside quotes does not. -1 when it is not there yet. */
function tagEnd(bytes: Buffer, from: number): number {
  let quote = 0;
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GREATER) {
      return i + 1;
    } else if (byte === 34 || byte === 39) {
      quote = byte;
    }
  }
  return -1;
}

/** Most texts and blanks between tags are short: a call that leaves the engine would take longer than looking at them here. */
const SHORT_TEXT = 64;

function lessAt(bytes: Buffer, from: number): number {
  const end = Math.min(bytes.length, from + SHORT_TEXT);
  for (let i = from; i < end; i++) if (bytes[i] === LESS) return i;
  return end < bytes.length ? bytes.indexOf(LESS, end) : -1;
}
