import { withoutLineEnds } from './segment-tree.ts';
import { isLineEnd, type Separators } from './separators.ts';

/** Where the element separators of a well-formed ISA stand: its elements have fixed widths (X12.5, interchange control header). */
const FIXED = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103] as const;
const ISA_LENGTH = 106;
/** Longest beginning that is looked at: 106 characters with line ends between them, or with padding that was changed. */
export const ISA_SEARCH = 320;

/**
 * The separators of an X12 interchange from its header: element (4th character), component (ISA16) and the segment terminator behind it; ISA11 is the
 * repetition separator from version 00402 on. Read from the fixed positions, also where lines were wrapped inside the header; where the
 * padding was changed, by counting 16 elements.
 *
 * @param beginning begins with `ISA`.
 * @returns `undefined` when this is no header, `short` when more text is needed to tell.
 */
export function readIsa(beginning: string): Separators | 'short' | undefined {
  // The name itself may be wrapped, where it is not the first one of a file.
  const text = beginning.startsWith('ISA') ? beginning : withoutLineEnds(beginning);
  if (!text.startsWith('ISA')) return 'ISA'.startsWith(text) ? 'short' : undefined;
  const element = text[3];
  if (element === undefined) return 'short';
  if (!isSeparator(element)) return undefined;
  const wrapped = isLineEnd(element) ? text : withoutLineEnds(text.slice(0, ISA_LENGTH));
  const plain = wrapped.length === Math.min(text.length, ISA_LENGTH) ? text : withoutLineEnds(text);
  if (FIXED.every((at) => at >= plain.length || plain[at] === element)) {
    if (plain.length < ISA_LENGTH) return 'short';
    const fixed = separatorsOf(element, plain[82]!, plain.slice(84, 89), plain[104]!, plain[105]!);
    if (fixed !== undefined) return fixed;
  }
  return byCounting(text, element);
}

function byCounting(text: string, element: string): Separators | 'short' | undefined {
  const parts = text.slice(0, ISA_SEARCH).split(element);
  if (parts.length < 17) return text.length < ISA_SEARCH && parts.every((part, i) => isElement(part, i)) ? 'short' : undefined;
  if (!parts.slice(0, 16).every((part, i) => isElement(part, i)) || !/^\d{1,9}$/.test(parts[13]!.trim())) return undefined;
  const last = parts[16]!;
  if (last.length < 2) return parts.length > 17 ? undefined : 'short';
  return separatorsOf(element, parts[11]!.trim(), parts[12]!.trim(), last[0]!, last[1]!);
}

/** Whether a part can be that element of an ISA: nothing in it is wider than its place, and version and date are digits. */
function isElement(part: string, index: number): boolean {
  if (index === 0) return part === 'ISA';
  if (part.length > 40) return false;
  if (index === 9 || index === 12) return /^\s{0,5}\d{0,8}\s{0,5}$/.test(part);
  return true;
}

function separatorsOf(element: string, isa11: string, version: string, component: string, terminator: string): Separators | undefined {
  if (!/^\d{5}$/.test(version)) return undefined;
  if (!isSeparator(terminator) || !isSeparator(component) || component === terminator || component === element || terminator === element) {
    return undefined;
  }
  const repeats = version >= '00402' && isSeparator(isa11) && isa11 !== element && isa11 !== component && isa11 !== terminator;
  return { element, component, terminator, repetition: repeats ? isa11 : '', release: '', tag: '', charset: '' };
}

/** Letters, digits, blanks and halves of characters outside of the basic plane separate nothing. */
export function isSeparator(character: string): boolean {
  return character.length === 1 && !/^[A-Za-z0-9 \uD800-\uDFFF\uFFFD]$/.test(character);
}
