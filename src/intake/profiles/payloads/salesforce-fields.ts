import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { entityType, recordTypeOf } from '../../infer/record-type.ts';
import { asText } from '../tree.ts';
import { isKey } from '../business.ts';
import { identify, identifyName, statusName, tell, tellText } from './put.ts';
import { createRoles, remembered } from './roles.ts';
import type { RoleOf } from './roles.ts';

const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Whether a text has the form of a record id: 15 characters, or 18 of which the last three check the case of the others. */
export function isSalesforceId(text: string): boolean {
  if (text.length === 15) return /^[A-Za-z0-9]{15}$/.test(text) && /\d/.test(text);
  return text.length === 18 && /^[A-Za-z0-9]{15}[A-Z0-5]{3}$/.test(text) && fullId(text.slice(0, 15)) === text;
}

/**
 * The form of 18 characters, in which ids can be compared without regard to case: for each five characters one that says which of them are
 * capitals. Anything but 15 characters comes back unchanged. Source: Salesforce Object Reference, "ID field type".
 */
export function fullId(text: string): string {
  if (text.length !== 15) return text;
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const c = text.charCodeAt(block * 5 + i);
      if (c >= 65 && c <= 90) bits |= 1 << i;
    }
    suffix += CHECK[bits]!;
  }
  return text + suffix;
}

/** The first three characters of an id say which standard object it is of. Source: Salesforce, "Standard Field Record ID Prefix Decoder". */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['001', 'Account'],
  ['003', 'Contact'],
  ['006', 'Opportunity'],
  ['0Q0', 'Quote'],
  ['500', 'Case'],
  ['800', 'Contract'],
  ['801', 'Order'],
  ['802', 'OrderItem'],
]);

/** The standard object that an id belongs to; undefined for those that a customer made. */
export function objectOfId(id: string): string | undefined {
  return isSalesforceId(id) ? PREFIXES.get(id.slice(0, 3)) : undefined;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['Account', 'customer'],
  ['Contact', 'contact'],
  ['Product2', 'product'],
  ['OrderItem', 'order-item'],
]);

/** The record type of an object: `Order` is an order, `ns__Sales_Order__c` too, `Shipment_Line__c` a shipment-line. */
function salesforceType(object: string): string {
  if (!/^[A-Za-z]\w{0,79}$/.test(object)) return 'record';
  const known = TYPES.get(object);
  if (known !== undefined) return known;
  const bare = bareName(object);
  const named = entityType(bare);
  if (named !== undefined && named.confidence >= 0.7) return named.type;
  return (
    bare
      .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
      .replace(/_/g, '-')
      .toLowerCase() || 'record'
  );
}

/** Without the namespace of a package and the mark of what a customer made: `ns__Field__c` is `Field`. */
function bareName(name: string): string {
  const bare = name.replace(/__(?:c|r|e|mdt|x|kav|ChangeEvent)$/, '');
  const namespace = bare.indexOf('__');
  return namespace < 0 ? bare : bare.slice(namespace + 2);
}

/** Lookups to people, settings and price lists: they touch everything. */
const NO_RECORDS =
  /^(?:Owner|CreatedBy|LastModifiedBy|RecordType|Pricebook2|ActivatedBy|CompanyAuthorizedBy|CustomerAuthorizedBy|BillToContact|ShipToContact|User)Id$/;

/** What the names of objects and fields say, judged once per source. */
export interface SalesforceNames {
  readonly roleOf: RoleOf;
  readonly typeOf: (object: string) => string;
  readonly bareOf: (name: string) => string;
}

export function createSalesforceNames(): SalesforceNames {
  return { roleOf: createRoles(false), typeOf: remembered(salesforceType), bareOf: remembered(bareName) };
}

/**
 * Fields of a record: lookups by their name and the form of their value, the record's own number, what names say is another key, and the
 * fields of the record's state. Objects inside (addresses, parents, subqueries) are left out.
 */
export function readSalesforceFields(object: string, fields: JsonObject, names: SalesforceNames, draft: Draft): void {
  const type = names.typeOf(object);
  const foreign = foreignNumber(fields, type, names);
  if (foreign !== undefined) identifyName(draft, type, asText(fields[foreign]).trim(), foreign);
  const number = asText(fields[`${object}Number`]).trim();
  if (!identifyName(draft, type, number, `${object}Number`)) tellText(draft, snake(`${object}Number`), number, `${object}Number`);
  for (const name of Object.keys(fields)) {
    if (
      name === 'Id' ||
      name === foreign ||
      name === `${object}Number` ||
      name === 'ChangeEventHeader' ||
      name.startsWith('sf__') ||
      NO_RECORDS.test(name)
    )
      continue;
    const value = asText(fields[name]).trim();
    if (value === '') continue;
    if (isSalesforceId(value)) readLookup(name, value, type, names, draft);
    else readField(name, value, type, names, draft);
  }
}

/** A field of a customer's own that holds the number another system gave the record: what joins it, so it goes before Salesforce's own. */
function foreignNumber(fields: JsonObject, type: string, names: SalesforceNames): string | undefined {
  return Object.keys(fields).find((name) => {
    if (!name.endsWith('__c')) return false;
    const value = asText(fields[name]).trim();
    const role = names.roleOf(names.bareOf(name), type);
    return role.role === 'identifier' && role.type === type && isKey(value) && !isSalesforceId(value);
  });
}

function readLookup(name: string, value: string, own: string, names: SalesforceNames, draft: Draft): void {
  const bare = names.bareOf(name);
  const type = /^(.+)Id$/.test(bare) ? names.typeOf(bare.slice(0, -2)) : recordTypeOf(bare)?.type;
  if (type === undefined || type === 'parent') return;
  // Another record of the same object (a reduction order's original): it is not this one under another name.
  if (type === own) tellText(draft, snake(bare), fullId(value), name);
  else identify(draft, type, fullId(value), name);
}

function readField(name: string, value: string, own: string, names: SalesforceNames, draft: Draft): void {
  const role = names.roleOf(names.bareOf(name), own);
  if (role.role === 'attribute') {
    // The record's state was read already; of an order in the words of its category, where it has them.
    if (role.name !== 'status' || draft.statusRaw === '') tell(draft, role.name === 'status' ? statusName(own) : role.name, value, name);
  } else if (role.role === 'identifier') {
    if (role.type !== own) identify(draft, role.type, value, name);
    else if (!identifyName(draft, own, value, name)) tellText(draft, snake(names.bareOf(name)), value, name);
  }
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
