import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { amountName, fieldsRead, identify, identifyName, statusName, tell, tellEvent, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { referredTo, typeNamed } from './netsuite-types.ts';
import { firstText, listAt, textAt } from './tree-path.ts';

/**
 * NetSuite transactions as SuiteTalk writes them in JSON: a snapshot of an order, a fulfillment, an invoice … with the transaction it was created
 * from. The document number (`tranId`) and the customer's own (`otherRefNum`) name the record; NetSuite's internal id is a name of another type,
 * as all transactions share one count. Sources: NetSuite REST record schema (SalesOrder), SuiteTalk schema `transactions.sales`.
 */
export const netsuite = defineProfile({
  id: 'netsuite',
  title: 'NetSuite transactions (JSON)',
  matches: (entry) => isTransaction(objectOf(entry)),
  shape: 'in the form of NetSuite’s SuiteTalk',
  system: platformSystem('netsuite', 'the records come from NetSuite'),
  zoneReason: 'days of transactions carry no zone',
  kind: 'snapshot',
  fields: (entries) => fieldsRead(entries, createReader('netsuite', 'UTC'), NOTES),
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.notices),
});

/** A document number, beside members that only NetSuite gives. */
function isTransaction(value: JsonObject | undefined): value is JsonObject {
  if (value === undefined || textAt(value, 'tranId') === '') return false;
  const links = value['links'];
  return (
    ['orderStatus', 'createdFrom', 'otherRefNum', 'tranDate', 'subsidiary', 'entity'].some((name) => Object.hasOwn(value, name)) &&
    (Array.isArray(links) || Object.hasOwn(value, 'id') || Object.hasOwn(value, 'internalId'))
  );
}

/** From the record's own address, its declared type, or the members that only an order has. */
function typeOf(transaction: JsonObject): string {
  for (const link of listAt(transaction, 'links')) {
    const name = textAt(link, 'rel') === 'self' ? /\/([A-Za-z]+)\/[^/]+$/.exec(textAt(link, 'href'))?.[1] : undefined;
    const type = name === undefined ? undefined : typeNamed(name);
    if (type !== undefined) return type;
  }
  const declared = firstText(
    textAt(transaction, 'recordType', 'id'),
    textAt(transaction, 'recordType'),
    textAt(transaction, 'type', 'id'),
    textAt(transaction, 'type'),
  );
  return typeNamed(declared) ?? (Object.hasOwn(transaction, 'orderStatus') ? 'order' : 'document');
}

function createReader(system: string, zone: string, notices?: Notices) {
  const time = compileTime('iso', zone, notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const transaction = objectOf(entry);
    if (!isTransaction(transaction)) return 'the entry is no NetSuite transaction';
    draft.reset();
    draft.kind = 'snapshot';
    draft.system = system;
    const type = typeOf(transaction);
    draft.step = type;
    const changed = firstText(...['lastModifiedDate', 'createdDate', 'tranDate'].map((name) => textAt(transaction, name)));
    draft.time = time(changed);
    if (changed !== '' && Number.isNaN(draft.time)) return `the date of the transaction is none: ${changed.slice(0, 40)}`;
    draft.precision = precisionOf(changed, 'iso');
    readNames(transaction, type, draft);
    readStatus(transaction, type, draft);
    readState(transaction, type, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

function readNames(transaction: JsonObject, type: string, draft: Draft): void {
  identifyName(draft, type, textAt(transaction, 'tranId'), 'tranId');
  const external = referenceId(transaction['externalId']);
  if (!identifyName(draft, type, external, 'externalId')) tellText(draft, 'external_id', external, 'externalId');
  const other = textAt(transaction, 'otherRefNum');
  // The customer's number of the order, on the documents made from it too.
  if (!identifyName(draft, 'order', other, 'otherRefNum')) tellText(draft, 'other_ref_num', other, 'otherRefNum');
  identify(draft, 'netsuite-record', firstText(textAt(transaction, 'internalId'), textAt(transaction, 'id')), 'id');
  readCreatedFrom(transaction, draft);
  identify(draft, type === 'order' && isPurchase(transaction) ? 'vendor' : 'customer', referenceId(transaction['entity']), 'entity.id');
}

function isPurchase(transaction: JsonObject): boolean {
  return listAt(transaction, 'links').some((link) => /\/purchaseOrder\//i.test(textAt(link, 'href')));
}

/** `{ id: "77", refName: "Sales Order #SO77" }`: the name says which record it was; the id alone says only that there was one. */
function readCreatedFrom(transaction: JsonObject, draft: Draft): void {
  const name = firstText(textAt(transaction, 'createdFrom', 'refName'), textAt(transaction, 'createdFrom', 'name'));
  const record = referredTo(name);
  if (record === undefined) identify(draft, 'netsuite-record', referenceId(transaction['createdFrom']), 'createdFrom.id');
  else identifyName(draft, record.type, record.number, 'createdFrom.refName');
}

/** The id of a reference: `{ id, refName }`, SOAP's `{ internalId, name }`, or the id itself. */
function referenceId(value: Json | undefined): string {
  return asObject(value) === undefined
    ? asText(value)
    : firstText(textAt(value, 'id'), textAt(value, 'internalId'), textAt(value, '@internalId'));
}

/** One-letter codes mean something else on every kind of transaction: they are read on orders only, elsewhere the words beside them. */
function readStatus(transaction: JsonObject, type: string, draft: Draft): void {
  const name = ['orderStatus', 'status', 'shipStatus'].find((key) => Object.hasOwn(transaction, key));
  if (name === undefined) return;
  const value = transaction[name];
  const code = asObject(value) === undefined ? asText(value) : textAt(value, 'id');
  const words = textAt(value, 'refName');
  const raw = firstText(words, code);
  if (raw === '') return;
  draft.statusRaw = raw;
  tellText(draft, statusName(type), raw, name);
  const letter = /^(?:SalesOrd:)?([A-H])$/.exec(code)?.[1];
  if (letter !== undefined && type === 'order' && name === 'orderStatus') draft.status = normaliseStatus(letter, 'netsuite');
  else if (!/^[A-Z]$/.test(raw)) draft.status = normaliseStatus(raw.slice(raw.lastIndexOf(':') + 1), 'netsuite');
}

function readState(transaction: JsonObject, type: string, draft: Draft): void {
  tell(draft, amountName(type), textAt(transaction, 'total'), 'total');
  tell(draft, 'net_amount', firstText(textAt(transaction, 'subtotal'), textAt(transaction, 'subTotal')), 'subtotal');
  tell(draft, 'tax', textAt(transaction, 'taxTotal'), 'taxTotal');
  tell(draft, 'shipping', textAt(transaction, 'shippingCost'), 'shippingCost');
  tellText(
    draft,
    'currency',
    firstText(textAt(transaction, 'currency', 'refName'), textAt(transaction, 'currencyName')),
    'currency.refName',
  );
  const lines = listAt(transaction, 'item', 'items');
  if (lines.length > 0) tell(draft, 'items', lines.length, 'item.items');
}

const NOTES: readonly FieldNote[] = [
  { path: 'lastModifiedDate', role: 'time', format: 'iso', reason: 'what the transaction was then' },
  { path: 'tranDate', role: 'time', format: 'iso', reason: 'the day of the transaction, where nothing says when it was changed' },
  { path: 'orderStatus', role: 'status', reason: 'the state of the order' },
  { path: 'status', role: 'status', reason: 'the state of the transaction' },
];
