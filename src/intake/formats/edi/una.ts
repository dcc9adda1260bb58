import { isSeparator } from './isa.ts';
import { withoutLineEnds } from './segment-tree.ts';
import { EDIFACT_DEFAULT, type Separators } from './separators.ts';

/** Longest beginning of an interchange that is looked at. */
export const UNB_SEARCH = 80;

/** ISO 9735, level B without a service string advice: information separators, nothing is released. */
const LEVEL_B: Separators = { ...EDIFACT_DEFAULT, element: '\x1d', component: '\x1f', terminator: '\x1c', release: '' };

/** The character sets of ISO 9735 (data element 0001) that single bytes above 0x7F stand for. Latin-1 needs nothing: it is what such text is decoded as. */
const CHARSETS: Readonly<Record<string, string>> = {
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
};

/** Where the interchange header begins, behind a service string advice, and what separates it. */
export interface EdifactStart {
  readonly separators: Separators;
  /** Characters before `UNB`. */
  readonly header: number;
}

/**
 * The separators of an EDIFACT interchange: from its service string advice (`UNA:+.? '`: component, element, decimal mark, release, repetition, terminator),
 * else the defaults of its syntax level. The repetition separator counts from syntax version 4 on; before, its place is reserved (ISO 9735-1).
 *
 * @param beginning begins with `UNA` or `UNB`.
 * @returns `undefined` when no interchange begins here, `short` when more text is needed to tell.
 */
export function readEdifactStart(beginning: string): EdifactStart | 'short' | undefined {
  // The name itself may be wrapped, where it is not the first one of a file.
  const text = /^U[\r\n]*N[\r\n]*B/.test(beginning) ? withoutLineEnds(beginning) : beginning;
  if (text.length < 4) return 'UNA'.startsWith(text.slice(0, 3)) || 'UNB'.startsWith(text.slice(0, 3)) ? 'short' : undefined;
  if (text.startsWith('UNB')) return withHeader(text, 0, text[3] === '\x1d' ? LEVEL_B : EDIFACT_DEFAULT, false);
  if (!text.startsWith('UNA')) return undefined;
  if (text.length < 9) return 'short';
  const [component, element, , release, reserved, terminator] = text.slice(3, 9) as unknown as readonly string[];
  if (!isSeparator(component!) || !isSeparator(element!) || !isSeparator(terminator!)) return undefined;
  if (new Set([component, element, terminator]).size < 3) return undefined;
  let header = 9;
  while (header < text.length && text.charCodeAt(header) <= 32) header++;
  const separators: Separators = {
    ...EDIFACT_DEFAULT,
    component: component!,
    element: element!,
    terminator: terminator!,
    release: isSeparator(release!) ? release! : '',
    repetition: isSeparator(reserved!) ? reserved! : '',
  };
  if (text.length - header < 3) return text.length >= UNB_SEARCH || !'UNB'.startsWith(text.slice(header)) ? undefined : 'short';
  return text.startsWith('UNB', header) ? withHeader(text, header, separators, true) : undefined;
}

/** Checks the first element of the header (`UNOC:3`) and adds what it says. */
function withHeader(text: string, header: number, known: Separators, advised: boolean): EdifactStart | 'short' | undefined {
  const rest = text.slice(header + 3, header + 3 + 24).replace(/[\r\n]/g, '');
  const match = /^(.)([A-Z]{3}[A-Z0-9])(.)(\d)/.exec(rest);
  if (match === null) return rest.length < 7 && text.length < UNB_SEARCH ? 'short' : undefined;
  const [, element = '', level = '', component = '', version = ''] = match;
  let separators = known;
  if (element !== known.element || component !== known.component) {
    // Other separators than the defaults, and nobody said so; the advice, where there is one, is not contradicted.
    if (advised || !isSeparator(element) || !isSeparator(component) || element === component) return undefined;
    separators = { ...known, element, component };
  }
  const repetition = version >= '4' ? (advised ? separators.repetition : '*') : '';
  const repeats = ![separators.element, separators.component, separators.terminator, separators.release].includes(repetition);
  return { separators: { ...separators, repetition: repeats ? repetition : '', charset: CHARSETS[level] ?? '' }, header };
}
