/** A stretch of text, marked where it is one of the looked-for values. */
export interface Piece {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly marked: boolean;
}

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

/** Cuts text at every occurrence of the values, the longest first where they overlap. Joined again, the pieces are the text. */
export function highlight(text: string, values: readonly string[]): readonly Piece[] {
  const wanted = [...new Set(values)].filter((value) => value.length >= 2).toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (wanted.length === 0 || text === '') return text === '' ? [] : [{ at: 0, text, marked: false }];
  const pattern = new RegExp(wanted.map((value) => value.replace(SPECIAL, '\\$&')).join('|'), 'g');
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) pieces.push({ at, text: text.slice(at, match.index), marked: false });
    pieces.push({ at: match.index, text: match[0], marked: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), marked: false });
  return pieces;
}
