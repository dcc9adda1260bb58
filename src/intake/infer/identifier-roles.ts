import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { Claims } from './claims.ts';
import { claim, free, has } from './claims.ts';
import { isKeyLike } from './execution-roles.ts';
import type { FieldProfile } from './field-profile.ts';
import { possibleType, recordTypeOf } from './record-type.ts';

/** What well-known key prefixes stand for. Only a prior: a field's name comes first. */
const PREFIXES: Readonly<Record<string, string>> = {
  so: 'order',
  ord: 'order',
  order: 'order',
  po: 'order',
  wo: 'order',
  inv: 'invoice',
  shp: 'shipment',
  ship: 'shipment',
  shpt: 'shipment',
  dlv: 'shipment',
  del: 'shipment',
  pay: 'payment',
  pi: 'payment',
  pmt: 'payment',
  ch: 'payment',
  txn: 'payment',
  cus: 'customer',
  cust: 'customer',
  rma: 'return',
  ret: 'return',
  ref: 'refund',
  rfd: 'refund',
  re: 'refund',
  trk: 'tracking',
  sku: 'product',
  tkt: 'ticket',
};

/** Names that say "key" without saying of what. */
const BARE_KEYS: ReadonlySet<string> = new Set(
  'id ref reference key number no nr code identifier external document subject resource object entity value'.split(' '),
);

const THRESHOLD = 0.45;

/** Claims every identifier: values that look like keys, under a name that says of what. `entity` is what the entries are documents of. */
export function claimIdentifiers(claims: Claims, entity: string | undefined): void {
  for (const field of free(claims)) {
    const shape = keyShape(field);
    if (shape <= 0) continue;
    const ocel = /^ocel:type:(.+?)(?:\[\])?$/.exec(field.path)?.[1];
    if (ocel !== undefined) {
      claim(claims, field, 'identifier', 0.9, `${describe(field)}, and the column is of objects of type ${ocel}`, {
        type: ocel.toLowerCase(),
      });
      continue;
    }
    const type = recordTypeOf(field.path.replaceAll('[]', ''), field.depth === 0 && !field.list ? entity : undefined);
    if (type !== undefined) {
      const confidence = 0.6 * type.confidence + 0.4 * shape;
      if (type.type.endsWith('address')) continue;
      // A noun nobody knows, another value in each entry, beside keys of known records: the id of the entry itself (`SyncId`).
      if (
        type.confidence <= 0.6 &&
        type.type !== entity &&
        field.values.length >= 10 &&
        field.distinct.size === field.values.length &&
        field.presence === 1 &&
        !field.list
      ) {
        claim(claims, field, 'ignored', 0.6, 'another value in each entry, of nothing that is known: an id of the entry itself');
        continue;
      }
      if (confidence < THRESHOLD || (TECHNICAL_TYPES.has(type.type) && shape < 0.6)) continue;
      claim(claims, field, 'identifier', confidence, `${describe(field)}, and the name says ${type.type}`, { type: type.type });
      continue;
    }
    if (countsRows(field)) {
      claim(claims, field, 'ignored', 0.8, 'it counts the entries');
      continue;
    }
    if (!claimCoded(claims, field)) claimByValue(claims, field, shape);
  }
  dropSecondNumbers(claims);
  nameDocuments(claims);
}

/**
 * `SALES_DOCUMENT` beside `CUSTOMER_ORDER`: one row, two numbers that are never the same. Alone the document number would stand for the order; beside
 * the order's own number it is the document that a system keeps about it, and two orders in each row would tie strangers together.
 */
function nameDocuments(claims: Claims): void {
  const keys = claims.fields.filter((field) => claims.taken.get(field.path)?.role === 'identifier' && !field.list);
  for (const field of keys.filter((one) => has(one, 'document', 'doc', 'vbeln', 'belnr'))) {
    const mapping = claims.taken.get(field.path);
    if (mapping?.type === undefined || mapping.type === 'document') continue;
    const owner = keys.find(
      (other) => other !== field && claims.taken.get(other.path)?.type === mapping.type && !sharesValues(field, other),
    );
    if (owner === undefined) continue;
    claim(claims, field, 'identifier', 0.7, `a document number beside "${owner.path}", which names the ${mapping.type}`, {
      type: 'document',
    });
  }
}

/** Whether two fields hold the same keys, at least now and then, apart from padding and prefixes. */
function sharesValues(a: FieldProfile, b: FieldProfile): boolean {
  const core = (value: string): string => value.replace(/^\D*0*/, '');
  const values = new Set([...b.distinct.keys()].map(core));
  return [...a.distinct.keys()].some((value) => values.has(core(value)));
}

/**
 * A shop's `number` beside `order_number` counts from another start: as two spellings of one key they would mix up different orders. The one
 * that names its record stays.
 */
function dropSecondNumbers(claims: Claims): void {
  const numbers = claims.fields.filter(
    (field) => claims.taken.get(field.path)?.role === 'identifier' && field.forms.digits > 0.9 && has(field, 'number', 'no', 'nr'),
  );
  for (const bare of numbers.filter((field) => field.name.length === 1)) {
    const type = claims.taken.get(bare.path)?.type;
    const fuller = numbers.find((field) => field.name.length > 1 && claims.taken.get(field.path)?.type === type);
    if (fuller !== undefined && type !== undefined)
      claim(claims, bare, 'ignored', 0.7, `a second number beside "${fuller.path}", which names its ${type}`);
  }
}

/** How many different keys must be seen before values alone prove that they are keys. */
const CODED = 5;

/**
 * Keys of something that nobody listed (`claim_no=26-0004711`, `letter=L40123456`): the values have to prove it. They are long, written alike,
 * and many of them are different; alone under a noun they are also made of more than digits, because those would be an amount or a count.
 */
function claimCoded(claims: Claims, field: FieldProfile): boolean {
  const possible = possibleType(field.path.replaceAll('[]', ''));
  if (possible === undefined || field.distinct.size < CODED || field.distinct.size < 0.2 * field.values.length) return false;
  const { forms, values } = field;
  const alike = values.filter((value) => Math.abs(value.length - field.meanLength) <= 1.5).length;
  // With letters for digits, `NT-7F3K2QX` and `NT-ABCDEFG` are written alike.
  const lettered = commonType(values, (value) => /^([A-Z]{1,8}[-_:#.])[A-Z0-9]{4,}$/.exec(value)?.[1]) !== undefined;
  const coded = lettered ? 1 : forms.prefixed + forms.code + (possible.numbered ? forms.digits : 0);
  if (coded < 0.95 || alike < 0.95 * values.length || field.meanLength < 6 || field.meanLength > 40) return false;
  if (values.some((value) => /^\/|^\d{1,3}(?:\.\d{1,3}){3}$|^v?\d+\.\d+/i.test(value))) return false;
  // Another value in each entry, under a noun alone: an id of the entry itself.
  if (!possible.numbered && field.presence === 1 && field.distinct.size === values.length) return false;
  claim(claims, field, 'identifier', 0.5, `${describe(field)}: written like keys, so keys of ${possible.type}`, { type: possible.type });
  return true;
}

/** Keys under a name that does not say of what: the URN or the prefix may. */
function claimByValue(claims: Claims, field: FieldProfile, shape: number): void {
  const urn = commonType([...field.distinct.keys()], urnType);
  if (urn !== undefined) {
    claim(claims, field, 'identifier', 0.8, `the values themselves say ${urn} (${field.samples[0] ?? ''})`, { type: urn });
    return;
  }
  if (field.forms.prefixed < 0.9 || field.distinct.size < 3 || shape < 0.9) return;
  const prefix = commonType([...field.distinct.keys()], (value) => /^#?([A-Za-z]{2,8})[-_/:#.]?\d{3,}/.exec(value)?.[1]?.toLowerCase());
  if (prefix === undefined) return;
  const known = PREFIXES[prefix];
  if (known !== undefined)
    claim(
      claims,
      field,
      'identifier',
      0.6,
      `${describe(field)}, and keys that begin with ${prefix.toUpperCase()} usually are of type ${known}`,
      { type: known },
    );
  else if (field.name.every((word) => BARE_KEYS.has(word)))
    claim(claims, field, 'identifier', 0.45, `${describe(field)}, but nothing says of what`, { type: 'reference' });
}

/** What nearly all values say, if they agree. */
function commonType(values: readonly string[], typeOf: (value: string) => string | undefined): string | undefined {
  const first = values.length === 0 ? undefined : typeOf(values[0] ?? '');
  if (first === undefined) return undefined;
  const agree = values.filter((value) => typeOf(value) === first).length;
  return agree >= 0.9 * values.length ? first : undefined;
}

/** `gid://shop/Order/1042` and `urn:acme:order:1042` name their type in the segment before the key. */
function urnType(value: string): string | undefined {
  if (!/^(?:gid:\/\/|urn:)/i.test(value)) return undefined;
  const noun = value.split(/[/:]/).at(-2);
  return noun === undefined || noun === '' ? undefined : recordTypeOf(`${noun}_id`)?.type;
}

/** 0..1: how much the values look like keys. */
export function keyShape(field: FieldProfile): number {
  const { forms } = field;
  if (!isKeyLike(field) || forms.email > 0.5) return 0;
  if (forms.urn > 0.5 && field.values.some((value) => /^https?:/i.test(value))) return 0;
  const digits = field.forms.digits > 0 ? digitShape(field) : 0;
  const score =
    forms.uuid + forms.hex + 0.95 * forms.prefixed + 0.9 * forms.urn + 0.7 * forms.code + digits * forms.digits + 0.15 * forms.word;
  const constant = field.distinct.size === 1 && field.values.length >= 30 ? 0.4 : 1;
  return score * constant;
}

/** Long numbers are keys, one- and two-digit ones may be counts. */
function digitShape(field: FieldProfile): number {
  const length = field.meanLength;
  if (length >= 6) return 0.85;
  return length >= 3 ? 0.65 : 0.4;
}

/** Line numbers and ordinals: each entry's value is the one before plus one. */
function countsRows(field: FieldProfile): boolean {
  if (field.forms.digits < 1 || field.list || field.presence < 1 || field.column.length < 3) return false;
  for (let i = 1; i < field.column.length; i++) if (Number(field.column[i]) !== Number(field.column[i - 1]) + 1) return false;
  return true;
}

function describe(field: FieldProfile): string {
  const sample = field.samples[0] ?? '';
  return `${field.distinct.size} different ${field.distinct.size === 1 ? 'value' : 'values'} in ${field.values.length}, such as ${sample.length > 40 ? `${sample.slice(0, 39)}…` : sample}`;
}

/** Whether a field that nobody wanted is only an id of the entry itself. */
export function isEntryId(field: FieldProfile): boolean {
  return keyShape(field) > 0.5 && field.distinct.size === field.values.length && has(field, 'id', 'uuid', 'guid', 'key');
}
