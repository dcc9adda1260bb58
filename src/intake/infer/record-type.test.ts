import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameTokens, pathTokens, singular } from './name-tokens.ts';
import { entityType, recordTypeOf } from './record-type.ts';

const EXPECTED: readonly (readonly [type: string, names: string])[] = [
  [
    'order',
    'order_id, orderId, OrderID, ORDER_ID, order.id, order-id, Order Id, order_number, orderNumber, orderNo, ORDER_NO, Order No, Order No., Order #, order_ref, orderRef, orderReference, orderid, orderno, ordernumber',
  ],
  [
    'order',
    'order, orders, order_key, order.name, order.uuid, orders[].id, payload.order.id, body.data.order_id, order_ids, orderIds, x-order-id, app.order.id',
  ],
  [
    'order',
    'sales order, salesOrderNumber, sales_order_id, SalesOrder, purchase_order, purchaseOrderNo, PO Number, po_number, poNumber, PONumber, ponumber, po, P.O. Number, so_number, soNumber',
  ],
  [
    'order',
    'web_order, webOrderId, externalOrderRef, external_order_id, external order id, extOrderNo, original_order_id, parent_order_id, shopify_order_id, customer_order_no, merchantOrderId, clientOrderId, SAPOrderNo, legacy.order.number',
  ],
  [
    'order',
    'merchantReference, client_reference_id, Bestellnummer, auftragsnr, VBELN, VBELN_VA, EBELN, BSTNK, trackedProperties_orderNo_s, prop__orderId, lines[].orderRef, OrderReference.ID, order_reference_id',
  ],
  [
    'payment',
    'payment_id, paymentId, payment.id, payments[].id, paymentReference, payment_ref, payment_intent, paymentIntentId, payment_intent_id, charge_id, transaction_id, transactionNo, txn_id, txnId, pspReference',
  ],
  [
    'shipment',
    'shipment_id, shipmentNumber, shipments[].id, delivery_id, deliveryNo, delivery_note_number, fulfillment_id, fulfilmentId, despatch_advice_id, dispatchNumber, consignment_no, asn_number, outbound_delivery_no, VBELN_VL',
  ],
  [
    'tracking',
    'tracking_number, trackingNumber, tracking no, tracking_code, trackingnumber, shipment.tracking_number, shipment_tracking_id, awb_number, parcel_tracking_number',
  ],
  [
    'invoice',
    'invoice_id, invoiceNumber, Invoice No, invoice.id, invoice_ref, billing_document, billing_doc_no, billingDocumentNumber, billing doc, Rechnungsnummer, VBELN_VF',
  ],
  [
    'customer',
    'customer_id, customerId, customer.id, order.customer.id, customerNumber, Customer No, account_id, account.number, contactId, buyer_id, buyerNo, KUNNR, Kundennummer, sold_to_party_id',
  ],
  ['refund', 'refund_id, refundId, refunds[].id'],
  ['return', 'return_id, returnNumber, rma, rma_number, rmaNo, return_authorization_id, return_order_id'],
  ['quote', 'quote_id, quoteNumber, quotation_no'],
  [
    'product',
    'product_id, productId, sku, SKU, lines[].sku, item_id, material_number, articleNo, MATNR, product_code, product_variant_id, ean',
  ],
  ['case', 'case_id, caseid, Case ID, case.id, CASE_KEY, _CASE_KEY, case:concept:name, case, caseNumber'],
  ['ticket', 'ticket_id, ticketNo, incident_number'],
  ['user', 'user_id, userId, user.id'],
  ['session', 'session_id, sessionId, session.id'],
  ['batch', 'batch_id, batchNo, batch'],
  ['file', 'file_id, file_name, fileName, filename'],
  ['document', 'document_id, documentNumber, doc_no, BELNR'],
  ['idoc', 'DOCNUM, idoc_number, idocNo'],
  ['vendor', 'vendor_id, supplierNumber, LIFNR'],
  ['trace', 'trace_id, traceId, TraceID, trace.id, X-B3-TraceId'],
  [
    'correlation',
    'correlation_id, correlationId, X-Correlation-ID, request_id, x-request-id, requestId, clientTrackingId, actionTrackingId, conversation_id, idempotencyKey',
  ],
  ['execution', 'execution_id, executionId, run_id, runId, job_id, jobId, process_instance_id, workflow_run_id, dag_run_id, executionid'],
  ['message', 'message_id, messageId, messaging.message.id, msgId, MessageGuid, message.uuid'],
  ['warehouse', 'warehouse_id, warehouseId, warehouse.id'],
  ['store', 'store_id'],
  ['subscription', 'subscription_id, subscriptions[].id'],
  ['payment-method', 'payment_method_id'],
];

const NEVER = [
  'line_id, line_no, lineNumber, line_number, lineNo, line, lines[].id, line_items[].id, order_line_id, orderLineNo, order_item_id, order_item_no, line_item_id, lineItemNumber, row_id, row, rowNumber, index, idx, seq, seq_no, sequence_number, sequenceId, pos, position_no, POSNR, EBELP',
  'order_status, order_total, orderDate, order_amount, order_type, order.created_at, orderCount, order_lines, total_orders_count, payment_status, payment_amount, payment_date, delivery_attempt, delivery_date, invoice_total, invoice_date',
  'status, state, amount, currency, total, timestamp, time, created_at, updatedAt, message, level, logger, thread, host, hostname, pod, service, service.name, customer_name, customer.name, product_name, customer.email, name, concept:name, user_name',
  'id, number, no, key, ref, reference, value, data.id, payload.id, body.key, external_id, source_id, parent_id, event_id, log_id, record_id, span_id, parentSpanId, thread_id, process_id, processId, pid, node_id, atomId, instance.id, host.id, tenant_id, version_id, revision_no',
  'phone_number, house_number, room_no, page_no, attempt_no, retry_no, serial_number, status_code, country_code, currency_code, postal_code, reasonCode, error_code, http.status_code, response_code, flow_id, workflow_id, connector_id, operation_name, step_id, activity_id',
  'paid, void, valid, grid, android, void_id_x, uuid, valid_from, is_order, width, note, , ., [], 2031, description, casino, ordering, deliveryMethod, charge, transaction_type, item_no_x',
];

describe('recordTypeOf', () => {
  for (const [type, names] of EXPECTED) {
    it.each(names.split(', '))(`${type}: %s`, (name) => {
      expect(recordTypeOf(name)?.type).toBe(type);
    });
  }

  it.each(NEVER.flatMap((names) => names.split(', ')).filter((name) => name !== 'charge'))('names no record: %s', (name) => {
    expect(recordTypeOf(name)).toBeUndefined();
  });

  it('trusts a key word more than a lone noun, and a listed noun more than an unknown one', () => {
    const keyed = recordTypeOf('order_id')!.confidence;
    expect(keyed).toBeGreaterThan(recordTypeOf('order')!.confidence);
    expect(keyed).toBeGreaterThan(recordTypeOf('warehouse_id')!.confidence);
    expect(recordTypeOf('charge')!.confidence).toBeLessThan(0.3);
    expect(recordTypeOf('customer')!.confidence).toBeLessThan(0.5);
  });

  it('lends a bare key the type of the entity', () => {
    expect(recordTypeOf('id', 'orders')).toEqual({ type: 'order', confidence: 0.75 });
    expect(recordTypeOf('number', 'shopify_orders_2031-03.json')?.type).toBe('order');
    expect(recordTypeOf('name', 'orders')).toEqual({ type: 'order', confidence: 0.4 });
    expect(recordTypeOf('admin_graphql_api_id', 'order')?.type).toBe('order');
    expect(recordTypeOf('external_id', 'shipments.csv')?.type).toBe('shipment');
    expect(recordTypeOf('data.id', 'refunds')?.type).toBe('refund');
    expect(recordTypeOf('id', 'warehouses.csv')).toEqual({ type: 'warehouse', confidence: 0.4 });
    expect(recordTypeOf('name', 'customers')).toBeUndefined();
  });

  it('does not let the entity override what the name says', () => {
    expect(recordTypeOf('customer_id', 'orders')?.type).toBe('customer');
    expect(recordTypeOf('store_id', 'orders')?.type).toBe('store');
    expect(recordTypeOf('parent_id', 'orders')).toBeUndefined();
    expect(recordTypeOf('source_id', 'orders')).toBeUndefined();
    expect(recordTypeOf('line_id', 'orders')).toBeUndefined();
    expect(recordTypeOf('lines[].id', 'orders')).toBeUndefined();
  });

  it('answers any text without throwing, with a confidence in (0, 1] and a plain type', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
        (name, entity) => {
          const found = recordTypeOf(name, entity);
          if (found === undefined) return;
          expect(found.confidence).toBeGreaterThan(0);
          expect(found.confidence).toBeLessThanOrEqual(1);
          expect(found.type).toMatch(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u);
        },
      ),
    );
  });

  it('says the same for one name in every way of writing it', () => {
    const nouns = ['order', 'payment', 'shipment', 'invoice', 'customer', 'refund', 'trace', 'message', 'warehouse'];
    fc.assert(
      fc.property(fc.constantFrom(...nouns), (noun) => {
        const upper = noun[0]!.toUpperCase() + noun.slice(1);
        const spellings = [
          `${noun}_id`,
          `${noun}Id`,
          `${upper}ID`,
          `${noun.toUpperCase()}_ID`,
          `${noun}.id`,
          `${noun}-id`,
          `${upper} Id`,
          `payload.${noun}.id`,
          `${noun}s[].id`,
        ];
        for (const spelling of spellings) expect(recordTypeOf(spelling)).toEqual(recordTypeOf(`${noun}_id`));
      }),
    );
  });
});

describe('entityType', () => {
  it('reads file names and list names', () => {
    expect(entityType('orders')?.type).toBe('order');
    expect(entityType('Orders.csv.gz')?.type).toBe('order');
    expect(entityType('sales-orders-export.csv')?.type).toBe('order');
    expect(entityType('erp_invoices')?.type).toBe('invoice');
    expect(entityType('export')).toBeUndefined();
    expect(entityType('data.json')).toBeUndefined();
    expect(entityType('')).toBeUndefined();
  });
});

describe('name tokens', () => {
  it('splits every usual spelling', () => {
    expect(nameTokens('SAPOrderNo')).toEqual(['sap', 'order', 'no']);
    expect(nameTokens('TraceID')).toEqual(['trace', 'id']);
    expect(nameTokens('Order #')).toEqual(['order', 'no']);
    expect(nameTokens('Order#')).toEqual(['order', 'no']);
    expect(pathTokens('lines[].orderRef')).toEqual([['lines'], ['order', 'ref']]);
    expect(pathTokens('case:concept:name')).toEqual([['case'], ['concept'], ['name']]);
  });

  it('finds the singular', () => {
    expect(['orders', 'deliveries', 'batches', 'status', 'address', 'cases', 'boxes', 'gas'].map(singular)).toEqual([
      'order',
      'delivery',
      'batch',
      'status',
      'address',
      'case',
      'box',
      'gas',
    ]);
  });
});
