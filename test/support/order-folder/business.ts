import Database from 'better-sqlite3';
import { zip } from '../zip.ts';
import { document, ediDate, ediTime, iso, lines, ms, ORDERS, plain } from './order-file.ts';
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

/** A workbook with one sheet of inline strings: the parts that every reader needs (ECMA-376). */
function workbook(rows: readonly (readonly (string | number)[])[]): Buffer {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const relation = (target: string, type: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
  return zip([
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    },
    { name: '_rels/.rels', content: relation('xl/workbook.xml', 'officeDocument') },
    { name: 'xl/_rels/workbook.xml.rels', content: relation('worksheets/sheet1.xml', 'worksheet') },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Returns" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${main}"><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
    },
  ]);
}

/** A database with one table. */
function database(rows: readonly (readonly (string | number)[])[]): Buffer {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE bookings (order_no TEXT, operation TEXT, booked_at TEXT, units INTEGER)');
  const insert = db.prepare('INSERT INTO bookings VALUES (?, ?, ?, ?)');
  for (const row of rows) insert.run(...row);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

const HL7 = [
  `MSH|^~\\&|HIS|WARD|LIS|LAB|20310304090700+0000||ORM^O01^ORM_O01|M77|P|2.5`,
  'PID|1||4711^^^HOSP^MR',
  'ORC|NW|SO-77',
  'OBR|1|SO-77||718-7^Hemoglobin^LN',
].join('\r');

const n = (i: number): number => i * 20;

export const BUSINESS_FILES: readonly OrderFile[] = [
  {
    name: 'erp/erp-orders.csv',
    format: 'csv',
    profile: 'inferred',
    systems: ['erp'],
    content: lines([
      'order_no;customer_no;status;amount;currency;updated_at',
      ...ORDERS.map(
        (order, i) => `${order};C-${10 + i};${order === 'SO-77' ? 'CONFIRMED' : 'OPEN'};${119.8 + i - 6};EUR;${iso(140 + n(i))}`,
      ),
    ]),
  },
  {
    name: 'returns/returns.xlsx',
    format: 'csv',
    profile: 'inferred',
    systems: ['returns'],
    content: workbook([
      ['order_no', 'event', 'occurred_at', 'quantity'],
      ...ORDERS.map((order, i) => [order, i % 2 === 0 ? 'return announced' : 'return received', iso(90_000 + n(i)), 1]),
    ]),
  },
  {
    name: 'ledger/ledger.sqlite',
    format: 'ndjson',
    profile: 'inferred',
    systems: ['ledger'],
    content: database(
      ORDERS.flatMap((order, i) =>
        ['book receivable', 'clear receivable'].map((step, k) => [order, step, iso(11_000 + n(i) + 600 * k), 1]),
      ),
    ),
  },
  { name: 'hospital/orders.hl7', format: 'hl7', profile: 'hl7-v2', systems: ['HIS'], content: `${HL7}\r` },
  {
    name: 'crm/crm-orders.json',
    format: 'json',
    profile: 'inferred',
    systems: ['crm'],
    content: document({
      total: ORDERS.length,
      data: ORDERS.map((order, i) => ({
        orderNumber: order,
        account: { id: `A-${i}` },
        status: order === 'SO-77' ? 'Won' : 'New',
        amount: 119.8 + i - 6,
        updatedAt: iso(400 + n(i)),
      })),
    }),
  },
  {
    name: 'shop/orders.json',
    format: 'json',
    profile: 'shopify',
    systems: ['shopify'],
    content: document({
      orders: [
        {
          id: 5001000000077,
          admin_graphql_api_id: 'gid://shopify/Order/5001000000077',
          name: 'SO-77',
          order_number: 77,
          created_at: iso(0),
          updated_at: iso(60),
          financial_status: 'paid',
          fulfillment_status: null,
          total_price: '119.80',
          currency: 'EUR',
          customer: { id: 700100 },
          line_items: [{ id: 1, sku: 'SKU-1', quantity: 2, price: '59.90' }],
        },
      ],
    }),
  },
  {
    name: 'payments/events.ndjson',
    format: 'ndjson',
    profile: 'stripe',
    systems: ['stripe'],
    content: lines(
      ['payment_intent.created', 'payment_intent.succeeded'].map((type, i) => ({
        id: `evt_77${i}`,
        object: 'event',
        created: ms(5 + 10 * i) / 1000,
        type,
        data: {
          object: {
            id: 'pi_77',
            object: 'payment_intent',
            amount: 11980,
            currency: 'eur',
            status: i === 0 ? 'requires_payment_method' : 'succeeded',
            metadata: { order_id: 'SO-77' },
          },
        },
      })),
    ),
  },
  {
    name: 'salesforce/order.json',
    format: 'json',
    profile: 'salesforce',
    systems: ['salesforce'],
    content: document({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Order', url: '/services/data/v60.0/sobjects/Order/801AA0000012345YAA' },
          Id: '801AA0000012345YAA',
          OrderNumber: '00000412',
          Status: 'Activated',
          StatusCode: 'Activated',
          TotalAmount: 119.8,
          CurrencyIsoCode: 'EUR',
          Shop_Order_Number__c: 'SO-77',
          LastModifiedDate: iso(420).replace('Z', '+0000'),
        },
      ],
    }),
  },
  {
    name: 'netsuite/sales-orders.json',
    format: 'json',
    profile: 'netsuite',
    systems: ['netsuite'],
    content: document({
      count: 1,
      items: [
        {
          links: [{ rel: 'self', href: 'https://0000000.suitetalk.api.netsuite.example/services/rest/record/v1/salesOrder/97' }],
          id: '97',
          tranId: 'SO10097',
          otherRefNum: 'SO-77',
          orderStatus: { id: 'B', refName: 'Pending Fulfillment' },
          total: 119.8,
          currency: { id: '4', refName: 'EUR' },
          lastModifiedDate: iso(430),
        },
      ],
    }),
  },
  { name: 'ubl/invoice.xml', format: 'xml', profile: 'ubl', systems: ['seller'], content: UBL },
  { name: 'sap/orders05.xml', format: 'xml', profile: 'sap-idoc', systems: ['sap'], content: IDOC },
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
  {
    name: 'db/orders-topic.jsonl',
    format: 'ndjson',
    profile: 'debezium',
    systems: ['shop'],
    content: lines(
      ['NEW', 'PAID'].map((status, i) => ({
        before: i === 0 ? null : { id: 77, order_no: 'SO-77', status: 'NEW', total: 119.8 },
        after: { id: 77, order_no: 'SO-77', status, total: 119.8 },
        source: {
          version: '2.5.0.Final',
          connector: 'postgresql',
          name: 'shop',
          ts_ms: ms(1 + 15 * i),
          snapshot: 'false',
          db: 'shopdb',
          schema: 'public',
          table: 'orders',
        },
        op: i === 0 ? 'c' : 'u',
        ts_ms: ms(1.2 + 15 * i),
      })),
    ),
  },
  {
    name: 'mining/orders.xes',
    format: 'xes',
    profile: 'xes',
    systems: ['mining'],
    content: `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="2.0" xmlns="http://www.xes-standard.org/"><string key="concept:name" value="orders"/>\n${ORDERS.map(
      (order, i) =>
        `<trace><string key="concept:name" value="${order}"/>${['Check credit', 'Release order']
          .map(
            (step, k) =>
              `<event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="${iso(100 + n(i) + k)}"/><string key="lifecycle:transition" value="complete"/></event>`,
          )
          .join('')}</trace>`,
    ).join('\n')}\n</log>\n`,
  },
  {
    name: 'mining/orders.jsonocel',
    format: 'ocel-json',
    profile: 'ocel',
    systems: ['mining'],
    content: document({
      objectTypes: [
        { name: 'Order', attributes: [] },
        { name: 'Delivery', attributes: [] },
      ],
      eventTypes: [{ name: 'Pack', attributes: [] }],
      events: [
        {
          id: 'e1',
          type: 'Pack',
          time: iso(6000),
          relationships: [
            { objectId: 'SO-77', qualifier: 'of' },
            { objectId: 'SH-77', qualifier: 'into' },
          ],
        },
      ],
      objects: [
        { id: 'SO-77', type: 'Order', attributes: [] },
        { id: 'SH-77', type: 'Delivery', attributes: [] },
      ],
    }),
  },
  {
    name: 'wms/wms-events.ndjson',
    format: 'ndjson',
    profile: 'inferred',
    systems: ['wms'],
    content: lines(
      ORDERS.flatMap((order, i) =>
        ['reserve stock', 'pick', 'pack', 'ship'].map((event, k) => ({
          time: plain(1000 + n(i) + 600 * k),
          system: 'wms',
          event,
          order_id: order,
          shipment_id: `SH-${order.slice(3)}`,
          result: 'OK',
        })),
      ),
    ),
  },
];
