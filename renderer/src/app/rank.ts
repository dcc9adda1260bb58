/**
 * How well a title answers what was typed: higher is better, 0 is no match. A prefix beats the start of a word, that beats any
 * other part, that beats letters in order. Shorter titles win among equals.
 */
export function rank(title: string, typed: string): number {
  const query = typed.trim().toLowerCase();
  if (query === '') return 1;
  const text = title.toLowerCase();
  const brevity = 1 / (1 + text.length);
  if (text.startsWith(query)) return 4 + brevity;
  const at = text.indexOf(query);
  if (at > 0) return (/[\s\-/:_.]/.test(text.charAt(at - 1)) ? 3 : 2) + brevity;
  return isSubsequence(query, text) ? 1 + brevity : 0;
}

function isSubsequence(query: string, text: string): boolean {
  let from = 0;
  for (const letter of query) {
    if (letter === ' ') continue;
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** The items that match, best first; equal ones keep their order. */
export function ranked<T>(items: readonly T[], typed: string, titleOf: (item: T) => string): readonly T[] {
  return items
    .map((item, index) => ({ item, index, score: rank(titleOf(item), typed) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((entry) => entry.item);
}
