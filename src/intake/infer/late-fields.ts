import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { Draft } from '../draft.ts';
import type { JsonObject } from '../entry.ts';
import type { FieldMapping } from '../mapper.ts';
import { attemptByName } from './attempt-role.ts';
import type { AttemptFormat } from './attempt-role.ts';
import { formOf } from './forms.ts';
import { nameTokens } from './name-tokens.ts';
import { recordTypeOf } from './record-type.ts';
import { cleanText } from './scalar.ts';

/** What a name says without any values: only what is nearly certain. */
export type Guess =
  | { readonly role: 'identifier'; readonly type: string }
  | { readonly role: 'error'; readonly type: undefined }
  | { readonly role: 'attempt'; readonly type: undefined; readonly format: AttemptFormat };

const ERROR_NAMES =
  /^(?:error|err|exception|failure|fault|failed)[_ -]?(?:message|msg|text|reason|detail|details|description)?$|^(?:failure|rejection|decline)[_ -]?reason$/i;

/** Confidence of a name that says by itself that it holds keys (`invoice_no`), and of a phrase that names a document (`BILLING_DOCUMENT`). */
const SURE = 0.85;
const SURE_OF_PHRASE = 0.6;

/**
 * The role of a field of which no value has been seen yet. A lone noun (`invoice`, `payment`) may as well be an amount, a date or a yes; two words that
 * together name a kind of record (`billing document`, `sales order`) are its number.
 */
export function guessByName(name: string): Guess | undefined {
  if (ERROR_NAMES.test(name)) return { role: 'error', type: undefined };
  const format = attemptByName(nameTokens(name));
  if (format !== undefined) return { role: 'attempt', type: undefined, format };
  const type = recordTypeOf(name);
  if (type === undefined || TECHNICAL_TYPES.has(type.type)) return undefined;
  if (type.confidence < (nameTokens(name).length > 1 ? SURE_OF_PHRASE : SURE)) return undefined;
  return { role: 'identifier', type: type.type };
}

/** Fields remembered per source; one that makes up a name per entry does not fill the memory. */
const MAX_KNOWN = 2000;

type LateField = (object: JsonObject, draft: Draft) => void;

/** A place in entries where fields may come late. */
export interface LateLevel {
  /** The key of the object that it is; empty for the entry itself. */
  readonly container: string;
  /** What a key there means, by its name; undefined for nothing and for fields that the mapping lists. */
  readonly guess: (key: string) => Guess | undefined;
}

/** Where fields are looked for that none of the first entries had: at the top level, and in the objects there that hold mapped fields. */
export function lateLevels(fields: readonly FieldMapping[]): readonly LateLevel[] {
  const containers = new Set<string>();
  for (const field of fields) {
    const dot = field.path.indexOf('.');
    if (dot > 0 && !field.path.startsWith('^') && !field.path.slice(0, dot).includes('[')) containers.add(field.path.slice(0, dot));
  }
  return ['', ...containers].map((container) => {
    const known = new Map<string, Guess | undefined>();
    const prefix = container === '' ? '' : `${container}.`;
    for (const field of fields) {
      if (!field.path.startsWith(prefix)) continue;
      const rest = field.path.slice(prefix.length);
      known.set(rest, undefined);
      known.set(rest.split(/[.[]/)[0] ?? rest, undefined);
    }
    const guess = (key: string): Guess | undefined => {
      const seen = known.get(key);
      if (seen !== undefined || known.has(key)) return seen;
      const made = guessByName(key);
      if (known.size < MAX_KNOWN) known.set(key, made);
      return made;
    };
    return { container, guess };
  });
}

/**
 * Reads fields that none of the first entries had: the shipment of an order that was shipped a day later, the error of the first failure, the number of the first attempt that was not the first. A name must be
 * nearly certain and each value must look like a key; fields that the mapping lists, whatever their role, are left to it.
 */
export function compileLateFields(fields: readonly FieldMapping[]): LateField {
  const levels = lateLevels(fields);
  const mapsError = fields.some((field) => field.role === 'error');
  const mapsAttempt = fields.some((field) => field.role === 'attempt');
  return (object, draft) => {
    for (const { container, guess: guessOf } of levels) {
      const level = container === '' ? object : object[container];
      if (typeof level !== 'object' || level === null || Array.isArray(level)) continue;
      for (const key in level) {
        const guess = guessOf(key);
        if (guess === undefined) continue;
        const text = cleanText(level[key]);
        if (text === '') continue;
        if (guess.role === 'error') {
          if (!mapsError && draft.error === '' && tellsError(text)) draft.error = text.slice(0, 2000);
        } else if (guess.role === 'attempt') {
          if (!mapsAttempt && draft.attempt === 0) draft.attempt = lateAttempt(text, guess.format);
        } else if (looksLikeKey(text)) draft.identifier(guess.type, text, container === '' ? key : `${container}.${key}`);
      }
    }
  };
}

/** The attempt that a field tells which is named as one: a small whole number; 0 for none. */
export function lateAttempt(text: string, format: AttemptFormat): number {
  return /^\d{1,3}$/.test(text) ? Number(text) + (format === 'from-0' ? 1 : 0) : 0;
}

/** Whether a field that is named as one tells of an error. */
export function tellsError(text: string): boolean {
  return text !== 'false' && text !== '0';
}

/** Whether a value that nobody has seen before is written like a key. */
export function looksLikeKey(text: string): boolean {
  if (text.length > 128) return false;
  const form = formOf(text);
  return form === 'prefixed' || form === 'uuid' || form === 'hex' || form === 'urn' || form === 'code' || form === 'digits';
}
