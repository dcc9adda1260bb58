/**
 * Prints how fast each format reads generated data, in MB/s and entries/s, in one thread: `node scripts/measure-formats.ts [MB]`.
 */
import { chooseFormat } from '../src/intake/formats/index.ts';

const megabytes = Number(process.argv[2] ?? '64');
const CHUNK_BYTES = 512 * 1024;

const id = (i: number): string => `SO-${100_000 + (i % 50_000)}`;
const at = (i: number): string => new Date(1_930_000_000_000 + i * 37).toISOString();

const event = (i: number): string =>
  `{"ts":"${at(i)}","system":"wms","flow":"fulfil","step":"allocate","status":"ok","order_id":"${id(i)}","customer_id":"C-${i % 900}",` +
  `"trace_id":"0af7651916cd43dd8448eb21${(i % 0xffffffff).toString(16).padStart(8, '0')}","duration_ms":${i % 900},"amount":${(i % 9000) / 100},"currency":"EUR","message":"allocated stock for the order in zone ${i % 12}, nothing to pick by hand","host":"wms-${i % 7}"}`;

interface Generator {
  readonly name: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly between: string;
  entry(i: number): string;
}

const GENERATORS: readonly Generator[] = [
  { name: 'ndjson', file: 'a.ndjson', before: '', after: '\n', between: '\n', entry: event },
  {
    name: 'ndjson, not ASCII',
    file: 'a.ndjson',
    before: '',
    after: '\n',
    between: '\n',
    entry: (i) => event(i).replace('wms-', 'lager-süd-'),
  },
  { name: 'json list', file: 'a.json', before: '{"result":[', after: ']}', between: ',\n', entry: event },
  {
    name: 'json OTLP',
    file: 'a.json',
    before: '{"resourceSpans":[',
    after: ']}',
    between: ',',
    entry: (i) =>
      `{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"scopeSpans":[{"scope":{"name":"http"},"spans":[${Array.from({ length: 20 }, (_, k) => `{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"${(i * 20 + k).toString(16).padStart(16, '0')}","name":"POST /orders","startTimeUnixNano":"1930000000000000000","endTimeUnixNano":"1930000000250000000","attributes":[{"key":"order.id","value":{"stringValue":"${id(i)}"}}]}`).join(',')}]}]}`,
  },
  {
    name: 'csv',
    file: 'a.csv',
    before: 'at,order_id,step,status,amount,customer,host,message\n',
    after: '\n',
    between: '\n',
    entry: (i) => `${at(i)},${id(i)},allocate,ok,${(i % 9000) / 100},C-${i % 900},wms-${i % 7},nothing to pick by hand`,
  },
  {
    name: 'csv, quoted',
    file: 'a.csv',
    before: 'at,order_id,step,status,log\n',
    after: '\n',
    between: '\n',
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
    name: 'text',
    file: 'a.log',
    before: '',
    after: '\n',
    between: '\n',
    entry: (i) =>
      `${at(i)}  INFO 4711 --- [way] [   main] o.e.w.OrderSender   : posted ${id(i)} [orderId=${id(i)}, attempt=${i % 3}] to the warehouse in time`,
  },
  {
    name: 'logfmt',
    file: 'a.log',
    before: '',
    after: '\n',
    between: '\n',
    entry: (i) =>
      `ts=${at(i)} level=info msg="posted the order to the warehouse" order_id=${id(i)} attempt=${i % 3} duration=230ms host=wms-${i % 7}`,
  },
];

for (const generator of GENERATORS) {
  const bytes = generate(generator);
  const head = bytes.subarray(0, 65_536);
  const choice = chooseFormat({ name: generator.file, bytes: head, text: head.toString(), complete: false });
  if (choice === undefined) throw new Error(`no format fits ${generator.name}`);
  let entries = 0;
  let rejections = 0;
  const start = performance.now();
  await choice.format.read(chunks(bytes), choice.detection.options, { entry: () => entries++, reject: () => rejections++ });
  const seconds = (performance.now() - start) / 1000;
  const speed = (bytes.length / 1e6 / seconds).toFixed(0).padStart(5);
  const rate = (entries / seconds / 1000).toFixed(0).padStart(6);
  console.log(
    `${generator.name.padEnd(18)} ${choice.format.id.padEnd(7)} ${speed} MB/s ${rate} k entries/s  ${entries} entries, ${rejections} rejected`,
  );
}

function generate(generator: Generator): Buffer {
  const pieces: string[] = [generator.before];
  let length = 0;
  for (let i = 0; length < megabytes * 1e6; i++) {
    const piece = (i === 0 ? '' : generator.between) + generator.entry(i);
    pieces.push(piece);
    length += piece.length;
  }
  pieces.push(generator.after);
  return Buffer.from(pieces.join(''));
}

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
