import { controlRecord, dataRecord } from '../idoc.ts';
import { document, ediDate, ediTime, iso } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const ISA = (from: string, to: string, at: number, control: string): string =>
  `ISA*00*          *00*          *ZZ*${from.padEnd(15)}*ZZ*${to.padEnd(15)}*${ediDate(at).slice(2)}*${ediTime(at)}*U*00401*${control}*0*P*>~`;

/** One interchange with one transaction set. */
function x12(from: string, to: string, group: string, set: string, at: number, control: number, body: readonly string[]): string {
  const number = String(control).padStart(9, '0');
  const segments = [`ST*${set}*0001`, ...body, `SE*${body.length + 2}*0001`];
  return [
    ISA(from, to, at, number),
    ...[
      `GS*${group}*${from}*${to}*${ediDate(at)}*${ediTime(at)}*${control}*X*004010`,
      ...segments,
      `GE*1*${control}`,
      `IEA*1*${number}`,
    ].map((segment) => `${segment}~`),
    '',
  ].join('\n');
}

function edifact(): string {
  const segments = [
    'UNH+1+ORDERS:D:96A:UN:EAN008',
    'BGM+220+SO-77+9',
    `DTM+137:${ediDate(205)}:102`,
    'NAD+BY+4000001000005::9',
    'NAD+SU+4000002000004::9',
    'CUX+2:EUR:9',
    'LIN+1++4006381333931:EN',
    'QTY+21:2:PCE',
    'UNS+S',
    'MOA+86:119,80',
    'UNT+11+1',
  ];
  return `UNA:+.? '\nUNB+UNOC:3+4000001000005:14+4000002000004:14+${ediDate(205).slice(2)}:${ediTime(205)}+R77++ORDERS'\n${segments.map((s) => `${s}'\n`).join('')}UNZ+1+R77'\n`;
}

const UBL = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
  <cbc:ID>F-2031-77</cbc:ID><cbc:IssueDate>2031-03-04</cbc:IssueDate><cbc:IssueTime>12:00:00Z</cbc:IssueTime><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>SO-77</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Beeskow Supply</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">119.80</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">2</cbc:InvoicedQuantity></cac:InvoiceLine>
</Invoice>
`;

const IDOC = `<?xml version="1.0" encoding="utf-8"?>
<ORDERS05><IDOC BEGIN="1">
<EDI_DC40 SEGMENT="1"><TABNAM>EDI_DC40</TABNAM><DOCNUM>0000000000004711</DOCNUM><STATUS>53</STATUS><DIRECT>2</DIRECT><IDOCTYP>ORDERS05</IDOCTYP><MESTYP>ORDERS</MESTYP><SNDPRN>SHOP</SNDPRN><RCVPRN>ERPCLNT100</RCVPRN><CREDAT>20310304</CREDAT><CRETIM>090200</CRETIM></EDI_DC40>
<E1EDK01 SEGMENT="1"><CURCY>EUR</CURCY><BELNR>SO-77</BELNR></E1EDK01>
<E1EDK02 SEGMENT="1"><QUALF>001</QUALF><BELNR>SO-77</BELNR></E1EDK02>
<E1EDP01 SEGMENT="1"><POSEX>000010</POSEX><MENGE>2.000</MENGE><MENEE>PCE</MENEE></E1EDP01>
<E1EDS01 SEGMENT="1"><SUMID>002</SUMID><SUMME>119.80</SUMME><WAERQ>EUR</WAERQ></E1EDS01>
</IDOC></ORDERS05>
`;

const CXML = `<?xml version="1.0" encoding="UTF-8"?>
<cXML payloadID="1930382102.77@buyer.example" timestamp="${iso(200)}" version="1.2.060">
<Header><From><Credential domain="NetworkID"><Identity>AN0100</Identity></Credential></From><To><Credential domain="NetworkID"><Identity>AN0200</Identity></Credential></To></Header>
<Request deploymentMode="production"><OrderRequest><OrderRequestHeader orderID="SO-77" orderDate="${iso(200)}" type="new"><Total><Money currency="EUR">119.80</Money></Total></OrderRequestHeader>
<ItemOut quantity="2" lineNumber="1"><ItemID><SupplierPartID>SKU-1</SupplierPartID></ItemID></ItemOut></OrderRequest></Request></cXML>
`;

const HL7 = [
  `MSH|^~\\&|HIS|WARD|LIS|LAB|20310304090700+0000||ORM^O01^ORM_O01|M77|P|2.5`,
  'PID|1||4711^^^HOSP^MR',
  'ORC|NW|SO-77',
  'OBR|1|SO-77||718-7^Hemoglobin^LN',
].join('\r');

/** A delivery as a flat file without line breaks. */
function flatIdoc(): string {
  const docnum = '0000000000004790';
  return [
    controlRecord({
      docnum,
      status: '03',
      direct: '1',
      idoctyp: 'DELVRY03',
      mestyp: 'DESADV',
      sender: 'ERPCLNT100',
      receiver: 'SHOP',
      date: ediDate(7_100),
      time: `${ediTime(7_100)}00`,
    }),
    dataRecord('E2EDL20004', docnum, 1, 0, 2, [['SH-77', 10]]),
    dataRecord('E2EDL24008', docnum, 2, 1, 3, [
      ['000010', 6],
      ['', 170],
      ['2.000', 15],
      ['PCE', 3],
    ]),
    dataRecord('E2EDL41', docnum, 3, 2, 4, [
      ['001', 3],
      ['SO-77', 35],
    ]),
  ].join('');
}

/** Business documents in the syntax of a standard. */
export const DOCUMENT_FILES: readonly OrderFile[] = [
  { name: 'hospital/orders.hl7', format: 'hl7', profile: 'hl7-v2', systems: ['HIS'], content: `${HL7}\r` },
  { name: 'ubl/invoice.xml', format: 'xml', profile: 'ubl', systems: ['seller'], content: UBL },
  { name: 'sap/orders05.xml', format: 'xml', profile: 'sap-idoc', systems: ['sap'], content: IDOC },
  { name: 'sap/delvry03.idoc', format: 'idoc', profile: 'sap-idoc', systems: ['sap'], content: flatIdoc() },
  { name: 'ariba/order.cxml', format: 'xml', profile: 'cxml', systems: ['buyer'], content: CXML },
  {
    name: 'edi/850.edi',
    format: 'x12',
    profile: 'x12',
    systems: ['SHOPEDI'],
    content: x12('SHOPEDI', 'MAKER', 'PO', '850', 210, 71, [
      `BEG*00*SA*SO-77**${ediDate(210)}`,
      'CUR*BY*EUR',
      'PO1*1*2*EA*59.9**UP*400638133393',
      'CTT*1',
      'AMT*TT*119.80',
    ]),
  },
  {
    name: 'edi/855.edi',
    format: 'x12',
    profile: 'x12',
    systems: ['MAKER'],
    content: x12('MAKER', 'SHOPEDI', 'PR', '855', 900, 72, [
      `BAK*00*AC*SO-77*${ediDate(210)}****MK-9001*${ediDate(900)}`,
      'PO1*1*2*EA*59.9',
      'ACK*IA*2*EA',
      'CTT*1',
    ]),
  },
  {
    name: 'edi/856.edi',
    format: 'x12',
    profile: 'x12',
    systems: ['MAKER'],
    content: x12('MAKER', 'SHOPEDI', 'SH', '856', 7200, 73, [
      `BSN*00*SH-77*${ediDate(7200)}*${ediTime(7200)}`,
      'HL*1**S',
      'REF*CN*JD0146',
      'HL*2*1*O',
      `PRF*SO-77***${ediDate(210)}`,
      'CTT*2',
    ]),
  },
  {
    name: 'edi/810.edi',
    format: 'x12',
    profile: 'x12',
    systems: ['MAKER'],
    content: x12('MAKER', 'SHOPEDI', 'IN', '810', 10_800, 74, [
      `BIG*${ediDate(10_800)}*INV-77*${ediDate(210)}*SO-77***DI`,
      'CUR*SE*EUR',
      'IT1*1*2*EA*59.9',
      'TDS*11980',
      'CTT*1',
    ]),
  },
  { name: 'edi/orders.edi', format: 'edifact', profile: 'edifact', systems: ['4000001000005'], content: edifact() },
  {
    name: 'hospital/service-request.json',
    format: 'json',
    profile: 'fhir',
    systems: ['fhir'],
    content: document({
      resourceType: 'ServiceRequest',
      id: '9',
      meta: { lastUpdated: iso(440) },
      identifier: [{ value: 'SO-77' }],
      status: 'active',
      intent: 'order',
    }),
  },
];
