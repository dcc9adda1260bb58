import { describe, expect, test } from 'vitest';
import type { WireJourney } from '../../src/api/wire.ts';
import { HERE, imported, journeys, stepsOf } from './imported.ts';

describe.skipIf(!HERE)('platforms and documents', () => {
  test('Boomi answers: four runs, a connector record, two EDI documents', async () => {
    const { client, summary } = await imported('platforms/boomi');
    expect(summary.events).toBe(9);
    const all = await journeys(client);
    expect(all.flatMap((journey) => journey.systems)).toEqual(all.map(() => 'boomi'));
    expect(all.filter((journey) => journey.record.type === 'edi-document')).toHaveLength(2);
    expect(summary.findings).toBe(0);
  });

  test('two attempts of an Airflow task: every line is there', async () => {
    const { summary } = await imported('platforms/airflow');
    expect(summary.sources.map((source) => source.events)).toEqual([11, 12]);
  });

  test('UBL: eight documents about one order are one journey, whichever of them is asked for', async () => {
    const { client, summary } = await imported('payloads/ubl');
    expect(summary).toMatchObject({ events: 8, journeys: 1, findings: 2 });
    expect(summary.sources.map(({ profile }) => profile)).toEqual(summary.sources.map(() => 'ubl'));
    for (const id of ['AEG012345', 'CON0095678', '66890-9-09', '565899', '658398', 'A00095678', '6577884']) {
      const journey = await client.journeys.get({ id });
      expect([id, journey.record.type, journey.events]).toEqual([id, 'order', 8]);
      expect(new Set(journey.steps.map(({ system, step }) => `${system} ${step}`))).toEqual(
        new Set([
          'buyer Order',
          'seller OrderResponseSimple',
          'seller DespatchAdvice',
          'buyer ReceiptAdvice',
          'seller Invoice',
          'seller CreditNote',
          'buyer RemittanceAdvice',
          'seller Statement',
        ]),
      );
    }
  });

  test('UBL: from the order to the remittance, and what the invoice says otherwise than the order', async () => {
    const { client } = await imported('payloads/ubl');
    const journey = await client.journeys.get({ id: 'AEG012345' });
    const order = stepsOf(journey);
    // Three documents have one date: the order comes before those that cite it.
    expect(order[0]).toBe('Order');
    expect(order.indexOf('Invoice')).toBeLessThan(order.indexOf('RemittanceAdvice'));
    const amount = journey.state.find(({ field }) => field === 'amount');
    expect(amount?.agree).toBe(false);
    expect(amount?.values.map(({ system, value }) => `${system} ${value}`)).toEqual(['buyer 100', 'seller 107.5']);
    // Of one order nothing can be learned: what differs is shown, and not held to be wrong. 90 of 100 were sent, and 107.50 was asked for what was ordered for 100.
    expect(journey.findings.map(({ kind, subkind, severity, title }) => `${severity} ${kind}/${subkind} ${title}`).toSorted()).toEqual([
      'info mismatch/field seller DespatchAdvice says quantity 90, buyer Order says 100',
      'info mismatch/field seller Invoice says amount 107.5, buyer Order says 100',
    ]);
  });

  test('Logic Apps: two snapshots of one run are one run, as it stands in the end', async () => {
    const files = ['loadingState', 'normalState'].map((name) => `platforms/logic-apps/MonitoringViewConditional__${name}.json`);
    const { client, summary } = await imported(...files);
    expect(summary).toMatchObject({ journeys: 1, updated: 2, duplicates: 1 });
    const both = await journeys(client);
    const alone = await journeys((await imported(files[1]!)).client);
    const told = ([journey]: readonly WireJourney[]): unknown => [
      journey?.record,
      journey?.status,
      journey?.steps.map(({ step, status }) => [step, status]),
    ];
    expect(told(both)).toEqual(told(alone));
  });

  test('Shopify: an order, its fulfillment and its transaction', async () => {
    const { client } = await imported('payloads/shopify');
    const order = await client.journeys.get({ id: '123456' });
    expect(order.record.type).toBe('order');
    const other = await client.journeys.get({ id: '450789469', type: 'order' });
    expect(other.related.map(({ type }) => type)).toEqual(expect.arrayContaining(['payment', 'shipment']));
  });
});
