import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../format.ts';
import { parseTextEntry } from './text-line.ts';
import { shapeOf } from './text-shape.ts';

describe('a line of text', () => {
  it.each<[name: string, line: string, expected: object, options?: FormatOptions]>([
    [
      'log4j',
      '2031-03-04 09:15:02,431 ERROR [main] a.b.OrderSender - post failed order=SO-77',
      {
        time: '2031-03-04 09:15:02,431',
        level: 'ERROR',
        thread: 'main',
        logger: 'a.b.OrderSender',
        message: 'post failed order=SO-77',
        fields: { order: 'SO-77' },
      },
    ],
    [
      'logback with MDC',
      '2031-03-04 09:15:02.431 [http-1] WARN  a.b.C [orderId=SO-77, traceId=0af7] - late',
      { time: '2031-03-04 09:15:02.431', level: 'WARN', thread: 'http-1', fields: { orderId: 'SO-77', traceId: '0af7' } },
    ],
    [
      'Spring Boot 3',
      '2031-03-04T09:15:02.431Z  INFO 4711 --- [way] [           main] o.e.w.OrderSender                       : posted SO-77',
      {
        time: '2031-03-04T09:15:02.431Z',
        level: 'INFO',
        thread: 'main',
        logger: 'o.e.w.OrderSender',
        message: 'posted SO-77',
        fields: { app: 'way', pid: '4711' },
      },
    ],
    [
      'Spring Boot 2',
      '2031-03-04 09:15:02.431  INFO 4711 --- [main] o.e.App : started',
      { level: 'INFO', thread: 'main', logger: 'o.e.App', message: 'started' },
    ],
    [
      'Sleuth',
      '2031-03-04 09:15:02.431  INFO [orders,0af7651916cd43dd8448eb211c80319c,00f067aa0ba902b7,true] 1 --- [main] o.e.App : x',
      { fields: { app: 'orders', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00f067aa0ba902b7', pid: '1' }, message: 'x' },
    ],
    ['Python', '2031-03-04 09:15:02,431 - orders.sync - ERROR - no stock', { logger: 'orders.sync', level: 'ERROR', message: 'no stock' }],
    [
      'Airflow',
      '[2031-03-04T09:15:02.000+0000] {task.py:45} INFO - Connecting',
      { time: '2031-03-04T09:15:02.000+0000', logger: 'task.py:45', level: 'INFO', message: 'Connecting' },
    ],
    [
      'Boomi process log',
      '2031-03-04T09:15:02Z\tINFO\tConnector\tERP API: http Connector; Create Order\tShape executed successfully in 412 ms.',
      {
        time: '2031-03-04T09:15:02Z',
        level: 'INFO',
        logger: 'Connector',
        message: 'Shape executed successfully in 412 ms.',
        fields: { shape: 'Connector', info: 'ERP API: http Connector; Create Order' },
      },
    ],
    [
      'syslog',
      '<34>Mar  4 09:15:02 edi01 waysvc[4711]: sent SO-77 to WMS',
      {
        time: 'Mar  4 09:15:02',
        level: 'critical',
        message: 'sent SO-77 to WMS',
        fields: { host: 'edi01', app: 'waysvc', pid: '4711', facility: 'auth' },
      },
    ],
    [
      'syslog, RFC 5424',
      '<165>1 2031-03-04T09:15:02.431+01:00 edi01 waysvc 4711 ORD [ctx@32473 orderId="SO-77" traceId="0af7"] sent',
      {
        time: '2031-03-04T09:15:02.431+01:00',
        level: 'notice',
        message: 'sent',
        fields: { host: 'edi01', app: 'waysvc', pid: '4711', event: 'ORD', orderId: 'SO-77', traceId: '0af7' },
      },
    ],
    [
      'access log',
      '10.0.0.9 - ann [04/Mar/2031:09:15:02 +0100] "POST /orders?id=SO-77 HTTP/1.1" 503 231 "-" "curl"',
      {
        time: '2031-03-04 09:15:02 +0100',
        message: 'POST /orders?id=SO-77 503',
        fields: {
          remoteAddress: '10.0.0.9',
          method: 'POST',
          path: '/orders?id=SO-77',
          status: '503',
          user: 'ann',
          bytes: '231',
          id: 'SO-77',
        },
      },
    ],
    ['nginx error log', '2031/03/04 09:15:02 [error] 77#77: *5 no upstream', { time: '2031/03/04 09:15:02', level: 'error' }],
    [
      'level first',
      'ERROR 2031-03-04 09:15:02,431 a.b.C - x',
      { time: '2031-03-04 09:15:02,431', level: 'ERROR', logger: 'a.b.C', message: 'x' },
    ],
    ['time and JSON', '2031-03-04T09:15:02.431Z {"a":"b=c"}', { fields: { a: 'b=c' } }],
    [
      'logfmt',
      'ts=2031-03-04T09:15:02.431Z level=error msg="post \\"failed\\"" order_id=SO-77 duration=230ms',
      { time: '2031-03-04T09:15:02.431Z', level: 'error', message: 'post "failed"', fields: { order_id: 'SO-77', duration: '230ms' } },
    ],
    [
      'java.util.logging',
      'Mar 04, 2031 9:15:02 AM a.B method\nSEVERE: no route for id=7',
      {
        time: '2031-03-04 09:15:02',
        level: 'SEVERE',
        logger: 'a.B',
        message: 'no route for id=7',
        fields: { function: 'method', id: '7' },
      },
    ],
    [
      'logback with MDC before the dash',
      '2031-03-04 09:15:02.431 [http-1] WARN  a.b.C [orderId=SO-77] - late',
      { logger: 'a.b.C', message: 'late', fields: { orderId: 'SO-77' } },
    ],
    [
      'log4net',
      '2031-03-04 09:15:02,431 [4] INFO  Acme.Oms [(null)] - posted',
      { thread: '4', level: 'INFO', logger: 'Acme.Oms', message: 'posted' },
    ],
    [
      'NLog',
      '2031-03-04 09:15:02.4310|INFO|Acme.Oms|posted | twice',
      { level: 'INFO', logger: 'Acme.Oms', message: 'posted | twice' },
      { columns: 3 },
    ],
    [
      'Karaf',
      '2031-03-04 09:15:02,431 | WARN  | Camel (c) thread #1 | OrderRoute | 120 - camel-core - 2.17 | late',
      {
        level: 'WARN',
        thread: 'Camel (c) thread #1',
        logger: 'OrderRoute',
        message: 'late',
        fields: { scope: '120 - camel-core - 2.17' },
      },
      { columns: 5 },
    ],
    [
      'loguru',
      '2031-03-04 09:15:02.431 | INFO     | orders.sync:post:42 - posted',
      { level: 'INFO', logger: 'orders.sync', message: 'posted', fields: { function: 'post', line: '42' } },
      { columns: 2 },
    ],
    [
      'Serilog',
      '2031-03-04 09:15:02.431 +01:00 [ERR] no stock',
      { time: '2031-03-04 09:15:02.431 +01:00', level: 'ERR', message: 'no stock' },
    ],
    [
      'JBoss',
      '2031-03-04 09:15:02,431 INFO  [org.acme.Oms] (MSC service thread 1-2) posted',
      { level: 'INFO', logger: 'org.acme.Oms', thread: 'MSC service thread 1-2', message: 'posted' },
    ],
    [
      'Elasticsearch',
      '[2031-03-04T09:15:02,431][INFO ][o.e.n.Node               ] [node-1] started',
      { level: 'INFO', logger: 'o.e.n.Node', thread: 'node-1', message: 'started' },
    ],
    [
      'Mule',
      'INFO  2031-03-04 09:15:02,431 [[MuleRuntime].uber.12: [orders-api].mainFlow.CPU_INTENSIVE @5aa1] [processor: mainFlow/processors/2; event: 6f1c0a10] org.mule.LoggerMessageProcessor: received order 1007',
      {
        level: 'INFO',
        thread: '[MuleRuntime].uber.12: [orders-api].mainFlow.CPU_INTENSIVE @5aa1',
        logger: 'org.mule.LoggerMessageProcessor',
        message: 'received order 1007',
        fields: { processor: 'mainFlow/processors/2', event: '6f1c0a10' },
      },
    ],
    [
      'CloudHub 2',
      '2031-03-04T09:15:02.765Z INFO [w1abc] JsonLogger event:c-1 [main] - {"tracePoint":"START","orderId":"SO-77"}',
      { thread: 'w1abc', logger: 'JsonLogger', level: 'INFO', fields: { event: 'c-1', tracePoint: 'START', orderId: 'SO-77' } },
    ],
    [
      'glog',
      'E0304 09:15:02.431000      77 file.go:12] post failed',
      { level: 'ERROR', thread: '77', logger: 'file.go:12', message: 'post failed' },
    ],
    [
      'Rust',
      '[2031-03-04T09:15:02Z WARN  oms::orders] late',
      { time: '2031-03-04T09:15:02Z', level: 'WARN', logger: 'oms::orders', message: 'late' },
    ],
    [
      '.NET console',
      'fail: Acme.Oms[7]\n      no stock',
      { level: 'fail', logger: 'Acme.Oms', message: 'no stock', fields: { eventId: '7' } },
    ],
    [
      'Python without a time',
      'WARNING:orders.sync:late: 3',
      { level: 'WARNING', logger: 'orders.sync', message: 'late: 3', fields: { late: '3' } },
    ],
    [
      'Airflow, with a comma',
      '[2031-03-04, 09:15:02 UTC] {task.py:45} ERROR - no route',
      { time: '2031-03-04 09:15:02 UTC', logger: 'task.py:45', level: 'ERROR', message: 'no route' },
    ],
    [
      'an opaque id in brackets',
      '2031-03-04 09:15:02 INFO [main] [0af76519-16cd-43dd-8448-eb211c80319c] a.B - x',
      { thread: 'main', logger: 'a.B', message: 'x', fields: { correlationId: '0af76519-16cd-43dd-8448-eb211c80319c' } },
    ],
    [
      'Apache error log',
      '[Tue Mar 04 09:15:02.431245 2031] [core:error] [pid 12:tid 34] [client 10.0.0.9:5123] AH00124: too many redirects',
      {
        time: '2031-03-04 09:15:02.431245',
        level: 'error',
        logger: 'core',
        message: 'AH00124: too many redirects',
        fields: { pid: '12', tid: '34', remoteAddress: '10.0.0.9:5123' },
      },
    ],
    [
      'nginx error log with its request',
      '2031/03/04 09:15:02 [error] 77#78: *5 upstream timed out, client: 10.0.0.9, server: _, request: "POST /orders/SO-77 HTTP/1.1", host: "shop"',
      {
        level: 'error',
        fields: { pid: '77', tid: '78', connection: '5', client: '10.0.0.9', operation: 'POST /orders/:id', 'orders.id': 'SO-77' },
      },
    ],
    [
      'access log with a virtual host, and times after it',
      'shop:443 10.0.0.9 - - [04/Mar/2031:09:15:02 +0100] "GET /v1/orders/1042/items HTTP/2.0" 200 - "https://a/" "x \\"y\\"" rt=0.231',
      {
        fields: {
          virtualHost: 'shop:443',
          operation: 'GET /v1/orders/:id/items',
          'orders.id': '1042',
          status: '200',
          referrer: 'https://a/',
          userAgent: 'x "y"',
          rt: '0.231',
        },
      },
    ],
    [
      'access log with a damaged request',
      '10.0.0.9 - - [04/Mar/2031:09:15:02 +0100] "\\x16\\x03" 400 0',
      { message: '\\x16\\x03 400', fields: { status: '400' } },
    ],
    [
      'syslog, RFC 5424 with escapes, two elements and nil values',
      '<11>1 2031-03-04T09:15:02Z - app - - [a@1 n="x \\"y\\] \\\\z"][b@1 o="SO-77"] \uFEFFERROR post failed',
      { level: 'ERROR', message: 'post failed', fields: { app: 'app', n: 'x "y] \\z', o: 'SO-77', facility: 'user' } },
    ],
    [
      'syslog, RFC 5424 without a message',
      '<14>1 2031-03-04T09:15:02Z h a 1 M -',
      { level: 'informational', fields: { host: 'h', event: 'M' } },
    ],
    [
      'syslog, RFC 5424 with damaged data',
      '<14>1 2031-03-04T09:15:02Z h a 1 M [x y="1" z',
      { message: '[x y="1" z', fields: { host: 'h', y: '1' } },
    ],
    ['syslog with its length', '62 <34>Mar  4 09:15:02 edi01 su: failed', { level: 'critical', message: 'failed', fields: { app: 'su' } }],
    ['syslog without a host', 'Mar  4 09:15:02 waysvc[4711]: sent', { message: 'sent', fields: { app: 'waysvc', pid: '4711' } }],
    [
      'Cisco',
      '<189>*Mar  4 09:15:02.431 UTC: %SYS-5-CONFIG_I: configured',
      { time: '2031-03-04 09:15:02.431 UTC', level: 'notice', message: '%SYS-5-CONFIG_I: configured' },
      { until: '2031-06-01' },
    ],
    [
      'journald with an ISO time',
      '2031-03-04T09:15:02+0100 edi01 waysvc[4711]: sent',
      { message: 'sent', fields: { host: 'edi01', app: 'waysvc', pid: '4711' } },
    ],
    [
      'journald, short-full',
      'Tue 2031-03-04 09:15:02 CET edi01 waysvc[4711]: sent',
      { time: '2031-03-04 09:15:02 CET', message: 'sent', fields: { host: 'edi01', app: 'waysvc' } },
    ],
    [
      'journald, short-unix',
      '1930382102.431000 edi01 waysvc[4711]: sent',
      { time: '2031-03-04T09:15:02.431000Z', fields: { host: 'edi01', app: 'waysvc' } },
    ],
    [
      'logfmt without a time, with a key alone and escapes',
      'level=warn msg="late\\u001b \\"x\\"" order_id=SO-77 retry',
      { level: 'warn', message: 'late\u001b "x"', fields: { order_id: 'SO-77', retry: true } },
    ],
    ['logfmt with an unquoted message', 'ts=2031-03-04T09:15:02Z msg=post failed id=7', { message: 'post failed', fields: { id: '7' } }],
    [
      'logfmt after a time',
      '2031-03-04T09:15:02Z level=info msg="posted" order_id=SO-77',
      { level: 'info', message: 'posted', fields: { order_id: 'SO-77' } },
    ],
    [
      'pairs with colons',
      '2031-03-04 09:15:02 INFO orderId: SO-77, took: 12 ms, customerId:C-1 at db1:5432 (A.java:12)',
      {
        message: 'orderId: SO-77, took: 12 ms, customerId:C-1 at db1:5432 (A.java:12)',
        fields: { orderId: 'SO-77', took: '12', customerId: 'C-1' },
      },
    ],
    [
      'an object after words',
      '2031-03-04 09:15:02 INFO [main] a.B - sending {"order":{"id":"SO-77"},"n":12345678901234567890}',
      {
        message: 'sending {"order":{"id":"SO-77"},"n":12345678901234567890}',
        fields: { order: { id: 'SO-77' }, n: '12345678901234567890' },
      },
    ],
    [
      'an object over several lines',
      '2031-03-04 09:15:02 INFO a.B - payload:\n{\n  "orderId": "SO-77"\n}',
      { message: 'payload:\n{\n  "orderId": "SO-77"\n}', fields: { orderId: 'SO-77' } },
    ],
    [
      'an object whose time goes before that of the line',
      '<14>Mar  4 09:15:02 h app[1]: {"time":1930382102431,"level":"error","msg":"no stock","orderId":"SO-77"}',
      { time: '2031-03-04T09:15:02.431Z', level: 'informational', message: 'no stock', fields: { orderId: 'SO-77', level: 'error' } },
    ],
    ['braces that are no object', '2031-03-04 09:15:02 INFO a.B - x {"a": }', { message: 'x {"a": }' }],
    [
      'AWS Lambda',
      '2031-03-04T09:15:02.431Z\t0af76519-16cd-43dd-8448-eb211c80319c\tERROR\tno\tstock',
      { level: 'ERROR', message: 'no\tstock', fields: { requestId: '0af76519-16cd-43dd-8448-eb211c80319c' } },
    ],
    ['a sentence that begins like a level', '2031-03-04 09:15:02 fail to connect', { message: 'fail to connect' }],
    ['a sentence with a colon', '2031-03-04 09:15:02 Received: 5 orders', { message: 'Received: 5 orders' }],
    ['a Windows time', '03/04/2031 09:15:02 INFO x', { time: '03/04/2031 09:15:02', level: 'INFO' }],
  ])('reads %s', (_name, line, expected, options) => {
    expect(parseTextEntry(line, shapeOf(options ?? {}))).toMatchObject(expected);
  });
});

describe('any line of text', () => {
  const fragments = [
    ...'2031-03-04 09:15:02,431|<34>1 |Mar  4 09:15:02|[04/Mar/2031:09:15:02 +0100]|E0304 09:15:02.431000|INFO|error:|[main]|[[a]|{a=1'.split(
      '|',
    ),
    ...'(x.java:1)~"GET /a/1 HTTP/1.1" 200 1~- ~ : ~ | ~host app[1]: ~[x y="~{"a":~{"a":"b"}~k="v~k: 1~ts=1 msg=~\\~"~\t~\n~\r~\uFEFF~\0~__proto__=1~ü😀~\uD800'.split(
      '~',
    ),
  ];

  it('is read without an exception, and its parts are texts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fragments), { maxLength: 12 }), fc.integer({ min: 0, max: 8 }), (pieces, columns) => {
        const value = parseTextEntry(
          pieces.join(''),
          shapeOf({ columns, until: '2031-06-01', layout: columns % 2 === 0 ? 'syslog' : 'none' }),
        );
        for (const name of ['time', 'level', 'thread', 'logger', 'message']) expect(['string', 'undefined']).toContain(typeof value[name]);
        expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      }),
      { numRuns: 2000 },
    );
  });
});
