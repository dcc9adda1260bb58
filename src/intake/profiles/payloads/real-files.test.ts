import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../../test/golden/profiles/read-entries.ts';
import { runProfile } from '../../../../test/golden/profiles/run-profile.ts';
import type { JsonObject } from '../../entry.ts';
import { PLATFORM_PROFILES } from '../index.ts';

/** Documents made by others; their facts were read with other tools. The folder stands beside the project on some machines only. */
const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/payloads');
const HERE = existsSync(DATA);
if (!HERE) console.info('skipped: the real documents are not at ../shared/data/payloads');

async function only(file: string): Promise<{ readonly id: string; readonly events: readonly JsonObject[] }> {
  const { source, entries, rejections } = await readEntries(path.join(DATA, file));
  expect(rejections).toEqual([]);
  const claims = PLATFORM_PROFILES.filter((profile) => profile.recognise(entries, source) !== undefined);
  expect(claims).toHaveLength(1);
  const { events, refused } = runProfile(claims[0]!, entries, source);
  expect(refused).toEqual([]);
  return { id: claims[0]!.id, events };
}

describe.skipIf(!HERE)('UBL', () => {
  it.each([
    ['order__UBL-Order', 'buyer', 'order AEG012345 (ID)', 'amount=100.00 (number)'],
    ['orderresponsesimple__UBL-OrderResponseSimple', 'seller', 'order-response 66890-9-09 (ID)', undefined],
    ['despatchadvice__UBL-DespatchAdvice', 'seller', 'shipment 565899 (ID)', 'backorder_quantity=10 (number)'],
    ['receiptadvice__UBL-ReceiptAdvice', 'buyer', 'receipt 658398 (ID)', 'short_quantity=10 (number)'],
    ['invoice__UBL-Invoice', 'seller', 'invoice A00095678 (ID)', 'amount=107.50 (number)'],
    ['creditnote__UBL-CreditNote', 'seller', 'credit-note CN758494 (ID)', 'credit_note_amount=107.50 (number)'],
    ['remittanceadvice__UBL-RemittanceAdvice', 'buyer', 'remittance 6577884 (ID)', 'remittance_amount=107.50 (number)'],
    ['statement__UBL-Statement', 'seller', 'statement JUL2005-07758990 (ID)', 'balance=-107.50 (number)'],
  ])('%s: issued by the %s', async (name, system, own, attribute) => {
    const { id, events } = await only(`ubl/${name}-2.0-Example.xml`);
    expect(id).toBe('ubl');
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({ system, precision: 'day', kind: 'step', step: name.slice(name.indexOf('-') + 1) });
    expect((event!['identifiers'] as string[])[0]).toBe(own);
    if (attribute !== undefined) expect(event!['attributes']).toContain(attribute);
  });

  it('reads the acceptance of UBL 2.0 as the answer', async () => {
    const { events } = await only('ubl/orderresponsesimple__UBL-OrderResponseSimple-2.0-Example.xml');
    expect(events[0]).toMatchObject({ status: 'succeeded', statusRaw: 'AcceptedIndicator=true' });
  });

  it('knows of a remittance the invoice and not the order', async () => {
    const { events } = await only('ubl/remittanceadvice__UBL-RemittanceAdvice-2.0-Example.xml');
    const types = (events[0]!['identifiers'] as string[]).map((text) => text.split(' ')[0]);
    expect(types).toEqual(['remittance', 'invoice', 'customer', 'vendor']);
  });
});

describe.skipIf(!HERE)('Shopify', () => {
  it('reads an order whose offset is -00:00 and whose numbers are text', async () => {
    const { id, events } = await only('shopify/order.json');
    expect(id).toBe('shopify');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      time: '2016-05-17T08:14:36Z',
      kind: 'snapshot',
      system: 'shopify',
      status: 'cancelled',
      statusRaw: 'voided',
      identifiers: ['order 123456 (id)', 'order #9999 (name)', 'order 1234 (order_number)'],
    });
    expect(events[0]!['attributes']).toEqual(expect.arrayContaining(['amount=10.00 (number)', 'items=2 (number)', 'currency=USD']));
  });

  it('reads a fulfillment and a transaction of one order', async () => {
    const fulfillment = await only('shopify/fulfillment.json');
    const transaction = await only('shopify/transaction.json');
    expect(fulfillment.events[0]!['identifiers']).toEqual([
      'shipment 1022782888 (id)',
      'shipment gid://shopify/Fulfillment/1022782888 (admin_graphql_api_id)',
      'shipment #1001.1 (name)',
      'order 450789469 (order_id)',
      'tracking 123456789 (tracking_number)',
    ]);
    expect(transaction.events[0]).toMatchObject({
      time: '2017-07-24T19:09:43Z',
      status: 'succeeded',
      identifiers: ['payment 389404469 (id)', 'order 450789469 (order_id)'],
    });
  });
});
