import type { Draft } from '../draft.ts';
import type { Json, JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import { parseNumber } from './forms.ts';
import type { Getter, Root } from './paths.ts';
import { compileGetter, compileList, isListPath } from './paths.ts';
import { cleanText } from './scalar.ts';

type Filler = (root: Root, context: JsonObject | undefined, draft: Draft) => void;

/** Longer values are no keys and no attributes, whatever the field is taken for. */
const MAX_KEY = 256;
const MAX_ATTRIBUTE = 200;
/** Keys from one list of one entry: a batch file with thousands is read as its entries, not as one event. */
const MAX_LIST = 1000;

/** Reads identifiers, from single fields and from lists. */
export function compileIdentifiers(
  fields: readonly FieldMapping[],
  header: readonly string[] | undefined,
  open: (text: string) => Json | undefined,
): Filler {
  const singles = fields
    .filter((field) => !isListPath(field.path))
    .map((field) => ({ get: compileGetter(field.path, header, open), type: field.type ?? 'record', path: field.path }));
  const lists = fields
    .filter((field) => isListPath(field.path))
    .map((field) => ({ list: compileList(field.path, header, open), type: field.type ?? 'record', path: field.path }));
  return (root, context, draft) => {
    for (let i = 0; i < singles.length; i++) {
      const field = singles[i];
      if (field === undefined) continue;
      const value = cleanText(field.get(root, context));
      if (value !== '' && value.length <= MAX_KEY) draft.identifier(field.type, value, field.path);
    }
    for (const { list, type, path } of lists) {
      const values = list(root, context);
      for (let i = 0; i < values.length && i < MAX_LIST; i++) {
        const value = cleanText(values[i]);
        if (value !== '' && value.length <= MAX_KEY) draft.identifier(type, value, path);
      }
    }
  };
}

/** Reads attributes. Numbers keep their value; their text is the plain number, so that `12,50` and `12.5` are the same. */
export function compileAttributes(fields: readonly FieldMapping[], getter: (field: FieldMapping) => Getter): Filler {
  const plans = fields.map((field) => ({
    get: getter(field),
    name: field.type ?? field.path,
    numeric: field.format !== 'text',
    comma: field.format === 'decimal-comma',
  }));
  return (root, context, draft) => {
    for (let i = 0; i < plans.length; i++) {
      const plan = plans[i];
      if (plan === undefined) continue;
      const value = plan.get(root, context);
      if (typeof value === 'number') {
        draft.attribute(plan.name, String(value), value);
        continue;
      }
      const text = cleanText(value);
      if (text === '' || text.length > MAX_ATTRIBUTE) continue;
      const number = plan.numeric ? parseNumber(text, plan.comma) : Number.NaN;
      draft.attribute(plan.name, Number.isNaN(number) ? text : String(number), number);
    }
  };
}
