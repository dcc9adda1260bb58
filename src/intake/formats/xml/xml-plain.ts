import type { Json, JsonObject } from '../../entry.ts';

/** Names that are remembered; a damaged file may make up any number of them. */
const REMEMBERED = 4096;
const MAX_DEPTH = 128;

/** Characters of a name, without the colon; its first one is no digit, point or hyphen. */
const NAME = 1;
const NAME_START = 2;

const KINDS = kinds();

const COLON = 58;
const FEED = 10;
const RETURN = 13;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const SLASH = 47;
const SPACE = 32;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const CLOSE_BRACKET = 93;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LONGEST_REFERENCE = 10;
const NONE: readonly string[] = [];

/**
 * Reads the XML that nearly all exports are made of: elements with plain names, attributes set apart by one blank, text, and the references that
 * XML itself defines (XML 1.0, 2.3, 3.1, 4.1, 4.6). Everything else, and everything that is not well-formed, it leaves to a parser that knows the
 * whole grammar; what it does read, that parser reads alike. One object may be used again and again.
 */
export class PlainXml {
  readonly #locals = new Map<string, string>();
  readonly #attributes = new Map<string, string>();
  #text = '';
  #at = 0;

  /** The tree of one element, as `XmlTreeParser` gives it; undefined when that has to look. */
  parse(text: string): Json | undefined {
    this.#text = text;
    this.#at = 0;
    const end = text.length;
    const names: string[] = [];
    const values: JsonObject[] = [];
    const texts: string[] = [];
    for (;;) {
      // At a `<`.
      const i = this.#at;
      if (text.charCodeAt(i) !== LESS) return undefined;
      let value: Json;
      let name: string;
      if (text.charCodeAt(i + 1) === SLASH) {
        if (names.length === 0) return undefined;
        name = names.pop()!;
        const to = i + 2 + name.length;
        if (!text.startsWith(name, i + 2) || text.charCodeAt(to) !== GREATER) return undefined;
        this.#at = to + 1;
        value = settled(values.pop()!, texts.pop()!.trim());
      } else {
        const object: JsonObject = {};
        const opened = this.#open(i + 1, object);
        if (opened === undefined) return undefined;
        name = opened;
        if (text.charCodeAt(this.#at - 2) !== SLASH) {
          if (values.length >= MAX_DEPTH) return undefined;
          names.push(name);
          values.push(object);
          const content = this.#content();
          if (content === undefined) return undefined;
          texts.push(content);
          continue;
        }
        value = settled(object, '');
      }
      if (values.length === 0) return this.#at === end ? value : undefined;
      const parent = values[values.length - 1]!;
      const local = this.#local(name);
      if (local === '') return undefined;
      const known = parent[local];
      if (known === undefined) parent[local] = value;
      else if (Array.isArray(known)) known.push(value);
      else parent[local] = [known, value];
      const content = this.#content();
      if (content === undefined) return undefined;
      if (content !== '') texts[texts.length - 1] += content;
    }
  }

  /** Reads a start tag from its name on, up to and with its `>`; attributes go into `value`. The name as it stands there. */
  #open(from: number, value: JsonObject): string | undefined {
    const text = this.#text;
    let i = this.#nameEnd(from);
    if (i < 0) return undefined;
    const name = text.slice(from, i);
    let declared = NONE;
    for (;;) {
      const code = text.charCodeAt(i);
      if (code === GREATER) break;
      if (code === SLASH) {
        if (text.charCodeAt(++i) !== GREATER) return undefined;
        break;
      }
      if (code !== SPACE) return undefined;
      const start = i + 1;
      const next = text.charCodeAt(start);
      // A blank before the end of the tag.
      if (next === GREATER || next === SLASH) {
        i = start;
        continue;
      }
      const to = this.#nameEnd(start);
      const quote = text.charCodeAt(to + 1);
      if (to < 0 || text.charCodeAt(to) !== EQUALS || (quote !== 34 && quote !== 39)) return undefined;
      const attribute = text.slice(start, to);
      const key = this.#attribute(attribute);
      const content = this.#until(to + 2, quote, false);
      if (content === undefined) return undefined;
      i = this.#at + 1;
      if (key === '') {
        if (declared.includes(attribute)) return undefined;
        declared = [...declared, attribute];
        continue;
      }
      // Twice the same, or once in two namespaces.
      if (value[key] !== undefined) return undefined;
      value[key] = content;
    }
    this.#at = i + 1;
    return name;
  }

  /** The text up to the next `<`. */
  #content(): string | undefined {
    return this.#until(this.#at, LESS, true);
  }

  /** The text from `from` up to a character, with its references resolved. Control characters other than line ends and tabs `between` elements are left to others. */
  #until(from: number, last: number, between: boolean): string | undefined {
    const text = this.#text;
    let plain = '';
    let start = from;
    for (let i = from; ; i++) {
      const code = text.charCodeAt(i);
      if (code === last) {
        this.#at = i;
        return plain === '' ? text.slice(start, i) : plain + text.slice(start, i);
      }
      // All but few characters are letters and digits; a quote that may be the last one stands before these.
      if ((code > LESS && code < 0xd800 && code !== CLOSE_BRACKET) || (code > APOSTROPHE && code < LESS)) continue;
      if (code === AMPERSAND) {
        const semicolon = text.indexOf(';', i);
        const meaning = semicolon < 0 || semicolon - i > LONGEST_REFERENCE ? undefined : meaningOf(text.slice(i + 1, semicolon));
        if (meaning === undefined) return undefined;
        plain += text.slice(start, i) + meaning;
        i = semicolon;
        start = i + 1;
      } else if (code === RETURN && between && text.charCodeAt(i + 1) === FEED) {
        // One line feed stands for both (XML 1.0, 2.11).
        plain += text.slice(start, i);
        start = i + 1;
      } else if (code >= 0xd800 && code < 0xdc00) {
        const low = text.charCodeAt(++i);
        if (!(low >= 0xdc00 && low < 0xe000)) return undefined;
      } else if (!isOrdinary(code, between) || (code === CLOSE_BRACKET && text.charCodeAt(i + 1) === CLOSE_BRACKET)) {
        return undefined;
      }
    }
  }

  /** Index after a name; -1 when there is none of plain characters. */
  #nameEnd(from: number): number {
    const text = this.#text;
    let start = true;
    for (let i = from; ; i++) {
      const code = text.charCodeAt(i);
      if (code === COLON) {
        if (start) return -1;
        start = true;
        continue;
      }
      const kind = code < 128 ? KINDS[code]! : 0;
      if (kind === 0) return start || !(code < 128) ? -1 : i;
      if (start && kind !== NAME_START) return -1;
      start = false;
    }
  }

  /** The member that an element becomes; empty for names that every object has (`constructor`). */
  #local(name: string): string {
    const known = this.#locals.get(name);
    if (known !== undefined) return known;
    const local = localOf(name);
    return this.#remember(this.#locals, name, local in {} ? '' : local);
  }

  /** The member that an attribute becomes; empty for declarations of namespaces. */
  #attribute(name: string): string {
    const known = this.#attributes.get(name);
    if (known !== undefined) return known;
    const declares = name === 'xmlns' || name.startsWith('xmlns:');
    return this.#remember(this.#attributes, name, declares ? '' : `@${localOf(name)}`);
  }

  #remember(names: Map<string, string>, name: string, key: string): string {
    if (names.size < REMEMBERED) names.set(name, key);
    return key;
  }
}

/** Whether a character stands for itself (XML 1.0, 2.2); not a number, behind the end, it is none. */
function isOrdinary(code: number, between: boolean): boolean {
  return (
    (code >= SPACE && code < 0xd800 && code !== LESS) || (code >= 0xe000 && code < 0xfffe) || (between && (code === 9 || code === FEED))
  );
}

/** An element without members is its text. */
function settled(value: JsonObject, text: string): Json {
  for (const _key in value) {
    if (text !== '') value['#text'] = text;
    return value;
  }
  return text;
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** What a reference stands for; undefined for entities that a document declares, and for characters that XML does not have. */
function meaningOf(name: string): string | undefined {
  if (name.charCodeAt(0) !== 35) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const hex = name.charCodeAt(1) === 120;
  const digits = name.slice(hex ? 2 : 1);
  if (!(hex ? /^[0-9A-Fa-f]{1,6}$/ : /^\d{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, hex ? 16 : 10);
  const valid = code === 9 || code === 10 || (code >= SPACE && code < 0xd800) || (code > 0xdfff && code < 0xfffe);
  return valid || (code > 0xffff && code <= 0x10ffff) ? String.fromCodePoint(code) : undefined;
}

function kinds(): Uint8Array {
  const table = new Uint8Array(128);
  const all = (from: string, to: string, kind: number): void => {
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) table[code] = kind;
  };
  all('A', 'Z', NAME_START);
  all('a', 'z', NAME_START);
  all('_', '_', NAME_START);
  all('0', '9', NAME);
  all('-', '.', NAME);
  return table;
}
