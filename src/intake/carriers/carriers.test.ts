import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentCarrier } from './carrier.ts';
import { idsInName, isTime } from './name-ids.ts';
import { placeOf } from './place-of.ts';
import { sidecarFacts } from './sidecar-facts.ts';
import { pairSidecars, type PossibleSidecar } from './sidecars.ts';

const UUID = '6f1c2a3b-1b2c-4d5e-8f90-a1b2c3d4e5f6';
const BOOMI = `execution-${UUID}-2031.03.04`;
const MPL = 'AGTlbWkq7_x-Qv2ZbR3t0HkLmN9p';

function ids(path: string, member?: string) {
  return idsInName(placeOf(path, member)!);
}

describe('ids in names', () => {
  it.each([
    [`/x/${BOOMI}_request.json`, BOOMI],
    [`/x/run-${UUID}.json`, UUID],
    [`/x/MessageGuid_${UUID}.xml`, UUID],
    ['/x/trace=4bf92f3577b34da6a3ce929d0e0e4736.json', '4bf92f3577b34da6a3ce929d0e0e4736'],
  ])('%s is sure to name one', (path, id) => {
    expect(ids(path).filter(({ sure }) => sure)).toMatchObject([{ value: id, rank: 1 }]);
  });

  it.each([
    [`/x/${UUID}`, UUID],
    [`/x/order_${UUID}_1.json`, UUID],
    [`/x/${MPL}/payload.xml`, MPL],
    ['/x/08585600000000000000000000000CU12_Send_to_ERP_outputs.json', '08585600000000000000000000000CU12'],
    ['/x/ID-worker-7-1930382102431-0-17.xml', 'ID-worker-7-1930382102431-0-17'],
    ['/x/execution_4711.json', '4711'],
  ])('%s may name one', (path, id) => {
    const found = ids(path).find(({ value }) => value === id);
    expect(found).toMatchObject({ sure: false });
  });

  it('takes the nearer name first, archives and folders alike', () => {
    const found = ids('/data/export-AB12CD34EF56.zip', `${BOOMI}/msg_${UUID}.xml`).filter(({ sure }) => sure);
    expect(found.map(({ value, rank, type }) => [value, rank, type])).toEqual([
      [UUID, 1, 'message'],
      [BOOMI, 2, 'execution'],
    ]);
  });

  it.each([
    '/x/orders.json',
    '/x/order-17.json',
    '/x/2031-03-04/orders_2031-03-04.json',
    '/x/20310304T091502.json',
    '/x/1930382102431.json',
  ])('%s names none', (path) => {
    expect(ids(path).filter(({ value, sure }) => sure || /^\d+$/.test(value) || isTime(value))).toEqual([]);
  });

  it('never takes a time for an id, however it is written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        const digits = iso.replace(/\D/g, '');
        const forms = [iso.slice(0, 10), iso.slice(0, 19).replaceAll(':', '-'), digits.slice(0, 8), digits.slice(0, 14), digits];
        for (const form of forms) expect(ids(`/x/${form}.json`).map(({ value }) => value)).toEqual([]);
      }),
    );
  });

  it('ends on any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'execution-_ 019af.T:'), maxLength: 300 }), (name) => {
        expect(ids(`/x/${name.replaceAll('/', '')}`).length).toBeLessThan(1000);
      }),
    );
  });

  it('looks through the folders that a host keeps uploads in', () => {
    expect(placeOf('/x/waybill-upload-Ab3x9/7/order.json', undefined)).toEqual({ folder: '', file: 'order.json', above: [''] });
    expect(documentCarrier({ path: '/x/waybill-upload-Ab3x9/7/order.json' })?.citation).toBe('[]');
    const below = placeOf('/x/waybill-upload-Ab3x9/8/exports/wms/order.json', undefined);
    expect(below).toEqual({ folder: '/exports/wms', file: 'order.json', above: ['wms', 'exports', ''] });
  });
});

describe('what sidecars say', () => {
  it.each([
    ['flowfile attributes of NiFi', { uuid: UUID, filename: 'order.json', path: './' }, 'execution', UUID],
    ['metadata of a blob', { metadata: { 'x-ms-meta-Execution_Id': 'run-0017' } }, 'execution', 'run-0017'],
    ['metadata of an S3 object', { Metadata: { 'x-amz-meta-correlation-id': 'c-0001' } }, 'correlation', 'c-0001'],
    ['headers', { 'x-ms-workflow-run-id': '08585600000000000000000000000CU12' }, 'execution', '08585600000000000000000000000CU12'],
    ['headers as a list', { headers: [{ name: 'X-Correlation-ID', value: '{c-0001}' }] }, 'correlation', 'c-0001'],
    ['headers of SAP', { SAP_MessageProcessingLogID: MPL }, 'message', MPL],
    [
      'a trace context',
      { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
      'trace',
      '4bf92f3577b34da6a3ce929d0e0e4736',
    ],
  ])('%s', (_what, value, type, id) => {
    expect(sidecarFacts(value as never)?.ids).toMatchObject([{ type, value: id, sure: true, rank: 0 }]);
  });

  it('time and system, where they say themselves what they are', () => {
    expect(sidecarFacts({ system: 'erp', timestamp: '2031-03-04T09:15:02Z' })).toEqual({ ids: [], system: 'erp', time: 1930382102000000 });
    expect(sidecarFacts({ Date: 'Tue, 04 Mar 2031 09:15:02 GMT' })?.time).toBe(1930382102000000);
  });

  it.each([
    [{ order: 'SO-1', total: 5 }],
    [{ uuid: UUID, order: 'SO-1' }],
    [{ executionId: 'none' }],
    [[{ executionId: UUID }]],
    ['x'],
    [null],
  ])('nothing: %j', (value) => {
    expect(sidecarFacts(value as never)).toBeUndefined();
  });
});

describe('sidecars', () => {
  const part = (path: string, value: unknown, member?: string): PossibleSidecar => ({
    name: member ?? path,
    path,
    member,
    entries: [{ kind: 'tree', place: { offset: 0, length: 1, line: 1 }, value: value as never, context: undefined }],
  });
  const SAYS = { executionId: UUID, timestamp: '2031-03-04T09:15:02Z' };

  it.each([
    ['/a/X.json', '/a/X.meta.json'],
    ['/a/X.json', '/a/X.json.metadata'],
    ['/a/X.json', '/a/X.json.metadata.json'],
    ['/a/X.xml', '/a/X.properties'],
    ['/a/X.xml', '/a/X.headers'],
    ['/a/X.json', '/a/X.attributes.json'],
    [`/a/${UUID}`, `/a/${UUID}.attributes.json`],
    ['/a/X.json', '/a/X_meta.json'],
    ['/a/X.json.gz', '/a/X.json.metadata'],
  ])('of %s is %s', (document, sidecar) => {
    const [of, beside] = pairSidecars([part(document, { order: 'SO-1' }), part(sidecar, SAYS)]);
    expect(beside).toMatchObject({ sidecar: { documents: [document] } });
    expect(of).toMatchObject({ about: { from: sidecar, time: 1930382102000000 } });
    expect(of?.sidecar).toBeUndefined();
  });

  it('stand in the same folder, of an archive too', () => {
    const [, other, same] = pairSidecars([
      part('/a/e.zip', {}, 'in/X.json'),
      part('/a/e.zip', SAYS, 'out/X.meta.json'),
      part('/a/e.zip', SAYS, 'in/X.meta.json'),
    ]);
    expect(other?.sidecar?.documents).toEqual([]);
    expect(same?.sidecar?.documents).toEqual(['in/X.json']);
  });

  it('are none where they say nothing of a run, or have no document and no id', () => {
    const found = pairSidecars([
      part('/a/X.json', {}),
      part('/a/X.meta.json', { order: 'SO-1' }),
      part('/a/Y.meta.json', { system: 'erp' }),
    ]);
    expect(found.map(({ sidecar }) => sidecar)).toEqual([undefined, undefined, undefined]);
  });
});
