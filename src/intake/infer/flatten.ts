import type { Entry, Json, JsonObject } from '../entry.ts';
import { columnNames, openText } from './paths.ts';

export type Scalar = string | number | boolean;

const MAX_DEPTH = 8;
const MAX_ITEMS = 25;

/** Told of each scalar of an entry: its path, its value, and whether it stood in a text that holds JSON. */
export type Visit = (path: string, value: Scalar, inText: boolean) => void;

/** Words that exporters write where there is no value. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(['', '-', 'null', 'none', 'n/a', 'nan', 'undefined', '(null)', '(blank)', 'nil']);

/** Whether a text stands for "no value". */
export function isEmptyText(text: string): boolean {
  const length = text.length;
  if (length === 0) return true;
  if (length > 9) return false;
  // Runs on every value of an import: only what begins like one of the words is looked up.
  const first = text.charCodeAt(0);
  if (first > 0x2d && first !== 0x6e && first !== 0x4e && first !== 0x75 && first !== 0x55) return false;
  return EMPTY_WORDS.has(text.trim().toLowerCase());
}

/** Visits every scalar of an entry, and of what surrounds it (paths with `^`). Empty values are left out; texts that hold JSON are opened and visited themselves. */
export function flatten(entry: Entry, header: readonly string[] | undefined, visit: Visit): void {
  if (entry.kind === 'row') {
    const names = columnNames(header ?? entry.cells.map(() => ''));
    for (const [index, cell] of entry.cells.entries()) walk(cell, names[index] ?? `column ${index + 1}`, 0, false, visit);
    return;
  }
  if (entry.context !== undefined) walkObject(entry.context, '^', 1, false, visit);
  const value = entry.value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) walkObject(value, '', 0, false, visit);
  else walk(value, 'value', 0, false, visit);
}

function walkObject(object: JsonObject, prefix: string, depth: number, inText: boolean, visit: Visit): void {
  for (const [key, value] of Object.entries(object))
    walk(value, prefix === '' || prefix === '^' ? prefix + key : `${prefix}.${key}`, depth, inText, visit);
}

function walk(value: Json, path: string, depth: number, inText: boolean, visit: Visit): void {
  if (value === null || depth > MAX_DEPTH) return;
  if (typeof value === 'object') {
    if (Array.isArray(value)) for (const item of value.slice(0, MAX_ITEMS)) walk(item, `${path}[]`, depth + 1, inText, visit);
    else walkObject(value, path, depth + 1, inText, visit);
    return;
  }
  if (typeof value !== 'string') {
    visit(path, value, inText);
    return;
  }
  if (isEmptyText(value)) return;
  const opened = openText(value);
  visit(path, value, inText);
  if (opened !== undefined) walk(opened, path, depth + 1, true, visit);
}
