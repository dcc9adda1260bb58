import { describe, expect, it } from 'vitest';
import type { WireUsualStep } from '../../../../src/api/wire.ts';
import { pathRows } from './path.ts';

const step = (name: string, after: number | null): WireUsualStep => ({
  system: 'erp',
  flow: null,
  step: name,
  journeys: 1,
  after,
  followed: 1,
  eligible: 1,
  depth: 0,
  latency: null,
  duration: null,
  ends: 0,
  endsOf: 0,
  unless: [],
  declared: [],
});

describe('the drawing of the usual path', () => {
  it('goes straight on with the first to follow, and one lane in with the others', () => {
    const rows = pathRows([step('a', null), step('b', 0), step('c', 1), step('d', 0), step('e', 3), step('f', null)]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(rows.map(({ from }) => from?.step)).toEqual([undefined, undefined, undefined, 'a', undefined, undefined]);
  });

  it('names the flow of a step that stands in several', () => {
    const inFlow = (name: string, flow: string): WireUsualStep => ({ ...step(name, null), flow });
    const rows = pathRows([inFlow('run', 'orders'), inFlow('run', 'stock'), inFlow('map', 'orders')]);
    expect(rows.map(({ flow }) => flow)).toEqual(['orders', 'stock', undefined]);
  });
});
