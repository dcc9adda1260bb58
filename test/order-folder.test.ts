import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../src/api/client.ts';
import type { WireImportSummary, WireJourney } from '../src/api/wire.ts';
import { bench, importPaths } from './support/engine.ts';
import { ORDER_FILES, writeOrderFiles } from './support/order-folder/index.ts';
import { tempFolder } from './support/temp.ts';

/** A folder with one file of each kind, all about order SO-77: one import, one journey that crosses them all. */
let client: Client;
let summary: WireImportSummary;
let order: WireJourney;

beforeAll(async () => {
  const folder = tempFolder();
  writeOrderFiles(folder);
  ({ client } = await bench());
  summary = await importPaths(client, [folder]);
  order = await client.journeys.get({ id: 'SO-77', type: 'order' });
}, 60_000);

const stepsOf = (system: string): string[] =>
  order.steps
    .filter((step) => step.system === system)
    .map((step) => `${step.flow ?? ''} ${step.step} ${step.status} ×${step.attempts.length}`.trim());

describe('one file of each kind about order SO-77', () => {
  it('recognises each file, and refuses no entry', () => {
    const read = (name: string) => summary.sources.find((source) => source.name.includes(`/${name}`));
    expect(ORDER_FILES.map(({ name }) => [name, read(name)?.format, read(name)?.profile, read(name)?.rejected])).toEqual(
      ORDER_FILES.map(({ name, format, profile }) => [name, format, profile, 0]),
    );
    expect(summary.refused).toEqual([]);
  });

  it('joins them in one journey', () => {
    const expected = new Set(ORDER_FILES.flatMap((file) => file.systems));
    expect(expected.size).toBeGreaterThan(42);
    expect(new Set(order.systems)).toEqual(expected);
    // Every one of them is seen as a step, not only as lines that mention it.
    expect(new Set(order.steps.map((step) => step.system))).toEqual(expected);
  });

  it('says which files cannot be joined', async () => {
    const apart = ORDER_FILES.filter((file) => file.systems.length === 0);
    expect(apart.map(({ name }) => name)).toEqual(['kafka/connect.log']);
    expect(apart.every((file) => (file.apart ?? '') !== '')).toBe(true);
    const { rows } = await client.records.page({ sort: 'key', descending: false, offset: 0, limit: 200 });
    // Nothing else is left alone: the other journeys are the other orders of the day, and the message that the worker's log tells of.
    expect(rows.filter((row) => !/^SO-\d\d$/.test(row.key)).map((row) => `${row.type} ${row.key}`)).toEqual(['message orders-0@17']);
    expect(new Set(rows.filter((row) => row.key === 'SO-77').map((row) => row.type))).toEqual(new Set(['order']));
  });

  it('reads the steps of each platform as they were', () => {
    expect(stepsOf('boomi')).toEqual(['Orders to ERP run succeeded ×1', 'Receive order succeeded ×1', 'Create order succeeded ×1']);
    // A timeout and its retry are two attempts of one step.
    expect(stepsOf('step-functions')).toEqual(['run succeeded ×1', 'Reserve succeeded ×2']);
    expect(stepsOf('temporal')).toEqual(['OrderWorkflow run succeeded ×1', 'OrderWorkflow NotifyCustomer succeeded ×1']);
    expect(stepsOf('n8n')).toEqual([
      'Order to mail run succeeded ×1',
      'Order to mail Webhook succeeded ×1',
      'Order to mail Send mail succeeded ×1',
    ]);
    expect(stepsOf('airflow')).toEqual(['orders_daily run succeeded ×1', 'orders_daily load succeeded ×1']);
    expect(stepsOf('MAKER')).toEqual([
      'X12 855 order response succeeded-with-warning ×1',
      'X12 856 ship notice unknown ×1',
      'X12 810 invoice unknown ×1',
    ]);
    expect(stepsOf('wms')).toEqual(['reserve stock', 'pick', 'pack', 'ship'].map((step) => `${step} succeeded ×1`));
    // Log lines that name the order in their text, and lines of a run.
    expect(stepsOf('erp')).toEqual(['Created sales order for unknown ×1']);
    expect(stepsOf('orders-api')).toEqual(['POST /orders succeeded ×1', 'mainFlow run unknown ×1']);
    // Events of security products, a cluster and a log service; a console whose file's name tells the day; a list whose document says the order behind it.
    const services = ['Order Gate', 'OrderAudit', 'kubernetes', 'basket-api', 'labels', 'picks', 'sap', 'netsuite'];
    expect(services.flatMap((system) => stepsOf(system).map((step) => `${system}: ${step}`))).toEqual([
      'Order Gate: order let through succeeded ×1',
      'OrderAudit: SIGNED unknown ×1',
      'kubernetes: Queued unknown ×1',
      'kubernetes: Synced unknown ×1',
      'basket-api: basket closed unknown ×1',
      'labels: label printed unknown ×1',
      ...Array.from({ length: 3 }, () => 'picks: item picked unknown ×1'),
      'sap: ORDERS inbound succeeded ×1',
      'sap: DESADV outbound running ×1',
      'netsuite: snapshot: order unknown ×1',
    ]);
    // Cases of a process-mining log are orders where they are called like orders.
    expect(stepsOf('mining')).toEqual(['Check credit succeeded ×1', 'Release order succeeded ×1', 'Pack unknown ×1']);
    expect(order.steps.filter((step) => step.status === 'failed').map((step) => step.system)).toEqual(['celigo', 'kafka-connect']);
  });

  it('tells the state of the order in each system, and nothing of how steps went', () => {
    const field = (name: string) => order.state.find((one) => one.field === name);
    expect(field('status')?.values.map(({ system, value }) => `${system} ${value}`)).toEqual([
      'shop PAID',
      'erp CONFIRMED',
      'salesforce Activated',
      'netsuite Pending Fulfillment',
      'fhir active',
      'crm Won',
    ]);
    expect(field('amount')?.agree).toBe(true);
    expect(field('amount')?.values.length).toBeGreaterThan(8);
    const words = order.state.filter((one) => /status|state$/.test(one.field)).flatMap((one) => one.values.map(({ value }) => value));
    expect(words).not.toContain('TaskTimedOut');
    expect(words).not.toContain('COMPLETE');
    // The ledger books one piece of two. Of a dozen orders nothing is learned, so this is information and no alarm.
    expect(order.findings.filter(({ kind }) => kind === 'mismatch').map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
      'info: ledger book receivable says quantity 1, seller Invoice says 2',
    ]);
  });

  it('shows each entry it was read from', async () => {
    const events = order.steps.flatMap((step) => step.attempts.flatMap((attempt) => attempt.events));
    const systems = new Set<string>();
    for (const id of events) {
      const event = await client.events.get({ id });
      expect(event.payload, `${event.system} ${event.step}`).not.toHaveProperty('unreadable');
      systems.add(event.system);
    }
    expect(systems.size).toBeGreaterThan(35);
  });
});
