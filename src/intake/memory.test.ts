import { describe, expect, test } from 'vitest';
import type { FieldMapping, Mapping } from './mapper.ts';
import { correctionsOf, recall, shapeKey, shapeOf, type KnownMapping } from './memory.ts';

const field = (path: string, role: FieldMapping['role'], more: Partial<FieldMapping> = {}): FieldMapping => ({
  path,
  role,
  type: undefined,
  format: undefined,
  confidence: 0.8,
  reason: 'it looks so',
  samples: [`${path} 1`],
  ...more,
});

const inferred: Mapping = {
  profile: 'inferred',
  title: 'Inferred',
  confidence: 0.7,
  reason: 'it looks so',
  system: 'wms 3',
  systemReason: 'the file name says so',
  zone: 'UTC',
  zoneReason: 'assumed',
  kind: 'step',
  fields: [
    field('at', 'time', { format: 'iso' }),
    field('state', 'status'),
    field('ref', 'ignored'),
    field('a', 'attribute'),
    field('b', 'attribute'),
  ],
  step: undefined,
  flow: undefined,
};
const corrected: Mapping = {
  ...inferred,
  zone: 'Europe/Berlin',
  zoneReason: 'chosen by you',
  fields: [
    field('at', 'time', { format: 'iso' }),
    field('state', 'status', { values: { HALT: 'failed' } }),
    field('ref', 'identifier', { type: 'order', reason: 'chosen by you' }),
    field('a', 'attribute'),
    field('b', 'attribute'),
  ],
};
const nothing = { system: undefined, zone: undefined };
const learn = (
  id: number,
  shape = shapeOf('wms3-2031-05-01.ndjson', 'ndjson', undefined, inferred),
  mapping = corrected,
): KnownMapping => ({
  id,
  shape,
  name: 'wms3-2031-05-01.ndjson',
  correctedAt: '2031-05-02T08:00:00.000Z',
  corrections: correctionsOf(inferred, mapping),
  mapping,
});
const shape = (proposed: Mapping, name = 'wms4-2031-05-09.ndjson') => shapeOf(name, 'ndjson', undefined, proposed);

describe('what the user corrected', () => {
  test('is told, and what is the same is not', () => {
    expect(correctionsOf(inferred, corrected).map(({ text }) => text)).toEqual([
      'the zone is Europe/Berlin',
      'HALT means failed',
      'ref is identifier (order)',
    ]);
    // A mapping that went over a transport has no fields that are undefined.
    expect(correctionsOf(inferred, JSON.parse(JSON.stringify(inferred)) as Mapping)).toEqual([]);
  });

  test('is proposed for the next file of the shape; what is the file’s own stays its own', () => {
    const next: Mapping = {
      ...inferred,
      system: 'wms 4',
      newestFirst: true,
      execution: 'run-9',
      fields: [...inferred.fields.map((one) => ({ ...one, samples: ['new'] })), field('c', 'attribute'), field('d', 'step')],
    };
    const found = recall(shape(next), next, [learn(5)], nothing);
    expect(found?.id).toBe(5);
    expect(found?.mapping).toMatchObject({
      system: 'wms 4',
      zone: 'Europe/Berlin',
      newestFirst: true,
      execution: 'run-9',
      reason: 'as corrected on 2031-05-02: the zone is Europe/Berlin; HALT means failed; ref is identifier (order)',
    });
    expect(found?.mapping.fields.map(({ path, role }) => [path, role])).toEqual([
      ['at', 'time'],
      ['state', 'status'],
      ['ref', 'identifier'],
      ['a', 'attribute'],
      ['b', 'attribute'],
      // What the corrected file did not have, as far as it does not compete with what the user said.
      ['c', 'attribute'],
    ]);
    expect(found?.mapping.fields[0]!.samples).toEqual(['new']);
  });

  test('gives way to what is said for this import', () => {
    expect(recall(shape(inferred), inferred, [learn(1)], { ...nothing, zone: 'Asia/Tokyo' })?.mapping.zone).toBe('UTC');
  });

  test('is not for files of another name, format, platform or with other fields', () => {
    const known = [learn(1)];
    expect(recall(shape(inferred, 'shop-2031-05-09.ndjson'), inferred, known, nothing)).toBeUndefined();
    expect(recall({ ...shape(inferred), format: 'json' }, inferred, known, nothing)).toBeUndefined();
    expect(recall({ ...shape(inferred), profile: 'shopify' }, inferred, known, nothing)).toBeUndefined();
    const other = { ...inferred, fields: ['x', 'y', 'z', 'at'].map((path) => field(path, 'attribute')) };
    expect(recall(shape(other), other, known, nothing)).toBeUndefined();
    const header = ['at', 'state'];
    const table = learn(2, { ...shape(inferred), header });
    expect(recall({ ...shape(inferred), header: ['at', 'status'] }, inferred, [table], nothing)).toBeUndefined();
    expect(recall({ ...shape(inferred), header: [...header] }, inferred, [table], nothing)?.id).toBe(2);
  });

  test('of two that fit, the one with more in common is taken', () => {
    const fewer = { ...inferred, fields: inferred.fields.slice(1) };
    const closer = learn(7);
    expect(
      recall(shape(inferred), inferred, [learn(6, shape({ ...fewer, fields: [...fewer.fields, field('z', 'step')] })), closer], nothing)
        ?.id,
    ).toBe(7);
  });

  test('the order of fields does not make another shape', () => {
    expect(shapeKey(shape(inferred))).toBe(shapeKey(shape({ ...inferred, fields: inferred.fields.toReversed() })));
  });
});
