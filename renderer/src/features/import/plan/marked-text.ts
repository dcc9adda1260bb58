/** A piece of a text; `hit` where it is one of the words looked for. */
export interface TextPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** Shorter words stand everywhere and would mark everything. */
const SHORTEST = 2;

/**
 * Cuts a text at the words that were taken from it, so that they can be marked. Where words overlap, the longest counts. A word counts only
 * where it stands by itself: `12` is not found in `2031-12`.
 */
export function markedText(text: string, words: readonly string[]): readonly TextPiece[] {
  const wanted = [...new Set(words)].filter((word) => word.length >= SHORTEST).toSorted((a, b) => b.length - a.length);
  const spans: { readonly from: number; readonly to: number }[] = [];
  for (const word of wanted) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const to = at + word.length;
      if (isEdge(text, at) && isEdge(text, to) && !spans.some((span) => at < span.to && span.from < to)) spans.push({ from: at, to });
    }
  }
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from > done) pieces.push({ text: text.slice(done, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    done = to;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), hit: false });
  return pieces;
}

/** Whether a word may begin or end between these two characters. */
function isEdge(text: string, at: number): boolean {
  const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  return !(isWord(text[at - 1]) && isWord(text[at]));
}
