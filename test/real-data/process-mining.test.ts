import { describe, expect, test } from 'vitest';
import { HERE, imported, journeys, findings, stepsOf } from './imported.ts';

describe.skipIf(!HERE)('process-mining logs', () => {
  test.each(['running-example.xes', 'running-example.csv'])('%s: 6 cases, 42 events, 2 with rework', async (file) => {
    const { client, summary } = await imported(`process-mining/${file}`);
    expect(summary).toMatchObject({ events: 42, journeys: 6, records: 6, findings: 0 });
    expect(summary.sources[0]?.coverage).toEqual({ from: '2010-12-30T10:02:00Z', to: '2011-01-24T13:56:00Z' });
    const all = await journeys(client);
    expect(all.map((journey) => journey.record.key)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(8);
    expect(all.filter((journey) => new Set(stepsOf(journey)).size < journey.steps.length)).toHaveLength(2);
    expect(stepsOf(all[2]!)).toEqual([
      'register request',
      'examine casually',
      'check ticket',
      'decide',
      'reinitiate request',
      'examine thoroughly',
      'check ticket',
      'decide',
      'pay compensation',
    ]);
  });

  test('08_receipt.xes.gz: 1,434 cases, 8,577 events, and findings on few of them', async () => {
    const { client, summary } = await imported('process-mining/08_receipt.xes.gz');
    expect(summary).toMatchObject({ events: 8577, journeys: 1434, records: 1434 });
    const journey = await client.journeys.get({ id: 'case-10011', type: 'case' });
    expect(stepsOf(journey)[0]).toBe('Confirmation of receipt');
    const found = await findings(client);
    // People decide, wait and repeat: what is reported must be the exception, and is no proof of a fault.
    expect(found.length).toBeLessThan(0.06 * 1434);
    expect(found.filter((finding) => finding.severity === 'critical')).toEqual([]);
  });

  test('PurchasingExample.csv.gz: 608 cases, 9,119 rows, and findings on few of them', async () => {
    const { client, summary } = await imported('process-mining/PurchasingExample.csv.gz');
    expect(summary).toMatchObject({ events: 9119, journeys: 608, records: 608 });
    const all = await journeys(client);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(21);
    const found = await findings(client);
    expect(found.length).toBeLessThan(0.06 * 608);
    expect(found.filter((finding) => finding.severity === 'critical')).toEqual([]);
  });

  test('Insurance_Claims_test.csv: 1,000 cases, 5,398 rows', async () => {
    const { client, summary } = await imported('process-mining/Insurance_Claims_test.csv');
    expect(summary).toMatchObject({ events: 5398, journeys: 1000 });
    const all = await journeys(client);
    expect(new Set(all.flatMap(stepsOf)).size).toBe(7);
    expect((await findings(client)).filter((finding) => finding.severity === 'critical')).toEqual([]);
  });
});
