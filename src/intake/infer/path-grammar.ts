/**
 * The paths that profiles write. Two ways, one list of steps:
 *
 * - like JSONPath: `order.id`, `lines[*].sku`, `lines[0].sku`, `lines[-1].sku`, `['order.id']`, `data.*.id`, `properties[name=orderId].value`
 *   (also `[name='order id']` and `[?(@.name=='orderId')]`), `$` in front allowed. What inference finds is written so, with `[]` for `[*]`.
 * - like XPath, in XML: `Header/Number`, `@id`, `o:Line/@no`, `Line[2]` (counted from 1), `Property[@name='orderId']/Value`, `*`, `text()`, `.//Sku`.
 *
 * `../` in front goes from the record to what it stands in.
 */

export type PathStep =
  /** Keys one after the other; unquoted ones may be one key with dots. */
  | { readonly kind: 'keys'; readonly keys: readonly string[]; readonly exact: boolean }
  /** Every element of a list. */
  | { readonly kind: 'all' }
  /** Every member of an object. */
  | { readonly kind: 'any' }
  /** One element, from 0; negative from the end. */
  | { readonly kind: 'item'; readonly index: number }
  /** Those elements whose member has this text. */
  | { readonly kind: 'where'; readonly path: readonly PathStep[]; readonly value: string }
  /** Elements of this name on any level below. */
  | { readonly kind: 'descend'; readonly name: string }
  /** An element's own text. */
  | { readonly kind: 'text' };

export interface Path {
  /** How many levels above the record it begins. */
  readonly up: number;
  readonly steps: readonly PathStep[];
  readonly xml: boolean;
}

/** A path that cannot be read; `at` is the 0-based character. */
export class PathError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const MAX_PATH = 500;

/** Reads a path. `xml`: it leads into XML, where `/` stands between elements. @throws PathError when it cannot be read. */
export function parsePath(text: string, xml: boolean): Path {
  if (text.length > MAX_PATH) throw new PathError(`a path has at most ${MAX_PATH} characters`, MAX_PATH);
  let up = 0;
  let from = 0;
  while (text.startsWith('../', from)) {
    up++;
    from += 3;
  }
  if (up === 0 && text.startsWith('./')) from = 2;
  const slashes = xml && (text.startsWith('./') || outsideQuotes(text.slice(from), '/'));
  const steps = slashes ? new XmlPath(text, from).read() : new DotPath(text, from).read();
  return { up, steps, xml: slashes };
}

function outsideQuotes(text: string, char: string): boolean {
  return text.replace(/'[^']*'|"[^"]*"/g, '').includes(char);
}

/** Whether a path can lead to several values. */
export function hasMany(steps: readonly PathStep[]): boolean {
  return steps.some((step) => step.kind === 'all' || step.kind === 'any' || step.kind === 'where' || step.kind === 'descend');
}

class Scanner {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  take(part: string): boolean {
    if (!this.text.startsWith(part, this.at)) return false;
    this.at += part.length;
    return true;
  }

  /** Characters up to one of `ends`. */
  until(ends: string): string {
    const from = this.at;
    while (!this.done && !ends.includes(this.peek())) this.at++;
    return this.text.slice(from, this.at);
  }

  /** A text in quotes; a backslash keeps the next character. */
  quoted(): string {
    const open = this.at;
    const quote = this.peek();
    let text = '';
    for (this.at++; this.peek() !== quote; this.at++) {
      if (this.done) throw new PathError('a quote is not closed', open);
      if (this.peek() === '\\' && this.at + 1 < this.text.length) this.at++;
      text += this.peek();
    }
    this.at++;
    return text;
  }

  get isQuote(): boolean {
    return this.peek() === "'" || this.peek() === '"';
  }

  blanks(): void {
    while (this.peek() === ' ') this.at++;
  }
}

class DotPath {
  readonly #scan: Scanner;
  readonly #steps: PathStep[] = [];

  constructor(text: string, at: number) {
    this.#scan = new Scanner(text, at);
  }

  read(): PathStep[] {
    const scan = this.#scan;
    if (scan.peek() === '$' && (scan.text.length === scan.at + 1 || '.['.includes(scan.text[scan.at + 1]!))) {
      scan.at++;
      scan.take('.');
    }
    while (!scan.done) {
      if (scan.peek() === '[') this.#bracket();
      else this.#segment();
      if (scan.done || scan.peek() === '[') continue;
      if (!scan.take('.')) throw new PathError(`"${scan.peek()}" is not expected here`, scan.at);
      if (scan.done) throw new PathError('the path ends with a dot', scan.at - 1);
    }
    return this.#steps;
  }

  #segment(): void {
    const scan = this.#scan;
    const at = scan.at;
    const name = scan.until('.[');
    if (name === '') throw new PathError('a name is missing', at);
    if (name === '*') {
      this.#steps.push({ kind: 'any' });
      return;
    }
    const last = this.#steps.at(-1);
    if (last?.kind === 'keys' && !last.exact) this.#steps[this.#steps.length - 1] = { ...last, keys: [...last.keys, name] };
    else this.#steps.push({ kind: 'keys', keys: [name], exact: false });
  }

  #bracket(): void {
    const scan = this.#scan;
    const open = scan.at++;
    scan.blanks();
    if (scan.take(']') || scan.take('*]')) {
      this.#steps.push({ kind: 'all' });
      return;
    }
    if (scan.isQuote) {
      const key = scan.quoted();
      scan.blanks();
      if (scan.take(']')) {
        this.#steps.push({ kind: 'keys', keys: [key], exact: true });
        return;
      }
      this.#where([{ kind: 'keys', keys: [key], exact: true }], open, ']');
      return;
    }
    const index = /^(-?\d{1,9})\s*\]/.exec(scan.text.slice(scan.at, scan.at + 16));
    if (index !== null) {
      scan.at += index[0].length;
      this.#steps.push({ kind: 'item', index: Number(index[1]) });
      return;
    }
    const filter = scan.take('?(');
    if (filter) scan.take('@.');
    const name = scan.until('=]').trim();
    if (name === '' || scan.peek() !== '=') throw new PathError('in brackets stands *, a number, a name in quotes, or name=value', open);
    this.#where(new DotPath(name, 0).read(), open, filter ? ')]' : ']');
  }

  #where(path: readonly PathStep[], open: number, end: string): void {
    this.#steps.push({ kind: 'where', path, value: comparedValue(this.#scan, open, end) });
  }
}

/** `= value`, `== 'value'` and the end of the brackets. */
function comparedValue(scan: Scanner, open: number, end: string): string {
  scan.blanks();
  if (!scan.take('==') && !scan.take('=')) throw new PathError('a filter compares with =', scan.at);
  scan.blanks();
  const value = scan.isQuote ? scan.quoted() : scan.until(end[0]!).trim();
  scan.blanks();
  if (!scan.take(end)) throw new PathError('"[" without "]"', open);
  return value;
}

class XmlPath {
  readonly #scan: Scanner;
  readonly #steps: PathStep[] = [];

  constructor(text: string, at: number) {
    this.#scan = new Scanner(text, at);
  }

  read(): PathStep[] {
    const scan = this.#scan;
    let deep = false;
    if (scan.at > 0 && scan.text.startsWith('/', scan.at)) {
      scan.at++;
      deep = true;
    } else if (scan.peek() === '/') throw new PathError('a path within a record begins with an element, "./" or "../"', scan.at);
    for (;;) {
      this.#step(deep);
      if (scan.done) return this.#steps;
      if (!scan.take('/')) throw new PathError(`"${scan.peek()}" is not expected here`, scan.at);
      deep = scan.take('/');
    }
  }

  #step(deep: boolean): void {
    const scan = this.#scan;
    const at = scan.at;
    const name = scan.until('/[').trim();
    if (name === '') throw new PathError('the name of an element is missing', at);
    if (name.includes('::')) throw new PathError('axes such as child:: are not understood', at);
    if (deep) this.#steps.push({ kind: 'descend', name });
    else if (name === 'text()') this.#steps.push({ kind: 'text' });
    else if (name === '*') this.#steps.push({ kind: 'any' });
    else if (name === '..') throw new PathError('"../" stands only at the beginning', at);
    else if (name !== '.') this.#steps.push({ kind: 'keys', keys: [name], exact: true });
    while (scan.peek() === '[') this.#predicate();
  }

  #predicate(): void {
    const scan = this.#scan;
    const open = scan.at++;
    scan.blanks();
    const index = /^(\d{1,9})\s*\]/.exec(scan.text.slice(scan.at, scan.at + 16));
    if (index !== null) {
      if (Number(index[1]) === 0) throw new PathError('elements are counted from 1', scan.at);
      scan.at += index[0].length;
      this.#steps.push({ kind: 'item', index: Number(index[1]) - 1 });
      return;
    }
    if (scan.take('last()')) {
      scan.blanks();
      if (!scan.take(']')) throw new PathError('"[" without "]"', open);
      this.#steps.push({ kind: 'item', index: -1 });
      return;
    }
    const name = scan.until('=]').trim();
    if (name === '' || scan.peek() !== '=') throw new PathError("in brackets stands a number, last(), or name='value'", open);
    const path = name.includes('/') ? new XmlPath(name, 0).read() : name === 'text()' ? [{ kind: 'text' } as const] : keyOf(name);
    this.#steps.push({ kind: 'where', path, value: comparedValue(scan, open, ']') });
  }
}

function keyOf(name: string): PathStep[] {
  return name === '.' ? [{ kind: 'text' }] : [{ kind: 'keys', keys: [name], exact: true }];
}
