import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asObject, asText, objectOf } from '../tree.ts';
import { httpStatus, normaliseStatus } from '../vocabulary.ts';
import { complain, fieldsRead, identify, tell, tellEvent, tellFirst, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { firstText, listAt, textAt } from './tree-path.ts';

/**
 * cXML messages: each is a step, called after its request, with its `payloadID` as the message it was sent in. A confirmation tells the
 * supplier's decision and a response the code of its `Status`; an order, a ship notice or an invoice tells no outcome of its own.
 * A document type is passed over: nothing is fetched and no entity is expanded. Source: cXML Reference Guide 1.2.
 */
export const cxml = defineProfile({
  id: 'cxml',
  title: 'cXML messages',
  formatId: 'xml',
  matches: (entry, source) => isCxml(entry, source),
  shape: 'cXML',
  system: (source) => {
    const request = asText(source.options['document']);
    const issuer = ISSUERS.get(request);
    return issuer === undefined || source.system !== ''
      ? platformSystem('cxml', 'messages name partners and no system')(source)
      : { system: issuer, systemReason: `${request} messages are sent by the ${issuer}` };
  },
  zoneReason: 'times in cXML carry their offset',
  kind: 'step',
  fields: (entries, source) => fieldsRead(entries, createReader(source, 'cxml', 'UTC'), NOTES),
  compile: (source, mapping) => createReader(source, mapping.system, mapping.zone),
});

/** Who sends what: the two sides of the trade stand in as systems, as in UBL. */
const ISSUERS: ReadonlyMap<string, string> = new Map([
  ['OrderRequest', 'buyer'],
  ['ConfirmationRequest', 'seller'],
  ['ShipNoticeRequest', 'seller'],
  ['InvoiceDetailRequest', 'seller'],
  ['ReceiptRequest', 'buyer'],
  ['PaymentRemittanceRequest', 'buyer'],
]);

function isCxml(entry: Entry, source: SourceContext): boolean {
  const value = objectOf(entry);
  const path = source.options['path'];
  if (value === undefined || !Array.isArray(path) || path.at(-1) !== 'cXML') return false;
  return value['@payloadID'] !== undefined || ['Request', 'Response', 'Message'].some((name) => asObject(value[name]) !== undefined);
}

function createReader(source: SourceContext, system: string, zone: string) {
  const time = compileTime('iso', zone, source.notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const message = objectOf(entry);
    if (message === undefined || !isCxml(entry, source)) return 'the entry is no cXML message';
    draft.reset();
    const sent = textAt(message, '@timestamp');
    draft.time = time(sent);
    if (sent !== '' && Number.isNaN(draft.time)) return `timestamp is no time: ${sent.slice(0, 40)}`;
    draft.precision = precisionOf(sent, 'iso');
    draft.system = system;
    draft.execution = textAt(message, '@payloadID');
    if (draft.execution !== '') draft.executionType = 'message';
    readBody(message, draft);
    readParties(message, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

/** Who is the buyer and who the seller follows from what is sent; a response says neither. */
function readParties(message: JsonObject, draft: Draft): void {
  const issuer = ISSUERS.get(draft.step);
  if (issuer === undefined) return;
  for (const end of ['From', 'To']) {
    const type = (end === 'From') === (issuer === 'buyer') ? 'customer' : 'vendor';
    identify(draft, type, textAt(message, 'Header', end, 'Credential', 'Identity'), `Header.${end}.Credential.Identity`);
  }
}

function readBody(message: JsonObject, draft: Draft): void {
  const response = listAt(message, 'Response')[0];
  if (response !== undefined) {
    draft.step = 'Response';
    readResponse(response, draft);
    return;
  }
  const holder = asObject(message['Request']) ?? asObject(message['Message']);
  const name = Object.keys(holder ?? {}).find((key) => !key.startsWith('@') && key !== 'Status');
  draft.step = name ?? 'cXML message';
  const body = name === undefined ? undefined : asObject(holder?.[name]);
  if (body === undefined) return;
  READERS.get(draft.step)?.(body, draft);
  draft.parentExecution = textAt(body, 'OrderRequestHeader', 'DocumentReference', '@payloadID');
  readOrderReferences(body, name ?? '', draft, 0);
}

const READERS: ReadonlyMap<string, (body: JsonObject, draft: Draft) => void> = new Map([
  ['OrderRequest', readOrder],
  ['ConfirmationRequest', readConfirmation],
  ['ShipNoticeRequest', readShipNotice],
  ['InvoiceDetailRequest', readInvoice],
  ['StatusUpdateRequest', readResponse],
]);

/** `Status` of a reply: codes are those of HTTP, 5xx may be tried again. */
function readResponse(response: Json, draft: Draft): void {
  const code = textAt(response, 'Status', '@code');
  if (code === '') return;
  draft.statusRaw = code;
  draft.status = /^\d{3}$/.test(code) ? httpStatus(Number(code)) : 'unknown';
  if (draft.status === 'failed' || draft.status === 'timed-out')
    complain(draft, firstText(textAt(response, 'Status'), textAt(response, 'Status', '@text')));
}

function readOrder(body: JsonObject, draft: Draft): void {
  const header = listAt(body, 'OrderRequestHeader')[0];
  identify(draft, 'order', textAt(header, '@orderID'), 'OrderRequestHeader.orderID');
  tellText(draft, 'order_version', textAt(header, '@orderVersion'), 'OrderRequestHeader.orderVersion');
  tellText(draft, 'order_action', textAt(header, '@type'), 'OrderRequestHeader.type');
  tellText(draft, 'order_type', textAt(header, '@orderType'), 'OrderRequestHeader.orderType');
  readMoney(header, draft, [
    ['amount', 'Total'],
    ['tax', 'Tax'],
    ['shipping', 'Shipping'],
  ]);
  readLines(listAt(body, 'ItemOut'), 'ItemOut', draft);
}

function readConfirmation(body: JsonObject, draft: Draft): void {
  const header = listAt(body, 'ConfirmationHeader')[0];
  const decision = textAt(header, '@type');
  if (decision !== '') {
    draft.statusRaw = decision;
    draft.status = normaliseStatus(decision, 'cxml');
  }
  if (draft.status === 'failed') complain(draft, textAt(header, 'Comments'));
  identify(draft, 'order-confirmation', textAt(header, '@confirmID'), 'ConfirmationHeader.confirmID');
  for (const extra of listAt(header, 'Extrinsic')) {
    if (/^supplierordernumber$/i.test(textAt(extra, '@name'))) identify(draft, 'order', extra, 'ConfirmationHeader.Extrinsic');
  }
  readMoney(header, draft, [
    ['amount', 'Total'],
    ['tax', 'Tax'],
    ['shipping', 'Shipping'],
  ]);
  const lines = listAt(body, 'ConfirmationItem');
  if (lines.length > 0) tell(draft, 'items', lines.length, 'ConfirmationItem');
}

function readShipNotice(body: JsonObject, draft: Draft): void {
  identify(draft, 'shipment', textAt(body, 'ShipNoticeHeader', '@shipmentID'), 'ShipNoticeHeader.shipmentID');
  for (const control of listAt(body, 'ShipControl')) {
    identify(draft, 'tracking', textAt(control, 'ShipmentIdentifier'), 'ShipControl.ShipmentIdentifier');
  }
  const items = listAt(body, 'ShipNoticePortion').flatMap((portion) => listAt(portion, 'ShipNoticeItem'));
  readLines(items, 'ShipNoticePortion.ShipNoticeItem', draft);
}

function readInvoice(body: JsonObject, draft: Draft): void {
  identify(draft, 'invoice', textAt(body, 'InvoiceDetailRequestHeader', '@invoiceID'), 'InvoiceDetailRequestHeader.invoiceID');
  tellText(draft, 'invoice_type', textAt(body, 'InvoiceDetailRequestHeader', '@purpose'), 'InvoiceDetailRequestHeader.purpose');
  const summary = listAt(body, 'InvoiceDetailSummary')[0];
  // NetAmount is the gross amount less discounts: with tax. What is net of tax is called the subtotal.
  readMoney(summary, draft, [
    ['amount', textAt(summary, 'GrossAmount', 'Money') === '' ? 'NetAmount' : 'GrossAmount'],
    ['net_amount', 'SubtotalAmount'],
    ['tax', 'Tax'],
    ['payable_amount', 'DueAmount'],
  ]);
  const items = listAt(body, 'InvoiceDetailOrder').flatMap((order) => listAt(order, 'InvoiceDetailItem'));
  readLines(items, 'InvoiceDetailOrder.InvoiceDetailItem', draft);
}

function readMoney(holder: Json | undefined, draft: Draft, names: readonly (readonly [name: string, element: string])[]): void {
  for (const [name, element] of names) tell(draft, name, textAt(holder, element, 'Money').replaceAll(',', ''), `${element}.Money`);
  tellFirst(draft, 'currency', holder, ...names.map(([, element]) => [element, 'Money', '@currency']));
}

function readLines(lines: readonly Json[], path: string, draft: Draft): void {
  if (lines.length === 0) return;
  tell(draft, 'items', lines.length, path);
  const units = new Set(lines.map((line) => textAt(line, 'UnitOfMeasure') || textAt(line, 'ItemDetail', 'UnitOfMeasure')));
  const quantity = lines.reduce<number>((sum, line) => sum + Number(textAt(line, '@quantity') || Number.NaN), 0);
  if (units.size === 1 && !Number.isNaN(quantity)) tell(draft, 'quantity', String(Math.round(quantity * 1e6) / 1e6), `${path}.quantity`);
}

/** Elements that name the order a document is about; a ship notice has one for each of its portions, an invoice for each of its orders. */
const ORDER_REFERENCES: ReadonlySet<string> = new Set(['OrderReference', 'OrderIDInfo', 'SupplierOrderInfo']);
const WAYS: ReadonlySet<string> = new Set([
  'ShipNoticePortion',
  'InvoiceDetailOrder',
  'InvoiceDetailOrderInfo',
  'InvoiceDetailHeaderOrder',
]);

function readOrderReferences(body: JsonObject, path: string, draft: Draft, depth: number): void {
  for (const key of Object.keys(body)) {
    const here = `${path}.${key}`;
    for (const item of listAt(body, key)) {
      const child = asObject(item);
      if (child === undefined) continue;
      if (ORDER_REFERENCES.has(key)) {
        identify(draft, 'order', textAt(child, '@orderID'), `${here}.orderID`);
        // What this answers: the order's own message.
        if (draft.parentExecution === '') draft.parentExecution = textAt(child, 'DocumentReference', '@payloadID');
      } else if (WAYS.has(key) && depth < 4) readOrderReferences(child, here, draft, depth + 1);
    }
  }
}

const NOTES: readonly FieldNote[] = [
  { path: 'timestamp', role: 'time', format: 'iso', reason: 'when the message was sent' },
  { path: 'payloadID', role: 'execution', type: 'message', reason: 'names this one message' },
  { path: 'Response.Status.code', role: 'status', format: 'http', reason: 'how the receiver answered' },
  { path: 'Request.ConfirmationRequest.ConfirmationHeader.type', role: 'status', reason: 'what the supplier decided' },
];
