/** A kind of message, as far as its own facts need no code. */
export interface EdifactDocument {
  /** What it is called: the step. */
  readonly name: string;
  /** The record type of the document's own number (BGM C106/1004); undefined where it is none that others refer to. */
  readonly type: string | undefined;
  /** The name of its own date (DTM 137). */
  readonly date?: string;
  /** The qualifier of the quantity that its lines are about (QTY 6063). */
  readonly quantity?: string;
}

/**
 * Messages of an order and what follows it. A response has a number of its own, which may be equal to the order's: types keep them apart. Sources: UN/EDIFACT D.96A
 * message types ORDERS, ORDCHG, ORDRSP, DESADV, RECADV, INVOIC, REMADV, APERAK; code lists 6063 and 2005.
 */
export const EDIFACT_DOCUMENTS: Readonly<Record<string, EdifactDocument>> = {
  ORDERS: { name: 'purchase order', type: 'order', date: 'order_date', quantity: '21' },
  ORDCHG: { name: 'purchase order change', type: 'order-change', date: 'change_date', quantity: '21' },
  ORDRSP: { name: 'order response', type: 'order-response', date: 'response_date', quantity: '21' },
  DESADV: { name: 'despatch advice', type: 'shipment', date: 'shipment_date', quantity: '12' },
  RECADV: { name: 'receiving advice', type: 'receipt', date: 'receipt_date', quantity: '46' },
  INVOIC: { name: 'invoice', type: 'invoice', date: 'invoice_date', quantity: '47' },
  REMADV: { name: 'remittance advice', type: 'remittance', date: 'payment_date' },
  APERAK: { name: 'application acknowledgement', type: undefined },
  INVRPT: { name: 'inventory report', type: undefined },
  IFTMIN: { name: 'transport instruction', type: undefined },
  IFTSTA: { name: 'transport status', type: undefined },
  PRICAT: { name: 'price catalogue', type: undefined },
  SLSRPT: { name: 'sales report', type: undefined },
  DELFOR: { name: 'delivery schedule', type: undefined },
  DELJIT: { name: 'delivery call', type: undefined },
  PARTIN: { name: 'party information', type: undefined },
};

/** What a reference (RFF 1153) is the number of. */
export const EDIFACT_REFERENCES: ReadonlyMap<string, string> = new Map([
  ['ON', 'order'],
  ['VN', 'order'],
  ['OP', 'order'],
  ['IV', 'invoice'],
  ['DQ', 'shipment'],
  ['AAK', 'shipment'],
  ['BM', 'bill-of-lading'],
]);

/** What a date is (DTM 2005), beside the document's own (137). */
export const EDIFACT_DATES: ReadonlyMap<string, string> = new Map([
  ['2', 'requested_delivery_date'],
  ['11', 'ship_date'],
  ['17', 'estimated_delivery_date'],
  ['35', 'delivery_date'],
]);

/** Totals (MOA 5025), the better ones first: what the whole document comes to, without tax, the tax. */
export const EDIFACT_AMOUNTS: readonly (readonly [name: string, qualifiers: readonly string[]])[] = [
  ['amount', ['77', '39', '86', '128', '9']],
  ['net_amount', ['79']],
  ['tax', ['176', '124']],
];

/** The function of a message (BGM 1225), where it is not the original. */
export const EDIFACT_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['1', 'cancellation'],
  ['4', 'change'],
  ['5', 'replace'],
  ['6', 'confirmation'],
  ['7', 'duplicate'],
]);

/** BGM 1001: a credit note is an INVOIC too. */
export const CREDIT_NOTE = '381';
