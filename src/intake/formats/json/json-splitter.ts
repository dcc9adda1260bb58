import type { RejectCode } from '../../entry.ts';
import { ByteWindow } from '../byte-window.ts';
import { MOST_MEMBER_BYTES } from '../list-heads.ts';
import { MAX_ENTRY_BYTES } from '../shared.ts';
import { ANY_KEY, type ElementPath, type ElementSink } from './json-elements.ts';

/** What the splitter expects next. */
type State = 'document' | 'key' | 'in-key' | 'colon' | 'value' | 'skipped' | 'after-value' | 'list' | 'element' | 'damage';

interface Damage {
  readonly code: RejectCode;
  readonly reason: string;
  readonly from: number;
  readonly line: number;
  /** Its first bytes, once enough of them have been seen. */
  beginning: Buffer | undefined;
}

const TAB = 9;
const FEED = 10;
const RETURN = 13;
const RECORD_SEPARATOR = 30;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Files joined with `cat` keep their byte order marks; nothing else of a document begins with one of these bytes. */
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const EXCERPT_BYTES = 1024;

/**
 * Cuts a stream of JSON documents into the elements of one list, byte by byte, without building the document: memory is one
 * element, and each byte is looked at once. Documents may follow one another with or without something between them. After damage
 * it goes on at the next place that looks like the beginning of an element: a line with the same indent, or `},{`.
 */
export class JsonSplitter {
  readonly #path: ElementPath;
  readonly #sink: ElementSink;
  readonly #window = new ByteWindow();
  #state: State = 'document';
  /** Where the present element or key began. */
  #from = 0;
  /** What comes after the present element. */
  #then: 'document' | 'list' | 'after-value' = 'document';
  #documentFrom = 0;
  /** Keys of the path that have been entered. */
  #level = 0;
  #matches = false;
  /** The key that was read last, as JSON; kept where members are asked for. */
  #key = '';
  /** Whether the value that is passed over is still small enough to be handed on. */
  #small = false;
  #found = false;
  #needsComma = false;
  // Inside a value.
  #depth = 0;
  #inString = false;
  #escaped = false;
  // Where on its line the present element began: how the next one is recognised after damage.
  #ownLine = true;
  #column = 0;
  #elementOwnLine = true;
  #elementColumn = 0;
  #damage: Damage | undefined;
  /** Progress within `} , {`: 0 nothing, 1 brace, 2 comma. */
  #pattern = 0;

  constructor(path: ElementPath, sink: ElementSink) {
    this.#path = path;
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const base = this.#window.end;
    const bytes = this.#window.add(chunk);
    for (let i = 0; i < bytes.length;) i = this.#step(bytes, i, base);
    if (this.#state === 'element' && this.#window.end - this.#from > MAX_ENTRY_BYTES) {
      this.#startDamage('too-long', `the element has more than ${MAX_ENTRY_BYTES} bytes`);
    }
    this.#window.release(this.#firstNeeded());
  }

  /** To be called after the last byte. */
  end(): void {
    const end = this.#window.end;
    switch (this.#state) {
      case 'document':
        return;
      case 'element':
        this.#startDamage('truncated', 'the file ends inside an element');
        this.#endDamage(end);
        return;
      case 'damage':
        this.#endDamage(end);
        return;
      case 'list':
      case 'value':
      case 'key':
      case 'in-key':
      case 'colon':
      case 'after-value':
      case 'skipped':
        this.#from = end;
        this.#startDamage('truncated', `the file ends ${this.#state === 'list' ? 'before the list is closed' : 'inside the document'}`);
        this.#endDamage(end);
    }
  }

  /** From where on bytes may still be asked for. */
  #firstNeeded(): number {
    const end = this.#window.end;
    const damage = this.#damage;
    if (damage !== undefined && damage.beginning === undefined) {
      if (end - damage.from < EXCERPT_BYTES) return damage.from;
      damage.beginning = this.#window.slice(damage.from, damage.from + EXCERPT_BYTES);
    }
    if (this.#state === 'skipped' && this.#small) {
      if (end - this.#from <= MOST_MEMBER_BYTES) return this.#from;
      this.#small = false;
    }
    return this.#state === 'element' || this.#state === 'in-key' ? this.#from : end;
  }

  /** Handles the byte at `i`, or as many from there as belong together. Returns the next index. */
  #step(bytes: Buffer, i: number, base: number): number {
    if (this.#state === 'element' || this.#state === 'skipped') return this.#scanValue(bytes, i, base);
    if (this.#state === 'in-key') return this.#scanKey(bytes, i, base);
    if (this.#state === 'damage') return this.#scanDamage(bytes, i, base);
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
    switch (this.#state) {
      case 'document':
        return this.#beginDocument(byte, i, base);
      case 'key':
        if (byte === COMMA) return i + 1;
        if (byte === CLOSE_OBJECT) return this.#closeObject(i, base);
        if (byte !== QUOTE) return this.#breakDocument(i, base);
        this.#state = 'in-key';
        this.#from = base + i;
        this.#escaped = false;
        return i + 1;
      case 'colon':
        if (byte !== COLON) return this.#breakDocument(i, base);
        this.#state = 'value';
        return i + 1;
      case 'value':
        return this.#beginValue(byte, i, base);
      case 'after-value':
        if (byte === CLOSE_OBJECT) return this.#closeObject(i, base);
        if (byte !== COMMA) return this.#breakDocument(i, base);
        this.#state = 'key';
        return i + 1;
      case 'list':
        return this.#inList(byte, i, base);
    }
  }

  #beginDocument(byte: number, i: number, base: number): number {
    if (byte === COMMA || byte === RECORD_SEPARATOR || BYTE_ORDER_MARK.includes(byte)) {
      this.#ownLine = false;
      return i + 1;
    }
    this.#documentFrom = base + i;
    const { keys, whole } = this.#path;
    if (byte === OPEN_LIST && !whole && keys.length === 0) return this.#beginList(i);
    if (byte === OPEN_OBJECT && keys.length > 0) {
      this.#sink.begin?.();
      this.#level = 0;
      this.#found = false;
      this.#state = 'key';
      return i + 1;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#beginElement('document', i, base);
    return this.#breakDocument(i, base);
  }

  #beginValue(byte: number, i: number, base: number): number {
    if (this.#matches && this.#level < this.#path.keys.length - 1 && byte === OPEN_OBJECT) {
      this.#level++;
      this.#state = 'key';
      return i + 1;
    }
    if (this.#matches && this.#level === this.#path.keys.length - 1) {
      this.#found = true;
      if (byte === OPEN_LIST) return this.#beginList(i);
      // Converters from XML write a list of one as a lone object.
      if (byte === OPEN_OBJECT) return this.#beginElement('after-value', i, base);
    }
    this.#state = 'skipped';
    this.#small = this.#sink.member !== undefined;
    this.#from = base + i;
    this.#beginScan();
    return i;
  }

  #beginList(i: number): number {
    this.#state = 'list';
    this.#needsComma = false;
    this.#ownLine = false;
    return i + 1;
  }

  #inList(byte: number, i: number, base: number): number {
    if (byte === COMMA) {
      this.#needsComma = false;
      this.#ownLine = false;
      return i + 1;
    }
    if (byte === CLOSE_LIST) {
      this.#state = this.#path.keys.length === 0 ? 'document' : 'after-value';
      return i + 1;
    }
    const opens = byte === OPEN_OBJECT || byte === OPEN_LIST;
    if (byte === CLOSE_OBJECT || byte === COLON || (this.#needsComma && !opens)) {
      this.#from = base + i;
      this.#then = 'list';
      this.#startDamage('malformed', 'the list goes on with something that is not an element');
      return i;
    }
    return this.#beginElement('list', i, base);
  }

  #beginElement(then: 'document' | 'list' | 'after-value', i: number, base: number): number {
    this.#then = then;
    this.#elementOwnLine = this.#ownLine;
    this.#elementColumn = this.#column;
    this.#state = 'element';
    this.#from = base + i;
    this.#beginScan();
    return i;
  }

  #beginScan(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Goes through one value of any kind. The hot loop. */
  #scanValue(bytes: Buffer, start: number, base: number): number {
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
          if (depth === 0) return this.#endValue(i + 1, base);
        } else if (byte === FEED && this.#state === 'element') {
          this.#startDamage('malformed', 'a text is not closed on its line');
          return i;
        }
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (depth === 0) return this.#endValue(i, base);
        if (--depth === 0) return this.#endValue(i + 1, base);
      } else if (depth === 0 && (byte === COMMA || byte === SPACE || byte === FEED || byte === RETURN || byte === TAB)) {
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
      this.#state = 'after-value';
      const start = this.#from;
      if (this.#small && base + i - start <= MOST_MEMBER_BYTES)
        this.#sink.member?.(this.#level, this.#key, this.#window.slice(start, base + i), start, this.#window.lineAt(start));
      return i;
    }
    const from = this.#from;
    this.#state = this.#then;
    this.#needsComma = true;
    this.#ownLine = false;
    this.#sink.element(this.#window.slice(from, base + i), from, this.#window.lineAt(from));
    return i;
  }

  #scanKey(bytes: Buffer, start: number, base: number): number {
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        const key = this.#window.slice(this.#from + 1, base + i).toString();
        if (this.#sink.member !== undefined) this.#key = `"${key}"`;
        const spellings = this.#path.keys[this.#level];
        this.#matches = spellings !== undefined && (spellings.includes(key) || spellings[0] === ANY_KEY);
        this.#state = 'colon';
        return i + 1;
      }
    }
    return bytes.length;
  }

  #closeObject(i: number, base: number): number {
    if (this.#level > 0) {
      this.#level--;
      this.#state = 'after-value';
      return i + 1;
    }
    if (!this.#found) {
      const name = this.#path.keys.map((spellings) => spellings[0]).join('.');
      this.#from = this.#documentFrom;
      this.#startDamage('unsupported', `the document has no list called ${name}`);
      this.#endDamage(base + i + 1);
    }
    this.#state = 'document';
    this.#sink.ended?.();
    return i + 1;
  }

  #breakDocument(i: number, base: number): number {
    this.#from = base + i;
    this.#then = 'document';
    this.#elementOwnLine = true;
    this.#elementColumn = 0;
    this.#startDamage('malformed', 'this is not JSON');
    return i;
  }

  #startDamage(code: RejectCode, reason: string): void {
    const from = this.#from;
    this.#damage = { code, reason, from, line: this.#window.lineAt(from), beginning: undefined };
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

  /** Looks for the next beginning of an element: same indent on a line of its own where elements stand so, else `},{`. */
  #scanDamage(bytes: Buffer, start: number, base: number): number {
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === FEED || byte === RETURN) {
        this.#column = 0;
        this.#ownLine = true;
      } else if (byte === SPACE || byte === TAB) {
        this.#column++;
      } else if (this.#ownLine && this.#elementOwnLine && this.#opensHere(byte)) {
        return this.#resume(i, base);
      } else if (!this.#elementOwnLine && this.#then !== 'document' && this.#pattern === 2 && byte === OPEN_OBJECT) {
        return this.#resume(i, base);
      } else {
        this.#pattern = byte === CLOSE_OBJECT ? 1 : byte === COMMA && this.#pattern === 1 ? 2 : 0;
        this.#ownLine = false;
      }
    }
    return bytes.length;
  }

  #opensHere(byte: number): boolean {
    if (byte === CLOSE_LIST) return this.#then === 'list' && this.#column < this.#elementColumn;
    return this.#column === this.#elementColumn && (byte === OPEN_OBJECT || (byte === OPEN_LIST && this.#then === 'document'));
  }

  #resume(i: number, base: number): number {
    this.#endDamage(base + i);
    this.#state = this.#then;
    this.#needsComma = false;
    return i;
  }
}
