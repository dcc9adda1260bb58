/** Who issues a document: the two sides of the trade stand in as systems where nothing names one. */
type Issuer = 'buyer' | 'seller';

interface UblDocument {
  /** The record type of the document's own number. */
  readonly type: string;
  /** Undefined where either side may issue it. */
  readonly issuer: Issuer | undefined;
}

/**
 * The documents of UBL 2.x that carry an order, a delivery or a bill, by the local name of their root. Types that other exports name too have
 * those names (a despatch advice is the seller's shipment); a response, a receipt or a remittance is a record of its own: the numbers of an
 * order and of its response may be equal. Source: OASIS UBL 2.1 and 2.3, section 2 "Business processes" and annex "Document types".
 */
const DOCUMENTS: ReadonlyMap<string, UblDocument> = new Map<string, UblDocument>([
  ['RequestForQuotation', { type: 'quote-request', issuer: 'buyer' }],
  ['Quotation', { type: 'quote', issuer: 'seller' }],
  ['Order', { type: 'order', issuer: 'buyer' }],
  ['OrderChange', { type: 'order-change', issuer: 'buyer' }],
  ['OrderCancellation', { type: 'order-cancellation', issuer: 'buyer' }],
  ['OrderResponse', { type: 'order-response', issuer: 'seller' }],
  ['OrderResponseSimple', { type: 'order-response', issuer: 'seller' }],
  ['DespatchAdvice', { type: 'shipment', issuer: 'seller' }],
  ['ReceiptAdvice', { type: 'receipt', issuer: 'buyer' }],
  ['Invoice', { type: 'invoice', issuer: 'seller' }],
  ['SelfBilledInvoice', { type: 'invoice', issuer: 'buyer' }],
  ['FreightInvoice', { type: 'invoice', issuer: undefined }],
  ['CreditNote', { type: 'credit-note', issuer: 'seller' }],
  ['SelfBilledCreditNote', { type: 'credit-note', issuer: 'buyer' }],
  ['DebitNote', { type: 'debit-note', issuer: undefined }],
  ['Reminder', { type: 'reminder', issuer: 'seller' }],
  ['RemittanceAdvice', { type: 'remittance', issuer: 'buyer' }],
  ['Statement', { type: 'statement', issuer: 'seller' }],
  ['ApplicationResponse', { type: 'application-response', issuer: undefined }],
  ['BillOfLading', { type: 'bill-of-lading', issuer: undefined }],
  ['Waybill', { type: 'tracking', issuer: undefined }],
]);

/** What is known of a document; the others (catalogues, tenders, transport documents) are records of a type that is called after them. */
export function ublDocument(name: string): UblDocument {
  return DOCUMENTS.get(name) ?? { type: name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(), issuer: undefined };
}

export function isUblName(name: string): boolean {
  return DOCUMENTS.has(name);
}

/** Elements that refer to another document: the record type of the number in their `cbc:ID`. */
export const UBL_REFERENCES: ReadonlyMap<string, string> = new Map([
  ['OrderReference', 'order'],
  ['OrderDocumentReference', 'order'],
  ['OrderChangeDocumentReference', 'order-change'],
  ['OrderResponseDocumentReference', 'order-response'],
  ['QuotationDocumentReference', 'quote'],
  ['RequestForQuotationDocumentReference', 'quote-request'],
  ['DespatchDocumentReference', 'shipment'],
  ['ReceiptDocumentReference', 'receipt'],
  ['InvoiceDocumentReference', 'invoice'],
  ['SelfBilledInvoiceDocumentReference', 'invoice'],
  ['CreditNoteDocumentReference', 'credit-note'],
  ['SelfBilledCreditNoteDocumentReference', 'credit-note'],
  ['DebitNoteDocumentReference', 'debit-note'],
  ['ReminderDocumentReference', 'reminder'],
  ['StatementDocumentReference', 'statement'],
]);

/** What a document type code (UNCL 1001) calls the document that a response is about. */
export const UNCL1001: ReadonlyMap<string, string> = new Map([
  ['105', 'order'],
  ['220', 'order'],
  ['230', 'order-change'],
  ['231', 'order-response'],
  ['351', 'shipment'],
  ['380', 'invoice'],
  ['381', 'credit-note'],
]);
