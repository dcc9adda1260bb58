import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { Draft } from '../draft.ts';
import { attributeName, BUSINESS_NAMES } from '../infer/attribute-name.ts';
import { formOf } from '../infer/forms.ts';
import type { Form } from '../infer/forms.ts';
import { recordTypeOf } from '../infer/record-type.ts';
import type { FieldMapping } from '../mapper.ts';

/** What a named value of a platform (a tracked field, a span attribute) is taken for. */
export type NamedRole =
  | { readonly role: 'identifier'; readonly type: string; readonly confidence: number }
  | { readonly role: 'attribute'; readonly name: string }
  | { readonly role: 'ignored' };

const IGNORED: NamedRole = { role: 'ignored' };

/** Below this a name that speaks of a record is no proof that the value is its key (`customer`, `charge`). */
const SURE = 0.55;

/** Names seen at most this often are remembered; a source that makes up a name per entry does not fill the memory. */
const REMEMBERED = 5_000;

interface NamedOptions {
  /** What a name that the mapping does not list is taken for: names that the first entries did not have. */
  readonly classify: (name: string) => NamedRole;
  /** The fields of the mapping: what the preview shows, and the user may have changed, goes before what the name says. */
  readonly fields: readonly FieldMapping[];
  /** Put before a name to make its path: `trackedFields.`. */
  readonly prefix: string;
}

/** Puts a named value into the draft. */
export type NamedReader = (name: string, value: string, draft: Draft) => void;

/** Classifies named values by their names. Keeps a cache of names: one per source. */
export function createNamedReader(options: NamedOptions): NamedReader {
  const roles = new Map<string, NamedRole>();
  for (const field of options.fields) {
    if (field.path.startsWith(options.prefix)) roles.set(field.path.slice(options.prefix.length), mappedRole(field));
  }
  const limit = roles.size + REMEMBERED;
  return (name, value, draft) => {
    let role = roles.get(name);
    if (role === undefined) {
      role = options.classify(name);
      if (roles.size < limit) roles.set(name, role);
    }
    switch (role.role) {
      case 'identifier':
        if (isKey(value)) draft.identifier(role.type, value.trim(), options.prefix + name);
        return;
      case 'attribute':
        if (value.length <= 200) draft.attribute(role.name, value, numberOf(value));
        return;
      case 'ignored':
        return;
    }
  };
}

function mappedRole(field: FieldMapping): NamedRole {
  const last = field.path.slice(field.path.lastIndexOf('.') + 1);
  if (field.role === 'identifier')
    return { role: 'identifier', type: field.type ?? recordTypeOf(field.path)?.type ?? last, confidence: field.confidence };
  return field.role === 'attribute' ? { role: 'attribute', name: field.type ?? last } : IGNORED;
}

/**
 * What the name alone says. Technical types (trace, message …) are no business keys and are read by the profiles themselves.
 *
 * `owned`: a person chose the names for business use (tracked fields); then what is no key is kept as an attribute.
 * `entity`: the record type that the entries are about; `Order Total` of an order is its `amount`.
 */
export function namedRole(name: string, owned: boolean, entity: string | undefined): NamedRole {
  const type = recordTypeOf(name);
  if (type !== undefined && type.confidence >= SURE) {
    return TECHNICAL_TYPES.has(type.type) ? IGNORED : { role: 'identifier', type: type.type, confidence: type.confidence };
  }
  const attribute = attributeName(name, entity);
  return owned || isState(attribute) ? { role: 'attribute', name: attribute } : IGNORED;
}

/** Canonical names whose values belong to the state of a record; in machinery's own attributes some of the words mean something else. */
const STATE_NAMES: readonly string[] = [...BUSINESS_NAMES].filter((name) => !['items', 'resource', 'operator', 'email'].includes(name));

/**
 * What the name and the values seen under it say together: `Customer` alone may be a person's name, with values such as `C-10247` it is a key.
 */
export function seenRole(name: string, values: readonly string[], owned: boolean, entity: string | undefined): NamedRole {
  const role = namedRole(name, owned, entity);
  const type = role.role === 'attribute' && owned ? recordTypeOf(name) : undefined;
  if (type === undefined || TECHNICAL_TYPES.has(type.type)) return role;
  const told = values.filter((value) => value.trim() !== '');
  const keys = told.filter((value) => isKey(value) && KEY_FORMS.has(formOf(value.trim()))).length;
  const confidence = Math.round(60 * type.confidence + (40 * keys) / Math.max(1, told.length)) / 100;
  return keys > 0 && keys >= 0.9 * told.length && confidence >= SURE ? { role: 'identifier', type: type.type, confidence } : role;
}

/** Forms that names of people and things do not have. */
const KEY_FORMS: ReadonlySet<Form> = new Set<Form>(['prefixed', 'uuid', 'hex', 'urn', 'code']);

function isState(attribute: string): boolean {
  return STATE_NAMES.some((name) => attribute === name || attribute.endsWith(`_${name}`));
}

/**
 * What the entries of a source are about, judged by the names of their values: orders where there are any, because theirs is the
 * journey that the other records belong to, else the first kind of record that is named.
 */
export function entityOf(names: Iterable<string>): string | undefined {
  let first: string | undefined;
  for (const name of names) {
    const role = namedRole(name, false, undefined);
    if (role.role !== 'identifier') continue;
    if (role.type === 'order') return 'order';
    first ??= role.type;
  }
  return first;
}

/** The same, from the mapping that was made of those names. */
export function entityOfMapping(fields: readonly FieldMapping[]): string | undefined {
  const types = fields.filter((field) => field.role === 'identifier').map((field) => field.type);
  return types.includes('order') ? 'order' : types[0];
}

const NOT_A_KEY: ReadonlySet<string> = new Set([
  'null',
  'none',
  'undefined',
  'nil',
  'n/a',
  'na',
  '-',
  '--',
  '0',
  'true',
  'false',
  'unknown',
  'nan',
]);

/** Whether a value can be a key at all: short, on one line, and no placeholder. */
export function isKey(value: string): boolean {
  const text = value.trim();
  if (text === '' || text.length > 128 || NOT_A_KEY.has(text.toLowerCase())) return false;
  return !/[\s{}[\]<>"]/.test(text) || /^[^\s{}[\]<>"]+( [^\s{}[\]<>"]+){1,3}$/.test(text);
}

/** A plain decimal number, else NaN. Leading zeros make a key, not a number. */
export function numberOf(value: string): number {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : Number.NaN;
}
