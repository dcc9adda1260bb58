/** Made-up data of one format, of any size. */
export interface FormatData {
  readonly name: string;
  readonly file: string;
  readonly before: string;
  /** What ends the file, of so many entries. */
  readonly after: string | ((entries: number) => string);
  readonly between: string;
  readonly entry: (i: number) => string;
}

const id = (i: number): string => `SO-${100_000 + (i % 50_000)}`;
const at = (i: number): string => new Date(1_930_000_000_000 + i * 37).toISOString();
const day = (i: number): string => at(i).slice(0, 10).replaceAll('-', '');

const event = (i: number): string =>
  `{"ts":"${at(i)}","system":"wms","flow":"fulfil","step":"allocate","status":"ok","order_id":"${id(i)}","customer_id":"C-${i % 900}",` +
  `"trace_id":"0af7651916cd43dd8448eb21${(i % 0xffffffff).toString(16).padStart(8, '0')}","duration_ms":${i % 900},"amount":${(i % 9000) / 100},"currency":"EUR","message":"allocated stock for the order in zone ${i % 12}, nothing to pick by hand","host":"wms-${i % 7}"}`;

const span = (i: number): string =>
  `{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"${i.toString(16).padStart(16, '0')}","name":"POST /orders","startTimeUnixNano":"1930000000000000000","endTimeUnixNano":"1930000000250000000","attributes":[{"key":"order.id","value":{"stringValue":"${id(i)}"}}]}`;

const X12_START =
  'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *310304*0915*U*00401*000000077*0*P*>~\nGS*PO*BUYER*SELLER*20310304*0915*77*X*004010~\n';
const EDIFACT_START = "UNA:+.? '\nUNB+UNOC:3+4000001000005:14+4000002000004:14+310304:0915+R77++ORDERS'\n";

const LINES = { before: '', after: '\n', between: '\n' } as const;

/** One of each format that streams. The object-centric logs are read twice and are not here. */
export const FORMAT_DATA: readonly FormatData[] = [
  { ...LINES, name: 'ndjson', file: 'a.ndjson', entry: event },
  { ...LINES, name: 'ndjson, not ASCII', file: 'a.ndjson', entry: (i) => event(i).replace('wms-', 'lager-süd-') },
  { name: 'json list', file: 'a.json', before: '{"result":[', after: ']}', between: ',\n', entry: event },
  {
    name: 'json OTLP',
    file: 'a.json',
    before: '{"resourceSpans":[',
    after: ']}',
    between: ',',
    entry: (i) =>
      `{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"scopeSpans":[{"scope":{"name":"http"},"spans":[${Array.from({ length: 20 }, (_, k) => span(i * 20 + k)).join(',')}]}]}`,
  },
  {
    ...LINES,
    name: 'csv',
    file: 'a.csv',
    before: 'at,order_id,step,status,amount,customer,host,message\n',
    entry: (i) => `${at(i)},${id(i)},allocate,ok,${(i % 9000) / 100},C-${i % 900},wms-${i % 7},nothing to pick by hand`,
  },
  {
    ...LINES,
    name: 'csv, quoted',
    file: 'a.csv',
    before: 'at,order_id,step,status,log\n',
    entry: (i) => `${at(i)},${id(i)},allocate,ok,"${event(i).replaceAll('"', '""')}"`,
  },
  {
    name: 'xes',
    file: 'a.xes',
    before: '<log xes.version="2.0"><trace><string key="concept:name" value="1"/>',
    after: '</trace></log>',
    between: '\n',
    entry: (i) =>
      `<event><string key="concept:name" value="Create order"/><string key="org:resource" value="Ann"/><date key="time:timestamp" value="${at(i)}"/><string key="lifecycle:transition" value="complete"/><int key="cost" value="${i % 500}"/></event>`,
  },
  {
    name: 'xml',
    file: 'a.xml',
    before: '<?xml version="1.0"?><QueryResult>',
    after: '</QueryResult>',
    between: '\n',
    entry: (i) =>
      `<bns:result type="ExecutionRecord"><bns:executionId>execution-${i}</bns:executionId><bns:executionTime>${at(i)}</bns:executionTime><bns:status>COMPLETE</bns:status><bns:processName>Orders to ERP</bns:processName><bns:order>${id(i)}</bns:order></bns:result>`,
  },
  {
    name: 'x12',
    file: 'a.x12',
    before: X12_START,
    after: (entries) => `GE*${entries}*77~\nIEA*1*000000077~\n`,
    between: '',
    entry: (i) =>
      `ST*850*${String(i).padStart(4, '0')}~\nBEG*00*SA*${id(i)}**${day(i)}~\nCUR*BY*EUR~\nN1*BY*SHOP LTD*92*C-${i % 900}~\nPO1*1*12*EA*9.95**UP*400638133393~\nPO1*2*8.5*EA*1**UP*400638133394~\nCTT*2~\nSE*8*${String(i).padStart(4, '0')}~\n`,
  },
  {
    name: 'edifact',
    file: 'a.edi',
    before: EDIFACT_START,
    after: (entries) => `UNZ+${entries}+R77'\n`,
    between: '',
    entry: (i) =>
      `UNH+${i}+ORDERS:D:96A:UN:EAN008'\nBGM+220+${id(i)}+9'\nDTM+137:${day(i)}:102'\nNAD+BY+4000001000005::9'\nLIN+1++4006381333931:EN'\nQTY+21:12:PCE'\nUNS+S'\nMOA+86:127,90'\nUNT+9+${i}'\n`,
  },
  {
    name: 'hl7',
    file: 'a.hl7',
    before: '',
    after: '',
    between: '',
    entry: (i) =>
      `MSH|^~\\&|HIS|WARD|LIS|LAB|${day(i)}091502||ORM^O01^ORM_O01|M${i}|P|2.5\rPID|1||4711^^^HOSP^MR\rORC|NW|${id(i)}\rOBR|1|${id(i)}||718-7^Hemoglobin^LN\r`,
  },
  {
    ...LINES,
    name: 'text',
    file: 'a.log',
    entry: (i) =>
      `${at(i)}  INFO 4711 --- [way] [   main] o.e.w.OrderSender   : posted ${id(i)} [orderId=${id(i)}, attempt=${i % 3}] to the warehouse in time`,
  },
  {
    ...LINES,
    name: 'logfmt',
    file: 'a.log',
    entry: (i) =>
      `ts=${at(i)} level=info msg="posted the order to the warehouse" order_id=${id(i)} attempt=${i % 3} duration=230ms host=wms-${i % 7}`,
  },
  {
    ...LINES,
    name: 'access log',
    file: 'access.log',
    entry: (i) =>
      `10.0.0.${i % 250} - - [04/Mar/2031:${at(i).slice(11, 19)} +0000] "GET /orders/${id(i)} HTTP/1.1" 200 ${i % 9000} "-" "curl/8.5"`,
  },
  {
    ...LINES,
    name: 'w3c',
    file: 'u_ex310304.log',
    before: '#Fields: date time cs-method cs-uri-stem sc-status time-taken\n',
    entry: (i) => `${at(i).slice(0, 10)} ${at(i).slice(11, 19)} PUT /api/orders/${id(i)} 204 ${i % 900}`,
  },
];

/** Files that are a single entry: what an entry may hold is bounded, and so is what reading it takes. */
export const ONE_ENTRY_DATA: readonly FormatData[] = [
  {
    name: 'x12, one transaction set',
    file: 'a.x12',
    before: `${X12_START}ST*850*0001~\nBEG*00*SA*SO-1042**20310304~\nN1*BY*SHOP LTD*92*C-77~\n`,
    after: (entries) => `CTT*${entries}~\nSE*${2 * entries + 5}*0001~\nGE*1*77~\nIEA*1*000000077~\n`,
    between: '',
    entry: (i) => `PO1*${i + 1}*12*EA*9.95**UP*${400_638_133_393 + i}~\nPID*F****Bicycle bell, brass, no. ${i}~\n`,
  },
  {
    name: 'edifact, one message',
    file: 'a.edi',
    before: `${EDIFACT_START}UNH+1+ORDERS:D:96A:UN:EAN008'\nBGM+220+SO-1042+9'\nDTM+137:20310304:102'\n`,
    after: (entries) => `UNS+S'\nUNT+${2 * entries + 5}+1'\nUNZ+1+R77'\n`,
    between: '',
    entry: (i) => `LIN+${i + 1}++${400_638_133_393 + i}:EN'\nQTY+21:${i % 12}:PCE'\n`,
  },
  {
    name: 'hl7, one message',
    file: 'a.hl7',
    before: 'MSH|^~\\&|HIS|WARD|LIS|LAB|20310304091502||ORU^R01|M77|P|2.5\rPID|1||4711^^^HOSP^MR\r',
    after: '',
    between: '',
    entry: (i) => `OBX|${i + 1}|NM|718-7^Hemoglobin^LN||${i % 90}.5|g/dl|13-17||||F|||20310304${String(i % 2400).padStart(4, '0')}\r`,
  },
  {
    name: 'xml, one element',
    file: 'a.xml',
    before: `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:cbc"><cbc:ID>INV-77</cbc:ID><cbc:IssueDate>2031-03-04</cbc:IssueDate>`,
    after: '</Invoice>',
    between: '\n',
    entry: (i) =>
      `<InvoiceLine><cbc:ID>${i + 1}</cbc:ID><cbc:InvoicedQuantity unitCode="EA">12</cbc:InvoicedQuantity><cbc:Note>Bicycle bell, brass, no. ${i}</cbc:Note></InvoiceLine>`,
  },
  {
    name: 'ndjson, one document',
    file: 'a.ndjson',
    before: `${event(0)}\n${event(1)}\n{"ts":"${at(2)}","order_id":"${id(2)}","lines":[`,
    after: `]}\n`,
    between: ',',
    entry: (i) => `{"line":${i + 1},"sku":"SKU-${i}","quantity":${i % 12},"text":"Bicycle bell, brass, no. ${i}"}`,
  },
  {
    name: 'json, one document',
    file: 'a.json',
    before: `{"orders":[{"ts":"${at(1)}","order_id":"${id(1)}","lines":[]},{"ts":"${at(2)}","order_id":"${id(2)}","lines":[`,
    after: ']}]}',
    between: ',',
    entry: (i) => `{"line":${i + 1},"sku":"SKU-${i}","quantity":${i % 12},"text":"Bicycle bell, brass, no. ${i}"}`,
  },
];

/** The data in pieces of about a megabyte. */
export function* pieces(data: FormatData, megabytes: number): Generator<string> {
  let piece = data.before;
  let length = 0;
  let i = 0;
  for (; length < megabytes * 1e6; i++) {
    const entry = (i === 0 ? '' : data.between) + data.entry(i);
    piece += entry;
    length += entry.length;
    if (piece.length < 1e6) continue;
    yield piece;
    piece = '';
  }
  yield piece + (typeof data.after === 'string' ? data.after : data.after(i));
}
