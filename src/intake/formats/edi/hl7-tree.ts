import type { Json, JsonObject } from '../../entry.ts';
import { inCharset } from './charset.ts';

/** The characters that take an HL7 v2 message apart: MSH-1 and those of MSH-2 (HL7 v2, chapter 2, message delimiters). Empty where there is none. */
interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** HL7 table 0211: character sets of one byte, as far as they differ from what such text is decoded as. */
const CHARSETS: Readonly<Record<string, string>> = {
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/15': 'iso-8859-15',
};

/** Segments whose first field is the field separator itself. */
const HEADERS: ReadonlySet<string> = new Set(['MSH', 'FHS', 'BHS']);

/** Whether a line begins a message, a batch or a file: the name, a separator, and encoding characters. */
export function isHeader(line: string): boolean {
  return /^(?:MSH|FHS|BHS)[^A-Za-z0-9\s]/.test(line);
}

/**
 * The tree of one HL7 v2 message: `{ message: 'ORM^O01', control: 'M77', segments: [{ segment: 'MSH', 'MSH-1': '|', … }] }`. Fields are named as in the standard; empty
 * ones are left out. Components are lists, subcomponents lists within; a field that repeats is `{ repeated: [ … ] }`. Escape sequences are
 * resolved (`\F\`, `\X0D\`, `\.br\` …), those for fonts left out. A line that begins no segment belongs to the one before.
 *
 * Throws when the text does not begin with a header.
 */
export function hl7Tree(text: string): JsonObject {
  const raw = readSegments(text, delimitersOf(text));
  const charset = CHARSETS[leaf(raw[0]?.['MSH-18']).trim()];
  const decoded = charset === undefined ? text : inCharset(text, charset);
  const segments = decoded === text ? raw : readSegments(decoded, delimitersOf(decoded));
  const header = segments[0]!;
  const type = header['MSH-9'];
  const message = Array.isArray(type) ? type.slice(0, 2).map(leaf).join('^') : leaf(type);
  return { message, control: leaf(header['MSH-10']), segments };
}

/** One segment that begins a batch or a file. Throws as `hl7Tree` does. */
export function hl7Header(text: string): JsonObject {
  return readSegments(text, delimitersOf(text))[0]!;
}

function delimitersOf(text: string): Delimiters {
  if (!isHeader(text)) throw new Error('it does not begin with MSH');
  const field = text[3]!;
  const encoding = /^[^\r\n]*/.exec(text.slice(4, 10))![0].split(field)[0]!;
  const [component = '', repetition = '', escape = '', subcomponent = ''] = encoding;
  return { field, component, repetition, escape, subcomponent };
}

function readSegments(text: string, delimiters: Delimiters): JsonObject[] {
  const lines: string[] = [];
  for (const line of text.split(/[\r\n]/)) {
    // MLLP frames a message with vertical tab and file separator.
    // oxlint-disable-next-line no-control-regex
    const bare = /[\v\x1c]/.test(line) ? line.replace(/[\v\x1c]/g, '') : line;
    if (bare === '') continue;
    if (lines.length === 0 || beginsSegment(bare, delimiters.field)) lines.push(bare);
    else lines[lines.length - 1] += `\n${bare}`;
  }
  return lines.map((line) => segment(line, delimiters));
}

function beginsSegment(line: string, field: string): boolean {
  return /^[A-Z][A-Z0-9]{2}/.test(line) && (line.length === 3 || line[3] === field);
}

function segment(line: string, delimiters: Delimiters): JsonObject {
  const parts = line.split(delimiters.field);
  const id = parts[0]!;
  const object: JsonObject = { segment: id };
  const header = HEADERS.has(id);
  if (header) {
    object[`${id}-1`] = delimiters.field;
    object[`${id}-2`] = parts[1] ?? '';
  }
  for (let i = header ? 2 : 1; i < parts.length; i++) {
    const value = parts[i] === '' ? '' : repetitions(parts[i]!, delimiters);
    if (value !== '') object[`${id}-${header ? i + 1 : i}`] = value;
  }
  return object;
}

function repetitions(text: string, delimiters: Delimiters): Json {
  const { repetition } = delimiters;
  if (repetition === '' || !text.includes(repetition)) return components(text, delimiters);
  return { repeated: text.split(repetition).map((one) => components(one, delimiters)) };
}

function components(text: string, delimiters: Delimiters): Json {
  const parts = parted(text, delimiters.component);
  const values = parts.map((part): Json => {
    const subs = parted(part, delimiters.subcomponent);
    return subs.length === 1 ? unescaped(subs[0]!, delimiters) : subs.map((sub) => unescaped(sub, delimiters));
  });
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : values;
}

function parted(text: string, separator: string): string[] {
  if (separator === '' || !text.includes(separator)) return [text];
  const parts = text.split(separator);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

/** Longest escape sequence that is looked for: an escape character that begins none is text. */
const LONGEST_ESCAPE = 64;

function unescaped(text: string, delimiters: Delimiters): string {
  const { escape } = delimiters;
  if (escape === '' || !text.includes(escape)) return text;
  let plain = '';
  let from = 0;
  for (let at = text.indexOf(escape); at >= 0; at = text.indexOf(escape, from)) {
    const end = text.indexOf(escape, at + 1);
    const meaning = end < 0 || end - at > LONGEST_ESCAPE ? undefined : meaningOf(text.slice(at + 1, end), delimiters);
    if (meaning === undefined) {
      plain += text.slice(from, at + 1);
      from = at + 1;
    } else {
      plain += text.slice(from, at) + meaning;
      from = end + 1;
    }
  }
  return plain + text.slice(from);
}

/** What stands for an escape sequence (HL7 v2, chapter 2, use of escape sequences in text fields); undefined when it is none. */
function meaningOf(sequence: string, delimiters: Delimiters): string | undefined {
  switch (sequence) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    case 'H':
    case 'N':
      return '';
    default:
  }
  if (/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) return Buffer.from(sequence.slice(1), 'hex').toString('latin1');
  if (/^\.(?:br|ce)$|^\.sp\+?\d{0,3}$/.test(sequence)) return '\n';
  if (/^\.(?:fi|nf)$|^\.(?:in|ti)[+-]?\d{1,3}$|^\.sk\d{1,3}$/.test(sequence)) return ' ';
  return /^[CM][0-9A-Fa-f]{4,6}$/.test(sequence) ? '' : undefined;
}

/** The first text of a field. */
function leaf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return leaf(value[0]);
  if (typeof value === 'object' && value !== null && Array.isArray(value['repeated'])) return leaf(value['repeated'][0]);
  return '';
}
