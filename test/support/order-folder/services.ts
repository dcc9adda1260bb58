import { document, iso, lines, ms, ORDERS } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const clock = (at: number): string => iso(at).slice(11, 23);
/** `Mar 04 2031 09:00:01`. */
const spoken = (at: number): string => `Mar 04 2031 ${iso(at).slice(11, 19)}`;

/** What services that keep logs and events give out, security products, and a console. */
export const SERVICE_FILES: readonly OrderFile[] = [
  {
    name: 'gate/gate.log',
    format: 'text',
    profile: 'log-cef',
    systems: ['Order Gate'],
    content: lines(
      ORDERS.map(
        (order, i) =>
          `<134>${spoken(4 + 20 * i).slice(0, 6)} ${iso(4 + 20 * i).slice(11, 19)} gw01 CEF:0|Acme \\| Co|Order Gate|4.1|PASS|order let through|3|rt=${ms(4 + 20 * i)} outcome=success cs1Label=Order Number cs1=${order}`,
      ),
    ),
  },
  {
    name: 'audit/audit.leef',
    format: 'text',
    profile: 'log-leef',
    systems: ['OrderAudit'],
    content: lines(
      ORDERS.map(
        (order, i) => `LEEF:2.0|Acme|OrderAudit|2.0|SIGNED|x5E|devTime=${spoken(700 + 20 * i)} UTC^orderNumber=${order}^usrName=ann^sev=2`,
      ),
    ),
  },
  {
    name: 'cluster/events.json',
    format: 'json',
    profile: 'kubernetes-events',
    systems: ['kubernetes'],
    content: document({
      apiVersion: 'v1',
      items: ['Queued', 'Synced'].map((reason, i) => ({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `so-77.${i}`, namespace: 'shop' },
        eventTime: iso(520 + i),
        firstTimestamp: null,
        lastTimestamp: null,
        involvedObject: { kind: 'OrderSync', name: 'so-77', namespace: 'shop' },
        reason,
        message: `order SO-77 ${reason.toLowerCase()} by the operator`,
        reportingComponent: 'shop.example/order-operator',
        reportingInstance: 'operator-0',
        source: {},
        type: 'Normal',
      })),
      kind: 'List',
      metadata: { resourceVersion: '' },
    }),
  },
  {
    name: 'loki/query.json',
    format: 'json',
    profile: 'loki-lines',
    systems: ['basket-api'],
    content: document({
      status: 'success',
      data: {
        resultType: 'streams',
        result: [
          {
            stream: { app: 'basket-api', cluster: 'eu' },
            values: ORDERS.map((order, i) => [
              `${ms(-3 + 20 * i)}000000`,
              `level=info msg="basket closed" order_id=${order}`,
              { structuredMetadata: { detected_level: 'info' } },
            ]),
          },
        ],
      },
    }),
  },
  {
    name: 'print/labels-2031-03-04.log',
    format: 'text',
    profile: 'inferred',
    systems: ['labels'],
    content: lines(ORDERS.map((order, i) => `${clock(5_900 + 20 * i)} INFO  [main] print.Labels - label printed order=${order}`)),
  },
  {
    name: 'picks/picks.json',
    format: 'json',
    profile: 'inferred',
    systems: ['picks'],
    // The order stands behind its list.
    content: document({
      entries: ['SKU-1', 'SKU-2', 'SKU-3'].map((sku, i) => ({
        at: iso(5_000 + i),
        event: 'item picked',
        sku,
        note: 'taken from the shelf by hand',
      })),
      orderNumber: 'SO-77',
    }),
  },
];
