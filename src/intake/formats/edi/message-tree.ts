import type { Json, JsonObject } from '../../entry.ts';
import { inCharset } from './charset.ts';
import { controlProblem, countProblem, type Dialect, textOf } from './dialect.ts';
import { type Omitted, omittedOf } from './large-message.ts';
import { type SegmentTrees, withoutLineEnds } from './segment-tree.ts';
import type { Separators } from './separators.ts';

/** More than the name and the first separator of a header, wrapped or not. */
const HEADER_BYTES = 64;

/** A message, and what of it was not looked at. */
export interface MessageTree {
  readonly value: JsonObject;
  readonly omitted: Omitted | undefined;
}

/**
 * The tree of one message: `{ message: '850', control: '0001', segments: [ … ] }`, with `problems` where its trailer contradicts it. Of a large one it has the
 * segments at its beginning and its end, and `omitted` says how many stand between.
 * @param bytes from the header's first character to the trailer's terminator.
 */
export function messageTree(bytes: Buffer, separators: Separators, dialect: Dialect, trees: SegmentTrees): MessageTree {
  const omitted = omittedOf(bytes, separators);
  const parse = (from: number, to: number): JsonObject[] =>
    trees.parse(inCharset(bytes.toString('utf8', from, to), separators.charset), separators);
  const segments = omitted === undefined ? parse(0, bytes.length) : parse(0, omitted.from).concat(parse(omitted.to, bytes.length));
  const value = treeOf(segments, omitted?.segments ?? 0, dialect);
  if (omitted !== undefined) value['omitted'] = omitted.segments;
  return { value, omitted };
}

function treeOf(segments: JsonObject[], omitted: number, dialect: Dialect): JsonObject {
  const [header] = segments;
  const trailer = segments.at(-1);
  if (header === undefined || trailer === undefined) return { message: '', control: '', segments: [] };
  const alone = dialect.alone.find((id) => header['segment'] === id);
  if (alone !== undefined) return { message: alone, control: textOf(header[`${alone}01`]), segments };
  const { message } = dialect;
  const tree: JsonObject = { message: textOf(header[dialect.type]), control: textOf(header[message.number]), segments };
  if (trailer['segment'] !== message.close) return tree;
  const problems = [countProblem(trailer, message, segments.length + omitted, 'segments'), controlProblem(header, trailer, message)];
  const told = problems.filter((problem): problem is string => problem !== undefined);
  if (told.length > 0) tree['problems'] = told;
  return tree;
}

/**
 * The same from the bytes of an entry alone: the separators are those of the message's own beginning and end; what these do not show (components, repetitions,
 * release) comes from the sets that the source's first part has, the one that fits. Throws when no message of the dialect begins there.
 */
export function parseMessage(
  bytes: Buffer,
  sets: readonly Separators[],
  fallback: Separators,
  dialect: Dialect,
  trees: SegmentTrees,
): Json {
  const text = bytes.toString('utf8', 0, HEADER_BYTES);
  // The last character, of up to three bytes.
  const last = bytes.toString('utf8', Math.max(0, bytes.length - 4)).at(-1) ?? '';
  const id = [dialect.message.open, ...dialect.alone].find((name) => beginsWith(text, name));
  if (id === undefined) throw new Error(`not a ${dialect.message.name}: it does not begin with ${dialect.message.open}`);
  const after = withoutLineEnds(text.slice(0, 16))[id.length] ?? '';
  const element = fallback.tag === '' ? after : fallback.element;
  const fitting = sets.find((set) => set.element === element && set.terminator === last) ?? {
    ...(sets[0] ?? fallback),
    element,
    terminator: last,
  };
  return messageTree(bytes, fitting, dialect, trees).value;
}

/** Whether the text begins with a name, line ends within it left out. */
function beginsWith(text: string, name: string): boolean {
  return withoutLineEnds(text.slice(0, 16)).startsWith(name);
}
