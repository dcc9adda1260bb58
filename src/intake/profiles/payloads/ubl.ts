import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { SBDH_NAMESPACE, UBL_NAMESPACE } from '../../formats/xml/xml-documents.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { asObject, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { complain, fieldsRead, identify, tellEvent, tellFirst } from './put.ts';
import type { FieldNote } from './put.ts';
import { firstText, listAt, textAt } from './tree-path.ts';
import { isUblName, ublDocument, UBL_REFERENCES, UNCL1001 } from './ubl-documents.ts';
import { readUblTotals } from './ubl-totals.ts';

/**
 * UBL 2.x documents in XML, bare or in an SBDH envelope. To issue a document is a step of the trade, called after it: with the document's own
 * record, what it refers to, its totals, its parties and, where it answers, the answer; a document that answers nothing tells no outcome.
 * Namespaces are compared by URI. A document names no system: the side that issues it stands in.
 * Sources: OASIS UBL 2.1 and 2.3 (document schemas), Peppol BIS 3 for the codes of responses.
 */
export const ubl = defineProfile({
  id: 'ubl',
  title: 'UBL documents (XML)',
  formatId: 'xml',
  matches: (entry, source) => documentOf(entry, source) !== undefined,
  shape: 'UBL',
  system: (source) => {
    const issuer = source.system === '' ? ublDocument(documentName(source)).issuer : undefined;
    return issuer === undefined
      ? fallbackSystem('documents name no system')(source)
      : { system: issuer, systemReason: `${documentName(source)} documents are issued by the ${issuer}` };
  },
  zoneReason: 'dates of documents carry no zone, and their times seldom do',
  kind: 'step',
  fields: (entries, source) => fieldsRead(entries, createReader(source, '', 'UTC'), notes(source)),
  compile: (source, mapping) => createReader(source, mapping.system, mapping.zone),
});

function documentName(source: SourceContext): string {
  const { document, path } = source.options;
  if (typeof document === 'string') return document;
  const last = Array.isArray(path) ? path.at(-1) : undefined;
  return typeof last === 'string' ? last : '';
}

interface Found {
  readonly name: string;
  readonly document: JsonObject;
  /** The transport's own id, where there is an envelope. */
  readonly message: string;
}

function documentOf(entry: Entry, source: SourceContext): Found | undefined {
  const value = objectOf(entry);
  if (value === undefined) return undefined;
  const namespace = source.options['namespace'];
  if (typeof namespace !== 'string') return undefined;
  if (namespace.startsWith(UBL_NAMESPACE)) return { name: documentName(source), document: value, message: '' };
  if (namespace !== SBDH_NAMESPACE) return undefined;
  const name = Object.keys(value).find(isUblName);
  const document = name === undefined ? undefined : asObject(value[name]);
  if (name === undefined || document === undefined) return undefined;
  const message = textAt(value, 'StandardBusinessDocumentHeader', 'DocumentIdentification', 'InstanceIdentifier');
  return { name, document, message };
}

function createReader(source: SourceContext, system: string, zone: string) {
  const time = compileTime('iso', zone, source.notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const found = documentOf(entry, source);
    if (found === undefined) return 'the entry is no UBL document';
    draft.reset();
    const { name, document } = found;
    const issued = issuedAt(document);
    draft.time = time(issued);
    if (issued !== '' && Number.isNaN(draft.time)) return `IssueDate and IssueTime are no time: ${issued.slice(0, 40)}`;
    draft.precision = textAt(document, 'IssueTime') === '' ? 'day' : precisionOf(issued, 'iso');
    draft.system = system;
    draft.step = name;
    draft.execution = messageOf(found);
    if (draft.execution !== '') draft.executionType = 'message';
    readIdentifiers(name, document, draft);
    readAnswer(document, draft);
    readUblTotals(name, document, draft);
    readParties(document, draft);
    tellEvent(draft, emit);
    return undefined;
  };
}

/** `2005-06-20`, with the time and the zone that either of the two may carry. */
function issuedAt(document: JsonObject): string {
  const date = textAt(document, 'IssueDate');
  const clock = textAt(document, 'IssueTime');
  const day = date.slice(0, 10);
  const zone = date.slice(10);
  if (clock === '') return zone === '' ? day : `${day}T00:00:00${zone}`;
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(clock) ? `${day}T${clock}` : `${day}T${clock}${zone}`;
}

/** The envelope's id, else the document's UUID: names of the one sending, never of the record. Samples hold other texts there. */
function messageOf(found: Found | undefined): string {
  if (found === undefined || found.message !== '') return found?.message ?? '';
  const uuid = textAt(found.document, 'UUID');
  return /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(uuid) ? uuid : '';
}

function readIdentifiers(name: string, document: JsonObject, draft: Draft): void {
  const { type } = ublDocument(name);
  identify(draft, type, textAt(document, 'ID'), 'ID');
  // The seller's number of an order: at the top of an order, and in references to one.
  identify(draft, 'order', textAt(document, 'SalesOrderID'), 'SalesOrderID');
  readReferences(document, '', draft, 0);
  for (const response of listAt(document, 'DocumentResponse')) {
    for (const reference of listAt(response, 'DocumentReference')) {
      const about = UNCL1001.get(textAt(reference, 'DocumentTypeCode')) ?? 'document';
      identify(draft, about, textAt(reference, 'ID'), 'DocumentResponse.DocumentReference.ID');
    }
  }
  readTransport(document, draft);
}

/** Elements that hold no reference to a document of the trade, and most of the text. */
const PASSED_OVER = /(?:Party|Address|Item|Price|TaxTotal|PaymentMeans|Signature|Attachment|Extensions?|Location)$/;
const DEEPEST = 6;

function readReferences(object: JsonObject, path: string, draft: Draft, depth: number): void {
  for (const key of Object.keys(object)) {
    const type = UBL_REFERENCES.get(key);
    if (type === undefined && (depth === DEEPEST || PASSED_OVER.test(key))) continue;
    const value = object[key];
    if (typeof value !== 'object' || value === null) continue;
    const inner = path === '' ? key : `${path}.${key}`;
    for (const item of Array.isArray(value) ? value : [value]) {
      const child = asObject(item);
      if (child === undefined) continue;
      if (type === undefined) {
        readReferences(child, inner, draft, depth + 1);
        continue;
      }
      identify(draft, type, textAt(child, 'ID'), `${inner}.ID`);
      if (type === 'order') identify(draft, 'order', textAt(child, 'SalesOrderID'), `${inner}.SalesOrderID`);
    }
  }
}

/** Numbers of transport; a counter within the document (`1`) names nothing outside of it. */
function readTransport(document: JsonObject, draft: Draft): void {
  for (const shipment of listAt(document, 'Shipment')) {
    for (const [path, value] of [
      ['Shipment.ID', textAt(shipment, 'ID')],
      ['Shipment.Consignment.ID', textAt(shipment, 'Consignment', 'ID')],
    ] as const) {
      if (value.length > 3) identify(draft, 'consignment', value, path);
    }
    for (const unit of listAt(shipment, 'TransportHandlingUnit')) {
      const value = textAt(unit, 'ID');
      if (value.length > 3) identify(draft, 'package', value, 'Shipment.TransportHandlingUnit.ID');
    }
    identify(draft, 'tracking', textAt(shipment, 'Delivery', 'TrackingID'), 'Shipment.Delivery.TrackingID');
  }
}

/** What an answering document says: the response code, or in UBL 2.0 whether the order is accepted. */
function readAnswer(document: JsonObject, draft: Draft): void {
  const response = listAt(document, 'DocumentResponse')[0];
  const accepted = textAt(document, 'AcceptedIndicator').toLowerCase();
  const code = firstText(
    textAt(document, 'OrderResponseCode'),
    textAt(response, 'Response', 'ResponseCode'),
    textAt(document, 'DocumentStatusCode'),
  );
  if (code !== '' && code !== 'NoStatus') {
    draft.statusRaw = code;
    draft.status = normaliseStatus(code, 'ubl');
  } else if (accepted === 'true' || accepted === 'false') {
    draft.statusRaw = `AcceptedIndicator=${accepted}`;
    draft.status = accepted === 'true' ? 'succeeded' : 'failed';
  }
  if (draft.status !== 'failed') return;
  complain(
    draft,
    firstText(
      textAt(document, 'RejectionNote'),
      textAt(response, 'Response', 'Description'),
      textAt(response, 'Response', 'Status', 'StatusReason'),
      textAt(document, 'Note'),
    ),
  );
}

const CUSTOMERS = ['BuyerCustomerParty', 'AccountingCustomerParty', 'DeliveryCustomerParty'] as const;
const SUPPLIERS = ['SellerSupplierParty', 'AccountingSupplierParty', 'DespatchSupplierParty'] as const;

function readParties(document: JsonObject, draft: Draft): void {
  readParty(document, CUSTOMERS, 'customer', 'SupplierAssignedAccountID', draft);
  readParty(document, SUPPLIERS, 'vendor', 'CustomerAssignedAccountID', draft);
}

/** One number for each side: its registered one, its address in the network, else the account the other side keeps for it. */
function readParty(document: JsonObject, roles: readonly string[], type: string, account: string, draft: Draft): void {
  const role = roles.find((name) => asObject(listAt(document, name)[0]) !== undefined);
  if (role === undefined) return;
  const holder: Json | undefined = listAt(document, role)[0];
  for (const path of [['Party', 'PartyIdentification', 'ID'], ['Party', 'EndpointID'], [account]]) {
    const value = textAt(holder, ...path);
    if (value === '') continue;
    identify(draft, type, value, [role, ...path].join('.'));
    break;
  }
  tellFirst(draft, `${type}_name`, document, [role, 'Party', 'PartyName', 'Name'], [role, 'Party', 'PartyLegalEntity', 'RegistrationName']);
}

function notes(source: SourceContext): FieldNote[] {
  const found = (entry: Entry): JsonObject | undefined => documentOf(entry, source)?.document;
  const text =
    (...path: readonly string[]): FieldNote['read'] & {} =>
    (entry) =>
      textAt(found(entry), ...path);
  return [
    { path: 'IssueDate', role: 'time', format: 'iso', reason: 'the day the document was issued', read: text('IssueDate') },
    { path: 'IssueTime', role: 'time', format: 'iso', reason: 'the time of that day', read: text('IssueTime') },
    { path: 'OrderResponseCode', role: 'status', reason: 'the answer to the order', read: text('OrderResponseCode') },
    { path: 'AcceptedIndicator', role: 'status', reason: 'whether the order is accepted (UBL 2.0)', read: text('AcceptedIndicator') },
    {
      path: 'DocumentResponse.Response.ResponseCode',
      role: 'status',
      reason: 'the answer to the document',
      read: text('DocumentResponse', 'Response', 'ResponseCode'),
    },
    {
      path: 'UUID',
      role: 'execution',
      type: 'message',
      reason: 'names this one document; the envelope’s own id goes before it',
      read: (entry) => messageOf(documentOf(entry, source)),
    },
  ];
}
