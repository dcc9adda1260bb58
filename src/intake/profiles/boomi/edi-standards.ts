/**
 * What Boomi's records of EDI documents have of their own, beside what all of them have. The X12 records have a profile of their own.
 * Source: Boomi OpenAPI document (EDIFACTConnectorRecord, HL7ConnectorRecord, AS2ConnectorRecord …), "Trading partner results table".
 */
export interface EdiStandard {
  /** Name of the record, folded. */
  readonly record: string;
  readonly title: string;
  /** Values of `connectorType`, for records that have lost their type. */
  readonly connectors: readonly string[];
  /** Field that says what kind of document it is. */
  readonly kind: string;
  readonly sender: readonly string[];
  readonly receiver: readonly string[];
  /** Fields that together name the identifier, with the partners before them where `partners`. The longest comes last. */
  readonly keys: readonly EdiKey[];
  /** Fields that say what became of the document, the most telling first. */
  readonly outcomes: readonly string[];
  /** Fields that say why it failed. */
  readonly errors: readonly string[];
}

interface EdiKey {
  readonly type: string;
  readonly fields: readonly string[];
  /** Who counts the numbers: the sender for each receiver, the sender alone, or they are unique by themselves. */
  readonly counted: 'pair' | 'sender' | 'alone';
}

const INTERCHANGE: readonly EdiKey[] = [
  { type: 'interchange', fields: ['interchangeControlReference'], counted: 'pair' },
  { type: 'edi-document', fields: ['interchangeControlReference', 'messageReferenceNumber'], counted: 'pair' },
];

const EDIFACT = {
  kind: 'messageType',
  sender: ['senderID'],
  receiver: ['receiverID'],
  keys: INTERCHANGE,
  outcomes: ['ackStatus', 'outboundValidationStatus'],
  errors: ['ackReport', 'outboundValidationReport'],
} as const;

export const EDI_STANDARDS: readonly EdiStandard[] = [
  { record: 'edifactconnectorrecord', title: 'EDIFACT', connectors: ['edifact'], ...EDIFACT },
  { record: 'odetteconnectorrecord', title: 'ODETTE', connectors: ['odette'], ...EDIFACT },
  {
    record: 'hl7connectorrecord',
    title: 'HL7',
    connectors: ['hl7'],
    kind: 'messageType',
    sender: ['senderApplicationId', 'senderFacilityId'],
    receiver: ['receiverApplicationId', 'receiverFacilityId'],
    keys: [{ type: 'message', fields: ['messageControlId'], counted: 'sender' }],
    outcomes: ['ackStatus', 'acceptAckStatus', 'outboundValidationStatus'],
    errors: ['ackReport', 'acceptAckReport', 'outboundValidationReport'],
  },
  {
    record: 'as2connectorrecord',
    title: 'AS2',
    connectors: ['as2', 'as2sharedserver'],
    kind: '',
    sender: ['as2FromId'],
    receiver: ['as2ToId'],
    keys: [
      { type: 'message', fields: ['messageId'], counted: 'alone' },
      { type: 'file', fields: ['filename'], counted: 'alone' },
    ],
    outcomes: ['mdnMessage', 'ackStatus'],
    errors: ['mdnMessage'],
  },
  {
    record: 'oftp2connectorrecord',
    title: 'OFTP2',
    connectors: ['oftp', 'oftpserver'],
    kind: 'objecttype',
    sender: ['sfidorig'],
    receiver: ['sfiddest'],
    // RFC 5024: a virtual file is named by its dataset, its date and its time, between originator and destination.
    keys: [{ type: 'file', fields: ['sfiddsn', 'sfiddate', 'sfidtime'], counted: 'pair' }],
    outcomes: ['status'],
    errors: ['nareast', 'nareas'],
  },
  {
    record: 'rosettanetconnectorrecord',
    title: 'RosettaNet',
    connectors: ['rosettanet'],
    kind: 'PIPCode',
    sender: ['senderID'],
    receiver: ['receiverID'],
    keys: [
      { type: 'interchange', fields: ['transactionInstanceIdentifier'], counted: 'pair' },
      { type: 'edi-document', fields: ['transactionInstanceIdentifier', 'actionInstanceIdentifier'], counted: 'pair' },
    ],
    outcomes: ['ackStatus', 'outboundValidationStatus'],
    errors: ['ackReport', 'outboundValidationReport'],
  },
  {
    record: 'tradacomsconnectorrecord',
    title: 'Tradacoms',
    connectors: ['tradacoms'],
    kind: 'messageType',
    sender: ['senderCode', 'senderName'],
    receiver: ['receiverCode', 'receiverName'],
    keys: [{ type: 'message', fields: ['senderTransmissionReference'], counted: 'pair' }],
    outcomes: ['validationStatus'],
    errors: ['validationReport'],
  },
  {
    record: 'edicustomconnectorrecord',
    title: 'Custom',
    connectors: ['edicustom'],
    kind: '',
    sender: ['fromTradingPartner'],
    receiver: ['toTradingPartner'],
    keys: [],
    outcomes: [],
    errors: [],
  },
];
