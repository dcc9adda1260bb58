import { setMember } from '../shared.ts';

/** What the header of an event says, and its fields. */
export interface SecurityEvent {
  /** Where the header stands in the entry's fields. */
  readonly format: 'cef' | 'leef';
  readonly header: Readonly<Record<string, string>>;
  readonly fields: Record<string, string>;
}

const HEADER = ['version', 'vendor', 'product', 'productVersion', 'id', 'name', 'severity'] as const;

/**
 * Reads `CEF:0|vendor|product|version|id|name|severity|key=value key=value`; undefined when the header has not all of its fields. In the header `\|` and `\\` are escaped, in values
 * `\=`, `\\`, `\n` and `\r`; a value reaches to the next key. A custom field (`cs1`) is called by its label (`cs1Label`) where it has one.
 * Source: ArcSight, "Implementing Common Event Format".
 */
export function readCef(text: string): SecurityEvent | undefined {
  const header: Record<string, string> = {};
  let at = 'CEF:'.length;
  for (const name of HEADER) {
    const bar = nextBar(text, at);
    // The severity ends the event where there are no fields.
    if (bar < 0 && name !== 'severity') return undefined;
    const value = unescape(text.slice(at, bar < 0 ? text.length : bar)).trim();
    if (value !== '') header[name] = value;
    at = bar < 0 ? text.length : bar + 1;
  }
  return { format: 'cef', header, fields: named(pairsOf(text.slice(at))) };
}

/** How many of the header's fields a damaged event has. */
export function cefFields(text: string): number {
  let count = 0;
  for (let at = nextBar(text, 0); at >= 0; at = nextBar(text, at + 1)) count++;
  return Math.min(count, HEADER.length);
}

function nextBar(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 124) return i;
  }
  return -1;
}

const MOST_KEY = 128;
const MOST_FIELDS = 512;

/** Values may hold blanks and equals signs of their own: a key is what stands between a blank and an equals sign that is not escaped. Linear. */
function pairsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  let key = '';
  let from = 0;
  let count = 0;
  for (let i = 0; i < text.length && count < MOST_FIELDS; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    if (code !== 61) continue;
    const start = keyStart(text, i, from);
    if (start < 0) continue;
    if (key !== '') setMember(fields, key, unescape(text.slice(from, start).trimEnd()));
    key = text.slice(start, i);
    from = i + 1;
    count++;
  }
  if (key !== '') setMember(fields, key, unescape(text.slice(from).trimEnd()));
  return fields;
}

/** Where the key before an equals sign begins; -1 when what stands there is none. */
function keyStart(text: string, equals: number, least: number): number {
  let i = equals;
  while (i > least && equals - i < MOST_KEY && isKeyCode(text.charCodeAt(i - 1))) i--;
  if (i === equals) return -1;
  return i === 0 || text.charCodeAt(i - 1) === 32 ? i : -1;
}

/** Letters, digits, `_`, `.`, `-`, `[` and `]`. */
function isKeyCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 91) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 46 ||
    code === 45 ||
    code === 93
  );
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/gs, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped));
}

const LABEL = /^(c[a-z0-9]{1,8}\d|flex[A-Za-z]{1,12}\d|device[A-Za-z0-9]{1,24}\d)Label$/;

function named(fields: Record<string, string>): Record<string, string> {
  const labels = new Map<string, string>();
  for (const key in fields) {
    const custom = LABEL.exec(key)?.[1];
    const label = fields[key];
    if (custom !== undefined && Object.hasOwn(fields, custom) && label !== undefined && label !== '') labels.set(custom, label);
  }
  if (labels.size === 0) return fields;
  const value: Record<string, string> = {};
  for (const key in fields) {
    const label = labels.get(key);
    if (label !== undefined && !Object.hasOwn(fields, label) && !Object.hasOwn(value, label)) setMember(value, label, fields[key]!);
    else if (!labels.has(LABEL.exec(key)?.[1] ?? '')) setMember(value, key, fields[key]!);
  }
  return value;
}
