import { describe, expect, it } from 'vitest';
import { readText } from '../formats/test-harness.ts';
import type { Mapping } from '../mapper.ts';
import type { Emitted } from './testing.ts';
import { inferMapping } from './infer.ts';
import type { KnownField } from './known-fields.ts';
import { run, sourceOf, trees } from './testing.ts';

const STEPS = ['order received', 'posted to WMS', 'payment captured', 'shipment created'];
const rows = (row: (i: number, second: string) => string): string =>
  Array.from({ length: 12 }, (_, i) => `${row(i, String(10 + i))}\n`).join('');

async function understood(name: string, content: string, zone = ''): Promise<{ mapping: Mapping; events: Emitted[]; refused: string[] }> {
  const { entries, format, options, rejections } = await readText(name, content);
  expect(rejections).toEqual([]);
  const source = sourceOf(name, { header: format.header(options), options, zone });
  const mapping = inferMapping(entries, source);
  return { mapping, ...run(entries, source, mapping) };
}

const roleOf = (mapping: Mapping, path: string): string | undefined => mapping.fields.find((field) => field.path === path)?.role;

describe('tables that tools export', () => {
  it('Kibana and OpenSearch Discover', async () => {
    const { mapping, events, refused } = await understood(
      'discover.csv',
      `"@timestamp",orderId,level,message,"_source"\n${rows((i, s) => `"Mar 4, 2031 @ 09:15:${s}.431","SO-${1000 + (i % 4)}",${i === 3 ? 'error' : 'info'},"${STEPS[i % 4]}","-"`)}`,
    );
    expect(refused).toEqual([]);
    expect(events[0]).toMatchObject({
      time: Date.UTC(2031, 2, 4, 9, 15, 10, 431) * 1000,
      kind: 'step',
      step: 'order received',
      ids: ['order SO-1000'],
    });
    expect(mapping.zoneReason).toContain('carry no zone');
  });

  it('Azure Log Analytics, whose columns say UTC', async () => {
    const { mapping, events } = await understood(
      'query_data.csv',
      `"TimeGenerated [UTC]",OperationName,status_s,orderId_s,count_d\n${rows((i, s) => `"3/4/2031, 9:15:${s}.431 AM",Order/Post,${i === 3 ? 'Failed' : 'Succeeded'},SO-${1000 + (i % 4)},${i}`)}`,
      'Europe/Berlin',
    );
    expect(events[3]).toMatchObject({
      time: Date.UTC(2031, 2, 4, 9, 15, 13, 431) * 1000,
      step: 'Order/Post',
      status: 'failed',
      ids: ['order SO-1003'],
    });
    expect(mapping.zoneReason).toBe('the column "TimeGenerated [UTC]" says UTC');
  });

  it('Disco, Celonis and pm4py', async () => {
    const disco = await understood(
      'disco.csv',
      `Case ID,Activity,Start Timestamp,Complete Timestamp,Variant,Variant index,Resource\n${rows((i, s) => `SO-${1000 + (i % 4)},${STEPS[i % 4]},2031/03/04 09:15:${s}.000,2031/03/04 09:16:${s}.000,Variant 1,1,Ann`)}`,
    );
    expect(disco.events[0]).toMatchObject({ step: 'order received', ids: ['case SO-1000'], end: Date.UTC(2031, 2, 4, 9, 16, 10) * 1000 });
    const celonis = await understood(
      'activities.csv',
      `_CASE_KEY,ACTIVITY_EN,EVENTTIME,_SORTING,USER_NAME\n${rows((i, s) => `8000010000${1000 + (i % 4)},${STEPS[i % 4]},2031-03-04 09:15:${s},${i},ANN`)}`,
    );
    expect(celonis.events[0]).toMatchObject({ step: 'order received', ids: ['case 80000100001000'] });
    const pm4py = await understood(
      'log.csv',
      `,case:concept:name,concept:name,time:timestamp,org:resource,case:amount\n${rows((i, s) => `${i},${77 + (i % 4)},${STEPS[i % 4]},2031-03-04 09:15:${s}+00:00,Ann,12.5`)}`,
    );
    expect(pm4py.events[0]).toMatchObject({ step: 'order received', ids: ['case 77'] });
  });

  it('Excel with semicolons, decimal commas and days first', async () => {
    const { mapping, events } = await understood(
      'bestellungen.csv',
      `sep=;\r\nBestellnummer;Status;Betrag;Menge;Datum\r\n${rows((i) => `="00${1000 + i}";bezahlt;1.0${10 + i},50;2,500;${String(4 + i).padStart(2, '0')}.03.2031\r`)}`,
    );
    expect(events[0]).toMatchObject({ time: Date.UTC(2031, 2, 4) * 1000, status: 'succeeded', ids: ['order 001000'] });
    expect(events[0]?.attributes['amount']).toBe(1010.5);
    // Where the table writes decimal commas, 2,500 is two and a half.
    expect(mapping.fields.find((field) => field.path === 'Menge')).toMatchObject({ role: 'attribute', format: 'decimal-comma' });
  });
});

describe('what protocols put beside the data', () => {
  it('is bookkeeping', async () => {
    const { mapping, events } = await understood(
      'orders.json',
      JSON.stringify({
        d: {
          __count: '6',
          results: Array.from({ length: 6 }, (_, i) => ({
            __metadata: { uri: 'https://x/a', type: 'API.Order' },
            SalesOrder: `SO-${1000 + i}`,
            ChangedAt: `/Date(${1930382102431 + i * 1000}+0000)/`,
            Status: i === 2 ? 'Failed' : 'Completed',
            Items: { __deferred: { uri: 'https://x/b' } },
          })),
        },
      }),
    );
    expect(roleOf(mapping, '__metadata.type')).toBe('ignored');
    expect(roleOf(mapping, 'Items.__deferred.uri')).toBe('ignored');
    expect(events[2]).toMatchObject({ time: 1930382104431000, status: 'failed', ids: ['order SO-1002'] });
    const v4 = await understood(
      'orders.json',
      JSON.stringify({
        '@odata.context': 'x',
        value: Array.from({ length: 6 }, (_, i) => ({
          '@odata.etag': 'W/"7"',
          SalesOrder: `SO-${1000 + i}`,
          ChangedAt: `2031-03-04T09:15:0${i}Z`,
        })),
        '@odata.nextLink': 'y',
      }),
    );
    expect(roleOf(v4.mapping, '@odata.etag')).toBe('ignored');
    expect(v4.events).toHaveLength(6);
  });
});

describe('known fields', () => {
  const known: readonly KnownField[] = [
    { paths: ['missing', 'odd_time'], role: 'time', reason: 'documented' },
    { paths: ['text'], role: 'message', reason: 'documented' },
    { paths: ['problem'], role: 'error', reason: 'documented' },
    { paths: ['rt.*', 'noise'], role: 'ignored', reason: 'documented' },
  ];
  const entries = trees(
    ...Array.from({ length: 8 }, (_, i) => ({
      timestamp: '2031-03-04T09:15:00Z',
      odd_time: `2031-03-04T10:15:0${i}Z`,
      text: STEPS[i % 4]!,
      orderId: `SO-${1000 + i}`,
      rt: { orderId: `SO-${i}`, deep: { amount: i } },
      noise: [{ orderId: 'SO-7' }],
    })),
  );

  it('stand, and the others are inferred around them', () => {
    const mapping = inferMapping(entries, sourceOf('a.json'), known);
    expect(roleOf(mapping, 'odd_time')).toBe('time');
    expect(roleOf(mapping, 'timestamp')).toBe('ignored');
    expect(['rt.orderId', 'rt.deep.amount', 'noise[].orderId'].map((path) => roleOf(mapping, path))).toEqual([
      'ignored',
      'ignored',
      'ignored',
    ]);
    expect(mapping.fields.find((field) => field.path === 'problem')).toMatchObject({ role: 'error', samples: [] });
    const { events } = run(entries, sourceOf('a.json'), mapping);
    expect(events[1]).toMatchObject({
      time: Date.UTC(2031, 2, 4, 10, 15, 1) * 1000,
      kind: 'step',
      step: 'posted to WMS',
      ids: ['order SO-1001'],
    });
  });

  it('are not needed', () => {
    expect(roleOf(inferMapping(entries, sourceOf('a.json')), 'timestamp')).toBe('time');
    expect(inferMapping([], sourceOf('a.json'), known).fields.map((field) => field.role)).toEqual(['time', 'message', 'error']);
  });
});
