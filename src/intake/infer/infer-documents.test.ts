import { describe, expect, it } from 'vitest';
import { formatIso, micros } from '../../model/time.ts';
import { fieldOf, infer, roles, rows, sourceOf, trees } from './testing.ts';

describe('documents', () => {
  it('takes an export of orders for snapshots at their last change', () => {
    const { header, entries } = rows(
      `Order Number;Kunde;Status;Gesamtbetrag;Währung;Angelegt am;Geändert am
       SO-1001;C-100;bezahlt;1.234,50;EUR;04.03.2031 09:15:02;05.03.2031 10:00:00
       SO-1002;C-101;offen;99,90;EUR;04.03.2031 09:17:02;05.03.2031 11:00:00
       SO-1003;C-100;storniert;12,00;EUR;13.03.2031 09:19:02;14.03.2031 10:30:00`,
      ';',
    );
    const { mapping, events } = infer(entries, sourceOf('crm/orders-export.csv', { header, zone: 'Europe/Berlin' }));
    expect(mapping).toMatchObject({ kind: 'snapshot', system: 'crm', zone: 'Europe/Berlin' });
    expect(mapping.zoneReason).toContain('Europe/Berlin was given');
    expect(formatIso(micros(events[0]?.time ?? 0))).toBe('2031-03-05T09:00:00Z');
    expect(events[2]).toMatchObject({
      kind: 'snapshot',
      status: 'cancelled',
      ids: ['order SO-1003', 'customer C-100'],
      attributes: { amount: 12, currency: 'EUR', status: 'storniert' },
    });
    expect(fieldOf(mapping, 'Status')).toMatchObject({ role: 'status', type: 'status' });
  });

  it('gives a bare id the type of the file, and keeps a second number apart', () => {
    const { mapping } = infer(
      trees(
        {
          id: 5501,
          number: 234,
          order_number: 1234,
          total_price: '10.00',
          financial_status: 'paid',
          updated_at: '2031-03-04T09:15:02-00:00',
          customer: { id: 77, first_name: 'A' },
        },
        {
          id: 5502,
          number: 235,
          order_number: 1235,
          total_price: '20.00',
          financial_status: 'pending',
          updated_at: '2031-03-04T09:16:02-00:00',
          customer: { id: 78, first_name: 'B' },
        },
      ),
      sourceOf('shop/orders.json'),
    );
    expect(mapping.kind).toBe('snapshot');
    expect(roles(mapping)).toMatchObject({
      id: 'identifier order',
      order_number: 'identifier order',
      'customer.id': 'identifier customer',
      total_price: 'attribute amount',
      financial_status: 'status financial_status',
      updated_at: 'time',
    });
    expect(fieldOf(mapping, 'number')).toMatchObject({ role: 'ignored' });
    expect(fieldOf(mapping, 'customer.first_name')).toMatchObject({ role: 'ignored' });
  });

  it('reads SAP’s column names', () => {
    const { header, entries } = rows(
      `BELNR,VBELN,KUNNR,ERDAT,NETWR,WAERS,STATUS
       4900000001,0000001042,0000100001,20310304,120.50,EUR,posted
       4900000002,0000001043,0000100002,20310304,20.50,EUR,blocked
       4900000003,0000001044,0000100001,20310305,320.50,EUR,posted`,
    );
    expect(roles(infer(entries, sourceOf('sap.csv', { header })).mapping)).toEqual({
      BELNR: 'identifier document',
      VBELN: 'identifier order',
      KUNNR: 'identifier customer',
      ERDAT: 'time',
      NETWR: 'attribute amount',
      WAERS: 'attribute currency',
      STATUS: 'status status',
    });
  });
});

describe('document numbers', () => {
  it('are documents beside the number of what they are about, and stand for it alone', () => {
    const both = rows(
      `SALES_DOCUMENT,CUSTOMER_ORDER,STATUS,CHANGED_AT
       4500015838,0000100001,DELIVERED,2031-03-04T06:46:10+05:30
       4500023757,0000100002,DELIVERED,2031-03-04T06:46:56+05:30
       4500023999,0000100003,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(both.entries, sourceOf('erp-status.csv', { header: both.header })).mapping)).toMatchObject({
      SALES_DOCUMENT: 'identifier document',
      CUSTOMER_ORDER: 'identifier order',
    });
    const alone = rows(
      `SALES_DOCUMENT,STATUS,CHANGED_AT
       4500015838,DELIVERED,2031-03-04T06:46:10+05:30
       4500023757,DELIVERED,2031-03-04T06:46:56+05:30
       4500023999,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(alone.entries, sourceOf('erp-status.csv', { header: alone.header })).mapping)).toMatchObject({
      SALES_DOCUMENT: 'identifier order',
    });
  });

  it('stay what they are where they are only another spelling', () => {
    const padded = rows(
      `VBELN,ORDER_NO,STATUS,CHANGED_AT
       0000100001,SO-100001,DELIVERED,2031-03-04T06:46:10+05:30
       0000100002,SO-100002,DELIVERED,2031-03-04T06:46:56+05:30
       0000100003,SO-100003,OPEN,2031-03-04T06:47:56+05:30`,
    );
    expect(roles(infer(padded.entries, sourceOf('erp-status.csv', { header: padded.header })).mapping)).toMatchObject({
      VBELN: 'identifier order',
    });
  });
});
