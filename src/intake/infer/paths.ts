import type { Entry, Json, JsonObject } from '../entry.ts';
import type { Path } from './path-grammar.ts';
import { hasMany, parsePath, PathError } from './path-grammar.ts';
import type { Open, Walk } from './path-walk.ts';
import { compileWalk, joinedKeys } from './path-walk.ts';

/**
 * Paths to fields: `order.id`, `lines[].sku` (every element), `log.message` (inside a cell or text that holds JSON), `^trace.concept:name`
 * (in what surrounds the entry), a header name for rows. A key that itself has dots is found too: the longest key that exists wins.
 * What else a path may say: `path-grammar.ts`.
 */

/** What a getter reads from: an object, or the cells of a row. */
export type Root = JsonObject | readonly string[];
export type Getter = (root: Root, context: JsonObject | undefined) => Json | undefined;

const ITEM = '[]';
/** Values that one path leads to in one entry. */
const MAX_VALUES = 1000;

/** What paths are compiled for. */
export interface PathScope {
  readonly header: readonly string[] | undefined;
  readonly open: Open;
  /** Whether the entries come from XML. */
  readonly xml?: boolean;
  /** Names, in the context, of what the record stands in, the nearest first: where `../` leads. */
  readonly parents?: readonly string[];
}

/** The object or cells of an entry; a bare scalar or array is read as the field `value`. */
export function rootOf(entry: Entry): Root {
  return entry.kind === 'row' ? entry.cells : rootOfValue(entry.value);
}

/** The object that paths begin at; a bare scalar or array is read as the field `value`. */
export function rootOfValue(value: Json): JsonObject {
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

/** Whether a path that inference wrote leads to several values. */
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
export function createOpener(): Open {
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

/** The first value of a path. */
export function compileGetter(path: string, scope: PathScope): Getter {
  if (isPlain(path) && scope.xml !== true) return plainGetter(path, scope);
  const from = compileStart(path, scope);
  let found: Json | undefined;
  const first = (value: Json): boolean => {
    found = value;
    return true;
  };
  return (root, context) => {
    found = undefined;
    from(root, context, first);
    return found;
  };
}

/** Every value of a path, in order; at most 1,000. */
export function compileList(path: string, scope: PathScope): (root: Root, context: JsonObject | undefined) => Json[] {
  const from = compileStart(path, scope);
  return (root, context) => {
    const values: Json[] = [];
    from(root, context, (value) => {
      values.push(value);
      return values.length >= MAX_VALUES;
    });
    return values;
  };
}

/** Whether a path can lead to several values in one entry. */
export function leadsToMany(path: string, scope: PathScope): boolean {
  if (scope.xml === true) return true;
  if (isPlain(path)) return false;
  const { bare, header } = withoutColumn(path, scope);
  if (header !== undefined && bare === '') return false;
  const parsed = tryPath(bare, false);
  return parsed !== undefined && hasMany(parsed.steps);
}

/** Names and dots only: what the hot path is made for. */
function isPlain(path: string): boolean {
  return !/[[\]*/$]/.test(path);
}

function plainGetter(path: string, { header, open }: PathScope): Getter {
  if (path.startsWith('^')) {
    const inner = joinedKeys(path.slice(1).split('.'), open);
    return (_root, context) => (context === undefined ? undefined : inner(context));
  }
  if (header !== undefined) {
    const { column, rest } = splitColumn(path, header);
    if (column < 0) return () => undefined;
    if (rest === '') return (root) => (root as readonly string[])[column];
    const inner = joinedKeys(rest.split('.'), open);
    return (root) => {
      const cell = (root as readonly string[])[column];
      return cell === undefined ? undefined : inner(cell);
    };
  }
  const segments = path.split('.');
  if (segments.length === 1) return (root) => (root as JsonObject)[path];
  const inner = joinedKeys(segments, open);
  return (root) => inner(root as JsonObject);
}

type Start = (root: Root, context: JsonObject | undefined, visit: (value: Json) => boolean) => boolean;

/** Any path but a plain one. A path that cannot be read is the name of a key: keys may hold brackets and slashes. */
function compileStart(path: string, scope: PathScope): Start {
  const { open, parents = [] } = scope;
  const xml = scope.xml === true;
  if (path.startsWith('^')) {
    const inner = walkOf(path.slice(1), open);
    return (_root, context, visit) => context !== undefined && inner(context, visit);
  }
  const { bare, header } = withoutColumn(path, scope);
  if (header !== undefined) {
    if (header.column < 0) return () => false;
    const inner = bare === '' ? undefined : walkOf(bare, open);
    return (root, _context, visit) => {
      const cell = (root as readonly string[])[header.column];
      if (cell === undefined) return false;
      return inner === undefined ? visit(cell) : inner(cell, visit);
    };
  }
  const parsed = tryPath(path, xml);
  if (parsed !== undefined && parsed.up > 0) {
    const parent = parents[parsed.up - 1];
    const inner = compileWalk(parsed.steps, { elements: parsed.xml, lone: xml, open });
    return (_root, context, visit) => {
      const value = parent === undefined ? undefined : context?.[parent];
      return value !== undefined && inner(value, visit);
    };
  }
  const inner = parsed === undefined ? undefined : compileWalk(parsed.steps, { elements: parsed.xml, lone: xml, open });
  return (root, _context, visit) => {
    // `TimeGenerated [UTC]` is a key and no path.
    const literal = (root as JsonObject)[path];
    if (literal !== undefined) return xml && Array.isArray(literal) ? literal.some((one) => visit(one)) : visit(literal);
    return inner !== undefined && inner(root as JsonObject, visit);
  };
}

function walkOf(path: string, open: Open): Walk {
  const parsed = tryPath(path, false);
  return parsed === undefined ? () => false : compileWalk(parsed.steps, { elements: false, lone: false, open });
}

function tryPath(path: string, xml: boolean): Path | undefined {
  try {
    return parsePath(path, xml);
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}

/** The column that a path begins with, and what is left of the path within the cell. */
function withoutColumn(path: string, { header }: PathScope): { bare: string; header: { readonly column: number } | undefined } {
  if (header === undefined) return { bare: path, header: undefined };
  const quoted = /^(?:\$\.?)?\[(['"])(.*?)\1\](.*)$/s.exec(path);
  if (quoted !== null) {
    const column = columnNames(header).indexOf(quoted[2]!);
    if (column >= 0) return { bare: quoted[3]!.replace(/^\./, ''), header: { column } };
  }
  const { column, rest } = splitColumn(path, header);
  return { bare: rest, header: { column } };
}

function splitColumn(path: string, header: readonly string[]): { readonly column: number; readonly rest: string } {
  const names = columnNames(header);
  const exact = names.indexOf(path);
  if (exact >= 0) return { column: exact, rest: '' };
  let column = -1;
  for (const [index, name] of names.entries()) {
    if ((path.startsWith(`${name}.`) || path.startsWith(`${name}[`)) && (column < 0 || name.length > (names[column]?.length ?? 0)))
      column = index;
  }
  return column < 0 ? { column, rest: '' } : { column, rest: path.slice(names[column]!.length).replace(/^\./, '') };
}
