import type { Entry, JsonObject, Json } from '../entry.ts';
import type { FieldMapping, Mapping, SourceContext } from '../mapper.ts';
import type { PathStep } from './path-grammar.ts';
import { parsePath, PathError } from './path-grammar.ts';
import { templateParts } from './compile-values.ts';
import { compileWalk } from './path-walk.ts';
import type { Open, Walk } from './path-walk.ts';
import type { Root } from './paths.ts';
import { rootOf, rootOfValue } from './paths.ts';

/** One step from the document to its records: `orders[type=web]`. */
export interface RecordLevel {
  /** Key or element; empty for a list within a list. */
  readonly name: string;
  /** Whether its elements are meant, not itself. In XML every name is a list. */
  readonly list: boolean;
  readonly filters: readonly { readonly path: readonly PathStep[]; readonly value: string }[];
}

export interface RecordPath {
  readonly levels: readonly RecordLevel[];
  /** The first element may stand anywhere (`//Order`). */
  readonly deep: boolean;
}

/** Whether entries of this format are made of XML. */
export function isXmlFormat(formatId: string): boolean {
  return formatId === 'xml';
}

/** Reads the path to the records of a document: names, `[*]` and filters. @throws PathError when it cannot be read. */
export function parseRecordPath(text: string, xml: boolean): RecordPath {
  const slashes = xml || text.startsWith('/');
  const deep = slashes && text.startsWith('//');
  const start = slashes ? (deep ? 2 : text.startsWith('/') ? 1 : 0) : 0;
  const { steps, up } = parsePath(slashes ? `./${text.slice(start)}` : text, slashes);
  if (up > 0) throw new PathError('the path to the records begins at the document', 0);
  const levels: RecordLevel[] = [];
  for (const step of steps) addStep(levels, step);
  if (levels.length === 0) throw new PathError('the path to the records is empty', 0);
  return { levels, deep };
}

function addStep(levels: RecordLevel[], step: PathStep): void {
  const last = levels.at(-1);
  switch (step.kind) {
    case 'keys':
      for (const name of step.keys) levels.push({ name, list: false, filters: [] });
      return;
    case 'all':
      if (last === undefined || last.list) levels.push({ name: '', list: true, filters: [] });
      else levels[levels.length - 1] = { ...last, list: true };
      return;
    case 'where': {
      const base = last ?? { name: '', list: true, filters: [] };
      if (last === undefined) levels.push(base);
      levels[levels.length - 1] = { ...base, list: true, filters: [...base.filters, step] };
      return;
    }
    case 'any':
      levels.push({ name: '*', list: true, filters: [] });
      return;
    case 'item':
    case 'descend':
    case 'text':
      throw new PathError('the path to the records has names, [*] and filters such as [type=order] only', 0);
  }
}

/** How many levels above the record the fields of a mapping reach (`../`), and how many where not only attributes are meant. */
export function reachOf(fields: readonly Pick<FieldMapping, 'path' | 'read'>[]): { readonly up: number; readonly elements: number } {
  let up = 0;
  let elements = 0;
  for (const field of fields) {
    const { constant, template } = field.read ?? {};
    const paths =
      constant !== undefined ? [] : template === undefined ? [field.path] : templateParts(template).map((part) => part.path ?? '');
    for (const path of paths) {
      const levels = /^(?:\.\.\/)*/.exec(path)![0].length / 3;
      up = Math.max(up, levels);
      if (!path.startsWith('@', levels * 3)) elements = Math.max(elements, levels);
    }
  }
  return { up, elements };
}

/** What is done with one entry: each record in it, or nothing when it is none. */
export type RecordReader = (entry: Entry, each: (root: Root, context: JsonObject | undefined) => void) => void;

export interface Records {
  /** Undefined: every entry is one record. */
  readonly reader: RecordReader | undefined;
  /** Names of what a record stands in, in its context, the nearest first. */
  readonly parents: readonly string[];
}

/**
 * Compiles the path to the records for entries as the format cut them out with the options that `adoptProfile` gave it: what
 * the options do not say is done here, filters and the elements below an entry that stands above the record.
 */
export function compileRecords(source: SourceContext, mapping: Mapping, open: Open): Records {
  const text = mapping.reading?.records;
  if (text === undefined || source.header !== undefined) return { reader: undefined, parents: [] };
  const xml = isXmlFormat(source.formatId);
  const { levels } = parseRecordPath(text, xml);
  const reach = reachOf([...mapping.fields, ...(mapping.added ?? [])]);
  if (xml) return xmlRecords(source, levels, reach.elements, open);
  const parents = jsonParents(source.formatId, levels, reach.up);
  const checks = levels.flatMap(({ filters }, i) =>
    filters.length === 0
      ? []
      : [{ test: compileFilters(filters, false, open), parent: i === levels.length - 1 ? undefined : parents[levels.length - 2 - i] }],
  );
  if (checks.length === 0) return { reader: undefined, parents };
  return {
    parents,
    reader: (entry, each) => {
      const context = entry.kind === 'tree' ? entry.context : undefined;
      const root = rootOf(entry);
      for (const { test, parent } of checks) {
        const value = parent === undefined ? (root as JsonObject) : context?.[parent];
        if (value === undefined || !test(value)) return;
      }
      each(root, context);
    },
  };
}

type Test = (value: Json) => boolean;

function compileFilters(filters: RecordLevel['filters'], xml: boolean, open: Open): Test {
  const walks: Walk[] = filters.map(({ path, value }) => compileWalk([{ kind: 'where', path, value }], { elements: xml, lone: xml, open }));
  return (value) => walks.every((walk) => walk(value, () => true));
}

/** Where a JSON reader finds the records, and the names under which it hands on what they stand in. `up`: levels that fields reach above the record. */
export function jsonRecordOptions(
  formatId: string,
  levels: readonly RecordLevel[],
  up: number,
): { readonly nested: string[]; readonly level: string; readonly root?: string[]; readonly whole?: boolean } {
  const steps = levels.map(({ name }) => (name === '' ? '*' : name));
  if (formatId === 'ndjson') return { nested: steps, level: DOCUMENT };
  const list = levels.findIndex((level) => level.list);
  // The reader goes straight to the outermost list; what stands around that is only there when the document is read as a whole.
  if (list < 0 || up > levels.length - 1 - list) return { root: [], whole: true, nested: steps, level: DOCUMENT };
  const root = steps.slice(0, list + 1).filter((step) => step !== '*');
  return { root, whole: false, nested: steps.slice(list + 1), level: root.at(-1) ?? ELEMENT };
}

const DOCUMENT = 'document';
const ELEMENT = 'element';

function jsonParents(formatId: string, levels: readonly RecordLevel[], up: number): readonly string[] {
  const names = levels.map(({ name }) => name);
  const { level, nested } = jsonRecordOptions(formatId, levels, up);
  // Every nested step but the last puts what it stands in into the context, under its name; a list within a list keeps the name around it.
  const inner = names.slice(names.length - nested.length, -1).filter((name) => name !== '');
  return (nested.length === 0 ? [] : [level, ...inner]).toReversed();
}

/** Elements between the entry and the record: their parents are put into the context under their names. */
function xmlRecords(source: SourceContext, levels: readonly RecordLevel[], below: number, open: Open): Records {
  const cut = source.options['path'];
  const path = Array.isArray(cut) ? cut.filter((name): name is string => typeof name === 'string') : [];
  const rest = below === 0 ? [] : levels.slice(-below);
  const entryLevel = levels[levels.length - 1 - below];
  const names = rest.map((level) => level.name);
  const entryName = path.at(-1) ?? 'entry';
  const parents = [...names.slice(0, -1).toReversed(), ...(below === 0 ? [] : [entryName]), ...path.slice(0, -1).toReversed()];
  const tests = rest.map(({ filters }) => (filters.length === 0 ? undefined : compileFilters(filters, true, open)));
  const entryTest =
    entryLevel === undefined || entryLevel.filters.length === 0 ? undefined : compileFilters(entryLevel.filters, true, open);
  if (below === 0 && entryTest === undefined) return { reader: undefined, parents };
  const reader: RecordReader = (entry, each) => {
    if (entry.kind !== 'tree') return;
    const value = entry.value;
    if (entryTest !== undefined && !entryTest(value)) return;
    const go = (node: Json, level: number, nodeName: string, context: JsonObject | undefined): void => {
      if (level === rest.length) {
        each(rootOfValue(node), context);
        return;
      }
      const name = names[level]!;
      const children = typeof node === 'object' && node !== null && !Array.isArray(node) ? node[name] : undefined;
      if (children === undefined) return;
      const inner = { ...context, [nodeName]: node };
      for (const child of Array.isArray(children) ? children : [children]) {
        if (tests[level]?.(child) ?? true) go(child, level + 1, name, inner);
      }
    };
    go(value, 0, entryName, entry.context);
  };
  return { reader, parents };
}
