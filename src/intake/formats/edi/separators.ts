import type { Json, JsonObject } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';

/** The characters that take an interchange apart. Each is one character (code point), or empty where the interchange has none. */
export interface Separators {
  readonly element: string;
  readonly component: string;
  readonly terminator: string;
  readonly repetition: string;
  /** What stands before a separator that is data. */
  readonly release: string;
  /** Stands between the segment's name and its first element, where that is no element separator (TRADACOMS `=`). */
  readonly tag: string;
  /** The character set that the interchange declares (`iso-8859-2`), for text that was decoded without knowing it; empty: nothing to do. */
  readonly charset: string;
}

/** EDIFACT without a service string advice (ISO 9735, level A). */
export const EDIFACT_DEFAULT: Separators = {
  element: '+',
  component: ':',
  terminator: "'",
  repetition: '',
  release: '?',
  tag: '',
  charset: '',
};

/** Whether line ends are data or separators there; where they are not, they only wrap lines and are left out. */
export function keepsLineEnds(separators: Separators): boolean {
  return isLineEnd(separators.terminator) || isLineEnd(separators.element) || isLineEnd(separators.component);
}

export function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}

/** The sets of separators found in the first part of a file, kept with the source. Most files have one. */
export function setsToOptions(sets: readonly Separators[]): FormatOptions {
  return { separators: sets.map((set): JsonObject => ({ ...set })) };
}

/** The sets kept with a source; what is no set is left out. */
export function setsOf(options: FormatOptions): readonly Separators[] {
  const list: Json | undefined = options['separators'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const text = (name: string): string => {
      const value = item[name];
      return typeof value === 'string' ? value : '';
    };
    const set: Separators = {
      element: text('element'),
      component: text('component'),
      terminator: text('terminator'),
      repetition: text('repetition'),
      release: text('release'),
      tag: text('tag'),
      charset: text('charset'),
    };
    return set.element === '' || set.terminator === '' ? [] : [set];
  });
}

export function sameSeparators(a: Separators, b: Separators): boolean {
  return (
    a.element === b.element &&
    a.component === b.component &&
    a.terminator === b.terminator &&
    a.repetition === b.repetition &&
    a.release === b.release &&
    a.tag === b.tag &&
    a.charset === b.charset
  );
}
