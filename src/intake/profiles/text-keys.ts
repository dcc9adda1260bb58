import type { Draft } from '../draft.ts';
import { compileFinder } from '../infer/text-patterns.ts';
import type { TextPattern } from '../mapper.ts';

/** Longest part of a message that is searched for keys: stack traces behind it hold none. */
const SEARCHED = 4_000;

/** Puts the keys that a text mentions into the draft, with `text` as their path. */
export type TextReader = (text: string, draft: Draft) => void;

/** Finds the keys of learned patterns in free text. One per source. */
export function createTextReader(patterns: readonly TextPattern[]): TextReader {
  if (patterns.length === 0) return () => {};
  const find = compileFinder(patterns);
  return (text, draft) => {
    if (text === '') return;
    find(text.length > SEARCHED ? text.slice(0, SEARCHED) : text, (type, value) => draft.identifier(type, value, 'text'));
  };
}
