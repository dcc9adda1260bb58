import type { Entry } from '../entry.ts';
import type { TimeInference } from '../time/index.ts';
import { inferTimeShape } from '../time/index.ts';
import type { Scalar } from './flatten.ts';
import { flatten } from './flatten.ts';
import type { Form } from './forms.ts';
import { formOf } from './forms.ts';
import { nameTokens, pathTokens } from './name-tokens.ts';
import { isListPath, openText } from './paths.ts';

/** What the values of one field have in common, over the first entries of a source. */
export interface FieldProfile {
  readonly path: string;
  /** Words of the last path segment that has any, and of the whole path. */
  readonly name: readonly string[];
  readonly words: readonly string[];
  /** How deep it stands: 0 at the top. */
  readonly depth: number;
  /** Several values an entry. */
  readonly list: boolean;
  /** Stands in a text that holds JSON. */
  readonly inText: boolean;
  /** Holds JSON as text itself. */
  readonly holdsJson: boolean;
  /** Share of the entries that have a value. */
  readonly presence: number;
  /** All values as text. */
  readonly values: readonly string[];
  readonly distinct: ReadonlyMap<string, number>;
  /** First value of each entry, undefined where there is none. */
  readonly column: readonly (string | undefined)[];
  /** Share of the values with each form. */
  readonly forms: Readonly<Record<Form, number>>;
  readonly meanLength: number;
  readonly maxLength: number;
  /** Share of the values that are typed as numbers, or as booleans. */
  readonly typedNumbers: number;
  readonly typedBooleans: number;
  readonly time: TimeInference | undefined;
  /** Of a time that is made of two fields: how their joined text is written (`compact+HHmmss`), and the template that joins them. */
  readonly joined?: { readonly format: string; readonly template: string } | undefined;
  readonly samples: readonly string[];
}

const MAX_FIELDS = 600;
const MAX_VALUES = 4000;

interface Collected {
  readonly values: string[];
  readonly scalars: (string | number)[];
  readonly column: (string | undefined)[];
  inText: boolean;
  present: number;
  last: number;
  numbers: number;
  booleans: number;
}

/** Profiles every field of the entries, in order of first appearance. */
export function profileFields(entries: readonly Entry[], header: readonly string[] | undefined): FieldProfile[] {
  const fields = new Map<string, Collected>();
  for (const [index, entry] of entries.entries()) {
    flatten(entry, header, (path, value, inText) => {
      let field = fields.get(path);
      if (field === undefined) {
        if (fields.size >= MAX_FIELDS) return;
        field = { values: [], scalars: [], column: [], inText, present: 0, last: -1, numbers: 0, booleans: 0 };
        fields.set(path, field);
      }
      collect(field, value, index);
    });
  }
  return [...fields].map(([path, field]) => summarise(path, field, entries.length));
}

function collect(field: Collected, value: Scalar, entry: number): void {
  const text = typeof value === 'string' ? value.trim() : String(value);
  if (field.last !== entry) {
    field.last = entry;
    field.present++;
    field.column[entry] = text;
  }
  if (field.values.length >= MAX_VALUES) return;
  field.values.push(text);
  field.scalars.push(typeof value === 'number' ? value : text);
  if (typeof value === 'number') field.numbers++;
  if (typeof value === 'boolean') field.booleans++;
}

function summarise(path: string, field: Collected, entries: number): FieldProfile {
  const values = field.values;
  const distinct = new Map<string, number>();
  const forms: Record<Form, number> = {
    uuid: 0,
    hex: 0,
    urn: 0,
    email: 0,
    prefixed: 0,
    digits: 0,
    decimal: 0,
    boolean: 0,
    code: 0,
    word: 0,
    label: 0,
    text: 0,
  };
  let length = 0;
  let longest = 0;
  for (const value of values) {
    distinct.set(value, (distinct.get(value) ?? 0) + 1);
    forms[formOf(value)] += 1 / values.length;
    length += value.length;
    longest = Math.max(longest, value.length);
  }
  const segments = pathTokens(path);
  // `#text` and `$` are how XML and Mongo write "the value itself": the name stands to their left.
  const named = segments.filter((words) => !(words.length === 1 && (words[0] === 'text' || words[0] === '#text')) || segments.length === 1);
  return {
    path,
    name: named.at(-1) ?? nameTokens(path),
    words: named.flat(),
    depth: Math.max(0, path.split('.').length - 1),
    list: isListPath(path),
    inText: field.inText,
    holdsJson: values.length > 0 && values.filter((value) => openText(value) !== undefined).length > 0.5 * values.length,
    presence: entries === 0 ? 0 : field.present / entries,
    values,
    distinct,
    column: Array.from({ length: entries }, (_, i) => field.column[i]),
    forms,
    meanLength: values.length === 0 ? 0 : length / values.length,
    maxLength: longest,
    typedNumbers: field.numbers / Math.max(1, values.length),
    typedBooleans: field.booleans / Math.max(1, values.length),
    time: field.booleans > 0 ? undefined : inferTimeShape(field.scalars),
    samples: [...distinct.keys()].slice(0, 3).map((sample) => (sample.length > 120 ? `${sample.slice(0, 119)}…` : sample)),
  };
}

/** Share of the values that are numbers in some way of writing. */
export function numberShare(field: FieldProfile): number {
  return field.forms.digits + field.forms.decimal;
}

/** Whether two fields say the same in every entry that has both (and both have it in most). */
export function sameColumn(a: FieldProfile, b: FieldProfile): boolean {
  if (a.presence < 0.5 || b.presence < 0.5) return false;
  let both = 0;
  for (let i = 0; i < a.column.length; i++) {
    if (a.column[i] === undefined || b.column[i] === undefined) continue;
    if (a.column[i] !== b.column[i]) return false;
    both++;
  }
  return both > 0.5 * a.column.length;
}
