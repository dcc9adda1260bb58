import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { dump } from '../support/dump.ts';
import { bench, finish, importPaths } from '../support/engine.ts';
import { put, tempFolder } from '../support/temp.ts';
import { zip } from '../support/zip.ts';

/** Self-made exports in the shapes of Boomi, SAP Cloud Integration, NiFi and Logic Apps: a log that names no order, and documents that name no run. */

const UUID = (n: number): string => `6f1c2a3b-1b2c-4d5e-8f90-a1b2c3d4e5${String(n).padStart(2, '0')}`;

const BOOMI = (n: number): string => `execution-${UUID(n)}-2031.03.04`;
const boomiRuns = (...runs: readonly number[]): string =>
  JSON.stringify({
    '@type': 'QueryResult',
    result: runs.map((n) => ({
      '@type': 'ExecutionRecord',
      executionId: BOOMI(n),
      account: 'acme-1',
      executionTime: `2031-03-04T09:1${n}:00Z`,
      status: 'COMPLETE',
      executionType: 'exec_manual',
      processName: 'Orders to ERP',
      processId: UUID(90),
      atomName: 'atom-1',
      atomId: UUID(91),
      inboundDocumentCount: 1,
      outboundDocumentCount: 1,
      executionDuration: ['Long', 1200],
    })),
  });
const order = (key: string): string =>
  JSON.stringify({ orderNumber: key, orderDate: '2031-03-03', total: 99.5, currency: 'EUR', lines: [{ sku: 'A-1', quantity: 2 }] });

async function carried(client: Client, key: string) {
  const journey = await client.journeys.get({ id: key });
  return journey.documents.map(({ source, carriedBy }) => [source.split(/[/›]/).at(-1)!.trim(), carriedBy?.via, carriedBy?.execution]);
}

const systems = async (client: Client, key: string): Promise<readonly string[]> => (await client.journeys.get({ id: key })).systems;

describe('a document that names no run is linked by', () => {
  test('its file name, as Boomi’s document exports are called', async () => {
    const folder = tempFolder();
    put(folder, 'runs.json', boomiRuns(1, 2));
    put(folder, `${BOOMI(1)}_request.json`, order('SO-1001'));
    put(folder, `${BOOMI(2)}_request.json`, order('SO-1002'));
    const { client } = await bench();
    await importPaths(client, [folder]);
    expect(await carried(client, 'SO-1001')).toEqual([[`${BOOMI(1)}_request.json`, 'file-name', BOOMI(1)]]);
    expect(await systems(client, 'SO-1001')).toContain('boomi');
    // The run is found under the order, and its id leads there.
    expect((await client.journeys.get({ id: BOOMI(2) })).record.key).toBe('SO-1002');
  });

  test('the folder of its message, as the attachments of SAP Cloud Integration', async () => {
    const folder = tempFolder();
    const guid = 'AGTlbWkq7_x-Qv2ZbR3t0HkLmN9p';
    const log = {
      MessageGuid: guid,
      CorrelationId: 'AGTlbWnRk2zQ81YcD0aVb5eW7uMx',
      LogStart: '/Date(1930382102000)/',
      LogEnd: '/Date(1930382104000)/',
      Status: 'COMPLETED',
      IntegrationFlowName: 'Orders_to_ERP',
      Sender: 'SHOP',
      Receiver: 'ERP',
    };
    put(folder, 'MessageProcessingLogs.json', JSON.stringify({ d: { results: [log] } }));
    put(
      folder,
      'attachments.zip',
      zip([
        {
          name: `${guid}/payload_before_mapping.xml`,
          content: '<Order><OrderNumber>SO-1003</OrderNumber><Total>99.50</Total><Currency>EUR</Currency></Order>',
        },
      ]),
    );
    const { client } = await bench();
    await importPaths(client, [folder]);
    // The guid is that of a message; the run that it is a part of is known by its correlation.
    expect(await carried(client, 'SO-1003')).toEqual([['payload_before_mapping.xml', 'file-name', guid]]);
    expect((await client.journeys.get({ id: 'SO-1003' })).steps.map((step) => step.flow)).toContain('Orders_to_ERP');
  });

  test('a sidecar, as the attributes of a flowfile of NiFi, which is no event', async () => {
    const folder = tempFolder();
    const event = {
      eventId: 7,
      eventOrdinal: 7,
      eventType: 'SEND',
      timestampMillis: 1930382102000,
      durationMillis: 5,
      componentId: UUID(80),
      componentType: 'PutHTTP',
      componentName: 'Send order',
      entityId: UUID(3),
      entityType: 'org.apache.nifi.flowfile.FlowFile',
      transitUri: 'https://erp.example/orders',
      platform: 'nifi',
      application: 'NiFi Flow',
    };
    put(folder, 'provenance.json', JSON.stringify([event]));
    put(folder, 'out/order-1.json', order('SO-1004'));
    put(
      folder,
      'out/order-1.attributes.json',
      JSON.stringify({ uuid: UUID(3), filename: 'order-1.json', path: './', 'mime.type': 'application/json' }),
    );
    const { client } = await bench();
    const plan = await client.imports.plan({ files: [{ path: folder }], options: {} });
    expect(plan.parts.find(({ name }) => name.endsWith('.attributes.json'))?.sidecarOf).toEqual([expect.stringContaining('order-1.json')]);
    const summary = await importPaths(client, [folder]);
    expect(summary.sources.find(({ name }) => name.endsWith('.attributes.json'))).toMatchObject({ sidecar: true, events: 0, new: 0 });
    expect(await carried(client, 'SO-1004')).toEqual([['order-1.json', 'sidecar', UUID(3)]]);
    const sources = await client.sources.list();
    expect(sources.find(({ name }) => name.endsWith('.attributes.json'))?.sidecarOf).toMatch(/order-1\.json$/);
    expect(sources.find(({ name }) => name.endsWith('order-1.json'))?.carriedBy?.why).toContain(`uuid: ${UUID(3)}`);
    expect((await client.workspace.info()).events).toBe(2);
  });

  test('the run id of Logic Apps in the name of an action’s output, and a dump of headers that tells time and system', async () => {
    const folder = tempFolder();
    const run = '08585600000000000000000000000CU12';
    const line = (step: string, second: number): string =>
      `${JSON.stringify({ time: `2031-03-04T09:15:0${second}Z`, runId: run, system: 'logic-apps', action: step, status: 'Succeeded' })}\n`;
    put(folder, 'runs.ndjson', line('Receive', 1) + line('Map', 2) + line('Send', 3));
    put(folder, `${run}_Send_outputs.json`, order('SO-1005'));
    put(
      folder,
      'ack.xml',
      '<OrderConfirmation><OrderNumber>SO-1005</OrderNumber><Total>99.50</Total><Currency>EUR</Currency></OrderConfirmation>',
    );
    put(folder, 'ack.headers', `HTTP/1.1 200 OK\nx-ms-workflow-run-id: ${run}\nX-System: erp\nDate: Tue, 04 Mar 2031 09:15:09 GMT\n`);
    const { client } = await bench();
    await importPaths(client, [folder]);
    expect(new Set(await carried(client, 'SO-1005'))).toEqual(
      new Set([
        [`${run}_Send_outputs.json`, 'file-name', run],
        ['ack.xml', 'sidecar', run],
      ]),
    );
    const { documents, steps } = await client.journeys.get({ id: 'SO-1005' });
    expect(documents.find(({ source }) => source.endsWith('ack.xml'))).toMatchObject({ at: '2031-03-04T09:15:09Z', system: 'erp' });
    expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['Receive', 'Map', 'Send']));
  });

  test('its folder, although it has a number of its own as a message, unless others name that number', async () => {
    const message = (note: string): string =>
      `<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>PO-1001</cbc:ID><cbc:UUID>${UUID(60)}</cbc:UUID><cbc:IssueDate>2031-03-04</cbc:IssueDate><cbc:Note>${note}</cbc:Note></Order>`;
    const folder = tempFolder();
    put(folder, 'runs.json', boomiRuns(1));
    put(folder, `${BOOMI(1)}/order.xml`, message('first'));
    const { client } = await bench();
    await importPaths(client, [folder]);
    expect(await carried(client, 'PO-1001')).toEqual([['order.xml', 'file-name', BOOMI(1)]]);
    expect(await systems(client, 'PO-1001')).toContain('boomi');
    await importPaths(client, [put(folder, 'sent.xml', message('sent'))]);
    expect(new Set((await carried(client, 'PO-1001')).map(([, via, execution]) => `${via} ${execution}`))).toEqual(
      new Set([`content ${UUID(60)}`]),
    );
  });

  test('nothing where the name only holds numbers, times, or an id that nobody knows', async () => {
    const folder = tempFolder();
    put(folder, 'runs.json', boomiRuns(1));
    put(folder, 'order_17_2031-03-04.json', order('SO-1006'));
    put(folder, `${UUID(55)}.json`, order('SO-1007'));
    const { client } = await bench();
    await importPaths(client, [folder]);
    expect(await carried(client, 'SO-1006')).toEqual([['order_17_2031-03-04.json', undefined, undefined]]);
    expect(await carried(client, 'SO-1007')).toEqual([[`${UUID(55)}.json`, undefined, undefined]]);
  });
});

describe('the order of imports', () => {
  test('does not matter: logs, documents and sidecars, however they are dealt', async () => {
    const folder = tempFolder();
    const files = [
      put(folder, 'runs-1.json', boomiRuns(1, 2)),
      put(folder, 'runs-2.json', boomiRuns(3)),
      put(folder, `${BOOMI(1)}_request.json`, order('SO-1001')),
      put(folder, `a/${UUID(2)}/request.json`, order('SO-1002')),
      put(folder, 'b/order.json', order('SO-1003')),
      put(folder, 'b/order.meta.json', JSON.stringify({ executionId: BOOMI(3) })),
      // The document of the first run once more, in another run, and under a name that says nothing.
      put(folder, `${BOOMI(2)}_request.json`, order('SO-1001')),
      put(folder, 'copy.json', order('SO-1001')),
    ];
    const importAll = async (rounds: readonly (readonly string[])[]) => {
      const { client } = await bench();
      for (const round of rounds) if (round.length > 0) await importPaths(client, round);
      return dump(client);
    };
    const together = await importAll([files]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: files.length, maxLength: files.length }), async (deal) => {
        const a = files.filter((_, i) => deal[i]);
        const b = files.filter((_, i) => !deal[i]);
        expect(await importAll([a, b])).toEqual(together);
        expect(await importAll([b, a])).toEqual(together);
      }),
      { numRuns: 3, seed: 7, endOnFailure: true },
    );
  });
});

describe('one document in two files', () => {
  test('is stored once, cited by both, and stays while one of them does', async () => {
    const folder = tempFolder();
    const runs = put(folder, 'runs.json', boomiRuns(1, 2));
    const first = put(folder, `${BOOMI(1)}_request.json`, order('SO-1001'));
    put(folder, 'second.zip', zip([{ name: `${BOOMI(2)}_request.json`, content: order('SO-1001') }]));
    const { client } = await bench();
    await importPaths(client, [runs, first, join(folder, 'second.zip')]);
    const blocks = async (): Promise<number> => (await client.sources.list()).filter(({ copies }) => copies.length > 0).length;
    expect(await blocks()).toBe(2);
    expect(new Set((await carried(client, 'SO-1001')).map(([, , execution]) => execution))).toEqual(new Set([BOOMI(1), BOOMI(2)]));
    const documents = (await client.journeys.get({ id: 'SO-1001' })).documents;
    const source = (await client.sources.list()).find(({ name }) => name === `${BOOMI(1)}_request.json`)!;
    await finish(client, (await client.sources.remove({ source: source.id })).job);
    expect(await carried(client, 'SO-1001')).toEqual([[`${BOOMI(2)}_request.json`, 'file-name', BOOMI(2)]]);
    const kept = documents.find(({ carriedBy }) => carriedBy?.execution === BOOMI(2))!;
    expect((await client.events.get({ id: kept.event })).raw.text).toBe(order('SO-1001'));
    // The same file again is known, by whatever way it comes.
    const again = await importPaths(client, [join(folder, 'second.zip')]);
    expect(again.sources.map(({ outcome }) => outcome)).toEqual(['known']);
  });

  test('counts once where its names say nothing more', async () => {
    const folder = tempFolder();
    put(folder, 'order.json', order('SO-1001'));
    put(folder, 'order (1).json', order('SO-1001'));
    const { client } = await bench();
    const summary = await importPaths(client, [folder]);
    expect(summary.sources.map(({ outcome }) => outcome).toSorted()).toEqual(['imported', 'known']);
    expect((await client.workspace.info()).events).toBe(1);
  });
});

describe('a sidecar', () => {
  test('without its document is read as what it is, and says so; it is used up when the document comes, and is back when that goes', async () => {
    const folder = tempFolder();
    const meta = put(
      folder,
      'order.meta.json',
      JSON.stringify({ executionId: BOOMI(1), orderNumber: 'SO-1001', time: '2031-03-04T09:15:00Z' }),
    );
    const document = put(folder, 'order.json', order('SO-1001'));
    const { client } = await bench();
    await importPaths(client, [meta]);
    const alone = (await client.sources.list())[0]!;
    expect(alone).toMatchObject({ sidecarOf: null, events: 1 });
    expect(alone.notices).toEqual([expect.stringContaining('not in the workspace')]);
    expect((await client.workspace.info()).events).toBe(1);
    const second = await importPaths(client, [document]);
    expect(second).toMatchObject({ events: 1, new: 1 });
    expect((await client.workspace.info()).events).toBe(1);
    expect(await carried(client, 'SO-1001')).toEqual([['order.json', 'sidecar', BOOMI(1)]]);
    const source = (await client.sources.list()).find(({ name }) => name === 'order.json')!;
    await finish(client, (await client.sources.remove({ source: source.id })).job);
    expect((await client.sources.list())[0]?.sidecarOf).toBeNull();
    expect((await client.workspace.info()).events).toBe(1);
  });
});
