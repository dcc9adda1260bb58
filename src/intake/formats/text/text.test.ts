import { describe, expect, it } from 'vitest';
import { harvestFields } from './text-fields.ts';
import { parseTextEntry } from './text-line.ts';
import { text } from './text.ts';
import { collect, readText, sniffText, valuesOf } from '../test-harness.ts';

describe('text: layouts', () => {
  it.each([
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
      { time: 'Mar  4 09:15:02', logger: 'waysvc', message: 'sent SO-77 to WMS', fields: { host: 'edi01', pid: '4711' } },
    ],
    [
      'syslog, RFC 5424',
      '<165>1 2031-03-04T09:15:02.431+01:00 edi01 waysvc 4711 ORD [ctx@32473 orderId="SO-77" traceId="0af7"] sent',
      {
        time: '2031-03-04T09:15:02.431+01:00',
        logger: 'waysvc',
        message: 'sent',
        fields: { host: 'edi01', pid: '4711', msgid: 'ORD', orderId: 'SO-77', traceId: '0af7' },
      },
    ],
    [
      'access log',
      '10.0.0.9 - ann [04/Mar/2031:09:15:02 +0100] "POST /orders?id=SO-77 HTTP/1.1" 503 231 "-" "curl"',
      {
        time: '04/Mar/2031:09:15:02 +0100',
        message: 'POST /orders?id=SO-77 503',
        fields: { remote: '10.0.0.9', method: 'POST', path: '/orders?id=SO-77', status: '503', user: 'ann', bytes: '231', id: 'SO-77' },
      },
    ],
    ['nginx error log', '2031/03/04 09:15:02 [error] 77#77: *5 no upstream', { time: '2031/03/04 09:15:02', level: 'error' }],
    [
      'level first',
      'ERROR 2031-03-04 09:15:02,431 a.b.C - x',
      { time: '2031-03-04 09:15:02,431', level: 'ERROR', logger: 'a.b.C', message: 'x' },
    ],
    ['CRI', '2031-03-04T09:15:02.431000000Z stdout F {"a":1}', { message: '{"a":1}', fields: { stream: 'stdout' } }],
    ['time and JSON', '2031-03-04T09:15:02.431Z {"a":"b=c"}', { message: '{"a":"b=c"}' }],
    [
      'logfmt',
      'ts=2031-03-04T09:15:02.431Z level=error msg="post \\"failed\\"" order_id=SO-77 duration=230ms',
      { time: '2031-03-04T09:15:02.431Z', level: 'error', message: 'post "failed"', fields: { order_id: 'SO-77', duration: '230ms' } },
    ],
    [
      'java.util.logging',
      'Mar 04, 2031 9:15:02 AM a.B method\nSEVERE: no route for id=7',
      { time: 'Mar 04, 2031 9:15:02 AM', level: 'SEVERE', logger: 'a.B method', message: 'no route for id=7', fields: { id: '7' } },
    ],
  ])('reads %s', (_name, line, expected) => {
    expect(parseTextEntry(line)).toMatchObject(expected);
  });
});

describe('text: entries', () => {
  it('joins a stack trace to its line and leaves out blank lines', async () => {
    const content = '2031-03-04 09:15:02 ERROR a.B - x\nTraceback:\n  File "x"\n\n\n2031-03-04 09:15:03 INFO a.B - y\n';
    const { entries } = await readText('x.log', content);
    expect(valuesOf(entries, undefined).map((value) => (value as { message: string }).message)).toEqual(['x\nTraceback:\n  File "x"', 'y']);
    expect(entries.map((entry) => entry.place.line)).toEqual([1, 6]);
  });

  it('caps an entry and says so', async () => {
    const { format, options } = await readText('x.log', '2031-03-04 09:15:02 INFO a\n2031-03-04 09:15:03 INFO b\n');
    const long = `2031-03-04 09:15:02 INFO a\n${`${'x'.repeat(999)}\n`.repeat(1500)}2031-03-04 09:15:03 INFO b\n`;
    const { entries, rejections } = await collect(format, new TextEncoder().encode(long), options);
    expect(entries).toHaveLength(2);
    expect(rejections).toMatchObject([{ code: 'too-long' }]);
    expect(entries[0]!.place.length + rejections[0]!.place.length).toBeGreaterThan(1_490_000);
  });

  it('does not take what it does not understand', () => {
    expect(sniffText('notes.txt', 'a plain text\nwithout any time\nin three lines\n')).toBeUndefined();
    expect(
      sniffText('iis.log', '#Software: IIS\n#Fields: date time cs-method\n2031-03-04 08:15:02 POST\n2031-03-04 08:15:03 GET\n'),
    ).toBeUndefined();
    expect(sniffText('x.edi', "UNB+UNOA:1+A+B+310304:0915+1'UNH+1+ORDERS:D:96A:UN'BGM+220+SO-77+9'\n")).toBeUndefined();
    expect(
      sniffText(
        'x.edi',
        'ISA*00*          *00*          *ZZ*A              *ZZ*B              *310304*0915*U*00401*1*0*P*>~GS*PO*A*B*20310304*0915*1*X*004010~',
      ),
    ).toBeUndefined();
  });

  it('prefers a table to a log when a header says so', () => {
    expect(sniffText('x.txt', 'at,order,status\n2031-03-04T09:15:02Z,SO-1,new\n2031-03-04T09:15:03Z,SO-2,new\n')?.format.id).toBe('csv');
    expect(
      sniffText('x.log', '2031-03-04 09:15:02,431 ERROR a\n2031-03-04 09:15:03,431 ERROR b\n2031-03-04 09:15:04,431 ERROR c\n')?.format.id,
    ).toBe('text');
    expect(
      sniffText('process_log.txt', '2031-03-04T09:15:02Z\tINFO\tStart\t\tone\n2031-03-04T09:15:02Z\tINFO\tMap\t\ttwo\n')?.format.id,
    ).toBe('text');
  });
});

describe('text: hostile lines', () => {
  it.each(['<a "', '{"a":[', '[[', '"', 'a,"', '<log ', '<event> ', '<!--', '["', '2031-03-04 ', 'a=', '\n'])(
    'any beginning is sniffed in linear time: %j repeated',
    (piece) => {
      const content = piece.repeat(400_000 / piece.length);
      for (const name of ['x.csv', 'x.json', 'x.log', 'x.xml']) {
        const choice = sniffText(name, content);
        expect(choice === undefined || choice.detection.confidence <= 1).toBe(true);
      }
    },
  );

  it.each(['=', 'a=', '[', '{a=', '"=', ' -', 'a b: '])('stay linear: %j repeated', (piece) => {
    const line = `2031-03-04 09:15:02 ${piece.repeat(300_000 / piece.length)}`;
    expect(parseTextEntry(line)).toHaveProperty('time');
    expect(text.parse(new TextEncoder().encode(line), {})).toHaveProperty('message');
  });

  it('harvests at most 64 fields, the first of a repeated key', () => {
    const fields = {};
    harvestFields(`k=1 k=2 ${Array.from({ length: 200 }, (_, i) => `f${i}=${i}`).join(' ')} __proto__=x`, fields);
    expect(Object.keys(fields)).toHaveLength(64);
    expect(fields).toMatchObject({ k: '1' });
  });
});
