import type { RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MAX_ENTRY_BYTES } from '../shared.ts';

/** The two lists of a log that hold entries. */
export type OcelSection = 'events' | 'objects';

/** Told about every event and object, in the order of the file. */
export interface OcelSplitterSink {
  /** The bytes of `{…}` in a list (OCEL 2.0) or of `"id": {…}` in a map (OCEL 1.0): balanced, though perhaps not valid JSON. */
  element(section: OcelSection, bytes: Buffer, offset: number, line: number): void;
  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void;
}

const SECTIONS: ReadonlyMap<string, OcelSection> = new Map([
  ['events', 'events'],
  ['objects', 'objects'],
  ['ocel:events', 'events'],
  ['ocel:objects', 'objects'],
]);

/** Between keys and values of the log itself. */
type Structure = 'start' | 'key' | 'colon' | 'value' | 'after';

type State = Structure | 'in-key' | 'section' | 'element' | 'skipped' | 'damage';

interface Damage {
  readonly code: RejectCode;
  readonly reason: string;
  readonly from: number;
  readonly line: number;
  /** Its first bytes, once enough of them have been seen. */
  beginning: Buffer | undefined;
}

/** How entries of a list are recognised again after damage. */
interface Layout {
  ownLine: boolean;
  column: number;
}

const TAB = 9;
const FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const EXCERPT_BYTES = 1024;

/**
 * Cuts a stream of OCEL in JSON into its events and objects, whichever come first, each byte looked at once: memory is one entry.
 * After damage it goes on at the next place that looks like the beginning of an entry: a line with the same indent, or `},{`.
 */
export class OcelJsonSplitter {
  readonly #sink: OcelSplitterSink;
  readonly #wanted: (section: OcelSection) => boolean;
  readonly #window = new ByteWindow();
  #state: State = 'start';
  #section: OcelSection | undefined;
  /** Whether the section is a map from id to entry. */
  #members = false;
  #from = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #ownLine = true;
  #column = 0;
  readonly #keys: Layout = { ownLine: false, column: -1 };
  readonly #elements: Layout = { ownLine: false, column: -1 };
  /** Where reading goes on after damage. */
  #then: 'key' | 'section' = 'key';
  #damage: Damage | undefined;
  /** Progress within `} , {`: 0 nothing, 1 brace, 2 comma. */
  #pattern = 0;

  constructor(sink: OcelSplitterSink, wanted: (section: OcelSection) => boolean = () => true) {
    this.#sink = sink;
    this.#wanted = wanted;
  }

  push(chunk: Uint8Array): void {
    const base = this.#window.end;
    const bytes = this.#window.add(chunk);
    for (let i = 0; i < bytes.length;) i = this.#step(bytes, i, base);
    if (this.#state === 'element' && this.#window.end - this.#from > MAX_ENTRY_BYTES)
      this.#startDamage('too-long', `the entry has more than ${MAX_ENTRY_BYTES} bytes`, 'section');
    this.#window.release(this.#firstNeeded());
  }

  /** To be called after the last byte. */
  end(): void {
    const end = this.#window.end;
    if (this.#state === 'start') return;
    if (this.#state === 'element') this.#startDamage('truncated', 'the file ends inside an entry', 'section');
    else if (this.#state !== 'damage') {
      this.#from = end;
      this.#startDamage('truncated', 'the file ends inside the log', 'key');
    }
    this.#endDamage(end);
  }

  #firstNeeded(): number {
    const end = this.#window.end;
    const damage = this.#damage;
    if (damage !== undefined && damage.beginning === undefined) {
      if (end - damage.from < EXCERPT_BYTES) return damage.from;
      damage.beginning = this.#window.slice(damage.from, damage.from + EXCERPT_BYTES);
    }
    return this.#state === 'element' || this.#state === 'in-key' ? this.#from : end;
  }

  /** Handles the byte at `i`, or as many from there as belong together. Returns the next index. */
  #step(bytes: Buffer, i: number, base: number): number {
    const state = this.#state;
    if (state === 'element' || state === 'skipped') return this.#scanValue(bytes, i, base);
    if (state === 'in-key') return this.#scanKey(bytes, i, base);
    if (state === 'damage') return this.#scanDamage(bytes, i, base);
    const byte = bytes[i]!;
    if (byte === SPACE || byte === TAB) {
      this.#column++;
      return i + 1;
    }
    if (byte === FEED || byte === RETURN) {
      this.#column = 0;
      this.#ownLine = true;
      return i + 1;
    }
    return state === 'section' ? this.#inSection(byte, i, base) : this.#structure(state, byte, i, base);
  }

  #structure(state: Structure, byte: number, i: number, base: number): number {
    switch (state) {
      case 'start':
        if (byte !== OPEN_OBJECT) return this.#broken(i, base, 'this is not JSON');
        this.#state = 'key';
        this.#ownLine = false;
        return i + 1;
      case 'key':
        if (byte === COMMA) return i + 1;
        if (byte === CLOSE_OBJECT) this.#state = 'start';
        else if (byte !== QUOTE) return this.#broken(i, base, 'the log goes on with something that is not a key');
        else {
          note(this.#keys, this.#ownLine, this.#column);
          this.#state = 'in-key';
          this.#from = base + i;
          this.#escaped = false;
        }
        this.#ownLine = false;
        return i + 1;
      case 'colon':
        if (byte !== COLON) return this.#broken(i, base, 'a key has no value');
        this.#state = 'value';
        return i + 1;
      case 'value': {
        const wanted = this.#section !== undefined && this.#wanted(this.#section) && (byte === OPEN_LIST || byte === OPEN_OBJECT);
        this.#ownLine = false;
        if (wanted) {
          this.#members = byte === OPEN_OBJECT;
          this.#state = 'section';
          return i + 1;
        }
        this.#state = 'skipped';
        this.#beginScan();
        return i;
      }
      case 'after':
        if (byte === CLOSE_OBJECT) this.#state = 'start';
        else if (byte === COMMA) this.#state = 'key';
        else return this.#broken(i, base, 'the log goes on with something that is not a key');
        return i + 1;
    }
  }

  #inSection(byte: number, i: number, base: number): number {
    if (byte === COMMA) {
      this.#ownLine = false;
      return i + 1;
    }
    if (byte === (this.#members ? CLOSE_OBJECT : CLOSE_LIST)) {
      this.#state = 'after';
      return i + 1;
    }
    this.#from = base + i;
    if (byte !== (this.#members ? QUOTE : OPEN_OBJECT)) {
      this.#startDamage('malformed', `${this.#section} go on with something that is no entry`, 'section');
      return i;
    }
    note(this.#elements, this.#ownLine, this.#column);
    this.#state = 'element';
    this.#beginScan();
    return i;
  }

  #beginScan(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Goes through one value of any kind; a member's key and value are one. The hot loop. */
  #scanValue(bytes: Buffer, start: number, base: number): number {
    const element = this.#state === 'element';
    const member = element && this.#members;
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    const n = bytes.length;
    let i = start;
    for (; i < n; i++) {
      const byte = bytes[i]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0 && !element) return this.#endValue(i + 1, base);
        } else if (byte === FEED && element) {
          this.#startDamage('malformed', 'a text is not closed on its line', 'section');
          return i;
        }
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (depth === 0) return this.#endValue(i, base);
        if (--depth === 0) return this.#endValue(i + 1, base);
      } else if (depth === 0 && (byte === COMMA || (!member && (byte === SPACE || byte === FEED || byte === RETURN || byte === TAB)))) {
        return this.#endValue(i, base);
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return i;
  }

  #endValue(i: number, base: number): number {
    if (this.#state === 'skipped') {
      this.#state = 'after';
      return i;
    }
    const from = this.#from;
    this.#state = 'section';
    this.#ownLine = false;
    this.#sink.element(this.#section!, this.#window.slice(from, base + i), from, this.#window.lineAt(from));
    return i;
  }

  #scanKey(bytes: Buffer, start: number, base: number): number {
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#section = SECTIONS.get(this.#window.slice(this.#from + 1, base + i).toString());
        this.#state = 'colon';
        return i + 1;
      } else if (byte === FEED || base + i - this.#from > EXCERPT_BYTES) {
        this.#startDamage('malformed', 'a key is not closed', 'key');
        return i;
      }
    }
    return bytes.length;
  }

  #broken(i: number, base: number, reason: string): number {
    this.#from = base + i;
    this.#startDamage('malformed', reason, 'key');
    return i;
  }

  #startDamage(code: RejectCode, reason: string, then: 'key' | 'section'): void {
    const from = this.#from;
    this.#damage = { code, reason, from, line: this.#window.lineAt(from), beginning: undefined };
    this.#then = then;
    this.#state = 'damage';
    this.#pattern = 0;
    this.#ownLine = false;
  }

  #endDamage(to: number): void {
    const damage = this.#damage;
    if (damage === undefined) return;
    this.#damage = undefined;
    const length = to - damage.from;
    const beginning = damage.beginning ?? this.#window.slice(damage.from, Math.min(to, damage.from + EXCERPT_BYTES));
    this.#sink.damaged(damage.code, damage.reason, beginning.subarray(0, length), damage.from, length, damage.line);
  }

  #scanDamage(bytes: Buffer, start: number, base: number): number {
    const layout = this.#then === 'section' ? this.#elements : this.#keys;
    const open = this.#then === 'key' || this.#members ? QUOTE : OPEN_OBJECT;
    const close = this.#members ? CLOSE_OBJECT : CLOSE_LIST;
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === FEED || byte === RETURN) {
        this.#column = 0;
        this.#ownLine = true;
      } else if (byte === SPACE || byte === TAB) {
        this.#column++;
      } else if (layout.ownLine) {
        const begins = this.#ownLine && byte === open && this.#column === layout.column;
        const closes = this.#ownLine && this.#then === 'section' && byte === close && this.#column < layout.column;
        if (begins || closes) return this.#resume(i, base);
        this.#ownLine = false;
      } else {
        if (this.#then === 'section' && this.#pattern === 2 && byte === open) return this.#resume(i, base);
        this.#pattern = byte === CLOSE_OBJECT ? 1 : byte === COMMA && this.#pattern === 1 ? 2 : 0;
      }
    }
    return bytes.length;
  }

  #resume(i: number, base: number): number {
    this.#endDamage(base + i);
    this.#state = this.#then;
    return i;
  }
}

/** Keeps where entries stand on their lines; one that stands elsewhere after the first tells nothing. */
function note(layout: Layout, ownLine: boolean, column: number): void {
  if (layout.column >= 0 && !ownLine) return;
  layout.ownLine = ownLine;
  layout.column = column;
}
