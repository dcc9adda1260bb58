import type { Json } from '../../entry.ts';
import type { FieldMapping } from '../../mapper.ts';
import { slotOf, type SpanShape } from '../../spans.ts';
import { compileValues } from '../compile-values.ts';
import { compileGetter, rootOfValue, type PathScope, type Root } from '../paths.ts';

/** No value in entries of this shape. */
export const NO_SLOT = -1;
/** Where the value stands depends on more than the shape: such entries are read as trees. */
export const NO_SHAPE = -2;

/** Finds the slot that a field's value stands in, by asking the same getter that reads trees. */
export function slotOfField(field: FieldMapping, shape: SpanShape, scope: PathScope): number {
  const isRow = scope.header !== undefined;
  const root = isRow ? (shape.probe as readonly string[]) : rootOfValue(shape.probe);
  const list = compileValues(field, scope);
  if (list !== undefined) return !isRow && list(root, undefined).length === 0 && !beginsThere(field.path, root) ? NO_SLOT : NO_SHAPE;
  const found = compileGetter(field.path, scope)(root, undefined);
  const slot = slotOf(found);
  if (slot !== undefined) return slot;
  if (found !== undefined) return isPlainContainer(found) ? NO_SLOT : NO_SHAPE;
  return mayOpen(field.path, root, scope) ? NO_SHAPE : NO_SLOT;
}

/** An object or an empty list is no value; an object with a text of its own would be one. */
function isPlainContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null && !('#text' in value);
}

/** Whether the path goes through a scalar: that may be a text that holds JSON, into which paths lead. */
function mayOpen(path: string, root: Root, scope: PathScope): boolean {
  if (path.startsWith('^')) return false;
  if (/[[\]*/$]/.test(path)) return scope.header !== undefined || beginsThere(path, root);
  const segments = path.split('.');
  for (let count = 1; count < segments.length; count++) {
    const prefix = compileGetter(segments.slice(0, count).join('.'), scope)(root, undefined);
    if (slotOf(prefix) !== undefined) return true;
  }
  return false;
}

/** Whether what a path with brackets begins with is there, or may be. */
function beginsThere(path: string, root: Root): boolean {
  const head = /^[^.[\]*/$]+/.exec(path)?.[0];
  return head === undefined || Object.hasOwn(root, head);
}
