import type { Json, JsonObject } from '../entry.ts';
import type { PathStep } from './path-grammar.ts';

/** Told of each value a path leads to; true ends the walk. */
export type Visit = (value: Json) => boolean;
/** Walks from a value along a path. True when the visitor ended it. */
export type Walk = (value: Json, visit: Visit) => boolean;

export type Open = (text: string) => Json | undefined;

/** Elements looked at by one step that searches all levels: what lies deeper or behind is not found. */
const MAX_DESCENT = 10_000;
const MAX_DEPTH = 64;

/** How values are walked. */
export interface WalkMode {
  /** Names are those of single elements, and `*` is no attribute: the path is written like XPath. */
  readonly elements: boolean;
  /** An element that occurs once is no list of one, as in trees made of XML: steps go through lists, and a lone value counts as a list. */
  readonly lone: boolean;
  readonly open: Open;
}

/** Compiles steps to one closure. */
export function compileWalk(steps: readonly PathStep[], mode: WalkMode): Walk {
  let walk: Walk = mode.lone ? everyOne : (value, visit) => visit(value);
  for (const step of steps.toReversed()) walk = compileStep(step, mode, walk);
  return walk;
}

function everyOne(value: Json, visit: Visit): boolean {
  if (!Array.isArray(value)) return visit(value);
  for (const one of value) if (visit(one)) return true;
  return false;
}

function compileStep(step: PathStep, mode: WalkMode, next: Walk): Walk {
  switch (step.kind) {
    case 'keys':
      return mode.elements ? element(step.keys[0]!, next) : keys(step, mode, next);
    case 'all':
      return each(mode, next);
    case 'any':
      return members(mode, next);
    case 'item':
      return item(step.index, mode.open, next);
    case 'where':
      return where(compileWalk(step.path, mode), step.value, mode.open, next);
    case 'descend':
      return descend(step.name, next);
    case 'text':
      return (value, visit) => {
        const text = isObject(value) ? value['#text'] : value;
        return text !== undefined && next(text, visit);
      };
  }
}

function keys(step: PathStep & { kind: 'keys' }, { lone, open }: WalkMode, next: Walk): Walk {
  const get = step.exact ? ownKey(step.keys[0]!, open) : joinedKeys(step.keys, open);
  const through = lone ? step.keys.toReversed().reduce((walk, key) => element(key, walk), next) : undefined;
  return (value, visit) => {
    const found = get(value);
    if (found !== undefined) return next(found, visit);
    return through !== undefined && through(value, visit);
  };
}

function ownKey(key: string, open: Open): (value: Json) => Json | undefined {
  return (value) => {
    const object = typeof value === 'string' ? open(value) : value;
    return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
  };
}

/** Walks keys, trying joined keys first: `trace.id` may be one key or two. */
export function joinedKeys(segments: readonly string[], open: Open): (value: Json) => Json | undefined {
  const count = segments.length;
  const joined = segments.map((_, from) => Array.from({ length: count - from }, (_unused, i) => segments.slice(from, count - i).join('.')));
  const walk = (value: Json, from: number): Json | undefined => {
    if (from === count) return value;
    const object = typeof value === 'string' ? open(value) : value;
    if (!isObject(object)) return undefined;
    const names = joined[from] ?? [];
    for (let i = 0; i < names.length; i++) {
      const next = object[names[i] ?? ''];
      if (next === undefined) continue;
      const found = walk(next, count - i);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (value) => walk(value, 0);
}

function element(name: string, next: Walk): Walk {
  const walk: Walk = (value, visit) => {
    if (Array.isArray(value)) {
      for (const one of value) if (!Array.isArray(one) && walk(one, visit)) return true;
      return false;
    }
    if (!isObject(value)) return false;
    const found = value[name];
    if (found === undefined) return false;
    return next(found, visit);
  };
  return walk;
}

/** The elements of a list; a single object is a list of one, as converters from XML leave it. */
function each({ lone, open }: WalkMode, next: Walk): Walk {
  return (value, visit) => {
    const list = typeof value === 'string' ? (open(value) ?? (lone ? value : undefined)) : value;
    if (Array.isArray(list)) {
      for (const one of list) if (next(one, visit)) return true;
      return false;
    }
    return list !== undefined && (lone || isObject(list)) && next(list, visit);
  };
}

function members({ elements, open }: WalkMode, next: Walk): Walk {
  return (value, visit) => {
    const object = typeof value === 'string' ? open(value) : value;
    if (Array.isArray(object)) {
      for (const one of object) if (next(one, visit)) return true;
      return false;
    }
    if (!isObject(object)) return false;
    for (const key in object) {
      if (elements && (key.startsWith('@') || key === '#text')) continue;
      const member = object[key]!;
      if (elements && Array.isArray(member)) {
        for (const one of member) if (next(one, visit)) return true;
      } else if (next(member, visit)) return true;
    }
    return false;
  };
}

function item(index: number, open: Open, next: Walk): Walk {
  return (value, visit) => {
    const list = typeof value === 'string' ? (open(value) ?? value) : value;
    const found = Array.isArray(list) ? list.at(index) : index === 0 || index === -1 ? list : undefined;
    return found !== undefined && next(found, visit);
  };
}

function where(path: Walk, expected: string, open: Open, next: Walk): Walk {
  const equals: Visit = (value) => scalarText(value) === expected;
  return (value, visit) => {
    const list = typeof value === 'string' ? (open(value) ?? value) : value;
    if (!Array.isArray(list)) return path(list, equals) && next(list, visit);
    for (const one of list) if (path(one, equals) && next(one, visit)) return true;
    return false;
  };
}

function descend(name: string, next: Walk): Walk {
  return (value, visit) => {
    let left = MAX_DESCENT;
    const search = (node: Json, depth: number): boolean => {
      if (typeof node !== 'object' || node === null || depth > MAX_DEPTH || left-- <= 0) return false;
      if (Array.isArray(node)) {
        for (const one of node) if (search(one, depth + 1)) return true;
        return false;
      }
      for (const key in node) {
        const member = node[key]!;
        if (key === name) {
          const list = Array.isArray(member) ? member : [member];
          for (const one of list) if (next(one, visit)) return true;
        }
        if (search(member, depth + 1)) return true;
      }
      return false;
    };
    return search(value, 0);
  };
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = isObject(value) ? value['#text'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
