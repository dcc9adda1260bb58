import type { JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';
import { CONTROL, DATA_HEADER, fieldsOf, STATUS } from './idoc-layout.ts';
import { segmentNamed, segmentType } from './idoc-segments.ts';

/** A segment that others may stand below. */
interface Open {
  readonly name: string;
  readonly number: string;
  readonly level: number;
  readonly value: JsonObject;
}

/**
 * Builds the tree of one IDoc from its records: the same as that of its XML, `{ EDI_DC40: { … }, E1EDK01: { … }, E1EDP01: [{ …, E1EDP02: { … } }] }`. Of a segment
 * whose layout is not known the data stand in `SDATA` as they are. A segment stands below the one that it names (`PSGNUM`), else
 * below the last of those that it belongs to, else by its level.
 */
export class IdocTree {
  readonly value: JsonObject = {};
  readonly #control: Readonly<Record<string, string>>;
  readonly #number: string;
  readonly #unknown: ((name: string) => void) | undefined;
  #open: Open[] = [];

  /** @param control the control record, @param unknown is told the name of each segment whose layout is not known. */
  constructor(control: string, unknown?: (name: string) => void) {
    this.#control = fieldsOf(control, 0, CONTROL);
    this.value['EDI_DC40'] = this.#control;
    this.#number = numberOf(this.#control['DOCNUM']);
    this.#unknown = unknown;
  }

  /** Whether the control record says what the IDoc is; else the reason why it cannot be read. */
  get problem(): string | undefined {
    return this.#control['MESTYP'] === undefined && this.#control['IDOCTYP'] === undefined
      ? 'the control record names neither a message nor a basic type'
      : undefined;
  }

  /** Adds a data record; the reason why it is none, or not of this IDoc. */
  data(text: string): string | undefined {
    const header = fieldsOf(text, 0, DATA_HEADER);
    const name = header['SEGNAM'] ?? '';
    // A name, padded, then the client and numbers: what is cut or shifted has other characters there.
    if (text.length < DATA_HEADER.width || !NAME.test(name) || !NUMBERS.test(text.slice(33, 63)))
      return `a record of the IDoc is no segment: ${JSON.stringify(text.slice(0, 40))}`;
    const number = numberOf(header['DOCNUM']);
    if (number !== '' && this.#number !== '' && number !== this.#number)
      return `the segment ${name} is of IDoc ${number}, the control record of ${this.#number}`;
    this.#add(segmentType(name), header, text);
    return undefined;
  }

  /** Adds a status record; false when it is of another IDoc. */
  status(text: string): boolean {
    const fields = fieldsOf(text, 0, STATUS);
    if (numberOf(fields['DOCNUM']) !== this.#number) return false;
    append(this.value, 'EDI_DS40', fields);
    return true;
  }

  #add(name: string, header: Readonly<Record<string, string>>, text: string): void {
    const segment = segmentNamed(name);
    const rest = text.slice(DATA_HEADER.width).trim();
    const value = segment === undefined ? (rest === '' ? {} : { SDATA: rest }) : fieldsOf(text, DATA_HEADER.width, segment.fields);
    if (segment === undefined) this.#unknown?.(name);
    const level = Number(header['HLEVEL'] ?? Number.NaN);
    const parent = this.#parent(numberOf(header['PSGNUM']), segment?.under, level);
    this.#open.length = parent + 1;
    append(parent < 0 ? this.value : this.#open[parent]!.value, name, value);
    this.#open.push({ name, number: numberOf(header['SEGNUM']), level, value });
  }

  /** Index of the open segment that the next one stands below; -1 for none. */
  #parent(number: string, under: readonly string[] | undefined, level: number): number {
    const named = number === '' ? -1 : this.#open.findLastIndex((open) => open.number === number);
    if (named >= 0) return named;
    if (under !== undefined) return this.#open.findLastIndex((open) => under.includes(open.name));
    return Number.isNaN(level) ? -1 : this.#open.findLastIndex((open) => open.level < level);
  }
}

/** A status record that stands alone. */
export function statusTree(text: string): JsonObject {
  return { EDI_DS40: fieldsOf(text, 0, STATUS) };
}

const NAME = /^(?:\/\w{1,10}\/)?[A-Z][A-Z0-9_]{1,29}$/;
/** Numbers of the IDoc, the segment and its parent, and the level: digits, or nothing. */
const NUMBERS = /^[A-Z0-9 ]{16}[\d ]{6}[\d ]{6}[\d ]{2}$/i;

/** Digits without their padding; empty for zero and for nothing. */
function numberOf(value: string | undefined): string {
  return value?.replace(/^0+/, '') ?? '';
}

function append(object: JsonObject, name: string, value: JsonObject): void {
  const known = object[name];
  if (known === undefined) setMember(object, name, value);
  else if (Array.isArray(known)) known.push(value);
  else setMember(object, name, [known, value]);
}
