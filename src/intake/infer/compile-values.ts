import type { Json, JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import { compileUserRegex } from '../user-regex.ts';
import type { Getter, PathScope, Root } from './paths.ts';
import { compileGetter, compileList, leadsToMany } from './paths.ts';
import { cleanText } from './scalar.ts';

/** Every value of a field in one entry. */
export type ListGetter = (root: Root, context: JsonObject | undefined) => readonly (Json | undefined)[];

/** What a field's value is: what stands at its path, or a constant, or a template; then what is extracted from it, then what that is replaced by. */
export function compileValue(field: FieldMapping, scope: PathScope): Getter {
  const read = field.read;
  const base = compileBase(field, scope);
  if (read?.extract === undefined && read?.values === undefined) return base;
  const regex = read.extract === undefined ? undefined : compileUserRegex(read.extract);
  const values = valueMap(read.values);
  return (root, context) => {
    let text = cleanText(base(root, context));
    if (text === '') return undefined;
    if (regex !== undefined) text = (regex.find(text) ?? '').trim();
    return values?.get(text) ?? text;
  };
}

/** As `compileValue`, for fields of which an entry may have several values; undefined when there is only one, whatever the entry. */
export function compileValues(field: FieldMapping, scope: PathScope): ListGetter | undefined {
  const read = field.read;
  const many = read?.constant === undefined && read?.template === undefined && leadsToMany(field.path, scope);
  if (!many && read?.extract === undefined) return undefined;
  const list = many ? compileList(field.path, scope) : single(compileBase(field, scope));
  if (read?.extract === undefined && read?.values === undefined) return list;
  const regex = read.extract === undefined ? undefined : compileUserRegex(read.extract);
  const values = valueMap(read.values);
  return (root, context) =>
    list(root, context).flatMap((value) => {
      const text = cleanText(value);
      if (text === '') return [];
      const found = regex === undefined ? [text] : regex.findAll(text);
      return found.map((one) => values?.get(one) ?? one);
    });
}

function single(get: Getter): ListGetter {
  return (root, context) => [get(root, context)];
}

function valueMap(values: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> | undefined {
  return values === undefined ? undefined : new Map(Object.entries(values));
}

function compileBase(field: FieldMapping, scope: PathScope): Getter {
  const { constant, template } = field.read ?? {};
  if (constant !== undefined) return () => constant;
  if (template !== undefined) return compileTemplate(template, scope);
  return compileGetter(field.path, scope);
}

/** The parts of a template: texts, and paths in braces; `{{` and `}}` are braces. */
export function templateParts(template: string): readonly { readonly text: string; readonly path: string | undefined }[] {
  const parts: { text: string; path: string | undefined }[] = [];
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const char = template[i]!;
    if ((char === '{' || char === '}') && template[i + 1] === char) {
      text += char;
      i++;
    } else if (char === '{') {
      const end = template.indexOf('}', i);
      if (end < 0) throw new RangeError('"{" without "}"');
      parts.push({ text, path: template.slice(i + 1, end).trim() });
      text = '';
      i = end;
    } else text += char;
  }
  parts.push({ text, path: undefined });
  return parts;
}

/** A template whose paths are filled in; nothing when one of them leads to nothing: half a key is none. */
function compileTemplate(template: string, scope: PathScope): Getter {
  const parts = templateParts(template).map(({ text, path }) => ({
    text,
    get: path === undefined ? undefined : compileGetter(path, scope),
  }));
  return (root, context) => {
    let filled = '';
    for (const { text, get } of parts) {
      filled += text;
      if (get === undefined) continue;
      const value = cleanText(get(root, context));
      if (value === '') return undefined;
      filled += value;
    }
    return filled;
  };
}
