import { describe, expect, it } from 'vitest';
import { inputOf } from '../findings/testing.ts';
import type { Line } from '../findings/testing.ts';
import type { Journey } from '../model/journey.ts';
import { buildJourney } from './index.ts';

const build = (lines: readonly Line[]): Journey => buildJourney(inputOf('SO-1', lines));

describe('state', () => {
  const told = (a: string | number, b: string | number) =>
    build([
      { system: 'shop', step: 'x', at: 0, attributes: { amount: 1 } },
      { system: 'shop', step: 'x', at: 1, attributes: { amount: a } },
      { system: 'erp', step: 'y', at: 2, attributes: { TotalAmount: b, note: 'only here' } },
    ]).state;

  it('does not hold what is said of a delivery for several orders against what is said of one of them', () => {
    const quantity = (value: number): Line['attributes'] => ({ quantity: value });
    const input = inputOf('A', [
      { system: 'retailer', step: 'order', at: 0, attributes: quantity(438) },
      { system: 'erp', step: 'issue', at: 10, children: ['shipment S'], attributes: quantity(438) },
      { system: 'erp', step: 'issue', at: 10, children: ['order B', 'shipment S'], attributes: quantity(102) },
      { system: 'wms', step: 'ship', at: 20, children: ['shipment S'], attributes: quantity(540) },
      { system: 'carrier', step: 'collect', at: 30, children: ['shipment S'], attributes: quantity(541) },
    ]);
    // What names the delivery alone, or another order, does not name this one.
    const events = input.events.map((event, i) => (i < 2 ? event : { ...event, records: event.records.slice(1) }));
    const related = input.related.filter(({ record }) => record.type !== 'order');
    const { state } = buildJourney({ ...input, events, related });
    expect(state.map(({ record, values }) => [record.key, values.map(({ system, value }) => `${system} ${value}`)])).toEqual([
      ['A', ['retailer 438', 'erp 438']],
      ['S', ['wms 540', 'carrier 541']],
    ]);
  });

  it('keeps each system’s last word on what several tell', () => {
    expect(told(119, 191)).toMatchObject([
      {
        field: 'amount',
        agree: false,
        values: [
          { system: 'shop', value: '119', step: 'x' },
          { system: 'erp', value: '191' },
        ],
      },
    ]);
  });

  it('compares numbers within half a cent, and text by folded case', () => {
    expect(told(119, 119.004)[0]?.agree).toBe(true);
    expect(told(119, '119.00')[0]?.agree).toBe(true);
    expect(told(119, 119.01)[0]?.agree).toBe(false);
    expect(told('Partially Paid', 'PARTIALLY_PAID')[0]?.agree).toBe(true);
  });

  it('takes the word of a document for its status', () => {
    const journey = build([
      { system: 'shop', step: 'export', at: 0, kind: 'snapshot', statusRaw: 'paid' },
      { system: 'erp', step: 'create', at: 1, statusRaw: 'OK' },
      { system: 'erp', step: 'export', at: 2, kind: 'snapshot', statusRaw: 'OPEN' },
    ]);
    expect(journey.state).toMatchObject([{ field: 'status', values: [{ value: 'paid' }, { value: 'OPEN' }] }]);
  });

  it('does not compare how the steps of platforms went', () => {
    const words = [
      'TIMED_OUT',
      'Skipped',
      'up_for_retry',
      'upstream_failed',
      'TaskStateExited',
      'ATTRIBUTES_MODIFIED',
      'COMPLETE_WARN',
      'AC',
    ];
    const journey = build(
      words.map((statusRaw, i): Line => ({ system: `platform-${i}`, step: 'run', at: i, statusRaw, status: 'unknown' })),
    );
    expect(journey.steps).toHaveLength(words.length);
    expect(journey.state).toEqual([]);
  });

  it('takes a step’s word for the state of the record where an attribute says so', () => {
    const journey = build([
      { system: 'pay', step: 'payment_intent.succeeded', at: 0, statusRaw: 'succeeded', attributes: { payment_status: 'succeeded' } },
      { system: 'erp', step: 'post', at: 1, statusRaw: 'OK', attributes: { payment_status: 'open', previous_status: 'draft' } },
    ]);
    expect(journey.state).toMatchObject([{ field: 'payment_status', agree: false, values: [{ value: 'succeeded' }, { value: 'open' }] }]);
  });
});
