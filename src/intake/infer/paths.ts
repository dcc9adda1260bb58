import type { Entry, Json, JsonObject } from '../entry.ts';

/**
 * Paths to fields: `order.id`, `lines[].sku` (every element), `log.message` (inside a cell or text that holds JSON), `^trace.concept:name`
 * (in what surrounds the entry), a header name for rows. A key that itself has dots is found too: the longest key that exists wins.
 */

/** What a getter reads from: an object, or the cells of a row. */
export type Root = JsonObject | readonly string[];
export type Getter = (root: Root, context: JsonObject | undefined) => Json | undefined;

const ITEM = '[]';

/** The object or cells of an entry; a bare scalar or array is read as the field `value`. */
export function rootOf(entry: Entry): Root {
  if (entry.kind === 'row') return entry.cells;
  const value = entry.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value };
}

/** Names of a row's cells: unnamed columns are `column 1`, repeated names get their number (`name 2`). */
export function columnNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((raw, index) => {
    const name = raw.trim() === '' ? `column ${index + 1}` : raw;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

export function isListPath(path: string): boolean {
  return path.includes(ITEM);
}

/** Opens a text that holds a JSON object or list, or a Python-style list (`['i4', 'i1']`); undefined when it does not. */
export function openText(text: string): Json | undefined {
  const first = text.charCodeAt(0) <= 32 ? text.trimStart().charCodeAt(0) : text.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b) return undefined;
  const parsed = tryParse(text);
  if (parsed !== undefined || first !== 0x5b || text.includes('"')) return parsed;
  return tryParse(text.replaceAll("'", '"'));
}

function tryParse(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Opens texts, remembering the last one: several fields of one entry often stand in the same text. */
export function createOpener(): (text: string) => Json | undefined {
  let lastText = '';
  let lastValue: Json | undefined;
  return (text) => {
    if (text !== lastText) {
      lastText = text;
      lastValue = openText(text);
    }
    return lastValue;
  };
}

/** The first `[]`-free value of a path. For list paths use `compileList`. */
export function compileGetter(path: string, header: readonly string[] | undefined, open: (text: string) => Json | undefined): Getter {
  if (path.startsWith('^')) {
    const inner = compileKeys(path.slice(1).split('.'), open);
    return (_root, context) => (context === undefined ? undefined : inner(context));
  }
  if (header !== undefined) {
    const { column, rest } = splitColumn(path, header);
    if (column < 0) return () => undefined;
    if (rest.length === 0) return (root) => (root as readonly string[])[column];
    const inner = compileKeys(rest, open);
    return (root) => {
      const cell = (root as readonly string[])[column];
      return cell === undefined ? undefined : inner(cell);
    };
  }
  const segments = path.split('.');
  if (segments.length === 1) return (root) => (root as JsonObject)[path];
  const inner = compileKeys(segments, open);
  return (root) => inner(root as JsonObject);
}

/** Every value of a list path, in order. */
export function compileList(
  path: string,
  header: readonly string[] | undefined,
  open: (text: string) => Json | undefined,
): (root: Root, context: JsonObject | undefined) => Json[] {
  const parts = path.split(ITEM).map((part) => part.replace(/^\./, ''));
  const first = compileGetter(parts[0] ?? '', header, open);
  const rest = parts.slice(1).map((part) => (part === '' ? undefined : compileKeys(part.split('.'), open)));
  return (root, context) => {
    const start = first(root, context);
    let level: Json[] = start === undefined ? [] : [start];
    for (const getter of rest) {
      const next: Json[] = [];
      for (const value of level) {
        const list = typeof value === 'string' ? open(value) : value;
        if (!Array.isArray(list)) continue;
        for (const item of list) {
          const inner = getter === undefined ? item : getter(item);
          if (inner !== undefined) next.push(inner);
        }
      }
      level = next;
    }
    return level;
  };
}

function splitColumn(path: string, header: readonly string[]): { column: number; rest: readonly string[] } {
  const names = columnNames(header);
  const exact = names.indexOf(path);
  if (exact >= 0) return { column: exact, rest: [] };
  let column = -1;
  for (const [index, name] of names.entries()) {
    if (path.startsWith(`${name}.`) && (column < 0 || name.length > (names[column]?.length ?? 0))) column = index;
  }
  return column < 0 ? { column, rest: [] } : { column, rest: path.slice((names[column]?.length ?? 0) + 1).split('.') };
}

/** Walks keys, trying joined keys first: `trace.id` may be one key or two. */
function compileKeys(segments: readonly string[], open: (text: string) => Json | undefined): (value: Json) => Json | undefined {
  const count = segments.length;
  const joined = segments.map((_, from) => Array.from({ length: count - from }, (_unused, i) => segments.slice(from, count - i).join('.')));
  const walk = (value: Json, from: number): Json | undefined => {
    if (from === count) return value;
    const object = typeof value === 'string' ? open(value) : value;
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined;
    const keys = joined[from] ?? [];
    for (let i = 0; i < keys.length; i++) {
      const next = object[keys[i] ?? ''];
      if (next === undefined) continue;
      const found = walk(next, count - i);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (value) => walk(value, 0);
}
