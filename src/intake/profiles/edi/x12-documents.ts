/** A kind of transaction set, as far as its own facts need no code. */
export interface X12Document {
  /** What it is called: the step. */
  readonly name: string;
  /** Elements that hold numbers of records. */
  readonly ids?: readonly (readonly [element: string, type: string])[];
  /** Elements that hold fields of the record's state; days are written as `2031-03-04`. */
  readonly fields?: readonly (readonly [element: string, name: string, form?: 'day' | 'cents'])[];
  /** What the document is for (X12 data element 353), and the name of that as a field. */
  readonly purpose?: readonly [element: string, name: string];
  /** The element that answers, and the vocabulary of its codes. */
  readonly answer?: readonly [element: string, vocabulary: string];
  /** The segment of one line, with its quantity and the unit of that. */
  readonly line?: readonly [segment: string, quantity: string, unit: string];
}

/**
 * Transaction sets of an order and what follows it. Sources: the segment tables of X12 004010 (BEG, BAK, BCH, BCA, BSN, PRF, BIG, BPR, TRN, RMR, PO1, POC,
 * IT1, SN1, TDS), data elements 353 (purpose) and 587 (acknowledgment type).
 */
export const X12_DOCUMENTS: Readonly<Record<string, X12Document>> = {
  '850': {
    name: 'purchase order',
    ids: [['BEG03', 'order']],
    fields: [
      ['BEG05', 'order_date', 'day'],
      ['BEG02', 'order_type'],
      ['BEG04', 'release'],
      ['BEG06', 'contract'],
    ],
    purpose: ['BEG01', 'order_purpose'],
    line: ['PO1', 'PO102', 'PO103'],
  },
  '855': {
    name: 'order response',
    ids: [
      ['BAK03', 'order'],
      ['BAK08', 'order'],
    ],
    fields: [
      ['BAK04', 'order_date', 'day'],
      ['BAK05', 'release'],
      ['BAK07', 'contract'],
      ['BAK09', 'response_date', 'day'],
    ],
    purpose: ['BAK01', 'response_purpose'],
    answer: ['BAK02', 'x12-587'],
    line: ['PO1', 'PO102', 'PO103'],
  },
  '856': {
    name: 'ship notice',
    ids: [
      ['BSN02', 'shipment'],
      ['PRF01', 'order'],
    ],
    fields: [['BSN03', 'shipment_date', 'day']],
    purpose: ['BSN01', 'shipment_purpose'],
    line: ['SN1', 'SN102', 'SN103'],
  },
  '810': {
    name: 'invoice',
    ids: [
      ['BIG02', 'invoice'],
      ['BIG04', 'order'],
    ],
    fields: [
      ['BIG01', 'invoice_date', 'day'],
      ['BIG03', 'order_date', 'day'],
      ['BIG05', 'release'],
      ['BIG07', 'invoice_type'],
      ['BIG10', 'consolidated_invoice'],
      ['TDS01', 'amount', 'cents'],
    ],
    purpose: ['BIG08', 'invoice_purpose'],
    line: ['IT1', 'IT102', 'IT103'],
  },
  '820': { name: 'payment order', ids: [['TRN02', 'payment']], fields: [['BPR16', 'payment_date', 'day']] },
  '860': {
    name: 'purchase order change',
    ids: [['BCH03', 'order']],
    fields: [['BCH06', 'order_date', 'day']],
    purpose: ['BCH01', 'order_purpose'],
    line: ['POC', 'POC03', 'POC05'],
  },
  '865': {
    name: 'order change response',
    ids: [['BCA03', 'order']],
    purpose: ['BCA01', 'response_purpose'],
    answer: ['BCA02', 'x12-587'],
    line: ['POC', 'POC03', 'POC05'],
  },
  '204': { name: 'load tender' },
  '210': { name: 'freight invoice' },
  '214': { name: 'shipment status' },
  '824': { name: 'application advice' },
  '830': { name: 'planning schedule' },
  '832': { name: 'price catalog' },
  '846': { name: 'inventory advice' },
  '852': { name: 'product activity' },
  '862': { name: 'shipping schedule' },
  '864': { name: 'text message' },
  '867': { name: 'product transfer' },
  '875': { name: 'grocery purchase order' },
  '880': { name: 'grocery invoice' },
  '940': { name: 'warehouse shipping order' },
  '943': { name: 'warehouse stock transfer' },
  '944': { name: 'warehouse stock receipt' },
  '945': { name: 'warehouse shipping advice' },
  '990': { name: 'load tender response' },
};

/** What a reference (REF01, data element 128) is the number of. */
export const X12_REFERENCES: ReadonlyMap<string, string> = new Map([
  ['PO', 'order'],
  ['CO', 'order'],
  ['VN', 'order'],
  ['IV', 'invoice'],
  ['BM', 'bill-of-lading'],
  ['CN', 'tracking'],
  ['2I', 'tracking'],
]);

/** What a date is (DTM01, data element 374). */
export const X12_DATES: ReadonlyMap<string, string> = new Map([
  ['002', 'requested_delivery_date'],
  ['010', 'requested_ship_date'],
  ['011', 'ship_date'],
  ['017', 'estimated_delivery_date'],
]);

/** Data element 353; a cancelled document cancels its record. */
export const X12_PURPOSES: ReadonlyMap<string, string> = new Map([
  ['00', 'original'],
  ['01', 'cancellation'],
  ['04', 'change'],
  ['05', 'replace'],
  ['06', 'confirmation'],
  ['07', 'duplicate'],
]);
