import { document, iso, lines, ms, ORDERS, plain } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const TRACE = '0af7651916cd43dd8448eb211c80317';
const spans = [
  { id: 'b7ad6b7169200001', parent: '', name: 'POST /orders', service: 'orders-api', at: 2, took: 0.9 },
  { id: 'b7ad6b7169200002', parent: 'b7ad6b7169200001', name: 'charge', service: 'payment-api', at: 2.1, took: 0.5 },
] as const;
const micros = (seconds: number): number => ms(seconds) * 1000;

const n = (i: number): number => i * 20;

export const LOG_FILES: readonly OrderFile[] = [
  {
    name: 'shop/shop-events.ndjson',
    format: 'ndjson',
    profile: 'inferred',
    systems: ['web-shop'],
    content: lines(
      ORDERS.flatMap((order, i) =>
        ['cart checked out', 'order placed'].map((event, k) => ({
          time: iso(-120 + n(i) + k),
          service: 'web-shop',
          event,
          order_id: order,
          status: 'ok',
        })),
      ),
    ),
  },
  {
    name: 'gateway/gateway.log',
    format: 'text',
    profile: 'inferred',
    systems: ['gateway'],
    content: lines(
      ORDERS.map((order, i) => `time=${iso(3 + n(i))} level=info service=gateway event="order forwarded" order_id=${order} duration_ms=12`),
    ),
  },
  {
    name: 'erp/erp-server.log',
    format: 'text',
    profile: 'inferred',
    systems: ['erp'],
    content: lines(
      ORDERS.map((order, i) => `${plain(145 + n(i))},120 INFO  [http-8] com.acme.erp.SalesOrderService - Created sales order for ${order}`),
    ),
  },
  {
    name: 'mail/mail.log',
    format: 'text',
    profile: 'inferred',
    systems: ['mailer'],
    content: lines(ORDERS.map((order, i) => `<134>1 ${iso(365 + n(i))} mail01 mailer 4711 - - Confirmation for ${order} sent`)),
  },
  {
    name: 'proxy/access.log',
    format: 'text',
    profile: 'inferred',
    systems: ['proxy'],
    content: lines(
      ORDERS.map((order, i) => {
        const at = new Date(ms(600 + n(i)));
        const time = `04/Mar/2031:${at.toISOString().slice(11, 19)} +0000`;
        return `10.0.0.${i} - - [${time}] "GET /orders/${order} HTTP/1.1" 200 512`;
      }),
    ),
  },
  {
    name: 'iis/u_ex310304.log',
    format: 'w3c',
    profile: 'inferred',
    systems: ['iis'],
    content: lines([
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time cs-method cs-uri-stem sc-status time-taken',
      ...ORDERS.map((order, i) => `${plain(610 + n(i))} PUT /api/orders/${order} 204 31`),
    ]),
  },
  {
    name: 'otel/traces.jsonl',
    format: 'ndjson',
    profile: 'otlp-traces',
    systems: ['orders-api', 'payment-api'],
    content: lines([
      {
        resourceSpans: spans.map((span) => ({
          resource: { attributes: [{ key: 'service.name', value: { stringValue: span.service } }] },
          scopeSpans: [
            {
              scope: { name: 'http' },
              spans: [
                {
                  traceId: `${TRACE}a`,
                  spanId: span.id,
                  parentSpanId: span.parent,
                  name: span.name,
                  kind: 2,
                  startTimeUnixNano: `${micros(span.at)}000`,
                  endTimeUnixNano: `${micros(span.at + span.took)}000`,
                  attributes: [{ key: 'order.id', value: { stringValue: 'SO-77' } }],
                  status: {},
                },
              ],
            },
          ],
        })),
      },
    ]),
  },
  {
    name: 'jaeger/trace.json',
    format: 'json',
    profile: 'jaeger',
    systems: ['stock-api'],
    content: document({
      data: [
        {
          traceID: `${TRACE}b`,
          spans: [
            {
              traceID: `${TRACE}b`,
              spanID: 'c7ad6b7169200001',
              operationName: 'PUT /reservations',
              references: [],
              startTime: micros(322.5),
              duration: 250_000,
              tags: [{ key: 'order.id', type: 'string', value: 'SO-77' }],
              logs: [],
              processID: 'p1',
              warnings: null,
            },
          ],
          processes: { p1: { serviceName: 'stock-api', tags: [] } },
        },
      ],
    }),
  },
  {
    name: 'zipkin/trace.json',
    format: 'json',
    profile: 'zipkin',
    systems: ['tax-api'],
    content: document([
      [
        {
          traceId: `${TRACE}c`,
          id: '352bff9a74ca9077',
          name: 'post /tax',
          kind: 'SERVER',
          timestamp: micros(2.3),
          duration: 90_000,
          localEndpoint: { serviceName: 'tax-api' },
          tags: { 'order.id': 'SO-77' },
        },
      ],
    ]),
  },
  {
    name: 'apps/pricing.jsonl',
    format: 'ndjson',
    profile: 'log-pino',
    systems: ['pricing'],
    content: lines([
      { level: 30, time: ms(-1), pid: 77, hostname: 'app01', name: 'pricing', orderId: 'SO-77', msg: 'order priced' },
      { level: 30, time: ms(-0.5), pid: 77, hostname: 'app01', name: 'pricing', orderId: 'SO-77', msg: 'discount applied' },
    ]),
  },
  {
    name: 'apps/loyalty.jsonl',
    format: 'ndjson',
    profile: 'log-ecs',
    systems: ['loyalty'],
    content: lines([
      {
        '@timestamp': iso(70),
        'log.level': 'INFO',
        message: 'points booked',
        'ecs.version': '1.2.0',
        'service.name': 'loyalty',
        labels: { orderId: 'SO-77' },
      },
    ]),
  },
];
