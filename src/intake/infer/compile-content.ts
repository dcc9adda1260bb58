import type { Draft } from '../draft.ts';
import type { JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import { compileValue, compileValues } from './compile-values.ts';
import { parseNumber } from './forms.ts';
import type { Getter, PathScope, Root } from './paths.ts';
import { cleanText } from './scalar.ts';

type Filler = (root: Root, context: JsonObject | undefined, draft: Draft) => void;

/** Longer values are no keys and no attributes, whatever the field is taken for. */
export const MAX_KEY = 256;
export const MAX_ATTRIBUTE = 200;
/** Keys from one list of one entry: a batch file with thousands is read as its entries, not as one event. */
const MAX_LIST = 1000;

/** How an attribute's numbers are written; kept in the mapping as the field's format. */
export const NUMBER_FORMATS = ['number', 'decimal-comma', 'text'] as const;

/** Reads identifiers, from single fields and from lists. */
export function compileIdentifiers(fields: readonly FieldMapping[], scope: PathScope): Filler {
  const plans = fields.map((field) => ({ field, list: compileValues(field, scope), type: field.type ?? 'record', path: field.path }));
  const singles = plans
    .filter((plan) => plan.list === undefined)
    .map(({ field, type, path }) => ({ get: compileValue(field, scope), type, path }));
  const lists = plans.flatMap(({ list, type, path }) => (list === undefined ? [] : [{ list, type, path }]));
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
      const number = plan.numeric ? attributeNumber(text, plan.comma) : Number.NaN;
      draft.attribute(plan.name, Number.isNaN(number) ? text : String(number), number);
    }
  };
}

/** The number that an attribute's text is; NaN for none. */
export function attributeNumber(text: string, comma: boolean): number {
  return parseNumber(withoutGroups(text), comma);
}

/** `1 234,50` and `1'234.50`: blanks and apostrophes that group thousands. */
function withoutGroups(text: string): string {
  return /^[+-]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d{1,15})?$/.test(text) ? text.replace(/[ \u00a0\u202f'’]/g, '') : text;
}
