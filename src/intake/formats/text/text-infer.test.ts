import { describe, expect, it } from 'vitest';
import { infer, roles, sourceOf } from '../../infer/testing.ts';
import { readText } from '../test-harness.ts';

/** Whole files of each kind, from bytes to events: is the line's meaning found? */

const LEVELS = ['INFO', 'INFO', 'WARN', 'ERROR'] as const;
const order = (i: number): string => `SO-${1040 + (i >> 2)}`;
const trace = (i: number): string => (i >> 2).toString(16).padStart(32, 'a');
const message = (i: number): string =>
  [
    `received order=${order(i)}`,
    `posted order=${order(i)} in ${i} ms`,
    `stock low for order=${order(i)}`,
    `post of order=${order(i)} failed: HTTP 503`,
  ][i % 4]!;
const at = (i: number): Date => new Date(Date.UTC(2026, 4, 4, 9, 15, 2, 431) + i * 7000);
const iso = (i: number): string => at(i).toISOString();
const plain = (i: number): string => iso(i).replace('T', ' ').replace('.', ',').replace('Z', '');
const bsd = (i: number): string => `May  4 ${iso(i).slice(11, 19)}`;
const level = (i: number): string => LEVELS[i % 4]!;
const app = (i: number): string => ['oms', 'wms'][i % 2]!;

interface Kind {
  readonly kind: string;
  readonly name?: string;
  readonly line: (i: number) => string;
  /** Roles that must be found, beside the time. */
  readonly roles: Readonly<Record<string, string>>;
  /** What the fourth event must say. */
  readonly event: object;
}

const LOGGED = { level: 'level', message: 'message', 'fields.order': 'identifier order' } as const;
const FAILED = {
  system: 'oms',
  step: 'post of … failed: HTTP',
  status: 'failed',
  error: expect.stringMatching(/^post of order=SO-1040 failed: HTTP 503/) as string,
};

const KINDS: readonly Kind[] = [
  {
    kind: 'log4j',
    line: (i) => `${plain(i)} ${level(i).padEnd(5)} [http-${i % 3}] com.acme.Orders - ${message(i)}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'log4j with stack traces',
    line: (i) =>
      `${plain(i)} ${level(i).padEnd(5)} [http-${i % 3}] com.acme.Orders - ${message(i)}${i % 4 === 3 ? '\njava.lang.Error: x\n\tat a.B.c(B.java:1)' : ''}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'logback with MDC',
    line: (i) =>
      `${plain(i)} ${level(i).padEnd(5)} [main] a.b.Orders [orderId=${order(i)}, traceId=${trace(i)}] - ${message(i).replace('order=', '')}`,
    roles: { level: 'level', message: 'message', 'fields.orderId': 'identifier order', 'fields.traceId': 'execution trace' },
    event: { ...FAILED, execution: trace(3), error: 'post of SO-1040 failed: HTTP 503' },
  },
  {
    kind: 'Spring Boot 3',
    line: (i) =>
      `${iso(i)}  ${level(i).padEnd(5)} 4711 --- [oms] [nio-${i % 3}] [${trace(i)}-${i.toString(16).padStart(16, '0')}] c.a.Orders   : ${message(i)}`,
    roles: { ...LOGGED, 'fields.app': 'system', 'fields.traceId': 'execution trace', 'fields.spanId': 'span' },
    event: { ...FAILED, execution: trace(3) },
  },
  { kind: 'Python', line: (i) => `${plain(i)} - orders.sync - ${level(i)} - ${message(i)}`, roles: LOGGED, event: FAILED },
  {
    kind: 'Serilog',
    line: (i) => `${plain(i).replace(',', '.')} +00:00 [${['INF', 'INF', 'WRN', 'ERR'][i % 4]}] ${message(i)}`,
    roles: LOGGED,
    event: FAILED,
  },
  { kind: 'NLog', line: (i) => `${plain(i).replace(',', '.')}0|${level(i)}|Acme.Orders|${message(i)}`, roles: LOGGED, event: FAILED },
  {
    kind: 'java.util.logging',
    line: (i) =>
      `May 04, 2026 9:${iso(i).slice(14, 19)} AM com.acme.Orders post\n${['INFO', 'INFO', 'WARNING', 'SEVERE'][i % 4]}: ${message(i)}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'Airflow',
    line: (i) => `[${iso(i).slice(0, 10)}, ${iso(i).slice(11, 19)} UTC] {task.py:${i % 4}} ${level(i)} - ${message(i)}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'glog',
    name: 'oms-20260504.log',
    line: (i) => `${level(i)[0]}0504 ${iso(i).slice(11, 19)}.431000      77 orders.go:${i % 4}] ${message(i)}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'syslog, RFC 3164',
    name: 'messages-20260504',
    line: (i) => `<${[30, 30, 28, 27][i % 4]}>${bsd(i)} edi01 ${app(i)}[4711]: ${message(i)}`,
    roles: { ...LOGGED, 'fields.app': 'system' },
    event: { ...FAILED, system: 'wms' },
  },
  {
    kind: 'syslog, RFC 5424',
    line: (i) =>
      `<${[30, 30, 28, 27][i % 4]}>1 ${iso(i)} edi01 ${app(i)} 4711 ${['RECV', 'POST', 'STOCK', 'FAIL'][i % 4]} [c@1 orderId="${order(i)}"] ${message(i)}`,
    roles: { level: 'level', message: 'message', 'fields.app': 'system', 'fields.event': 'step', 'fields.orderId': 'identifier order' },
    event: { ...FAILED, system: 'wms', step: 'FAIL' },
  },
  {
    kind: 'journald',
    line: (i) => `${iso(i).slice(0, 19)}+0000 edi01 ${app(i)}[4711]: ${message(i)}`,
    roles: { message: 'message', 'fields.app': 'system', 'fields.order': 'identifier order' },
    event: { system: 'wms', step: 'post of … failed: HTTP', status: 'unknown' },
  },
  {
    kind: 'logfmt',
    line: (i) =>
      `time=${iso(i)} level=${level(i).toLowerCase()} msg="${message(i)}" service=${app(i)} order_id=${order(i)} trace_id=${trace(i)} duration=${i}ms`,
    roles: {
      level: 'level',
      message: 'message',
      'fields.service': 'system',
      'fields.order_id': 'identifier order',
      'fields.trace_id': 'execution trace',
      'fields.duration': 'duration',
    },
    event: { ...FAILED, system: 'wms', execution: trace(3) },
  },
  {
    kind: 'access log',
    name: 'shop-access.log',
    line: (i) =>
      `10.0.0.${i} - - [04/May/2026:${iso(i).slice(11, 19)} +0000] "${['POST', 'GET'][i % 2]} /v1/orders/${order(i)} HTTP/1.1" ${[201, 200, 404, 503][i % 4]} 231 "-" "curl"`,
    roles: { 'fields.operation': 'step', 'fields.status': 'status status', 'fields.orders.id': 'identifier order' },
    event: { system: 'shop', step: 'GET /v1/orders/:id', status: 'failed', statusRaw: '503' },
  },
  {
    kind: 'nginx error log',
    name: 'shop-error.log',
    line: (i) =>
      `2026/05/04 ${iso(i).slice(11, 19)} [error] 77#77: *${i} upstream timed out, client: 10.0.0.${i}, server: _, request: "POST /orders/${order(i)} HTTP/1.1", host: "shop"`,
    roles: { level: 'level', 'fields.operation': 'step', 'fields.orders.id': 'identifier order' },
    event: { system: 'shop', step: 'POST /orders/:id', status: 'failed' },
  },
  {
    kind: 'container log of log4j lines',
    line: (i) =>
      `${iso(i)} stdout F ${plain(i)} ${level(i)} [main] a.b.Orders - ${message(i)}${i % 4 === 3 ? `\n${iso(i)} stdout F \tat a.B.c(B.java:1)` : ''}`,
    roles: LOGGED,
    event: FAILED,
  },
  {
    kind: 'Docker’s log of objects',
    line: (i) =>
      JSON.stringify({
        log: `${JSON.stringify({ level: level(i), service: 'oms', orderId: order(i), msg: message(i) })}\n`,
        stream: 'stdout',
        time: iso(i),
      }),
    roles: { level: 'level', message: 'message', 'fields.service': 'system', 'fields.orderId': 'identifier order' },
    event: FAILED,
  },
  {
    kind: 'text before an object',
    line: (i) => `${plain(i)} ${level(i)} [main] a.b.Orders - sending {"order":{"id":"${order(i)}","total":${i}.5}}`,
    roles: { level: 'level', message: 'message', 'fields.order.id': 'identifier order', 'fields.order.total': 'attribute amount' },
    event: { system: 'oms', step: 'sending', status: 'failed' },
  },
];

describe.each(KINDS)('$kind', ({ name, line, roles: wanted, event }) => {
  it('is understood', async () => {
    const file = name ?? 'oms.log';
    const lines = Array.from({ length: 40 }, (_, i) => line(i));
    const { format, options, entries, rejections } = await readText(file, `${lines.join('\n')}\n`);
    expect(format.id).toBe('text');
    expect([entries.length, rejections]).toEqual([40, []]);
    const { mapping, events, refused } = infer(entries, sourceOf(file, { formatId: 'text', options }));
    expect(refused).toEqual([]);
    expect(roles(mapping)).toMatchObject({ time: 'time', ...wanted });
    // Spans make notes of log lines: the spans themselves are the steps.
    expect(mapping.kind).toBe('fields.spanId' in wanted ? 'note' : 'step');
    expect(events[3]).toMatchObject({ ...event, ids: expect.arrayContaining([expect.stringContaining('SO-1040')]) as string[] });
    for (const [i, { time }] of events.entries()) expect(Math.floor(time / 1e6)).toBe(Math.floor(at(i).getTime() / 1000));
  });
});
