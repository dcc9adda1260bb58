import type { Json, JsonObject } from '../../entry.ts';
import { readIsa, ISA_SEARCH } from './isa.ts';
import { EDIFACT_DEFAULT, type Separators } from './separators.ts';
import { readEdifactStart, UNB_SEARCH } from './una.ts';

/** A header and its trailer. `count` and `control` name the elements of the trailer that say how much there was, and repeat the header's number. */
export interface Envelope {
  readonly open: string;
  readonly close: string;
  /** How it is called in sentences. */
  readonly name: string;
  readonly count: string;
  readonly control: string;
  /** The header's element that `control` repeats; empty: there is none. */
  readonly number: string;
}

/** How one EDI syntax wraps its messages. */
export interface Dialect {
  readonly interchange: Envelope;
  readonly group: Envelope;
  readonly message: Envelope;
  /** Whether the interchange's header holds separators as its data, and is split into elements only. */
  readonly plainHeader: boolean;
  /** The element of the message's header that names its type. */
  readonly type: string;
  /** Segments of the interchange that are messages by themselves (X12 `TA1`). */
  readonly alone: readonly string[];
  /** What an interchange may begin with. */
  readonly starts: readonly string[];
  /** Characters that `start` wants to see at most. */
  readonly search: number;
  /** The separators of an interchange that begins at the text's first character, and how many characters stand before its header. */
  readonly start: (text: string) => { readonly separators: Separators; readonly header: number } | 'short' | undefined;
}

/** ANSI X12 (X12.5 interchange control structures, X12.6 application control structure). */
export const X12: Dialect = {
  interchange: { open: 'ISA', close: 'IEA', name: 'interchange', count: 'IEA01', control: 'IEA02', number: 'ISA13' },
  group: { open: 'GS', close: 'GE', name: 'group', count: 'GE01', control: 'GE02', number: 'GS06' },
  message: { open: 'ST', close: 'SE', name: 'transaction set', count: 'SE01', control: 'SE02', number: 'ST02' },
  plainHeader: true,
  type: 'ST01',
  alone: ['TA1'],
  starts: ['ISA'],
  search: ISA_SEARCH,
  start(text) {
    const separators = readIsa(text);
    return typeof separators === 'object' ? { separators, header: 0 } : separators;
  },
};

/** UN/EDIFACT (ISO 9735). */
export const EDIFACT: Dialect = {
  interchange: { open: 'UNB', close: 'UNZ', name: 'interchange', count: 'UNZ01', control: 'UNZ02', number: 'UNB05' },
  group: { open: 'UNG', close: 'UNE', name: 'group', count: 'UNE01', control: 'UNE02', number: 'UNG05' },
  message: { open: 'UNH', close: 'UNT', name: 'message', count: 'UNT01', control: 'UNT02', number: 'UNH01' },
  plainHeader: false,
  type: 'UNH02',
  alone: [],
  starts: ['UNB', 'UNA'],
  search: UNB_SEARCH,
  start: readEdifactStart,
};

const TRADACOMS_SEPARATORS: Separators = { ...EDIFACT_DEFAULT, tag: '=' };

/** TRADACOMS (Article Number Association, UK; built on UN/GTDI): a tag, `=`, and elements as in EDIFACT. Its trailers repeat no numbers. */
export const TRADACOMS: Dialect = {
  interchange: { open: 'STX', close: 'END', name: 'transmission', count: 'END01', control: '', number: 'STX05' },
  group: { open: 'BAT', close: 'EOB', name: 'batch', count: 'EOB01', control: '', number: 'BAT01' },
  message: { open: 'MHD', close: 'MTR', name: 'message', count: 'MTR01', control: '', number: 'MHD01' },
  plainHeader: false,
  type: 'MHD02',
  alone: [],
  starts: ['STX'],
  search: 16,
  start(text) {
    if (text.length < 9) return 'STX=ANA'.startsWith(text.slice(0, 7)) ? 'short' : undefined;
    return /^STX=[A-Z]{2,4}[:+\d]/.test(text) ? { separators: TRADACOMS_SEPARATORS, header: 0 } : undefined;
  },
};

/** The text of an element: of its first component, where there are several; of its first repetition. Empty when there is none. */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return textOf(value[0]);
  if (typeof value === 'object' && value !== null && Array.isArray(value['repeated'])) return textOf(value['repeated'][0]);
  return '';
}

/** What `SE01` and its kin say against what there is; undefined when they agree or say nothing that can be compared. */
export function countProblem(trailer: JsonObject, envelope: Envelope, count: number, what: string): string | undefined {
  const said = textOf(trailer[envelope.count]).trim();
  if (!/^\d{1,12}$/.test(said) || Number(said) === count) return undefined;
  return `${envelope.count} says ${Number(said)} ${what}, there ${count === 1 ? 'is' : 'are'} ${count}`;
}

/** The same for the number that header and trailer share. */
export function controlProblem(header: JsonObject | undefined, trailer: JsonObject, envelope: Envelope): string | undefined {
  if (envelope.control === '' || header === undefined) return undefined;
  const opened = textOf(header[envelope.number]).trim();
  const closed = textOf(trailer[envelope.control]).trim();
  if (opened === closed || sameNumber(opened, closed)) return undefined;
  return `${envelope.number} is ${shown(opened)}, ${envelope.control} is ${shown(closed)}`;
}

/** Numbers may be padded on one side only. */
function sameNumber(a: string, b: string): boolean {
  return /^\d{1,14}$/.test(a) && /^\d{1,14}$/.test(b) && Number(a) === Number(b);
}

function shown(text: string): string {
  return text === '' ? 'empty' : text.slice(0, 40);
}
