import { document, iso, lines, ms } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

/** Objects of shops, payments and business systems, and the changes of a database. */
export const OBJECT_FILES: readonly OrderFile[] = [
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
  {
    name: 'netsuite/search.csv',
    format: 'csv',
    profile: 'netsuite-search',
    systems: ['netsuite'],
    content: lines([
      'Internal ID,Document Number,Last Modified,Type,Status,Created From,PO/Check Number,Amount,Currency',
      '97,SO10097,3/4/2031 9:08 am,Sales Order,Sales Order : Pending Fulfillment,- None -,SO-77,119.80,EUR',
    ]),
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
];
