import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireClock } from '../../../../src/api/wire.ts';
import { byName, extent, joinSpans, systemLanes } from './lanes.ts';

const source = (system: string, from: string, to: string) => ({ system, systems: [system], coverage: { from, to } });

describe('systemLanes', () => {
  it('shows the holes between the files of a system', () => {
    const lanes = systemLanes([
      source('wms', '2026-05-01T00:00:00Z', '2026-05-01T23:59:59Z'),
      source('erp', '2026-05-01T00:00:00Z', '2026-05-04T00:00:00Z'),
      source('wms', '2026-05-03T00:00:00Z', '2026-05-03T23:00:00Z'),
    ]);
    expect(lanes.map((lane) => [lane.name, lane.spans.length])).toEqual([
      ['erp', 1],
      ['wms', 2],
    ]);
  });

  it('says of a system whose clock is off by how much', () => {
    const clock = { system: 'wms', verdict: 'clock' as const, offsetMs: -30_000, text: 'clock of wms corrected by +30 s' } as WireClock;
    const [erp, wms] = systemLanes([
      source('erp', '2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
      { ...source('wms', '2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'), clocks: [clock] },
    ]);
    expect(erp).not.toHaveProperty('clock');
    expect(wms?.clock).toEqual({ short: '30 s behind', text: clock.text });
  });

  it('joins days that follow each other', () => {
    const [lane] = systemLanes([
      source('wms', '2026-05-02T00:00:01Z', '2026-05-02T23:59:59Z'),
      source('wms', '2026-05-01T00:00:00Z', '2026-05-01T23:59:59Z'),
    ]);
    expect(lane?.spans).toEqual([{ from: Date.parse('2026-05-01T00:00:00Z'), to: Date.parse('2026-05-02T23:59:59Z') }]);
  });

  it('leaves out what has no times', () => {
    expect(systemLanes([{ system: 'crm', systems: [], coverage: null }])).toEqual([]);
    expect(extent([])).toBeUndefined();
  });
});

it('systems stand in the order of their names, whatever the case of their letters', () => {
  const names = ['wms', 'MAKER', 'node-10', 'airflow', 'HIS', 'node-9'];
  expect(byName(names.map((system) => ({ system }))).map(({ system }) => system)).toEqual([
    'airflow',
    'HIS',
    'MAKER',
    'node-9',
    'node-10',
    'wms',
  ]);
});

it('joined spans are in order, apart, and cover the same', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 50 }))
    .map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      const joined = joinSpans(spans);
      for (const [index, one] of joined.entries()) if (index > 0) expect(one.from).toBeGreaterThan(joined[index - 1]?.to ?? Infinity);
      for (const one of spans) expect(joined.some((all) => all.from <= one.from && one.to <= all.to)).toBe(true);
    }),
  );
});
