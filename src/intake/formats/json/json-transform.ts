import type { Json, JsonObject } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';
import { collapseExtended, holdsExtended } from './json-extended.ts';
import { isObject } from './json-element.ts';
import { flagOption, listOption, setMember } from '../shared.ts';

/** Turns what an entry's bytes say into what they mean. */
export type Transform = (value: Json) => Json;

/**
 * What has to be done to every entry of a source, by its options: `columns` names the cells of rows that are lists, `pairs` the two keys of
 * lists of `{ field, value }`, `extended` says that MongoDB's notation is used. Undefined when there is nothing to do.
 */
export function transformOf(options: FormatOptions): Transform | undefined {
  const columns = listOption(options, 'columns');
  const [key, member] = listOption(options, 'pairs');
  const extended = flagOption(options, 'extended');
  if (columns.length > 0) return (value) => (Array.isArray(value) ? fromCells(value, columns) : value);
  if (key !== undefined && member !== undefined) return (value) => (Array.isArray(value) ? fromPairs(value, key, member) : value);
  return extended ? collapseExtended : undefined;
}

/** The options that make the entries of such elements readable. */
export function transformOptions(elements: readonly Json[], holder: JsonObject | undefined): { readonly [key: string]: Json } {
  const first = elements[0];
  if (Array.isArray(first)) {
    const columns = holder === undefined ? undefined : columnsOf(holder, first.length);
    if (columns !== undefined) return { columns };
    const pairs = pairKeys(first);
    return pairs === undefined ? {} : { pairs };
  }
  return elements.slice(0, 20).some((element) => holdsExtended(element, 0)) ? { extended: true } : {};
}

const COLUMN_LISTS = ['columns', 'fields', 'header', 'headers', 'cols', 'schema'] as const;
const COLUMN_NAMES = ['name', 'displayName', 'field', 'label', 'title', 'text'] as const;

/** The names that stand beside a list of rows: texts, or objects with a name; as many as a row has cells. */
function columnsOf(holder: JsonObject, width: number): string[] | undefined {
  for (const key of COLUMN_LISTS) {
    const list = holder[key];
    if (!Array.isArray(list) || list.length !== width || width === 0) continue;
    const names = list.map(columnName);
    if (names.every((name) => name !== '')) return names;
  }
  return undefined;
}

function columnName(column: Json): string {
  if (typeof column === 'string') return column;
  if (!isObject(column)) return '';
  for (const key of COLUMN_NAMES) {
    const name = column[key];
    if (typeof name === 'string') return name;
  }
  return '';
}

/** The keys of `[{ "field": …, "value": … }, …]`, as CloudWatch Logs Insights writes a row. */
function pairKeys(row: readonly Json[]): [key: string, member: string] | undefined {
  const first = row[0];
  if (!isObject(first) || !('value' in first)) return undefined;
  const key = ['field', 'key', 'name'].find((one) => typeof first[one] === 'string');
  if (key === undefined || row.length < 2) return undefined;
  const names = new Set<string>();
  for (const pair of row) {
    if (!isObject(pair) || typeof pair[key] !== 'string' || Object.keys(pair).length > 2) return undefined;
    names.add(pair[key]);
  }
  return names.size === row.length ? [key, 'value'] : undefined;
}

function fromCells(cells: readonly Json[], columns: readonly string[]): JsonObject {
  const row: JsonObject = {};
  for (let i = 0; i < cells.length; i++) setMember(row, columns[i] ?? `column${i + 1}`, cells[i]!);
  return row;
}

function fromPairs(pairs: readonly Json[], key: string, member: string): JsonObject {
  const row: JsonObject = {};
  for (const pair of pairs) {
    if (!isObject(pair)) continue;
    const name = pair[key];
    if (typeof name === 'string') setMember(row, name, pair[member] ?? null);
  }
  return row;
}
