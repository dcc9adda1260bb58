import type { Json, JsonObject } from '../../entry.ts';
import { inCharset } from './charset.ts';
import { controlProblem, countProblem, type Dialect, textOf } from './dialect.ts';
import { type SegmentTrees, withoutLineEnds } from './segment-tree.ts';
import type { Separators } from './separators.ts';

/**
 * The tree of one message: `{ message: '850', control: '0001', segments: [ … ] }`, with `problems` where its trailer contradicts it.
 * @param text from the header's first character to the trailer's terminator.
 */
export function messageTree(text: string, separators: Separators, dialect: Dialect, trees: SegmentTrees): JsonObject {
  const segments = trees.parse(inCharset(text, separators.charset), separators);
  const [header] = segments;
  const trailer = segments.at(-1);
  if (header === undefined || trailer === undefined) return { message: '', control: '', segments: [] };
  const alone = dialect.alone.find((id) => header['segment'] === id);
  if (alone !== undefined) return { message: alone, control: textOf(header[`${alone}01`]), segments };
  const { message } = dialect;
  const tree: JsonObject = { message: textOf(header[dialect.type]), control: textOf(header[message.number]), segments };
  if (trailer['segment'] !== message.close) return tree;
  const problems = [countProblem(trailer, message, segments.length, 'segments'), controlProblem(header, trailer, message)];
  const told = problems.filter((problem): problem is string => problem !== undefined);
  if (told.length > 0) tree['problems'] = told;
  return tree;
}

/**
 * The same from the bytes of an entry alone: the separators are those of the message's own beginning and end; what these do not show (components, repetitions,
 * release) comes from the sets that the source's first part has, the one that fits. Throws when no message of the dialect begins there.
 */
export function parseMessage(text: string, sets: readonly Separators[], fallback: Separators, dialect: Dialect, trees: SegmentTrees): Json {
  const last = text.at(-1) ?? '';
  const id = [dialect.message.open, ...dialect.alone].find((name) => beginsWith(text, name));
  if (id === undefined) throw new Error(`not a ${dialect.message.name}: it does not begin with ${dialect.message.open}`);
  const after = withoutLineEnds(text.slice(0, 16))[id.length] ?? '';
  const element = fallback.tag === '' ? after : fallback.element;
  const fitting = sets.find((set) => set.element === element && set.terminator === last) ?? {
    ...(sets[0] ?? fallback),
    element,
    terminator: last,
  };
  return messageTree(text, fitting, dialect, trees);
}

/** Whether the text begins with a name, line ends within it left out. */
function beginsWith(text: string, name: string): boolean {
  return withoutLineEnds(text.slice(0, 16)).startsWith(name);
}
