/** Stands for what differs between messages of one cause. */
export const WILDCARD = '<*>';

/**
 * Two templates are one when at least this share of their words is equal. Drain takes 0.5 of all words; here what varies was masked before, and taking
 * two causes for one hides one of them.
 */
const SIMILAR = 0.7;
/** What looks like an id is a code (`HTTP 503`, `ORA-12541`) when it has at most this share of the messages as distinct values: it repeats. */
const CODE_SHARE = 0.2;
/** Words that a template keeps: the rest of a stack trace tells the same again. */
const MOST_WORDS = 40;

const QUOTED = /"[^"]*"|'[^']*'(?=\W|$)|`[^`]*`/g;
/** A word that no person chose: with a digit in it, or long and hexadecimal. */
const ID = /\d|^[0-9a-f]{8,}$/i;

/**
 * Which messages say the same. Masks quotes and what looks like an id, keeps ids that repeat like codes do, and merges what is left by the fixed-depth
 * tree of Drain (He, Zhu, Zheng and Lyu: Drain: An Online Log Parsing Approach with Fixed Depth Tree, ICWS 2017): by number of words, then by first
 * word, then the most similar template. Messages are taken in an order of their own, so the result does not depend on theirs.
 *
 * @param messages with how often each is said
 * @returns the template of each message
 */
export function signatures(messages: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const masked = maskAll(messages);
  const counts = new Map<string, number>();
  for (const [message, template] of masked) counts.set(template, (counts.get(template) ?? 0) + (messages.get(message) ?? 0));
  const merged = mergeAll(counts);
  return new Map([...masked].map(([message, template]) => [message, merged.get(template) ?? template]));
}

/** Messages with what looks like an id masked, unless it repeats. */
function maskAll(messages: ReadonlyMap<string, number>): Map<string, string> {
  const groups = new Map<string, { readonly message: string; readonly words: readonly string[]; readonly count: number }[]>();
  for (const [message, count] of messages) {
    const words = wordsOf(message);
    const coarse = words.map((word) => (ID.test(word) ? WILDCARD : word)).join(' ');
    const group = groups.get(coarse);
    if (group === undefined) groups.set(coarse, [{ message, words, count }]);
    else group.push({ message, words, count });
  }
  const masked = new Map<string, string>();
  for (const group of groups.values()) {
    const total = group.reduce((sum, { count }) => sum + count, 0);
    const isCode = (group[0]?.words ?? []).map((_, at) => {
      const values = new Set(group.map(({ words }) => words[at]));
      return values.size === 1 || values.size <= CODE_SHARE * total;
    });
    for (const { message, words } of group)
      masked.set(message, words.map((word, at) => (ID.test(word) && isCode[at] !== true ? WILDCARD : word)).join(' '));
  }
  return masked;
}

function wordsOf(message: string): string[] {
  return message.replace(QUOTED, WILDCARD).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
}

/** Template → the one it is part of. */
function mergeAll(templates: ReadonlyMap<string, number>): Map<string, string> {
  // The most frequent first: rarer ones join it. Equal ones in the order of their text.
  const ordered = [...templates].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const tree = new Map<string, Template[]>();
  const memberOf = new Map<string, Template>();
  for (const [text] of ordered) {
    const words = text.split(' ');
    const branch = `${words.length} ${words[0] ?? ''}`;
    const leaf = tree.get(branch);
    const best = leaf === undefined ? undefined : mostSimilar(leaf, words);
    if (best !== undefined) {
      best.words = best.words.map((word, at) => (word === words[at] ? word : WILDCARD));
      memberOf.set(text, best);
      continue;
    }
    const made: Template = { words };
    if (leaf === undefined) tree.set(branch, [made]);
    else leaf.push(made);
    memberOf.set(text, made);
  }
  return new Map([...memberOf].map(([text, { words }]) => [text, words.join(' ')]));
}

interface Template {
  words: readonly string[];
}

function mostSimilar(leaf: readonly Template[], words: readonly string[]): Template | undefined {
  let best: Template | undefined;
  let most = 0;
  for (const template of leaf) {
    const share = similarity(template.words, words);
    if (share >= SIMILAR && share > most) [best, most] = [template, share];
  }
  return best;
}

/** Share of equal words. Two codes that differ are two causes, whatever is said around them. */
function similarity(a: readonly string[], b: readonly string[]): number {
  let equal = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) equal++;
    else if (ID.test(x) && ID.test(y)) return 0;
  }
  return a.length === 0 ? 0 : equal / a.length;
}
