/** Made-up files, one or more for each format, for tests. */
export interface SampleFile {
  readonly name: string;
  readonly format: string;
  readonly content: string;
  readonly entries: number;
  readonly rejections: number;
  /** Whether a cut inside an entry can leave something that still reads as a shorter entry. */
  readonly cutReadable: boolean;
}

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
];
