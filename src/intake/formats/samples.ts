import type { SampleFile } from './sample-file.ts';
import { CSV_SAMPLES } from './csv/csv-samples.ts';
import { IDOC_SAMPLES } from './edi/idoc-samples.ts';
import { JSON_SAMPLES } from './json/json-samples.ts';
import { OCEL_SAMPLES } from './ocel/ocel-samples.ts';

const OTLP = (key: string): string =>
  JSON.stringify({
    [key]: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] },
        scopeSpans: [
          {
            scope: { name: 'http' },
            spans: [{ traceId: 'aa', spanId: '01', name: 'POST /orders', startTimeUnixNano: '1930000000000000000' }, { spanId: '02' }],
          },
          { spans: [{ spanId: '03', tricky: 'a]}"{[' }] },
        ],
      },
    ],
  });

export const SAMPLES: readonly SampleFile[] = [
  {
    name: 'orders.csv',
    format: 'csv',
    content:
      'order_id,status,note,at\r\nSO-1,new,"two\nlines, and ""quotes""",2031-03-04T09:15:02Z\r\nSO-2,paid,Grüße,2031-03-04T09:16:02Z\r\n\r\nSO-3,late\r\nSO-4,x,y,z,2031,more\r\nSO-5,done,,2031-03-04T09:17:02Z\r\n',
    entries: 3,
    rejections: 2,
    cutReadable: true,
  },
  {
    name: 'zahlungen.csv',
    format: 'csv',
    content: 'Beleg;Betrag;Datum\nP-1;12,50;04.03.2031\nP-2;1.012,00;05.03.2031\nP-3;7,00;06.03.2031\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'events.ndjson',
    format: 'ndjson',
    content: '{"id":1,"order":"SO-1","u":"é😀"}\n\n  {"id":9007199254740993}\r\nplain text\n{"id":2,\n{"id":3,"deep":{"a":[1,{"b":2}]}}\n',
    entries: 3,
    rejections: 2,
    cutReadable: false,
  },
  {
    name: 'spans.jsonl',
    format: 'ndjson',
    content: `${OTLP('resourceSpans')}\n${OTLP('resource_spans')}\n`,
    entries: 6,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'spans.json',
    format: 'json',
    content: JSON.stringify(JSON.parse(OTLP('resourceSpans')), undefined, 2),
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'list.json',
    format: 'json',
    content: '[\n  {"id": 1, "t": "a\\"]}{["},\n  {"id": 2, "n": -12345678901234567890, "f": 1.5},\n  {"id": 3, "é": "😀"}\n]\n',
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'page.json',
    format: 'json',
    content: '{"d": {"__count": "2", "results": [{"Id": "A", "x": {"results": [1]}}, {"Id": "B"}]}, "next": null}',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'jaeger.json',
    format: 'json',
    content:
      '{"data":[{"traceID":"t1","spans":[{"spanID":"1","processID":"p1"},{"spanID":"2","processID":"p1"}],"processes":{"p1":{"serviceName":"shop"}}}],"total":0}',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'pages.json',
    format: 'json',
    content:
      '{"@type":"QueryResult","result":[{"a":1},{"a":2}],"numberOfResults":2}\n{"@type":"QueryResult","numberOfResults":1,"result":[\n{"a":3}]}',
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'log.xes',
    format: 'xes',
    content:
      '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "x>y"> ]>\n<log xes.version="2.0" xmlns="http://www.xes-standard.org/">\n<global scope="event"><string key="concept:name" value="nothing"/></global>\n' +
      '<string key="concept:name" value="orders"/><!-- <event> not one -->\n<trace><string key="concept:name" value="SO-77"/>\n' +
      ' <event><string key="concept:name" value="Create &gt; &#228;"/><int key="n" value="3"/><string key="p" value="P1"><int key="qty" value="2"/></string>' +
      '<list key="items"><values><string key="item" value="A"/><string key="item" value="B"/></values></list></event>\n' +
      ' <event><date key="time:timestamp" value="2031-03-04T09:15:02Z"/></event>\n</trace>\n<trace><event><boolean key="b" value="true"/></event></trace>\n</log>\n',
    entries: 3,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'answer.xml',
    format: 'xml',
    content:
      '<?xml version="1.0" encoding="UTF-8"?>\n<bns:QueryResult xmlns:bns="http://example.org/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" numberOfResults="2">\n' +
      '  <bns:result xsi:type="Run"><bns:id>r-1</bns:id><bns:note a="1"><![CDATA[a </bns:result> b]]></bns:note><bns:tag>x</bns:tag><bns:tag>y</bns:tag></bns:result>\n' +
      '  <bns:result xsi:type="Run"><bns:id>r-2</bns:id><bns:note a=">"/></bns:result>\n</bns:QueryResult>\n',
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'app.log',
    format: 'text',
    content:
      'banner\n2031-03-04 09:15:02,431 ERROR [main] a.b.OrderSender - post failed for order=SO-77 reason="no route"\njava.lang.Error: x\n\tat a.b.C(C.java:1)\n\n' +
      '2031-03-04T09:15:03.431Z  INFO 4711 --- [way] [           main] o.e.w.OrderSender                       : posted SO-78\n' +
      '[2031-03-04T09:15:04.000+0000] {task.py:45} INFO - Connecting [orderId=SO-79]\n',
    entries: 3,
    rejections: 1,
    cutReadable: true,
  },
  {
    name: 'service.log',
    format: 'text',
    content:
      'ts=2031-03-04T09:15:02.431Z level=error msg="post failed" order_id=SO-77\nts=2031-03-04T09:15:03Z level=info msg=ok order_id=SO-78\n',
    entries: 2,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'interchange.x12',
    format: 'x12',
    content:
      'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *310304*0915*^*00501*000000077*0*P*>~\r\n' +
      'GS*PO*BUYER*SELLER*20310304*0915*77*X*005010~\r\nST*850*0001~\r\nBEG*00*SA*PO-77**20310304~\r\nMSG*naïve 😀~\r\nPO1*1*12*EA*9.95**UP>A*4006381^4006382~\r\nSE*5*0001~\r\n' +
      'ST*850*0002~\r\nBEG*00*SA*PO-78~\r\nST*850*0003~\r\nBEG*00*SA*PO-79~\r\nSE*9*0004~\r\nZZZ*stray~\r\nGE*4*77~\r\nIEA*1*000000077~\r\n' +
      'between\r\nISA:00:          :00:          :ZZ:SELLER         :ZZ:BUYER          :310304:0916:U:00401:000000001:0:T:<\nTA1:000000077:310304:0915:A:000\nGS:FA:SELLER:BUYER:20310304:0916:1:X:004010\nST:997:0001\nAK1:PO:77\nAK9:A:1:1:1\nSE:4:0001\nGE:1:1\nIEA:1:000000001\n',
    entries: 4,
    rejections: 4,
    cutReadable: false,
  },
  {
    name: 'orders.edi',
    format: 'edifact',
    content:
      "UNA:+.? 'UNB+UNOC:3+111:14+222:14+310304:0915+R77'UNH+1+ORDERS:D:96A:UN'BGM+220+PO?'77+9'\nFTX+AAI+++100 % ?+ Größe ??'DTM+137:20310304:102'UNT+5+1'UNH+2+ORDERS:D:96A:UN'BGM+220+PO-78+9'UNT+9+3'UNZ+3+R78'" +
      '\nUNA,|. *#UNB|UNOB,4|222|111|20310304,0916|R1#UNG|CONTRL|222|111|310304,0916|5|UN|4,1#UNH|1|CONTRL,4,1,UN#UCI|R77|111|222|7#UCM|A*B*C#UNT|4|1#UNE|1|5#UNZ|1|R1#',
    entries: 3,
    rejections: 2,
    cutReadable: false,
  },
  {
    name: 'orders.tradacoms.txt',
    format: 'tradacoms',
    content:
      "STX=ANA:1+5000000000001:SHOP+5000000000002:MAKER+310304:091502+R77+PASSW+ORDHDR'\nMHD=1+ORDHDR:9'TYP=0430+NEW-ORDERS'MTR=3'MHD=2+ORDERS:9'CLO=5000000000003:89828+SHOP ?'N?' GO'ORD=70977::310304'OLD=1+5010210000000++:00893592+12+60'OTR=1'MTR=6'END=2'",
    entries: 2,
    rejections: 0,
    cutReadable: false,
  },
  {
    name: 'messages.hl7',
    format: 'hl7',
    content:
      '\u000BMSH|^~\\&|LIS|A|HIS|B|20310304091502+0100||ORM^O01|M77|P|2.5\rPID|1||4711^^^A&1.2.3&ISO~4712||Doe^Jane\\S\\X\r\rORC|NW|ORD77\nNTE|1||first\nline two\r\u001C\r' +
      'lost\rBHS|^~\\&|HIS\rMSH|^~\\&|HIS|B|LIS|A|20310304091503||ACK^O01|K1|P|2.5\r\nMSA|AA|M77\r\nBTS|2\r\n',
    entries: 2,
    rejections: 2,
    cutReadable: true,
  },
  {
    name: 'messages-20310304',
    format: 'text',
    content:
      '<34>Mar  4 09:15:02 edi01 waysvc[4711]: sent SO-77 to WMS\r\n<165>1 2031-03-04T09:15:03.431+01:00 edi01 waysvc 4711 ORD [c@1 orderId="SO-\\"77" k="a\\]"][d@1 x="1"] sent\n' +
      'Mar  4 09:15:04 edi01 waysvc[4711]: {"orderId":"SO-78","msg":"späť"}\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'shop-access.log',
    format: 'text',
    content:
      '10.0.0.9 - ann [04/Mar/2031:09:15:02 +0100] "POST /orders/SO-77?a=1 HTTP/1.1" 503 231 "-" "curl"\n10.0.0.9 - - [04/Mar/2031:09:15:03 +0100] "\\x16\\x03" 400 0 "-" "-"\n' +
      '10.0.0.9 - - [04/Mar/2031:09:15:04 +0100] "GET / HTTP/1.1" 200 -\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: '0.log',
    format: 'text',
    content:
      '2031-03-04T09:15:02.1Z stdout P 2031-03-04 09:15:02 ERROR [main] a.B - post \n2031-03-04T09:15:02.2Z stdout F failed id=7\n2031-03-04T09:15:02.3Z stdout F \tat a.B\n' +
      '2031-03-04T09:15:02.4Z stderr F 2031-03-04 09:15:03 INFO [main] a.B - ok\n',
    entries: 2,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'abc-json.log',
    format: 'text',
    content:
      '{"log":"{\\"level\\":\\"info\\",\\"orderId\\":\\"SO-77\\"}\\n","stream":"stdout","time":"2031-03-04T09:15:02.1Z"}\n' +
      '{"log":"plain\\n","stream":"stderr","time":"2031-03-04T09:15:02.2Z"}\n{"log":"  more\\n","stream":"stderr","time":"2031-03-04T09:15:02.3Z"}\n',
    entries: 2,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'gate.log',
    format: 'text',
    content:
      'CEF:0|Acme \\| Co|Gate|1.0|7|order passed|3|rt=1930382102431 cs1=SO-77 cs1Label=Order Number msg=a\\=b é\r\nLEEF:2.0|Acme|Gate|1.0|7|^|devTime=1930382103000^order=SO-78\n' +
      'Mar  4 09:15:02 gw01 CEF:0|Acme|Gate|1.0|7|order passed|3|act=go\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'worker.log',
    format: 'text',
    content: 'WARNING:orders.sync:late\nERROR:orders.sync:post failed\nTraceback:\n  File "x"\nINFO:orders.sync:done: 3\n',
    entries: 3,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'u_ex310304.log',
    format: 'w3c',
    content:
      '#Software: IIS\r\n#Version: 1.0\r\n#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status time-taken\r\n2031-03-04 08:15:02 POST /orders/SO-77 id=1 503 231\r\n' +
      '2031-03-04 08:15:03 GET\r\n#Fields: date time sc-status\r\n2031-03-04 08:15:04 200\r\n',
    entries: 2,
    rejections: 1,
    cutReadable: true,
  },
  ...CSV_SAMPLES,
  ...JSON_SAMPLES,
  ...IDOC_SAMPLES,
  ...OCEL_SAMPLES,
  {
    name: 'order.json.headers',
    format: 'properties',
    content: 'HTTP/1.1 200 OK\r\nX-Correlation-ID: c-1\r\nContent-Type: application/json;\r\n charset=utf-8\r\n',
    entries: 1,
    rejections: 0,
    cutReadable: true,
  },
  {
    name: 'order.properties',
    format: 'properties',
    content: '# of the run\nexecution.id = run-17\nsystem=erp\nempty=\n',
    entries: 1,
    rejections: 0,
    cutReadable: true,
  },
];
