import type { Json } from '../../entry.ts';

/** The characters that take an HL7 v2 message apart: MSH-1 and those of MSH-2 (HL7 v2, chapter 2, message delimiters). Empty where there is none. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** The value of a field: components are lists, subcomponents lists within; one that repeats is `{ repeated: [ … ] }`. */
export function fieldValue(text: string, delimiters: Delimiters): Json {
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
export function leaf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return leaf(value[0]);
  if (typeof value === 'object' && value !== null && Array.isArray(value['repeated'])) return leaf(value['repeated'][0]);
  return '';
}
