import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { HERE, imported, journeys, stepsOf } from './imported.ts';

describe.skipIf(!HERE)('what else is known of them', () => {
  const counts = (values: readonly string[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
  const statuses = async (client: Client): Promise<Record<string, number>> =>
    counts((await journeys(client)).flatMap((journey) => journey.steps.map((step) => step.status)));

  test.each(['jsonocel', 'xmlocel', 'sqlite'])('ocel20_example.%s: 9 objects of 4 types', async (ending) => {
    const { client, summary } = await imported(`process-mining/ocel20_example.${ending}`);
    expect(summary.records).toBe(9);
    const { rows } = await client.sql.run({ sql: 'SELECT type FROM records' });
    expect(counts(rows.map(([type]) => String(type)))).toEqual({ invoice: 3, payment: 3, order: 2, 'purchase-requisition': 1 });
  });

  test.each(['csv', 'jsonocel', 'xmlocel'])('example_log.%s: 15 objects of 3 types', async (ending) => {
    const { summary } = await imported(`process-mining/example_log.${ending}`);
    expect(summary.records).toBe(15);
  });

  test('Zipkin: three failed spans, one with an empty error tag', async () => {
    const { client } = await imported('traces/messaging-kafka.json');
    expect((await statuses(client))['failed']).toBe(3);
  });

  test('Logic Apps: 17 actions succeeded, 9 were skipped; while it ran, it was running', async () => {
    const { client } = await imported('platforms/logic-apps/MonitoringViewConditional__normalState.json');
    // With the run and its trigger.
    expect(await statuses(client)).toEqual({ succeeded: 17 + 2, skipped: 9 });
  });

  test('Step Functions: 12 executions with 7 items of maps, 28 failures', async () => {
    const { client, summary } = await imported('platforms/step-functions');
    const all = await journeys(client);
    expect(summary.journeys).toBe(12 + 7);
    expect(counts(all.map(({ record }) => (record.key.includes('[') ? 'item' : 'execution')))).toEqual({ execution: 12, item: 7 });
    // Every time is the word "timestamp".
    expect(all.every((journey) => journey.startedAt === null)).toBe(true);
  });

  test('Temporal: newest first and oldest first are both told from the beginning; a timeout after 20 minutes', async () => {
    const { client } = await imported('platforms/temporal/raw-events.descending.failed.json');
    const [failed] = await journeys(client);
    expect([failed?.status, failed?.steps[0]?.step, failed?.steps[0]?.status]).toEqual(['failed', 'run', 'failed']);
    const other = await imported('platforms/temporal/events.timed-out.json');
    const [late] = await journeys(other.client);
    const over = late?.steps.filter((step) => step.status === 'timed-out');
    expect(over?.map(({ step }) => step)).toEqual(['run', 'activity.advanced-visibility']);
  });

  test('SAP Cloud Integration: one completed message, dates of OData', async () => {
    const { client, summary } = await imported('platforms/sap-cpi');
    expect(summary.sources[0]?.coverage.from).toMatch(/^2021-01-28T/);
    expect(await statuses(client)).toEqual({ succeeded: 1 });
  });

  test('Airflow: the first attempt fails after a timeout, the second succeeds', async () => {
    const { client } = await imported('platforms/airflow');
    const [journey] = await journeys(client);
    const task = journey?.steps.find((step) => step.attempts.length > 1);
    expect(task?.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'succeeded']);
    expect(await journeys(client)).toHaveLength(1);
    expect(stepsOf(journey!).filter((step) => step === task?.step)).toHaveLength(1);
  });

  test('X12: two invoices and an order of one interchange; three interchanges with acknowledgements', async () => {
    const { client } = await imported('payloads/edi/x12__invoice810_po850_dual.edi');
    const all = await journeys(client);
    expect(new Set(all.flatMap((journey) => journey.steps.map((step) => step.flow)))).toEqual(new Set(['X12 810', 'X12 850']));
  });
});
